"""The site that an import goes into: one that is there, or one that it begins."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING

from blogforge.config import CONFIG_FILE, Config, load_config
from blogforge.errors import ConfigError, Problem
from blogforge.importers.journal import JOURNAL_FILE
from blogforge.importers.settings import as_yaml, configuration
from blogforge.output.machine import machine_errors
from blogforge.value import Value

if TYPE_CHECKING:
    from blogforge.importers.found import Found, Instructions

_SOURCES = ("posts", "pages", "static")
_IGNORED = "public/\n.public.blogforge/\ndigest/\n*.epub\n"


class Home(Value, frozen=True, kw_only=True):
    """The site's folder and configuration, and what is to be written for a new one."""

    folder: Path
    config: Config
    beginnings: dict[str, str]
    problems: tuple[Problem, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the import begins the site."""
        return bool(self.beginnings)

    def beginning_with(self, redirects: dict[str, str]) -> dict[str, str]:
        """The files of a new site, its configuration with these `redirects`."""
        if not self.is_new or not redirects:
            return self.beginnings
        text = self.beginnings[CONFIG_FILE]
        return self.beginnings | {CONFIG_FILE: text + as_yaml({"redirects": redirects})}

    def files(self) -> list[str]:
        """What the site has already, as paths below its folder."""
        found: list[str] = []
        with machine_errors(self.folder):
            for name in _SOURCES:
                below = self.folder / name
                found += (
                    path.relative_to(self.folder).as_posix()
                    for path in (below.rglob("*") if below.is_dir() else ())
                    if not path.is_dir()
                )
        return sorted(found)


def home(folder: Path, found: Found, instructions: Instructions) -> Home:
    """The site in `folder`, or a new one for it.

    Raises ConfigError where the folder has files and is no site, or its configuration is wrong.
    """
    if (folder / CONFIG_FILE).exists():
        return Home(folder=folder, config=load_config(folder), beginnings={})
    _refuse_occupied(folder)
    text, problems = configuration(found, instructions)
    with machine_errors(gettempdir()), TemporaryDirectory(prefix="blogforge-") as trial:
        (Path(trial) / CONFIG_FILE).write_text(text, encoding="utf-8")
        config = load_config(Path(trial))
    beginnings = {".gitignore": _IGNORED, CONFIG_FILE: text}  # what makes it a site comes last
    return Home(folder=folder, config=config, beginnings=beginnings, problems=tuple(problems))


def _refuse_occupied(folder: Path) -> None:
    with machine_errors(folder):
        if folder.exists() and not folder.is_dir():
            raise ConfigError.of(f"'{folder}' is a file", hint="name a folder: --into")
        names = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if names and JOURNAL_FILE not in names:
        raise ConfigError.of(
            f"'{folder}' has files and is no site; nothing was written",
            hint="name a site's folder or a new one: --into FOLDER",
        )
