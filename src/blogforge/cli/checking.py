"""`blogforge check`: what editors should know before readers do."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from blogforge.cli.common import DRAFTS, FOLDER, FUTURE, JOBS, NOW, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blogforge.errors import Level, Problem

    Problems = tuple[Problem, ...]

_ROUNDS = 10  # of mending: an address that stands in a text several times is one finding a round
_RANKS: dict[Level, int] = {"notice": 0, "warning": 1, "error": 2}


def _explain(context: click.Context, _: click.Parameter, name: str | None) -> None:
    """Print a rule's page, and leave."""
    if name is None:
        return
    from blogforge.check.explain import address_of, page_of

    page = page_of(name)
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(page))
    else:
        click.echo(page, nl=False)
    click.echo(f"\n{address_of(name)}")
    context.exit()


def _list_rules(context: click.Context, _: click.Parameter, asked: bool) -> None:
    """Print the rules, and leave."""
    if not asked:
        return
    from blogforge.check.rules import RULES

    width = max(map(len, RULES))
    for rule in RULES.values():
        click.echo(f"{rule.name:{width}}  {rule.level:7}  {rule.summary}")
    context.exit()


def _names(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    """The rules that may be meant by what is typed so far."""
    from blogforge.check.rules import RULES

    return [name for name in RULES if name.startswith(begun)]


@click.command()
@FOLDER
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="Text for people; annotations of GitHub, SARIF for code hosts.",
)
@click.option(
    "--only",
    metavar="RULE",
    multiple=True,
    shell_complete=_names,
    help="Look by this rule only (again for more).",
)
@click.option(
    "--level",
    type=click.Choice(["notice", "warning", "error"]),
    default="notice",
    help="Tell this level and those above it.",
)
@click.option("--strict", is_flag=True, help="Fail where there are warnings, too.")
@click.option("--external", is_flag=True, help="Ask other sites about the links to them.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend, in your files.")
@click.option("--dry-run", is_flag=True, help="With --fix: show what it would write, no more.")
@click.option(
    "--rules",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_rules,
    help="List the rules.",
)
@click.option(
    "--explain",
    metavar="RULE",
    shell_complete=_names,
    is_eager=True,
    expose_value=False,
    callback=_explain,
    help="Show the page of a rule.",
)
@DRAFTS
@FUTURE
@NOW
@JOBS
def check(folder: Path, only: tuple[str, ...], *, strict: bool, **options: Any) -> None:
    """Say what is wrong or doubtful, and publish nothing. Exit status 1 where there are errors.

    \b
    Examples:
      blogforge check
      blogforge check --only dead-link --strict
      blogforge check --explain dead-link
      blogforge check --fix --dry-run
      blogforge check --external
      blogforge check --format github
    """
    from blogforge.check import Wanted, check
    from blogforge.check.outside.asking import Asking
    from blogforge.options import Options
    from blogforge.summary import progress_bar

    form, level = options.pop("form"), options.pop("level")
    fix, dry_run = options.pop("fix"), options.pop("dry_run")
    if dry_run and not fix:
        raise click.UsageError("--dry-run is for --fix: without it nothing is written")
    external = options.pop("external")
    settled = Options(now=moment(options.pop("now"), folder), **options)
    with progress_bar() as progress:
        wanted = Wanted(only, Asking(progress) if external else None)
        problems = check(folder, settled, wanted)
    if dry_run:
        _show_mending(folder, problems)
    elif fix:
        problems = _mend(folder, problems, lambda: check(folder, settled, wanted))
    told = [problem for problem in problems if _RANKS[problem.level] >= _RANKS[level]]
    _print(told, form, folder)
    if any(problem.level == "error" or strict for problem in told if problem.level != "notice"):
        raise SystemExit(1)


def _show_mending(folder: Path, problems: Sequence[Problem]) -> None:
    from blogforge.check.fixing import as_diff, mended

    files = [*mended(folder, problems)]
    for file in files:
        click.echo(as_diff(file), nl=False, err=True)
    _tell_mended("would be mended", sum(len(file.done) for file in files), len(files))


def _mend(folder: Path, problems: Problems, again: Callable[[], Problems]) -> Problems:
    """Mend what can be mended; what is found `again` after it."""
    from blogforge.check.fixing import mended, write

    done, paths = 0, set[str]()
    for _ in range(_ROUNDS):
        files = write(folder, mended(folder, problems))
        if not files:
            break
        done += sum(len(file.done) for file in files)
        paths.update(file.path for file in files)
        problems = again()
    _tell_mended("mended", done, len(paths))
    return problems


def _tell_mended(verb: str, findings: int, files: int) -> None:
    from blogforge.printing import counted

    click.echo(f"{counted(findings, 'finding')} {verb} in {counted(files, 'file')}", err=True)


def _print(problems: Sequence[Problem], form: str, folder: Path) -> None:
    from blogforge.check.formats import FORMATS
    from blogforge.check.text import as_text

    if form == "text":
        colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        click.echo(as_text(problems, colours=colours), nl=False)
    else:
        for_hosts = form in {"github", "sarif"}
        click.echo(FORMATS[form](_from_here(problems, folder) if for_hosts else problems), nl=False)


def _from_here(problems: Sequence[Problem], folder: Path) -> Sequence[Problem]:
    """`problems` with paths from where the command runs, as code hosts know files."""
    from blogforge.errors import Location

    below = folder.resolve()
    if below == Path.cwd() or not below.is_relative_to(Path.cwd()):
        return problems
    name = below.relative_to(Path.cwd()).as_posix()
    return [
        replace(
            p, location=Location(f"{name}/{p.location.path}", p.location.line, p.location.column)
        )
        if p.location
        else p
        for p in problems
    ]
