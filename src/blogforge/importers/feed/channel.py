"""What a feed of any format says, before it becomes posts."""

from __future__ import annotations

from typing import Any

from msgspec import field

from blogforge.errors import Problem
from blogforge.value import Value


class Writer(Value, frozen=True, kw_only=True):
    """Somebody whom a feed names; never with an e-mail address."""

    name: str
    url: str = ""
    image: str = ""


class Attachment(Value, frozen=True, kw_only=True):
    """A picture, a recording or another file that stands beside the text."""

    url: str
    type: str = ""
    text: str = ""  # what it shows
    credit: str = ""


class Entry(Value, frozen=True, kw_only=True):
    """One entry. `content` and `summary` are HTML, `title` is plain text; dates are as written.

    `whole`: the feed says that the content is all of it, and no summary. `extra`: what has no other
    place here. `notes`: what was not taken.
    """

    line: int = 0
    id: str = ""
    url: str = ""
    title: str = ""
    content: str = ""
    whole: bool = False
    summary: str = ""
    published: str = ""
    updated: str = ""
    writers: tuple[Writer, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    images: tuple[Attachment, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Channel(Value, frozen=True, kw_only=True):
    """A feed, or a page of one. `counted`: its entries, as they were counted before being read."""

    origin: str
    counted: int
    entries: tuple[Entry, ...] = ()
    title: str = ""
    dek: str = ""
    url: str = ""
    language: str = ""
    next: str = ""
    problems: tuple[Problem, ...] = ()
