"""The values that templates see, from their classes: annotations, docstrings, `#:` comments."""

from __future__ import annotations

import inspect
import re
import types
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from markupsafe import Markup

from blogforge import settings
from blogforge.config import Config
from blogforge.images import Picture, Rendition, Shared
from blogforge.pages.corrections import CorrectionView
from blogforge.pages.inputs import Inputs
from blogforge.pages.marks import Brand
from blogforge.posters.poster import Poster
from blogforge.value import Value
from docs.making.words import code, described, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORDS: dict[Any, str] = {
    str: "text",
    int: "number",
    float: "number",
    bool: "true or false",
    Markup: "HTML",
    date: "date",
    datetime: "moment",
    Any: "anything",
    tuple: "pair",
    type(None): "none",
}
# What the modules of views import for their annotations alone.
_ONLY_FOR_TYPES: dict[str, Any] = {
    "FeedFormat": settings.FeedFormat,
    "CitationStyle": settings.CitationStyle,
    "ShareService": settings.ShareService,
    **{kind.__name__: kind for kind in (Brand, Config, Inputs, Picture, Poster, Rendition, Shared)},
}


class Attribute(Value, frozen=True, kw_only=True):
    """What a template may read of an object."""

    name: str
    kind: str
    means: str


def name_of(kind: type) -> str:
    """What an object is called in prose: `ArticleView` is an article."""
    if kind is CorrectionView:
        return "listed correction"
    words = kind.__name__.removesuffix("View")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words).lower()


def in_words(annotation: Any) -> str:
    """A type as a template's author knows it; values of ours lead to their own section."""
    if inspect.isclass(annotation) and is_object(annotation):
        name = name_of(annotation)
        return f"[{name}](#{name.replace(' ', '-')})"
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return " or ".join(in_words(a) for a in arguments if a is not type(None)) + (
            ", or none" if type(None) in arguments else ""
        )
    if origin is Literal:
        return " or ".join(map(code, arguments))
    if origin is tuple:
        return f"list of {in_words(arguments[0])}"
    if origin is dict:
        return "mapping"
    return _WORDS.get(annotation, getattr(annotation, "__name__", str(annotation)))


def is_object(kind: type) -> bool:
    """Whether it is described by its attributes."""
    return issubclass(kind, Value) or (issubclass(kind, tuple) and hasattr(kind, "_fields"))


class Objects:
    """The objects that can be reached from some, each once."""

    def __init__(self, first: Iterable[type]) -> None:
        self._waiting = sorted({kind for kind in first if is_object(kind)}, key=name_of)

    @cached_property
    def all(self) -> tuple[type, ...]:
        """Every one, by name."""
        seen: set[type] = set()
        waiting = list(self._waiting)
        while waiting:
            kind = waiting.pop()
            if kind not in seen:
                seen.add(kind)
                computed = [hints(getter)["return"] for getter in _computed(kind).values()]
                held = [*_hints(kind).values(), *computed]
                waiting += [below for hint in held for below in within(hint)]
        return tuple(sorted(seen, key=name_of))

    def sections(self) -> Iterator[str]:
        """A section for each."""
        for kind in self.all:
            rows = [(code(a.name), a.kind, a.means) for a in attributes(kind)]
            yield f"### {name_of(kind).capitalize()}"
            yield described(kind).partition("\n\n")[0]
            yield table(("attribute", "value", "is"), rows)


def attributes(kind: type) -> Iterator[Attribute]:
    """What a template may read of an object, in the order of the class, then what it computes."""
    comments = _comments(kind)
    for name, hint in _hints(kind).items():
        if not name.startswith("_") and not hasattr(object, name):
            yield Attribute(name=name, kind=in_words(hint), means=comments.get(name, ""))
    for name, getter in _computed(kind).items():
        means = described(getter).partition("\n\n")[0]
        yield Attribute(name=name, kind=in_words(hints(getter)["return"]), means=means)


def hints(thing: Any) -> dict[str, Any]:
    """The annotations of a class or function, also those that only type checkers evaluate."""
    return get_type_hints(thing, localns=_ONLY_FOR_TYPES)


def _computed(kind: type) -> dict[str, Any]:
    """The functions behind the properties of a class."""
    found = inspect.getmembers(kind, lambda member: isinstance(member, property))
    return {name: member.fget for name, member in found}


def _hints(kind: type) -> dict[str, Any]:
    return {n: h for n, h in hints(kind).items() if not n.startswith("__")}


def within(hint: Any) -> Iterator[type]:
    """The objects that a type is made of."""
    if inspect.isclass(hint) and is_object(hint):
        yield hint
    for argument in get_args(hint):
        yield from within(argument)


def _comments(kind: type) -> dict[str, str]:
    """What `#:` says behind a field or in the line above it."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("blogforge"):
            source = inspect.getsource(base)
            found |= dict(re.findall(r"^    (\w+): [^\n]*?  #: (.+)$", source, re.MULTILINE))
            above = re.findall(r"^    #: (.+)\n    (\w+):", source, re.MULTILINE)
            found |= {name: words for words, name in above}
    return found
