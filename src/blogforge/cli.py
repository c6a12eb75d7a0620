"""Commands: parse, call, print; the one place that prints or exits."""

from __future__ import annotations

import gc
import os
import shlex
import sys
import traceback
from datetime import datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from blogforge import __version__
from blogforge.errors import BlogforgeError, ConfigError
from blogforge.output.interrupts import terminable

if TYPE_CHECKING:
    from collections.abc import Callable

    from blogforge.errors import Problem

FOLDER = click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="."
)
DRAFTS = click.option("--drafts", is_flag=True, help="Publish drafts too.")
FUTURE = click.option("--future", is_flag=True, help="Publish scheduled posts too.")
NOW = click.option(
    "--now", metavar="TIME", default="", help="Build as of TIME, such as 2012-03-21T10:00."
)
JOBS = click.option(
    "--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0: all cores."
)
_INTERNAL_ERROR = 70  # EX_SOFTWARE of sysexits.h
_INTERRUPTED = 130
_CLOSED_PIPE = 141
_SHOWN_WARNINGS = 20


class _Commands(click.Group):
    """Commands whose reader may leave before the end, as `head` does."""

    def invoke(self, ctx: click.Context) -> Any:
        """As click does, but a closed pipe is no failure: the exit status is that of SIGPIPE."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Source: https://docs.python.org/3/library/signal.html#note-on-sigpipe
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(_CLOSED_PIPE) from None


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="blogforge")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def cli(*, debug: bool) -> None:
    """Turn a folder of Markdown posts into a publication.

    \b
    Examples:
      blogforge new site my-desk     start a publication
      cd my-desk
      blogforge new post "Title"     start a post
      blogforge serve                read it while you write
      blogforge build                publish into public/
    """
    del debug  # read by main, before anything can fail


# ---------------------------------------------------------------- new


@cli.group()
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


# ---------------------------------------------------------------- build


@cli.command()
@FOLDER
@click.option("--output", default="", help="Write to this folder instead of the configured one.")
@DRAFTS
@FUTURE
@NOW
@JOBS
@click.option("--cluster", metavar="ADDRESS", default="", help="Work on the Dask cluster there.")
@click.option("--clean", is_flag=True, help="Make every page anew, as if for the first time.")
@click.option(
    "--no-trust-mtime",
    "trust_mtime",
    is_flag=True,
    default=True,
    flag_value=False,
    help="Read every file, also those whose size and time say that they are as they were.",
)
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
    settled = Options(now=_moment(now, folder), **options)
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


def _moment(text: str, folder: Path, option: str = "--now") -> datetime | None:
    from blogforge.config import load_config
    from blogforge.content.dates import DateError, moment

    if not text:
        return None
    try:
        return moment(text, ZoneInfo(load_config(folder).timezone))
    except DateError as error:
        raise ConfigError.of(f"{option} {error.message}", hint=error.hint) from error


def _warn(warnings: tuple[Problem, ...]) -> None:
    for problem in warnings[:_SHOWN_WARNINGS]:
        click.echo(f"warning: {problem}", err=True)
    if len(warnings) > _SHOWN_WARNINGS:
        click.echo(f"{len(warnings)} warnings in all: blogforge check lists them", err=True)


# ---------------------------------------------------------------- serve


@cli.command()
@FOLDER
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
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


# ---------------------------------------------------------------- look


@cli.command()
@FOLDER
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text")
@DRAFTS
@FUTURE
@NOW
@JOBS
def check(folder: Path, form: str, now: str, **options: Any) -> None:
    """Say what is wrong or doubtful, and publish nothing. Exit status 1 where there are errors.

    \b
    Examples:
      blogforge check
      blogforge check --format github
    """
    from blogforge.check import check
    from blogforge.check.formats import FORMATS
    from blogforge.options import Options

    problems = check(folder, Options(now=_moment(now, folder), **options))
    click.echo(FORMATS[form](problems), nl=False)
    if any(problem.level == "error" for problem in problems):
        raise SystemExit(1)


@cli.command()
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
    from blogforge.account import explain_related
    from blogforge.options import Options

    account, site = explain_related(folder, post, Options(now=_moment(now, folder), **options))
    if as_json:
        click.echo(reasons.as_json(account, site, explain=explain))
    elif explain and sys.stdout.isatty():
        from rich.console import Console

        console = Console()
        console.print(reasons.as_table(account, console.width))
    else:
        click.echo(reasons.as_text(account, explain=explain))


@cli.command()
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

    settled = Options(now=_moment(options.pop("now"), folder), **options)
    begin = _moment(since, folder, "--since")
    if suggest:
        proposed = proposals.proposals(folder, settled, begin)[:limit]
        form = stories.proposals_json if as_json else stories.proposals_text
        click.echo(form(proposed))
    else:
        told = stories.stories(folder, settled, begin)[:limit]
        none = stories.NO_NEWER if begin else stories.NO_STORY
        click.echo(stories.stories_json(told) if as_json else stories.stories_text(told, none))


@cli.command()
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

    settled = Options(now=_moment(now, folder))
    found = upcoming.upcoming(folder, settled, _moment(until, folder, "--until"))
    click.echo((upcoming.as_json if as_json else upcoming.as_text)(found))


@cli.command()
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


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a SHELL.

    \b
    Example, for bash:
      blogforge completion bash > ~/.local/share/bash-completion/completions/blogforge
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "blogforge", "_BLOGFORGE_COMPLETE").source())


# ---------------------------------------------------------------- exit


def main() -> None:
    """Run the command line; exit with the status that docs/design.md lists."""
    debug = "--debug" in sys.argv[1:]
    run = partial(cli.main, prog_name="blogforge", standalone_mode=False)
    if isinstance(sys.stdout, TextIOWrapper):  # as standard error does of its own accord
        sys.stdout.reconfigure(errors="backslashreplace")
    with terminable():
        status = _status(run, debug=debug)
    sys.exit(status)


def _status(run: Callable[[], object], *, debug: bool) -> int:
    try:
        run()
    except BlogforgeError as error:
        _trace(debug)
        click.echo(str(error), err=True)
        return error.exit_status
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; the published tree is whole", err=True)
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001  (the last place that can tell of it)
        _trace(debug)
        click.echo(f"blogforge failed, which is our fault: {error!r}", err=True)
        click.echo("run it again as `blogforge --debug …` and report what it prints", err=True)
        return _INTERNAL_ERROR
    return 0


def _trace(debug: bool) -> None:
    if debug:
        traceback.print_exc()
