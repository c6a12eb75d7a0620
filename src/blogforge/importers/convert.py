"""HTML -> Markdown that either engine of blogforge renders with the same words and structure.

What is written is rendered and compared with what was read, block by block: a block that would say
anything else stays HTML, and that is noted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import Tag

from blogforge.content.dom import too_deep
from blogforge.content.engines import Engine, to_html
from blogforge.content.tags import show_strays
from blogforge.content.timelimit import TimeIsUp, time_limit
from blogforge.importers import footnotes
from blogforge.importers.converter import bare, markdown_of, raw
from blogforge.importers.counters import without_counters
from blogforge.importers.escaping import at_line_starts, escaped
from blogforge.importers.found import Note
from blogforge.importers.plain import text_of_html
from blogforge.importers.shapes import KEPT
from blogforge.importers.signature import Signature, signature
from blogforge.importers.tidying import tidied
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

_ENGINES: tuple[Engine, ...] = ("markdown", "commonmark")
SECONDS = 10.0  # as long as a build gives a body, which has to be rendered again then
_LISTS = ("ul", "ol")
_BETWEEN = "<!-- -->"  # parts two lists, which would be one


class Converted(Value, frozen=True, kw_only=True):
    """A body as Markdown; `notes` say what stayed HTML or became plain text, by line of it."""

    markdown: str
    notes: tuple[Note, ...] = ()


def to_markdown(html: str) -> Converted:
    """`html`, a body of any origin, as Markdown."""
    if too_deep(html):
        return _as_text(html)
    html, counters = without_counters(html)
    try:
        made = _with_footnotes(html)
    except RecursionError:  # what nests less deeply may still be too much for the libraries
        made = _as_text(html)
    if not counters:
        return made
    note = Note(what=f"advertisements and what counts readers were taken out ({counters})")
    return Converted(markdown=made.markdown, notes=(note, *made.notes))


def _with_footnotes(html: str) -> Converted:
    rest, notes = footnotes.taken(html)
    if not notes:
        return _converted(html)
    converted = _converted(rest)
    text = footnotes.given(converted.markdown, [_converted(note).markdown for note in notes])
    signs = signature(to_html(text, "markdown")).words
    lost = any("[^" in word for word in signs)  # a sign stands in what stayed HTML
    return _converted(html) if lost else Converted(markdown=text, notes=converted.notes)


def _converted(html: str) -> Converted:
    soup = tidied(html)
    blocks = [child for child in (soup.body or soup).children if isinstance(child, Tag)]
    try:
        with time_limit(SECONDS):
            return _written(blocks)
    except TimeIsUp:
        text = "\n\n".join(raw(bare(block)) for block in blocks)
        what = f"it takes more than {SECONDS:g} seconds to convert; all of it stays HTML"
        return Converted(markdown=text, notes=(Note(what=what, line=1),))


def _written(blocks: list[Tag]) -> Converted:
    quick = _joined(blocks, _quick)
    if _says(quick.markdown, signature("\n".join(map(bare, blocks)))):
        return quick  # and so it is nearly always
    return _joined(blocks, _sound)


def _joined(blocks: list[Tag], written_as: Callable[[Tag], tuple[str, str]]) -> Converted:
    written: list[str] = []
    notes: list[Note] = []
    line = 1
    before = ""
    for block in blocks:
        text, what = written_as(block)
        if not text:
            continue
        if before in _LISTS and block.name in _LISTS:
            text = f"{_BETWEEN}\n\n{text}"
        before = block.name
        if what:
            notes.append(Note(what=what, line=line))
        written.append(text)
        line += text.count("\n") + 2
    return Converted(markdown="\n\n".join(written), notes=tuple(notes))


def _quick(block: Tag) -> tuple[str, str]:
    """A block as Markdown, and what is to be noted of it."""
    if KEPT in block.attrs:
        return raw(bare(block)), f"<{block.name}> stays HTML"
    text = markdown_of(block)
    inner = next(
        (tag for tag in block.descendants if isinstance(tag, Tag) and KEPT in tag.attrs), None
    )
    return text, f"<{inner.name}> stays HTML" if isinstance(inner, Tag) else ""


def _sound(block: Tag) -> tuple[str, str]:
    """A block as Markdown that says the same, else as HTML, and what is to be noted of it."""
    html = bare(block)
    expected = signature(html)
    if KEPT not in block.attrs:
        for careful in (False, True):
            text = markdown_of(block, careful=careful)
            if _says(text, expected):
                return text, _quick(block)[1]
        return raw(html), f"<{block.name}> stays HTML, for Markdown would change it"
    return _quick(block)


def _says(markdown: str, expected: Signature) -> bool:
    """Whether either engine makes of `markdown` what is expected."""
    return all(signature(show_strays(to_html(markdown, engine))) == expected for engine in _ENGINES)


def _as_text(html: str) -> Converted:
    # A parser's time grows with the square of the depth.
    note = Note(what="it nests tags too deeply; only its words were taken", line=1)
    text = at_line_starts(escaped(text_of_html(html), careful=True))
    return Converted(markdown=text, notes=(note,))
