"""Front matter as other generators write it: YAML, TOML or JSON before a body.

Theirs is full YAML, which blogforge's own is not: anchors, merge keys, `no`, dates. Here every
scalar stays text, as its author wrote it, and nothing builds objects, opens files or grows.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import yaml

from blogforge.errors import ContentError, Location, Problem
from blogforge.value import Value

_DEEPEST = 50
_MOST_NODES = 100_000
_YAML = re.compile(r"\s*^---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\s*^\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)


class Matter(Value, frozen=True, kw_only=True):
    """A file's front matter and body.

    `values`: dicts with text keys, lists, text and None; TOML and JSON also have true and
    numbers, which YAML leaves as text. `line`: of the file, on which the body begins. `problems`:
    keys that were there twice and the like.
    """

    values: dict[str, Any]
    body: str
    line: int = 1
    form: str = ""
    problems: tuple[Problem, ...] = ()


def split(text: str, path: str) -> Matter:
    """The front matter and the body of a file. Raises ContentError where it cannot be read.

    One without front matter is all body: its `form` is "".
    """
    text = text.removeprefix("\ufeff")
    if match := _YAML.match(text):
        first = text.count("\n", 0, match.start(1)) + 1
        values, problems = from_yaml(match[1], path, first)
        return _matter(values, text, match.end(), "yaml", path, problems)
    if match := _TOML.match(text):
        first = text.count("\n", 0, match.start(1)) + 1
        return _matter(from_toml(match[1], path, first), text, match.end(), "toml", path)
    if text.lstrip().startswith("{"):
        start = text.index("{")
        found = _json_object(text, start)
        if found is not None:
            values, end = found
            return _matter(values, text, end, "json", path)
    return Matter(values={}, body=text)


def from_yaml(text: str, path: str, first: int = 1) -> tuple[Any, tuple[Problem, ...]]:
    """The values of one YAML document, and what was odd in it. Raises ContentError."""
    loader = None
    try:
        loader = _Loader(text)
        values = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = Location(path, first + mark.line, mark.column + 1) if mark else Location(path)
        message = f"the front matter is no YAML: {error.problem or error}"
        raise ContentError.of(message, where, "mend it there, and import again") from error
    except yaml.YAMLError as error:
        raise ContentError.of(f"the front matter is no YAML: {error}", Location(path)) from error
    finally:
        if loader:
            loader.dispose()
    twice = tuple(
        Problem(f"'{key}' is there twice; the last one counts", Location(path, first + line))
        for key, line in loader.twice
    )
    return values, twice


def from_toml(text: str, path: str, first: int = 1) -> dict[str, Any]:
    """The values of a TOML document; dates as text. Raises ContentError."""
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        match = re.search(r"\(at line (\d+)", str(error))
        where = Location(path, first + int(match[1]) - 1 if match else first)
        raise ContentError.of(f"the front matter is no TOML: {error}", where) from error
    plain: dict[str, Any] = _plain(values)
    return plain


def from_json(text: str, path: str) -> Any:
    """The values of a JSON document. Raises ContentError."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = Location(path, error.lineno, error.colno)
        raise ContentError.of(f"this is no JSON: {error.msg}", where) from error
    except (RecursionError, ValueError) as error:
        raise ContentError.of(f"this JSON is too much: {error}", Location(path)) from error


def _matter(  # noqa: PLR0913, PLR0917  (what a file has)
    values: Any, text: str, end: int, form: str, path: str, problems: tuple[Problem, ...] = ()
) -> Matter:
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise ContentError.of("the front matter is no 'key: value' lines", Location(path, 1))
    line = text.count("\n", 0, end) + 1
    return Matter(values=values, body=text[end:], line=line, form=form, problems=problems)


def _json_object(text: str, start: int) -> tuple[dict[str, Any], int] | None:
    try:
        values, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return (values, end) if isinstance(values, dict) else None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | bool | int | float) else _moment(value)


def _moment(value: Any) -> str:
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


class _Loader(yaml.SafeLoader):
    """YAML whose scalars all stay text, and whose aliases cannot grow it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.twice: list[tuple[str, int]] = []
        self.depth = 0
        self.nodes = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise yaml.YAMLError("it is nested too deeply")
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        del deep
        return self._value(node, 0)

    def _value(self, node: Any, depth: int) -> Any:
        self.nodes += 1  # an alias counts as often as it is read
        if self.nodes > _MOST_NODES or depth > _DEEPEST:
            raise yaml.MarkedYAMLError(
                problem="it grows by its aliases", problem_mark=node.start_mark
            )
        if isinstance(node, yaml.ScalarNode):
            empty = node.style is None and node.value in {"", "~", "null", "Null", "NULL"}
            return None if empty else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, depth + 1) for item in node.value]
        values: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, item in node.value:
            name, value = self._value(key, depth + 1), self._value(item, depth + 1)
            if name == "<<" and key.style is None:
                blocks = value if isinstance(value, list) else [value]
                for block in reversed(blocks):
                    merged |= block if isinstance(block, dict) else {}
                continue
            name = name if isinstance(name, str) else str(name)
            if name in values:
                self.twice.append((name, key.start_mark.line))
            values[name] = value
        return {**merged, **values}
