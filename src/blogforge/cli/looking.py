"""Commands that look at a site and publish nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from blogforge.cli.common import DRAFTS, FOLDER, FUTURE, JOBS, NOW, moment
from blogforge.errors import ConfigError


@click.command()
@FOLDER
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Another port; 0: any that is free.",
)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", help="Another loopback address.")
@click.option("--expose", is_flag=True, help="Let --host be one that other computers can reach.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in your browser.")
@click.option("--drafts/--no-drafts", default=True, help="Show drafts, with a badge (default).")
@click.option("--future/--no-future", default=True, help="Show scheduled posts too (default).")
@JOBS
def serve(
    folder: Path, host: str, port: int, *, expose: bool, open_browser: bool, **options: Any
) -> None:
    """Show the site at http://127.0.0.1:8000/ and reload it whenever you save.

    Nothing is written to the published tree.

    \b
    Example:
      blogforge serve --open
    """
    from blogforge.options import Options
    from blogforge.serve import Address, serve

    address = Address(host=host, port=port, expose=expose)
    serve(folder, Options(**options), address, click.echo, open_browser=open_browser)


@click.command()
@click.argument("post")
@click.option("--explain", is_flag=True, help="Scores, and the words that made them.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--folder", default=".", type=click.Path(exists=True, path_type=Path), hidden=True)
@DRAFTS
@FUTURE
@NOW
def related(
    post: str, folder: Path, now: str, *, explain: bool, as_json: bool, **options: Any
) -> None:
    """Show the block "More from" under POST: its file name, path or slug.

    \b
    Example:
      blogforge related 2012-03-21-libya-mali.md --explain
    """
    from blogforge import reasons
    from blogforge.options import Options
    from blogforge.rationale import explain_related

    rationale, site = explain_related(folder, post, Options(now=moment(now, folder), **options))
    if as_json:
        click.echo(reasons.as_json(rationale, site, explain=explain))
    elif explain and sys.stdout.isatty():
        from rich.console import Console

        console = Console()
        console.print(reasons.as_table(rationale, console.width))
    else:
        click.echo(reasons.as_text(rationale, explain=explain))


@click.command()
@FOLDER
@click.option("--suggest", is_flag=True, help="Posts without a story that seem to tell one.")
@click.option("--since", metavar="TIME", default="", help="With a post of TIME or after.")
@click.option("--limit", type=click.IntRange(min=1), help="The first ones only.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@DRAFTS
@FUTURE
@NOW
def stories(
    folder: Path,
    since: str,
    limit: int | None,
    *,
    suggest: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """List the stories of the site in FOLDER, or suggest new ones.

    \b
    Examples:
      blogforge stories
      blogforge stories --suggest --since 2012-01-01
    """
    from blogforge import proposals, stories
    from blogforge.options import Options

    settled = Options(now=moment(options.pop("now"), folder), **options)
    begin = moment(since, folder, "--since")
    if suggest:
        proposed = proposals.proposals(folder, settled, begin)[:limit]
        form = stories.proposals_json if as_json else stories.proposals_text
        click.echo(form(proposed))
    else:
        told = stories.stories(folder, settled, begin)[:limit]
        none = stories.NO_NEWER if begin else stories.NO_STORY
        click.echo(stories.stories_json(told) if as_json else stories.stories_text(told, none))


@click.command()
@FOLDER
@click.option("--until", metavar="TIME", default="", help="Up to TIME only.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@NOW
def upcoming(folder: Path, until: str, now: str, *, as_json: bool) -> None:
    """List what will appear or vanish by itself in FOLDER's site, and when.

    \b
    Examples:
      blogforge upcoming
      blogforge upcoming --until 2012-04-01 --json
    """
    from blogforge import upcoming
    from blogforge.options import Options

    settled = Options(now=moment(now, folder))
    found = upcoming.upcoming(folder, settled, moment(until, folder, "--until"))
    click.echo((upcoming.as_json if as_json else upcoming.as_text)(found))


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schemas of the files that authors write, for editors.

    \b
    Examples:
      blogforge schema                    all, by name
      blogforge schema blogforge.yaml     one of them
    """
    import json

    from blogforge.schema import schemas

    found = schemas()
    if name is not None and name not in found:
        names = ", ".join(f"'{name}'" for name in found)
        raise ConfigError.of(f"there is no schema '{name}'", hint=f"write one of {names}")
    click.echo(json.dumps(found[name] if name else found, indent=2, ensure_ascii=False))
