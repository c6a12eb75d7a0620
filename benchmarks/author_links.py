"""The links that authors made between their own posts, and the posts without them.

Such a link says that two posts belong together. Where it is asked whether words alone find the one
from the other, its own words and its address have to go: the answer would be in the question.
Markdown is read as CommonMark 0.31 says it (6.3 links, 4.7 link reference definitions, 6.5
autolinks) as far as old posts need it, and so are anchors in HTML and addresses that stand bare.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from blogforge.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DEFINITION = re.compile(
    r"""^[ ]{0,3}\[(?P<label>[^\]\[^][^\]\[]*)\]:[ \t]*\n?[ \t]*<?(?P<href>[^\s>]+)>?"""
    r"""(?:[ \t]*\n?[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\)))?[ \t]*$""",
    re.MULTILINE,
)
_ANCHOR = re.compile(
    r"""<a\b[^>]*?\bhref\s*=\s*["']?(?P<href>[^"'\s>]+)[^>]*>.*?</a\s*>""",
    re.DOTALL | re.IGNORECASE,
)
_INSIDE = r"(?:[^\[\]\\]|\\.)"
_TEXT = rf"\[(?P<text>(?:{_INSIDE}|\[(?:{_INSIDE}|\[{_INSIDE}*\])*\])*)\]"
_DESTINATION = (
    r"""\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>(?:\{\{[^}]*\}\}|[^\s()]|\([^\s()]*\))*))"""
    r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^)]*\)))?\s*\)"""
)
_LINK = re.compile(rf"{_TEXT}(?:{_DESTINATION}|[ ]?\n?\[(?P<label>[^\[\]]*)\])?", re.DOTALL)
_BARE = re.compile(  # with a host, or from the root where a date follows
    r"""<?(?P<href>(?:https?:/|(?<![\w./:-])(?:/[\w-]+)?/\d{4}/\d{1,2})"""
    r"""/[^\s<>()\[\]"'`]*[^\s<>()\[\]"'`.,;:!?])>?"""
)

_ADDRESS = re.compile(
    r"(?:https?://(?P<host>[^/]+)|\{\{[^}]*\}\})?/?(?P<path>[^?#]*?)(?:/index)?(?:\.html?)?/?(?:[?#].*)?"
)
_DATED = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})/([^/]+)$")

Key = tuple[int, int, int, str]  # year, month, day, slug


class Found(NamedTuple):
    """A link in a text: from where to where it stands, and what it is to."""

    start: int
    end: int
    href: str


class Addresses:
    """What the addresses of a blog's posts mean: /2015/06/25/Rust-1.1.html, with or without host.

    `names`: by a post's path, which `find` gives, its names with their dates: 2015-06-25-rust-1-1.
    """

    def __init__(self, names: Mapping[str, Iterable[str]], hosts: Iterable[str]) -> None:
        self._hosts = frozenset(hosts)
        self._posts: dict[Key, str] = {}
        for path, mine in names.items():
            for name in mine:
                year, month, day, slug = name.split("-", 3)
                self._posts[int(year), int(month), int(day), slugify(slug)] = path

    def key(self, href: str) -> Key | None:
        """The date and slug in the address of what is, or was, a post of this blog; else None."""
        parts = _ADDRESS.fullmatch(href)
        if parts is None or not self._ours(href, parts["host"]):
            return None
        dated = _DATED.search(parts["path"])
        return (*map(int, dated.groups()[:3]), slugify(unquote(dated[4]))) if dated else None  # type: ignore[return-value]

    def find(self, href: str) -> str:
        """The path of the post that `href` is the address of; "" for none."""
        key = self.key(href)
        return self._posts.get(key, "") if key else ""

    def _ours(self, href: str, host: str | None) -> bool:
        return host.lower() in self._hosts if host else href.startswith(("/", "{{"))


def links(markdown: str) -> list[Found]:
    """Every link of a text, from where to where it stands, and its href. None is within another."""
    return _links(markdown, list(_DEFINITION.finditer(markdown)))


def without(markdown: str, addresses: Addresses) -> str:
    """A text without its links to posts: neither their words nor their addresses stay."""
    definitions = list(_DEFINITION.finditer(markdown))
    found = [*_links(markdown, definitions), *map(_found, definitions)]
    for start, end, href in sorted(found, reverse=True):
        if addresses.find(href):
            markdown = f"{markdown[:start]} {markdown[end:]}"
    return markdown


def _links(markdown: str, definitions: list[re.Match[str]]) -> list[Found]:
    defined: dict[str, str] = {}
    for match in definitions:
        defined.setdefault(_label(match["label"]), match["href"])
    anchors = [_found(match) for match in _ANCHOR.finditer(markdown)]
    rest = _blanked(markdown, [*anchors, *map(_found, definitions)])
    bracketed = list(_bracketed(rest, defined))
    rest = _blanked(rest, bracketed)
    return sorted([*anchors, *bracketed, *map(_found, _BARE.finditer(rest))])


def _found(match: re.Match[str]) -> Found:
    return Found(*match.span(), match["href"])


def _bracketed(text: str, defined: Mapping[str, str]) -> Iterator[Found]:
    at = text.find("[")
    while at >= 0:
        match = _LINK.match(text, at)
        href = _href(match, defined) if match else None
        if match and href is not None:
            yield Found(at, match.end(), href)
        at = text.find("[", match.end() if match and href is not None else at + 1)


def _href(match: re.Match[str], defined: Mapping[str, str]) -> str | None:
    if match["angled"] is not None:
        return match["angled"]
    if match["plain"] is not None:
        return match["plain"]
    return defined.get(_label(match["label"] or match["text"]))


def _label(text: str) -> str:
    """Labels are compared without case and with single spaces (CommonMark 4.7)."""
    return " ".join(text.casefold().split())


def _blanked(text: str, spans: Iterable[Found]) -> str:
    """`text` with spaces where the spans are: everything else stays where it was."""
    for start, end, _ in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
