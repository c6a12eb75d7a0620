"""Where blogforge may write: never over what it did not make."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from blogforge.errors import ConfigError
from blogforge.output.machine import refuse_mounted
from blogforge.output.manifest import path_digest, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

_DROPPINGS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # of file managers
SOURCES = ("posts", "pages", "templates", "static", "data")
_SHOWN = 3


def refuse_unsafe(output: Path, root: Path) -> None:
    """Raise ConfigError where writing to `output` could destroy what blogforge did not make.

    `root` is the site's folder. Raises MachineError where `output` cannot be replaced whole.
    """
    refuse_misplaced(output, root)
    refuse_foreign(output)


def refuse_misplaced(output: Path, root: Path) -> None:
    """The part of `refuse_unsafe` that needs no lock, and comes before there can be one.

    Refused: a folder that holds the sources or the home folder, or is among them, one under
    version control, and a mount point.
    """
    real, site = output.resolve(), root.resolve()
    if reason := _misplaced(real, site):
        raise _refusal(output, reason)
    if real.exists() and not real.is_dir():
        raise _refusal(output, "is a file")
    if (real / ".git").exists():
        raise _refusal(output, "is under version control (it has a .git)")
    refuse_mounted(real)


def refuse_foreign(output: Path) -> None:
    """The part of `refuse_unsafe` that walks through the whole tree: files that are not ours.

    It can be left out where `altered` finds no folder altered.
    """
    real = output.resolve()
    ours = read_manifest(real)
    foreign = [path for path in _walk(real) if path_digest(path) not in ours]
    if foreign:
        shown = ", ".join(foreign[:_SHOWN]) + (", …" if len(foreign) > _SHOWN else "")
        raise _refusal(output, f"has files that blogforge did not write: {shown}")


def _misplaced(real: Path, site: Path) -> str:
    if real == site or real in site.parents:
        return "holds the site's own sources"
    home = Path.home().resolve()
    if real == home or real in home.parents:
        return "is or holds the home folder"
    if any(real.is_relative_to((site / name).resolve()) for name in SOURCES):
        return "is among the site's own sources"
    if ".git" in real.parts:
        return "is inside a repository's .git"
    return ""


def _refusal(output: Path, reason: str) -> ConfigError:
    hint = "name a new or empty folder: output in blogforge.yaml, or --output; what belongs to"
    return ConfigError.of(
        f"the output folder '{output}' {reason}; nothing was written or removed",
        hint=f"{hint} the site goes to static/",
    )


def _walk(folder: Path) -> Iterator[str]:
    """Every file and link below `folder`, relative, sorted; links are not followed."""
    for parent, folders, names in os.walk(folder):
        here = parent[len(str(folder)) + 1 :].replace(os.sep, "/")
        prefix = f"{here}/" if here else ""
        links = [name for name in folders if Path(parent, name).is_symlink()]
        folders.sort()
        for name in sorted([*names, *links]):
            if name not in _DROPPINGS:
                yield prefix + name
