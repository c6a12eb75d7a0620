"""A folder of this machine, exchanged in one step as a build's own tree is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.deploy.plan import Plan, Standing
from blogforge.digest import digest_bytes
from blogforge.errors import ConfigError, DeployError
from blogforge.output.listing import Listing, survey
from blogforge.output.lock import locked
from blogforge.output.machine import machine_errors
from blogforge.output.manifest import MANIFEST, path_digest, read_manifest
from blogforge.output.publish import Staging
from blogforge.output.recovery import work_folder
from blogforge.output.safety import refuse_misplaced

if TYPE_CHECKING:
    from pathlib import Path

    from blogforge.deploy.target import Done, Surroundings
    from blogforge.deploy.tree import Tree


class Folder:
    """The target `folder`; relative ones are below the site's folder."""

    def __init__(self, folder: str, around: Surroundings) -> None:
        self._folder: Path = around.root / folder
        refuse_misplaced(self._folder, around.root)
        _refuse_output(self._folder, around.root / around.config.output)
        self.place = str(self._folder)
        self._seen = Listing()

    def look(self, tree: Tree) -> Standing:
        """What stands there, every byte compared."""
        with machine_errors(self._folder):
            self._seen = survey(self._folder)
            found = self._seen.files.keys() - {MANIFEST}
            ours = read_manifest(self._folder)
            same = {path for path in found & tree.files.keys() if self._has(path, tree.files[path])}
        mine = {path for path in found if path_digest(path) in ours}
        return Standing(
            claimed=bool(ours),
            ours=frozenset(mine),
            same=frozenset(same),
            foreign=frozenset(found - mine),
        )

    def carry_out(self, tree: Tree, plan: Plan, done: Done) -> None:
        """Stage what is new beside the folder, then exchange the two."""
        put = plan.puts
        kept = tree.files.keys() - {*put}
        with locked(work_folder(self._folder)), Staging(self._folder) as staging:
            self._refuse_changed()
            for path in sorted(kept):
                staging.keep(path)
            for path in put:
                staging.write(path, tree.read(path))
                done(1)
            staging.publish()

    def _refuse_changed(self) -> None:
        """Raise DeployError where the folder is not as it was when it was looked at."""
        with machine_errors(self._folder):
            if survey(self._folder) != self._seen:
                message = f"{self.place}: somebody has changed it meanwhile"
                raise DeployError.of(message, hint="deploy again: it begins with what is there now")

    def _has(self, path: str, digest: str) -> bool:
        file = self._folder / path
        return not file.is_symlink() and digest_bytes(file.read_bytes()) == digest


def _refuse_output(folder: Path, output: Path) -> None:
    """Raise ConfigError where the target is the build's own output, in it, or around it."""
    real, built = folder.resolve(), output.resolve()
    if real.is_relative_to(built) or built.is_relative_to(real):
        message = f"the target '{folder}' is where the site is built, or around it"
        raise ConfigError.of(message, hint="name another folder: public/ needs no deployment")
