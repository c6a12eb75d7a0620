"""The command that sends a publication out."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path
from typing import Any

import click

from blogforge.cli.common import DRAFTS, FUTURE, JOBS, NOW, TRUST_MTIME, moment
from blogforge.errors import BlogforgeError


@click.command()
@click.argument("target", default="")
@click.option("--dry-run", is_flag=True, help="Say what would be done; touch nothing there.")
@click.option("--no-build", is_flag=True, help="Send the tree as the last build left it.")
@click.option("--allow-shrink", is_flag=True, help="Also where many pages would go.")
@click.option("--overwrite", is_flag=True, help="Also over files that blogforge did not write.")
@DRAFTS
@FUTURE
@NOW
@JOBS
@TRUST_MTIME
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@click.option("--folder", default=".", type=click.Path(exists=True, path_type=Path), hidden=True)
def deploy(  # noqa: PLR0913  (its options)
    target: str,
    now: str,
    folder: Path,
    *,
    dry_run: bool,
    no_build: bool,
    allow_shrink: bool,
    overwrite: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Build the site and send it to TARGET, one of `deploy:` in blogforge.yaml.

    \b
    Examples:
      blogforge deploy
      blogforge deploy production --dry-run
    """
    from blogforge import summary
    from blogforge.deploy import report
    from blogforge.deploy.sending import Order, deploy
    from blogforge.options import Options

    gc.disable()  # as in a build
    order = Order(
        target=target,
        build=not no_build,
        dry_run=dry_run,
        allow_shrink=allow_shrink,
        overwrite=overwrite,
    )
    settled = Options(now=moment(now, folder), **options)
    try:
        with summary.progress_bar() as progress:
            done, doubts = deploy(folder, order, settled, progress, partial(click.echo, err=True))
    except BlogforgeError as error:
        if as_json:
            click.echo(summary.errors_as_json(error.problems))
        raise
    if doubts:
        click.echo(f"{len(doubts)} warnings: blogforge check lists them", err=True)
    for doubt in done.warnings:
        click.echo(f"warning: {doubt}", err=True)
    click.echo((report.as_json if as_json else report.as_text)(done))
