"""YAML text -> values and where each stood, with YAML's traps closed.

What is read is a small YAML: mappings, lists and scalars of one document. Anchors, aliases, merge
keys, tags, directives for other documents and deep nesting are refused, so no text can grow, build
objects or exhaust the stack. Every plain scalar stays the text that the author wrote (`no`, `012`,
`12:30`, `1984`), and an empty one, `~` or `null` is None: its field's type decides what it means.
Free data has no types: `Written.free` resolves it by the core schema of YAML 1.2.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from blogforge.errors import ContentError, Location, Problem
from blogforge.plain_yaml import NULLS, plain_values
from blogforge.textfile import ILLEGAL, excerpt, illegal_characters, unify_line_ends
from blogforge.yaml_mistakes import QUOTE, explain, quoting

if TYPE_CHECKING:
    from yaml.events import Event

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]  # same methods, other class

KeyPath = tuple[str | int, ...]

MAX_DEPTH = 50
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False}
_BOOLEANS["FALSE"] = False
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
# What XML refuses, and what YAML refuses or takes for a line break that no editor shows.
_NOT_YAML = re.compile(ILLEGAL.pattern + "|[\x7f-\x9f\u2028\u2029\ufeff]")


Places = dict[KeyPath, "tuple[Event, Event]"]


@dataclass(frozen=True)
class Written:
    """What a YAML text says, and where it says it.

    `values`: dicts with text keys, lists, text and None.
    """

    path: str
    text: str
    first_line: int
    values: Any
    known_places: Places | None = field(default=None, repr=False)

    @cached_property
    def places(self) -> Places:
        """The parser's event of the key (of the value, in a list) and of the value at each path.

        The root's path is (). Found when first asked for, where the text was read without events.
        """
        if self.known_places is not None:
            return self.known_places
        reader = _Reader(self.text, self.path, self.first_line)
        reader.document()
        return reader.places

    def location(self, at: KeyPath, *, key: bool = False) -> Location:
        """Where the value (or key) at the path `at` stands, or else the nearest one around it."""
        while at and at not in self.places:
            at, key = at[:-1], False
        if at not in self.places:
            return Location(self.path, self.first_line, 1)
        line, column = _position(self.places[at][0 if key else 1])
        return Location(self.path, self.first_line + line, column + 1)

    def problem(self, message: str, at: KeyPath, hint: str = "", *, key: bool = False) -> Problem:
        """A problem with the value (or key) at the path `at`, with the line it stands in."""
        location = self.location(at, key=key)
        lines = self.text.split("\n")
        line = location.line - self.first_line
        return Problem(message, location, hint, excerpt(lines[line]) if line < len(lines) else "")

    def free(self, at: KeyPath = ()) -> Any:
        """The value at the path `at` as free data: null, true, false, numbers, else text.

        Core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema), without octal and
        hexadecimal numbers, infinities and numbers that JSON readers cannot hold: those stay text.
        """
        value = self.values
        for step in at:
            value = value[step]
        return self._resolved(value, at)

    def _resolved(self, value: Any, at: KeyPath) -> Any:
        if isinstance(value, dict):
            return {key: self._resolved(item, (*at, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self._resolved(item, (*at, index)) for index, item in enumerate(value)]
        if value is None:
            return None
        event = self.places[at][1]
        plain = isinstance(event, ScalarEvent) and event.implicit[0]
        return _core_scalar(value) if plain else value


def parse(text: str, path: str, first_line: int = 1) -> Written:
    """Read the YAML `text`, which begins at line `first_line` of the file `path`.

    An empty text has the value None. Raises ContentError, with every duplicate key located.
    """
    text = unify_line_ends(text)
    if problems := illegal_characters(text, path, first_line, _NOT_YAML):
        raise ContentError(problems)
    if (plain := plain_values(text)) is not None:
        return Written(path, text, first_line, plain)
    reader = _Reader(text, path, first_line)
    values = reader.document()
    if reader.problems:
        raise ContentError(reader.problems)
    return Written(path, text, first_line, values, reader.places)


class _Reader:
    """Builds values from the parser's events; the composer, which recurses, is never called."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.text, self.path, self.first_line = text, path, first_line
        self.places: Places = {}
        self.problems: list[Problem] = []

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def document(self) -> Any:
        loader = _Loader(self.text)
        self._next: Any = loader.get_event
        try:
            return self._single_document()
        except yaml.MarkedYAMLError as error:
            mistake = explain(error, self._lines)
            self._add(mistake.line, mistake.column, mistake.message, mistake.hint)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The Python parser lets a few of these escape from \U escapes and %-escaped tags.
            self._add(0, 0, f"this is not YAML: {error}", "look for a backslash in double quotes")
        finally:
            loader.dispose()
        raise ContentError(self.problems)

    def _single_document(self) -> Any:
        self._next()  # the stream's start
        if isinstance(self._next(), StreamEndEvent):
            return None
        event = self._next()
        value = self._node(event, event, ())
        self._next()  # the document's end
        event = self._next()
        if isinstance(event, DocumentStartEvent):
            self._stop(event, "a second document begins here", "delete this line")
        return value

    def _node(self, key: Event, event: Event, at: KeyPath) -> Any:
        self.places[at] = (key, event)
        self._refuse_references(event)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if len(at) >= MAX_DEPTH:
            message = f"this is nested more than {MAX_DEPTH} levels deep"
            self._stop(event, message, "put text that begins with '[' or '{' in quotes")
        return self._mapping(at) if isinstance(event, MappingStartEvent) else self._list(at)

    def _list(self, at: KeyPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            self._refuse_swallowed_items(event)
            items.append(self._node(event, event, (*at, len(items))))
        return items

    def _refuse_swallowed_items(self, event: Event) -> None:
        """Report a line "- …" that YAML takes for more of the item above it."""
        if not (isinstance(event, ScalarEvent) and event.implicit[0]):
            return
        last = event.end_mark.line if event.end_mark else 0
        for place in range(_position(event)[0] + 1, last + 1):
            line = self._lines[place]
            if line.lstrip().startswith("- "):
                message = "this line goes on with the item above, since it is indented deeper"
                hint = "indent every '- ' of a list alike, or put text with '- ' in quotes"
                self._add(place, line.index("-"), message, hint)

    def _mapping(self, at: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._key(event)
            if first := self.places.get((*at, key)) if key in values else None:
                line = self.first_line + _position(first[0])[0]
                message = f"the key '{key}' stands in line {line} already"
                self._report(event, message, "keep one of the two")
            values[key] = self._node(event, self._next(), (*at, key))
        return values

    def _key(self, event: Event) -> str:
        self._refuse_references(event)
        if not isinstance(event, ScalarEvent):
            message = "a key cannot be a list or a mapping"
            self._stop(event, message, QUOTE + " if it begins with '{' or '['")
        if not event.value:
            self._stop(event, "a key is empty", "write 'key: value'")
        if event.value == "<<" and event.implicit[0]:
            message = "merge keys ('<<') are not supported"
            self._stop(event, message, "write the fields out")
        self._scalar(event)
        return str(event.value)

    def _scalar(self, event: ScalarEvent) -> str | None:
        value: str = event.value
        if event.implicit[0]:
            return None if value in NULLS else value
        # An escape such as "\0" makes a character that the file itself does not have.
        if bad := ILLEGAL.search(value):
            message = (
                f"an escape makes the character U+{ord(bad.group()):04X}, which is not allowed"
            )
            self._stop(event, message, "use single quotes, or write \\\\ for a backslash")
        return value

    def _refuse_references(self, event: Event) -> None:
        """Stop at an alias, an anchor or a tag: data stands where it is written."""
        hint = ""
        if isinstance(event, AliasEvent):
            message = f"aliases such as '*{event.anchor}' are not supported"
        elif getattr(event, "anchor", None) is not None:
            message = f"anchors such as '&{event.anchor}' are not supported"  # type: ignore[attr-defined]  # NodeEvent
        elif getattr(event, "tag", None) is not None:
            message = "tags, which begin with '!', are not supported"
        else:
            return
        hint = quoting(self._lines[_position(event)[0]])
        self._stop(event, message, hint or QUOTE + " if this is text")

    def _add(self, line: int, column: int, message: str, hint: str) -> None:
        location = Location(self.path, self.first_line + line, column + 1)
        written = excerpt(self._lines[line]) if line < len(self._lines) else ""
        self.problems.append(Problem(message, location, hint, written))

    def _report(self, event: Event, message: str, hint: str) -> None:
        self._add(*_position(event), message, hint)

    def _stop(self, event: Event, message: str, hint: str) -> NoReturn:
        self._report(event, message, hint)
        raise ContentError(self.problems)


def _position(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _core_scalar(text: str) -> object:
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        number = int(text)
        return number if -(2**63) <= number < 2**63 else text
    if not text.lstrip("+-").isdigit() and _FLOAT.fullmatch(text):
        real = float(text)
        return real if math.isfinite(real) else text
    return text
