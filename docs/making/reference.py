"""The pages of docs/reference/, which the code writes, and docs/README.md."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docs.making.commands import commands, exit_statuses
from docs.making.contents import contents
from docs.making.pages import pages
from docs.making.rules import rules
from docs.making.settings import authors, front_matter, settings
from docs.making.templates import templates

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent.parent / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings,
    "front-matter.md": front_matter,
    "authors.md": authors,
    "templates.md": templates,
    "commands.md": commands,
    "pages.md": pages,
    "rules.md": rules,
    "exit-statuses.md": exit_statuses,
    "../README.md": contents,  # last, since it names the others
}


def write() -> None:
    """Write every page of the reference as the code is now."""
    FOLDER.mkdir(exist_ok=True)
    for name, made in PAGES.items():
        (FOLDER / name).write_text(made(), encoding="utf-8", newline="\n")
