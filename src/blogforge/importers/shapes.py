"""The elements that imported bodies are made of, and how they are looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import Tag
from bs4.element import NavigableString

from blogforge.content.dom import names

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = "data-blogforge-kept"  # on elements that stay HTML
TIGHT = "data-blogforge-tight"  # on paragraphs that are none in the source
CONTAINERS = names("div section article main header footer nav center body hgroup address fieldset")
WHOLE = names(
    "iframe video audio object embed form script style svg math canvas details dl map"
    " noscript button select textarea"
)
BLOCKS = names("p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table hr figure aside")
BOUNDARY = "blogforge-boundary"
BLOCKS |= CONTAINERS | WHOLE | {BOUNDARY}
SPACE = re.compile(r"[ \t\r\n\f]+")
_EMPTY = re.compile(r"[\s\u00a0]*")


def free(root: Tag, *wanted: str) -> list[Tag]:
    """The elements of these names that are not in something kept as HTML."""
    return [tag for tag in named(root, frozenset(wanted)) if not is_kept(tag)]


def named(root: Tag, wanted: frozenset[str]) -> Iterator[Tag]:
    """The elements of these names, in order; bs4's own search takes some ten times as long."""
    return (tag for tag in root.descendants if isinstance(tag, Tag) and tag.name in wanted)


def has(root: Tag, wanted: frozenset[str]) -> bool:
    """Whether there is an element of these names in `root`."""
    return next(named(root, wanted), None) is not None


def is_kept(tag: Tag) -> bool:
    """Whether `tag` or something around it stays HTML."""
    return KEPT in tag.attrs or any(KEPT in parent.attrs for parent in tag.parents)


def keep(tag: Tag) -> None:
    """Let `tag` stay HTML."""
    tag[KEPT] = ""


def blank(node: object) -> bool:
    """Whether a node shows nothing: white space."""
    return isinstance(node, NavigableString) and _EMPTY.fullmatch(node) is not None


def is_break(node: object) -> bool:
    """Whether a node breaks a line."""
    return isinstance(node, Tag) and node.name == "br"
