"""The command line, from the commands themselves."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import click

from blogforge.cli import cli
from blogforge.errors import BlogforgeError
from docs.making.words import GENERATED, code, page, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBATIM = "\b\n"  # in front of a paragraph that click prints as it stands
_NO_ERRORS = (  # what ends a command but no error of blogforge's tree
    ("0", "done"),
    ("70", "a fault of blogforge's own: report what `blogforge --debug …` prints"),
    ("130", "interrupted; the published tree is whole"),
    ("141", "nobody reads the output any more"),
)


def commands() -> str:
    """Every command with its arguments and options."""
    return page(
        "Commands",
        "Every command of `blogforge`, its arguments and its options.",
        GENERATED,
        "[The command line](../cli.md) says what each is for and what its output means; [exit "
        "statuses](exit-statuses.md) are the same everywhere.",
        *(part for name, command in all_commands(cli) for part in _command(name, command)),
    )


def exit_statuses() -> str:
    """What the exit statuses mean."""
    told = [(str(kind.exit_status), _first_line(kind)) for kind in _errors(BlogforgeError)]
    return page(
        "Exit statuses",
        "What a command's exit status says to whoever called it.",
        GENERATED,
        table(("status", "means"), sorted((*_NO_ERRORS, *told), key=lambda row: int(row[0]))),
        "On any status but 0 of `blogforge build` the published tree is as it was before.",
    )


def all_commands(
    group: click.Group, name: str = "blogforge"
) -> Iterator[tuple[str, click.Command]]:
    """The commands of a group and of the groups in it, by their whole names."""
    for below, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{name} {below}")
        elif not command.hidden:
            yield f"{name} {below}", command


def _command(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    help_text, _, examples = inspect.cleandoc(command.help or "").partition(_VERBATIM)
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"## {name}"
    yield " ".join(help_text.split())
    yield f"```text\n{name} {usage}\n```"
    if examples:
        lines = [line.strip() for line in examples.splitlines()[1:]]
        yield "```sh\n" + "\n".join(filter(None, lines)) + "\n```"
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    yield table(("option", "unless given", "does"), (_option(each, context) for each in options))


def _option(option: click.Option, context: click.Context) -> tuple[str, str, str]:
    value = "" if option.is_flag or option.count else f" {_value(option, context)}"
    names = ", ".join(code(name + value) for name in (*option.opts, *option.secondary_opts))
    return names, _default(option), option.help or ""


def _value(option: click.Option, context: click.Context) -> str:
    numbers = isinstance(option.type, click.types.IntParamType | click.types.FloatParamType)
    return "N" if numbers and not option.metavar else option.make_metavar(context)


def _default(option: click.Option) -> str:
    default: Any = option.default
    shown = isinstance(default, str | int | float) and not isinstance(default, bool)
    return code(default) if shown and default != "" else ""


def _errors(kind: type[BlogforgeError]) -> Iterator[type[BlogforgeError]]:
    for below in kind.__subclasses__():
        if "exit_status" in vars(below):
            yield below
        yield from _errors(below)


def _first_line(kind: type) -> str:
    return inspect.cleandoc(kind.__doc__ or "").partition("\n")[0]
