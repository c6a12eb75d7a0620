"""What a body refers to, and every place in its source where it does."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

from blogforge.errors import Location, Problem
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Edit

LINKS = frozenset({"a", "area"})
PICTURES = frozenset({"img", "source", "video"})
_ATTRIBUTES = (
    *(("a", "href"), ("area", "href"), ("img", "src"), ("source", "src"), ("video", "poster")),
    *(("audio", "src"), ("embed", "src"), ("iframe", "src"), ("object", "data"), ("script", "src")),
    *(("track", "src"), ("video", "src"), ("link", "href")),
)
_ELSEWHERE = frozenset({("video", "src")})  # whose element has another attribute of another kind
_SETS = ("img", "source")
_OPENING = frozenset("(<\"'=")
_SPACE = frozenset(" \t\n")
_CLOSING = frozenset(")>\"',") | _SPACE


class Referral(Value, frozen=True, kw_only=True):
    """A place where a body names an address.

    `target`: the address as the article's HTML has it; `tag`: of the element there, `media` for a
    film's own file. `bare`: the text that readers see there is the address. `written`: as the
    source has it, at `line` and `column`; 0: not found there.
    """

    target: str
    tag: str
    written: str
    bare: bool = False
    line: int = 0
    column: int = 0
    excerpt: str = ""

    def problem(self, path: str, message: str, hint: str = "", edit: Edit | None = None) -> Problem:
        """A problem at this place of the document at `path`."""
        where = Location(path, self.line, self.column)
        return Problem(message, where, hint, self.excerpt, "warning", edit=edit)


def referrals(sheet: Sheet) -> Iterator[Referral]:
    """Every place where the body names an address, in the order of the elements."""
    for (tag, target), bare in _targets(sheet).items():
        written, offsets = target, [-1]
        for spelling in dict.fromkeys(_spellings(target, sheet)):
            if found := [*_places(sheet.prose, spelling)]:
                written, offsets = spelling, found
                break
        else:
            named = next(_by_name(target, sheet), None)
            written, offsets = named or (target, [_anywhere(target, sheet)])
        for offset in offsets:
            at = sheet.at(offset, "")
            where = at.location
            yield Referral(
                target=target,
                tag=tag,
                bare=bare,
                written=written,
                line=where.line if where else 0,
                column=where.column if where else 0,
                excerpt=at.excerpt,
            )


def _targets(sheet: Sheet) -> dict[tuple[str, str], bool]:
    """Tags and the addresses that their elements have; whether these are their text, too."""
    found: dict[tuple[str, str], bool] = {}
    for tag, attribute in _ATTRIBUTES:
        kind = "media" if (tag, attribute) in _ELSEWHERE else tag
        for node in sheet.tree.css(f"{tag}[{attribute}]"):
            if address := (node.attributes.get(attribute) or "").strip():
                bare = tag == "a" and node.text().strip() == address
                found[kind, address] = bare and found.get((kind, address), True)
    for tag in _SETS:
        for node in sheet.tree.css(f"{tag}[srcset]"):
            entries = (node.attributes.get("srcset") or "").split(",")
            if "data:" not in entries[0]:
                found |= {(tag, entry.split()[0]): False for entry in entries if entry.strip()}
    return found


def _spellings(target: str, sheet: Sheet) -> Iterator[str]:
    """As an address may be written: engines encode, and the site's path is put in front."""
    base = sheet.config.base_path
    below = "/" + target.removeprefix(base) if target.startswith(base) else target
    for spelling in (target, below):
        yield spelling
        yield unquote(spelling)
    for path, url in sheet.article.resolved:
        if url and url == target:  # a picture or file beside the document
            yield posixpath.relpath(path, posixpath.dirname(sheet.source.path))


def _places(prose: str, spelling: str) -> Iterator[int]:
    """Where an address stands between signs that part it from what is around."""
    start = prose.find(spelling)
    while start >= 0:
        end = start + len(spelling)
        closed = end == len(prose) or prose[end] in _CLOSING
        if closed and _opens(prose, start, spelling):
            yield start
        start = prose.find(spelling, end)


def _opens(prose: str, start: int, spelling: str) -> bool:
    """Whether an address may begin here: behind a sign; a whole one or a reference: a space."""
    if start == 0 or prose[start - 1] in _SPACE:
        return "://" in spelling or prose[:start].rstrip(" \t").endswith("]:")
    return prose[start - 1] in _OPENING


def _by_name(target: str, sheet: Sheet) -> Iterator[tuple[str, list[int]]]:
    """The places of a link by file name, which its HTML has as that document's URL."""
    url, fragment = urldefrag(target)
    rest = f"#{fragment}" if fragment else ""
    for path, answer in sheet.article.resolved:
        if answer != url:
            continue
        ending = posixpath.basename(path) + rest
        offset = sheet.prose.find(ending)
        start = max(
            (sheet.prose.rfind(sign, 0, max(offset, 0)) for sign in _OPENING | _SPACE), default=-1
        )
        if offset >= 0:
            yield sheet.prose[start + 1 : offset + len(ending)], [start + 1]


def _anywhere(target: str, sheet: Sheet) -> int:
    found = (sheet.prose.find(spelling) for spelling in _spellings(target, sheet))
    return next((offset for offset in found if offset >= 0), -1)
