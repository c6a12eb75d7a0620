"""Commands: parse, call, print; the one place that prints or exits."""

from __future__ import annotations

import os
import sys
import traceback
from functools import partial
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

from blogforge import __version__
from blogforge.cli import checking, deploying, exporting, importing, looking, making, theming
from blogforge.errors import BlogforgeError
from blogforge.output.interrupts import terminable

if TYPE_CHECKING:
    from collections.abc import Callable

_INTERNAL_ERROR = 70  # EX_SOFTWARE of sysexits.h
_INTERRUPTED = 130
_CLOSED_PIPE = 141


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


@click.command()
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


for _command in (
    making.new,
    importing.import_,
    making.build,
    deploying.deploy,
    looking.serve,
    checking.check,
    looking.related,
    looking.stories,
    looking.upcoming,
    exporting.digest,
    exporting.epub,
    theming.theme,
    looking.schema,
    completion,
):
    cli.add_command(_command)


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
