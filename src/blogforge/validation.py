"""YAML values -> frozen structs, with every mistake located and told in an author's words.

msgspec converts (and stops at its first error); only where it fails are the values converted field
by field, which finds all mistakes and knows the place of each.
"""

from __future__ import annotations

import re
import types
from difflib import get_close_matches
from functools import cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import msgspec
from msgspec import Meta, Struct

from blogforge.yaml_mistakes import in_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.errors import Problem
    from blogforge.strict_yaml import KeyPath, Written

S = TypeVar("S", bound=Struct)

_BAD: Any = object()  # stands for a value that cannot be converted, and is then left out
_BOUND = re.compile(r"Expected `\w+` (<=|>=|<|>) (\S+)")
_PLAIN = re.compile(r"\w[\w ./@-]*")  # as YAML, needs no quotes anywhere
# What other generators call it -> our name for it.
_OTHER_WORDS = {
    **dict.fromkeys(("thumbnail", "featured_image", "cover"), "image"),
    **dict.fromkeys(("stories", "series"), "story"),
    "layout": "template",
}
_THEME = "the site's templates/ and static/ are its theme: see docs/theme.md"
_BOUNDS = {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than"}


def convert(
    written: Written, kind: type[S], at: KeyPath = (), values: Any = _BAD
) -> tuple[S | None, list[Problem]]:
    """The mapping at the path `at` as a struct of `kind`, and everything that is wrong with it.

    Text becomes the number or truth value that its field asks for. A key without a value counts as
    not written. Fields with mistakes are left out: they have their defaults, and the struct is
    None where one was required. `values` replaces what stands at `at`.
    """
    if values is _BAD:
        values = written.values
        for step in at:
            values = values[step]
    try:
        return msgspec.convert(values, kind, strict=False), []
    except msgspec.ValidationError:
        pass  # to be found again, with its place
    converter = _Converter(written)
    value = converter.value(values, kind, at)
    return (value if isinstance(value, kind) else None), converter.problems


def convert_texts(
    written: Written, at: KeyPath, value: Any
) -> tuple[tuple[str, ...], list[Problem]]:
    """The `value` at the path `at` as a list of texts, and everything that is wrong with it."""
    try:
        return msgspec.convert(value, tuple[str, ...], strict=False), []
    except msgspec.ValidationError:
        pass  # to be found again, with its place
    converter = _Converter(written)
    texts = converter.value(value, tuple[str, ...], at)
    return (() if texts is _BAD else texts), converter.problems


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The hint that names the one of `known` that resembles `word`, or ""."""
    lowered = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), lowered, n=1, cutoff=0.7)
    return f"did you mean '{lowered[close[0]]}'?" if close else ""


def named(at: KeyPath) -> str:
    """A key path as a message names it: 'markdown.engine', item 2 of 'tags'."""
    parts: list[str] = []
    for step in at:
        if isinstance(step, int):
            parts.append(f"item {step + 1}")
        elif parts and parts[-1].startswith("'"):
            parts[-1] = f"{parts[-1][:-1]}.{step}'"
        else:
            parts.append(f"'{step}'")
    return " of ".join(reversed(parts)) or "this"


def one_of(words: Iterable[object]) -> str:
    """a, b or c."""
    *first, last = map(str, words)
    return f"{', '.join(first)} or {last}" if first else last


class _Converter:
    """Converts along the annotations of structs; collects a problem for each value that fails."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.problems: list[Problem] = []

    def value(self, value: Any, hint: Any, at: KeyPath) -> Any:
        kind = _shape(_bare(hint), value)
        if isinstance(kind, type) and issubclass(kind, Struct) and isinstance(value, dict):
            return self._struct(value, kind, at)
        if get_origin(kind) is tuple and isinstance(value, list):
            item = get_args(kind)[0]
            items = [self.value(each, item, (*at, i)) for i, each in enumerate(value)]
            return tuple(each for each in items if each is not _BAD)
        if get_origin(kind) is dict and isinstance(value, dict):
            item = get_args(kind)[1]
            entries = {key: self.value(each, item, (*at, key)) for key, each in value.items()}
            return {key: each for key, each in entries.items() if each is not _BAD}
        try:
            return msgspec.convert(value, hint, strict=False)
        except msgspec.ValidationError as error:
            cure = _own_cure(hint) or _cure(kind, value, at)
            self._add(f"{named(at)} {_complaint(kind, value, str(error))}", at, cure)
            return _BAD

    def _struct(self, values: dict[str, Any], kind: type[Struct], at: KeyPath) -> Any:
        hints = _hints(kind)
        good: dict[str, Any] = {}
        for key, value in values.items():
            if key not in hints:
                self._unknown(key, hints, at)
            elif value is not None:
                good[key] = self.value(value, hints[key], (*at, key))
        missing = [f.name for f in msgspec.structs.fields(kind) if f.required]
        for name in missing:
            if name not in good:
                fault = "is empty" if name in values else "is missing"
                whose = f" in {named(at)}" if at else ""
                self._add(f"'{name}' {fault}{whose}", (*at, name), f"write '{name}: …'")
        good = {key: value for key, value in good.items() if value is not _BAD}
        return kind(**good) if good.keys() >= set(missing) else _BAD

    def _unknown(self, key: str, known: Iterable[str], at: KeyPath) -> None:
        hint = _our_word(key, known) or did_you_mean(key, known)
        if not hint:
            free = "extra" in known
            hint = "put free fields under 'extra'" if free else f"known here: {', '.join(known)}"
        whose = f" in {named(at)}" if at else ""
        problem = self.written.problem(f"unknown key '{key}'{whose}", (*at, key), hint, key=True)
        self.problems.append(problem)

    def _add(self, message: str, at: KeyPath, hint: str) -> None:
        self.problems.append(self.written.problem(message, at, hint))


@cache
def _hints(kind: type[Struct]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _shape(hint: Any, value: Any) -> Any:
    """The member of a union that a value of this shape can only be meant for."""
    if get_origin(hint) not in {Union, types.UnionType}:
        return hint
    members = [_bare(member) for member in get_args(hint) if member is not types.NoneType]
    for member in members:
        structure = isinstance(member, type) and issubclass(member, Struct)
        if isinstance(value, dict) and structure:
            return member
        if isinstance(value, list) and get_origin(member) is tuple:
            return member
    return members[0] if len(members) == 1 else hint


def _complaint(kind: Any, value: Any, error: str) -> str:
    if value is None:
        return "is empty"
    shown = f"'{value}'"
    if isinstance(value, dict | list):
        shown = "a list" if isinstance(value, list) else "a mapping"
    if bound := _BOUND.search(error):
        return f"must be {_BOUNDS[bound[1]]} {bound[2].removesuffix('.0')}, not {shown}"
    return f"must be {_expected(kind)}, not {shown}"


def _expected(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return one_of(get_args(kind))
    if get_origin(kind) in {Union, types.UnionType}:
        return one_of(_expected(_bare(member)) for member in get_args(kind))
    if get_origin(kind) is tuple:
        return "a list"
    if get_origin(kind) is dict or issubclass(kind, Struct):
        return "a mapping ('name: value')"
    return {str: "text", int: "a whole number", float: "a number", bool: "true or false"}[kind]


def _our_word(key: str, known: Iterable[str]) -> str:
    """The hint for a key that other generators have."""
    if (ours := _OTHER_WORDS.get(key)) and ours in known:
        return f"write '{ours}'"
    return _THEME if key in {"theme", "layout"} else ""


def _own_cure(hint: Any) -> str:
    """The hint that a field's annotation has for a value that it cannot take."""
    metas = [each for each in getattr(hint, "__metadata__", ()) if isinstance(each, Meta)]
    return next((each.extra["hint"] for each in metas if each.extra and "hint" in each.extra), "")


def _block(kind: type[Struct], value: str, at: KeyPath) -> str:
    """The hint that shows a text as the block that should stand in its place."""
    hints = _hints(kind)
    required = [f.name for f in msgspec.structs.fields(kind) if f.required]
    # Plain text goes where nothing but text is asked for, before dates and addresses.
    names = sorted(required or hints, key=lambda name: not _is_any_text(hints[name]))
    target = next((name for name in names if _fits(value, hints[name])), names[0])
    shown = value if _PLAIN.fullmatch(value) else in_quotes(value)
    if not _fits(value, hints[target]):
        shown = "…"
    others = [name for name in required if name != target]
    pairs = ", ".join([f"{target}: {shown}", *(f"{name}: …" for name in others)])
    if isinstance(at[-1], int):
        item = f"{{{pairs}}}" if others else pairs
        return f"write '- {item}' on a line of its own"
    return f"write '{at[-1]}: {{{pairs}}}'"


def _is_any_text(hint: Any) -> bool:
    """Whether a field takes text of whatever pattern."""
    metas = [each for each in getattr(hint, "__metadata__", ()) if isinstance(each, Meta)]
    return _bare(hint) is str and not any("pattern" in (m.extra_json_schema or {}) for m in metas)


def _fits(value: str, hint: Any) -> bool:
    try:
        msgspec.convert(value, hint, strict=False)
    except msgspec.ValidationError:
        return False
    return True


def _cure(kind: Any, value: Any, at: KeyPath) -> str:
    if isinstance(kind, type) and issubclass(kind, Struct) and isinstance(value, str):
        return _block(kind, value, at)
    if get_origin(kind) is Literal and isinstance(value, str):
        return did_you_mean(value, get_args(kind))
    if get_origin(kind) is tuple and isinstance(value, str):
        item = _bare(get_args(kind)[0])
        blocks = isinstance(item, type) and issubclass(item, Struct)
        return "begin each item with '- ', on a line of its own" if blocks else f"write [{value}]"
    if kind is bool and str(value).lower() in {"yes", "on", "y"}:
        return "write true"
    if kind is bool and str(value).lower() in {"no", "off", "n"}:
        return "write false"
    if kind is str and isinstance(value, list | dict):
        return "put text that begins with '[' or '{' in quotes"
    return ""
