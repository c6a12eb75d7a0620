"""A text as passages, each of which gets one place in the post, so that no word is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

Place = Literal[
    "",  # not found yet; what stays so is a paragraph of the body
    "title", "kicker", "dek", "byline", "date", "updated", "tags", "section", "address",
    "repeated", "furniture", "bio", "handle", "label", "entry", "entry dek", "entry note",
    "caption", "credit", "correction", "heading", "quote", "attribution", "bullet", "number",
    "rule", "note",
]  # fmt: skip

_WORD = re.compile(r"\w+")


class Passage(Value, frozen=True, kw_only=True):
    """A paragraph or a part of one: from which line, and what of the post it is.

    `apart`: a blank line stands before it. `value`: what it means, as front matter writes it (a
    date, a handle, an address). `why` says, for a place outside of the post, what it is. `doubt`
    is what an editor should look at.
    """

    line: int
    text: str
    apart: bool = True
    place: Place = ""
    value: str = ""
    why: str = ""
    doubt: str = ""


Passages = list[Passage]


def words(text: str) -> tuple[str, ...]:
    """The words of `text`, folded, by which passages are compared."""
    return tuple(_WORD.findall(text.casefold()))


def count(text: str) -> int:
    """How many words `text` has."""
    return len(_WORD.findall(text))


def unplaced(passages: Iterable[Passage]) -> list[int]:
    """The positions of passages that have no place yet."""
    return [position for position, passage in enumerate(passages) if not passage.place]


def cut(passage: Passage, *texts: str) -> Passages:
    """A passage cut into `texts`, empty ones left out; all stand on its line."""
    whole = [text for text in map(str.strip, texts) if text]
    return [
        replace(passage, text=text, apart=passage.apart and not number)
        for number, text in enumerate(whole)
    ]


def placed(passage: Passage, place: Place, value: str = "", why: str = "") -> Passage:
    """The passage at its place."""
    return replace(passage, place=place, value=value, why=why)
