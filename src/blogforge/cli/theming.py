"""Commands for who changes how a site looks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from blogforge.cli.common import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.overrides import ThemeFile

_WHOSE = {
    "theme": "",
    "copy": "yours, word for word the theme's",
    "yours": "yours",
    "stale": "yours; the theme's has changed since",
}


@click.group()
def theme() -> None:
    """See the theme's files, and take some for your own."""


@theme.command("list")
@FOLDER
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_files(folder: Path, *, as_json: bool) -> None:
    """Say what each file of the theme is for, and which of them the site in FOLDER replaces.

    \b
    Example:
      blogforge theme list
    """
    from blogforge.overrides import theme_files
    from blogforge.printing import to_json

    files = theme_files(folder)
    click.echo(to_json(files) if as_json else "\n".join(_lines(files)))


@theme.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--block", "blocks", metavar="BLOCK", multiple=True, help="Only this part of it.")
@click.option("--folder", default=".", type=click.Path(exists=True, path_type=Path), hidden=True)
def eject(names: tuple[str, ...], blocks: tuple[str, ...], folder: Path) -> None:
    """Copy files of the theme, by NAME, into the site's own templates/ and static/.

    A file that is there already is never overwritten. With --block, the new template has that
    block alone, and everything else goes on coming from the theme.

    \b
    Examples:
      blogforge theme eject css/tokens.css
      blogforge theme eject article.html --block after
    """
    from blogforge.overrides import eject

    for name in names:
        click.echo(f"created {eject(folder, name, blocks)}")


def _lines(files: Iterable[ThemeFile]) -> Iterator[str]:
    files = list(files)
    heading = ""
    width = max(len(file.name) for file in files)
    for file in files:
        folder = file.path.split("/", 1)[0]
        if folder != heading:
            yield from ("", f"{folder}/") if heading else (f"{folder}/",)
            heading = folder
        yield f"  {file.name:{width}}  {file.purpose}".rstrip()
        if whose := _whose(file):
            yield f"  {'':{width}}  {whose}"


def _whose(file: ThemeFile) -> str:
    whose = _WHOSE[file.state]
    if file.blocks:
        whose += f", block{'s'[: len(file.blocks) > 1]} {', '.join(file.blocks)}"
    return f"[{whose}]" if whose else ""
