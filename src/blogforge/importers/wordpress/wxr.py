"""WordPress's own export, WXR: RSS with entries of any kind, read one at a time.

Source: wp-admin/includes/export.php of WordPress; versions 1.0 to 1.2 differ in the namespace
alone. The entries are cut out of the file before any is parsed: so exports of any size need no
more memory than their largest entry, and a broken entry keeps none of the others out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.errors import ContentError, Location, Problem
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

_MARK = re.compile(rb"<!\[CDATA\[|\]\]>|<!--|-->|<item[\s>]|</item\s*>")
_NAMESPACE = re.compile(r"\{https?://wordpress\.org/export/[\d.]+/(excerpt/)?\}")
_PREFIXES = {
    "{http://purl.org/rss/1.0/modules/content/}": "content:",
    "{http://purl.org/dc/elements/1.1/}": "dc:",
}
_ROOT = re.compile(r"<rss\b[^>]*>")
_PREFIX = re.compile(r"</?([A-Za-z][\w-]*):[A-Za-z]")


class Piece(Value, frozen=True, kw_only=True):
    """A part of an export: its bytes, and the line on which they begin."""

    line: int
    data: bytes


def pieces(file: Path) -> Iterator[Piece]:
    """The head of an export, and then each of its entries; CDATA is not looked into.

    The last one may be a part of one, where the export was cut off.
    """
    inside = b""  # what ends the CDATA or comment that is open
    held: list[bytes] = []
    start = 1
    in_head = True
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            position = 0
            for match in _MARK.finditer(line):
                mark = match.group()
                if inside:
                    inside = b"" if mark == inside else inside
                elif mark in (b"<![CDATA[", b"<!--"):
                    inside = b"]]>" if mark == b"<![CDATA[" else b"-->"
                elif mark.startswith(b"<item"):
                    held.append(line[position : match.start()])
                    if in_head:
                        yield Piece(line=1, data=b"".join(held))
                    in_head, held, start = False, [], number
                    position = match.start()
                elif mark.startswith(b"</item"):
                    held.append(line[position : match.end()])
                    position = match.end()
                    yield Piece(line=start, data=b"".join(held))
                    held, start = [], number
            held.append(line[position:])
    rest = b"".join(held)
    if in_head or rest.startswith(b"<item"):
        yield Piece(line=start, data=rest)


def is_whole(file: Path) -> bool:
    """Whether an export goes to its end; servers cut off what takes them too long."""
    with file.open("rb") as data:
        data.seek(max(file.stat().st_size - 4096, 0))
        return b"</rss" in data.read()


class Fields:
    """An element of an export by the names of its children: `title`, `wp:post_id`, `dc:creator`."""

    def __init__(self, element: _Element, line: int) -> None:
        self.element = element
        self.line = line
        self._children: dict[str, list[_Element]] = {}
        for child in element.iterchildren(tag="*"):
            self._children.setdefault(_name(str(child.tag)), []).append(child)

    def text(self, name: str) -> str:
        """The text of the first child `name`, with nothing around it."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        """The text of the first child `name` as it stands."""
        found = self._children.get(name)
        return "".join(str(text) for text in found[0].itertext()) if found else ""

    def line_of(self, name: str) -> int:
        """The line of the export on which the first child `name` begins; the element's without."""
        found = self._children.get(name)
        return self.line + _line(found[0]) - 1 if found else self.line

    def all(self, name: str) -> list[Fields]:
        """The children `name`."""
        return [Fields(each, self.line + _line(each) - 1) for each in self._children.get(name, ())]

    def attribute(self, name: str) -> str:
        """An attribute of the element itself."""
        return str(self.element.get(name, "")).strip()

    def words(self) -> str:
        """The element's own text."""
        return "".join(str(text) for text in self.element.itertext()).strip()


def head(piece: Piece, path: str) -> tuple[str, Fields, list[Problem]]:
    """The opening tag of the export, its channel, and what was mended.

    Raises ContentError where this is no export of WordPress.
    """
    from blogforge.importers.encodings import text_of
    from blogforge.importers.xml import parse

    text, _ = text_of(piece.data, path)
    match = _ROOT.search(text)
    if not match or "wordpress.org/export/" not in match.group():
        raise ContentError.of(
            "this is no export of WordPress (WXR)",
            Location(path, 1),
            "in WordPress, choose Tools, Export, All content",
        )
    ends = "" if "</channel>" in text else "</channel></rss>"
    declared = _declaring(match.group(), text)
    root, problems = parse((text.replace(match.group(), declared, 1) + ends).encode(), path)
    channel = root.find("channel")
    if channel is None:
        raise ContentError.of("the export has no channel", Location(path, 1), "export it again")
    return " ".join(match.group().split()), Fields(channel, 1), problems


def entry(piece: Piece, root: str, path: str) -> tuple[Fields, list[Problem]]:
    """An entry of the export whose root is `root`, and what was mended in it.

    Raises ContentError, located in the export, where it is broken.
    """
    from blogforge.importers.encodings import text_of
    from blogforge.importers.xml import parse

    text, _ = text_of(piece.data, path)
    try:
        element, problems = parse(f"{_declaring(root, text)}{text}</rss>".encode(), path)
    except ContentError as error:
        raise ContentError(_moved(error.problems, piece.line)) from error
    return Fields(element[0], piece.line), _moved(problems, piece.line)


def _declaring(root: str, text: str) -> str:
    """The opening tag `root` with a name for every prefix of `text`; exports forget some."""
    missing = {each for each in _PREFIX.findall(text) if f"xmlns:{each}=" not in root}
    names = "".join(f' xmlns:{each}="urn:undeclared:{each}"' for each in sorted(missing - {"xml"}))
    return f"{root[:-1]}{names}>"


def _moved(problems: tuple[Problem, ...] | list[Problem], first: int) -> list[Problem]:
    """`problems` at the lines of the export whose part began at line `first`."""
    from msgspec.structs import replace

    return [
        replace(each, location=replace(each.location, line=each.location.line + first - 1))
        if each.location
        else each
        for each in problems
    ]


def _line(element: _Element) -> int:
    """The line of an element in its piece."""
    return int(str(element.sourceline))  # its stubs know types that it never has


def _name(tag: str) -> str:
    match = _NAMESPACE.match(tag)
    if match:
        return ("excerpt:" if match[1] else "wp:") + tag[match.end() :]
    for namespace, prefix in _PREFIXES.items():
        if tag.startswith(namespace):
            return prefix + tag.removeprefix(namespace)
    return tag
