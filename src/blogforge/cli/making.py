"""Commands that make something: a site, a post, the published tree."""

from __future__ import annotations

import gc
import shlex
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from blogforge.cli.common import DRAFTS, FOLDER, FUTURE, JOBS, NOW, TRUST_MTIME, moment
from blogforge.errors import BlogforgeError

if TYPE_CHECKING:
    from blogforge.errors import Problem

_SHOWN_WARNINGS = 20


@click.group()
def new() -> None:
    """Start a site or a post."""


@new.command("site")
@click.argument("folder", type=click.Path(path_type=Path))
def new_site(folder: Path) -> None:
    """Start a publication in FOLDER, which must be new or empty.

    \b
    Example:
      blogforge new site my-desk
    """
    from blogforge.new import create_site

    for path in create_site(folder, _now("UTC")):
        click.echo(f"created {path}")
    click.echo(f"next: cd {shlex.quote(str(folder))} && blogforge serve")


@new.command("post")
@click.argument("title")
@click.option("--folder", default=".", type=click.Path(exists=True, path_type=Path), hidden=True)
@click.option("--edit", is_flag=True, help="Open it in your editor.")
@click.option("--publish", is_flag=True, help="Not a draft.")
def new_post(title: str, folder: Path, *, edit: bool, publish: bool) -> None:
    """Start a post with TITLE: front matter filled in, file named by date and slug.

    \b
    Example:
      blogforge new post "Libya's guns, Mali's war" --edit
    """
    from blogforge.config import load_config
    from blogforge.new import create_post

    path = create_post(folder, title, _now(load_config(folder).timezone), draft=not publish)
    click.echo(f"created {path}")
    if edit:
        click.edit(filename=str(path))


def _now(zone: str) -> datetime:
    return datetime.now(ZoneInfo(zone))


@click.command()
@FOLDER
@click.option("--output", default="", help="Write to this folder instead of the configured one.")
@DRAFTS
@FUTURE
@NOW
@JOBS
@click.option("--cluster", metavar="ADDRESS", default="", help="Work on the Dask cluster there.")
@click.option("--clean", is_flag=True, help="Make every page anew, as if for the first time.")
@TRUST_MTIME
@click.option("--explain", is_flag=True, help="Name each page that is made or removed, and why.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def build(folder: Path, now: str, *, explain: bool, as_json: bool, **options: Any) -> None:
    """Publish the site in FOLDER (default: this one).

    \b
    Examples:
      blogforge build
      blogforge build my-desk --output /srv/www --json
      blogforge build --drafts --future --output preview
      blogforge build --cluster tcp://10.0.0.5:8786
    """
    from blogforge import summary
    from blogforge.build import build
    from blogforge.options import Options

    gc.disable()  # nothing that a build makes is garbage before its end
    settled = Options(now=moment(now, folder), **options)
    try:
        with summary.progress_bar() as progress:
            report = build(folder, settled, progress, partial(click.echo, err=True))
    except BlogforgeError as error:
        if as_json:
            click.echo(summary.errors_as_json(error.problems))
        raise
    _warn(report.warnings)
    form = summary.as_json if as_json else summary.as_text
    click.echo(form(report, explain=explain))


def _warn(warnings: tuple[Problem, ...]) -> None:
    for problem in warnings[:_SHOWN_WARNINGS]:
        click.echo(f"warning: {problem}", err=True)
    if len(warnings) > _SHOWN_WARNINGS:
        click.echo(f"{len(warnings)} warnings in all: blogforge check lists them", err=True)
