"""Headings: below the page's own, with ids, and the table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from blogforge.content.dom import renamed
from blogforge.model import Heading
from blogforge.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from selectolax.lexbor import LexborNode

LEVELS = {f"h{level}": level for level in range(1, 7)}
_CONTENTS = range(2, 4)


class Found(NamedTuple):
    """A heading as the pass met it; `listed` unless it stands in a quote, a box or a table."""

    node: LexborNode
    level: int
    text: str
    listed: bool


def settle(found: list[Found], taken: Iterable[str], slug: str) -> tuple[Heading, ...]:
    """Set the headings below the page's h1, give each an id, and return the contents.

    `taken` are the ids that the body has already. An id never looks like a footnote's.
    """
    used = set(taken)
    last: dict[str, int] = {}
    contents = []
    for heading, level in zip(found, outline([h.level for h in found]), strict=True):
        node = renamed(heading.node, f"h{level}") if level != heading.level else heading.node
        if not node.id:
            node.attrs["id"] = _new_id(heading.text, used, last, slug)
        if heading.listed and level in _CONTENTS:
            contents.append(Heading(level=level, id=node.id or "", text=heading.text))
    return tuple(contents)


def outline(levels: Sequence[int]) -> Iterator[int]:
    """The levels, from 2 to 6, that say the same of what is part of what and leave none out.

    HTML forbids a heading two levels below the one before, and screen readers lose their way:
    https://html.spec.whatwg.org/multipage/sections.html#headings-and-outlines.
    """
    around: list[int] = []
    for level in levels:
        while around and around[-1] >= level:
            around.pop()
        around.append(level)
        yield min(len(around) + 1, 6)


def _new_id(text: str, used: set[str], last: dict[str, int], slug: str) -> str:
    """An id that is not used; `last` is the number that each stem has come to."""
    stem = slugify(text) or "section"
    if stem.startswith((f"fn-{slug}-", f"fnref-{slug}-")):
        stem = f"section-{stem}"
    new, number = stem, last.get(stem, 1)
    while new in used:
        number += 1
        new = f"{stem}-{number}"
    last[stem] = number
    used.add(new)
    return new
