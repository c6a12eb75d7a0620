"""HTML -> Markdown that either engine of blogforge renders with the same words and structure.

What is written is rendered and compared with what was read, block by block: a block that would say
anything else stays HTML, and that is noted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bs4 import Tag
from bs4.dammit import EntitySubstitution
from bs4.element import NavigableString
from bs4.formatter import HTMLFormatter
from markdownify import MarkdownConverter

from blogforge.content.dom import too_deep
from blogforge.content.engines import Engine, to_html
from blogforge.content.tags import show_strays
from blogforge.content.timelimit import TimeIsUp, time_limit
from blogforge.importers import footnotes
from blogforge.importers.counters import without_counters
from blogforge.importers.escaping import at_line_starts, destination, escaped, label, title
from blogforge.importers.found import Note
from blogforge.importers.plain import text_of_html
from blogforge.importers.signature import Signature, signature
from blogforge.importers.tidying import BLOCKS, KEPT, TIGHT, tidied
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

_HTML = HTMLFormatter(EntitySubstitution.substitute_xml, void_element_close_prefix="")
_ENGINES: tuple[Engine, ...] = ("markdown", "commonmark")
_EMPHASIS = frozenset({"em", "strong", "b", "i"})
SECONDS = 10.0  # as long as a build gives a body, which has to be rendered again then
_LISTS = ("ul", "ol")
_AFTER_BREAK = re.compile(r"  \n +(?! *\n)")
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
        text = "\n\n".join(_raw(_bare(block)) for block in blocks)
        what = f"it takes more than {SECONDS:g} seconds to convert; all of it stays HTML"
        return Converted(markdown=text, notes=(Note(what=what, line=1),))


def _written(blocks: list[Tag]) -> Converted:
    quick = _joined(blocks, _quick)
    if _says(quick.markdown, signature("\n".join(map(_bare, blocks)))):
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
        return _raw(_bare(block)), f"<{block.name}> stays HTML"
    text = _Converter().process_tag(block, set()).strip("\n")
    inner = next(
        (tag for tag in block.descendants if isinstance(tag, Tag) and KEPT in tag.attrs), None
    )
    return text, f"<{inner.name}> stays HTML" if isinstance(inner, Tag) else ""


def _sound(block: Tag) -> tuple[str, str]:
    """A block as Markdown that says the same, else as HTML, and what is to be noted of it."""
    html = _bare(block)
    expected = signature(html)
    if KEPT not in block.attrs:
        for converter in (_Converter(), _Converter(careful=True)):
            text = converter.process_tag(block, set()).strip("\n")
            if _says(text, expected):
                return text, _quick(block)[1]
        return _raw(html), f"<{block.name}> stays HTML, for Markdown would change it"
    return _quick(block)


def _says(markdown: str, expected: Signature) -> bool:
    """Whether either engine makes of `markdown` what is expected."""
    return all(signature(show_strays(to_html(markdown, engine))) == expected for engine in _ENGINES)


def _as_text(html: str) -> Converted:
    # A parser's time grows with the square of the depth.
    note = Note(what="it nests tags too deeply; only its words were taken", line=1)
    text = at_line_starts(escaped(text_of_html(html), careful=True))
    return Converted(markdown=text, notes=(note,))


def _bare(block: Tag) -> str:
    """The block's HTML without our own marks."""
    html = block.decode(formatter=_HTML)
    return re.sub(rf' (?:{KEPT}|{TIGHT}|data-lang)="[^"]*"', "", html)


def _raw(html: str) -> str:
    """HTML as a block of Markdown: without blank lines, which would end it."""

    def whole(match: re.Match[str]) -> str:
        return match[0].replace("\n", "&#10;")

    html = re.sub(r"<(pre|textarea)\b.*?</\1\s*>", whole, html, flags=re.S | re.I)
    return re.sub(r"\n\s*\n", "\n", html).strip()


class _Converter(MarkdownConverter):  # whose stubs lack some methods
    """markdownify, with blogforge's own Markdown."""

    def __init__(self, *, careful: bool = False) -> None:
        super().__init__(heading_style="atx", bullets="-", autolinks=False)
        self.careful = careful

    def process_tag(self, node: Tag, parent_tags: Any = None) -> str:
        if isinstance(node, Tag) and node.has_attr(KEPT):
            raw = _raw(_bare(node))
            return f"\n\n{raw}\n\n" if node.name in BLOCKS else raw
        return str(super().process_tag(node, parent_tags))  # type: ignore[misc]

    def process_text(self, el: NavigableString, parent_tags: Any = None) -> str:
        text = str(super().process_text(el, parent_tags))  # type: ignore[misc]
        before_link = isinstance(el.next_sibling, Tag) and text.endswith("!")
        return f"{text[:-1]}\\!" if before_link and "_noformat" not in parent_tags else text

    def escape(self, text: str, parent_tags: Any) -> str:
        in_cell = not self.careful and "_cell" in parent_tags
        text = escaped(text, careful=self.careful)
        return text.replace("|", "\\|") if in_cell else text

    # ------------------------------------------------------------ blocks

    def convert_p(self, el: Tag, text: str, parent_tags: Any) -> str:
        text = at_line_starts(_AFTER_BREAK.sub("  \n", text.strip(" \t\r\n")))
        if "_inline" in parent_tags:
            return f" {text} "
        return f"\n{text}\n" if el.has_attr(TIGHT) else f"\n\n{text}\n\n" if text else ""

    def convert_blockquote(self, el: Tag, text: str, parent_tags: Any) -> str:
        del el, parent_tags
        lines = text.strip("\n").split("\n")
        return "\n\n" + "\n".join(f"> {line}" if line.strip() else ">" for line in lines) + "\n\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Any) -> str:  # noqa: N802
        del el, parent_tags
        text = re.sub(r"\s*\n\s*", " ", text.strip())
        text = re.sub(r"(#+)$", r"\\\1", text)
        return f"\n\n{'#' * n} {text}\n\n" if text else ""

    def convert_pre(self, el: Tag, text: str, parent_tags: Any) -> str:
        del text, parent_tags
        code = el.get_text().strip("\n")
        if not code.strip():
            return ""
        longest = max((len(run) for run in re.findall(r"`{3,}", code)), default=2)
        fence = "`" * (longest + 1)
        return f"\n\n{fence}{_language(el)}\n{code}\n{fence}\n\n"

    def convert_li(self, el: Tag, text: str, parent_tags: Any) -> str:
        del parent_tags
        marker = "- "
        parent = el.parent
        if isinstance(parent, Tag) and parent.name == "ol":
            start = str(parent.get("start", "1"))
            first = int(start) if start.isascii() and start.isdecimal() else 1
            marker = f"{first + len(el.find_previous_siblings('li'))}. "
        lines = text.strip("\n").split("\n")
        rest = [f"    {line}" if line.strip() else "" for line in lines[1:]]
        last = el.find_next_sibling("li") is None
        gap = "" if last or not _is_loose(el) else "\n"
        return (
            "\n".join([marker + lines[0] if lines[0].strip() else marker.rstrip(), *rest])
            + "\n"
            + gap
        )

    def convert_table(self, el: Tag, text: str, parent_tags: Any) -> str:
        del text
        rows = el.find_all("tr")
        lines = [self._row(row, parent_tags) for row in rows]
        marks = [_alignment(cell) for cell in rows[0].find_all(["th", "td"])]
        lines.insert(1, f"| {' | '.join(marks)} |")
        return "\n\n" + "\n".join(lines) + "\n\n"

    def _row(self, row: Tag, parent_tags: Any) -> str:
        inside = {*(parent_tags or ()), "table", "tr", "_inline", "_cell"}
        cells = (
            "".join(self._inline(node, inside) for node in cell.children)
            for cell in row.find_all(["th", "td"])
        )
        texts = (re.sub(r"\s*\n\s*", " ", cell).strip() for cell in cells)
        return f"| {' | '.join(texts)} |"

    def _inline(self, node: object, inside: set[str]) -> str:
        if isinstance(node, Tag):
            return self.process_tag(node, inside)
        return self.process_text(node, inside) if isinstance(node, NavigableString) else ""

    def convert_hr(self, el: Tag, text: str, parent_tags: Any) -> str:
        del el, text, parent_tags
        return "\n\n---\n\n"

    # ------------------------------------------------------------ inline

    def convert_br(self, el: Tag, text: str, parent_tags: Any) -> str:
        del el, text
        return "<br>" if {"_inline", "a"} & set(parent_tags) else "  \n"

    def convert_a(self, el: Tag, text: str, parent_tags: Any) -> str:
        del parent_tags
        anchor = str(el.get("id") or el.get("name") or "")
        mark = f'<a id="{anchor}"></a>' if re.fullmatch(r"[\w:.-]+", anchor) else ""
        if not el.get("href"):
            return mark + text
        before, inner, behind = _trimmed(text)
        if not inner:
            return mark + text
        said = title(str(el.get("title") or ""), careful=self.careful)
        return f"{before}{mark}[{inner}]({destination(str(el['href']))}{said}){behind}"

    def convert_img(self, el: Tag, text: str, parent_tags: Any) -> str:
        del text, parent_tags
        said = title(str(el.get("title") or ""), careful=self.careful)
        alt = label(str(el.get("alt") or ""), careful=self.careful)
        return f"![{alt}]({destination(str(el['src']))}{said})"

    def convert_code(self, el: Tag, text: str, parent_tags: Any) -> str:
        del parent_tags
        code = " ".join(el.get_text().split())
        if not code:
            return ""
        if el.find(True) is not None or "|" in code:
            return f"<code>{escaped(code, careful=True)}</code>"
        del text
        ticks = "`" * (max((len(run) for run in re.findall(r"`+", code)), default=0) + 1)
        space = " " if code[0] == "`" or code[-1] == "`" else ""
        return f"{ticks}{space}{code}{space}{ticks}"

    def convert_strong(self, el: Tag, text: str, parent_tags: Any) -> str:
        del parent_tags
        return _emphasis(el, text, "**", "strong")

    def convert_em(self, el: Tag, text: str, parent_tags: Any) -> str:
        del parent_tags
        return _emphasis(el, text, "*", "em")

    convert_b = convert_strong
    convert_i = convert_em

    def convert_del(self, el: Tag, text: str, parent_tags: Any) -> str:
        del parent_tags
        return _tagged(el, text, "del")

    convert_s = convert_strike = convert_del

    def convert_sub(self, el: Tag, text: str, parent_tags: Any) -> str:
        del parent_tags
        return _tagged(el, text, el.name)

    convert_sup = convert_kbd = convert_mark = convert_ins = convert_u = convert_q = convert_sub
    convert_small = convert_cite = convert_abbr = convert_samp = convert_var = convert_sub
    convert_time = convert_dfn = convert_bdo = convert_ruby = convert_rt = convert_rp = convert_sub
    convert_input = convert_sub


def _language(pre: Tag) -> str:
    """The language of a block of code, or ""."""
    if given := str(pre.get("data-lang") or ""):
        return given.lower()
    code = pre.find("code")
    for tag in (code, pre):
        for name in (tag.get("class") or ()) if isinstance(tag, Tag) else ():
            if found := re.match(r"(?:language-|lang-|highlight-source-)([\w+#.-]+)$", str(name)):
                return found[1].lower()
    return ""


def _is_loose(item: Tag) -> bool:
    """Whether a list's items stand apart."""
    parent = item.parent
    items = parent.find_all("li", recursive=False) if isinstance(parent, Tag) else [item]
    return any(
        child.name == "p" and not child.has_attr(TIGHT)
        for each in items
        for child in each.find_all(True, recursive=False)
    )


def _alignment(cell: Tag) -> str:
    said = f"{cell.get('align', '')} {cell.get('style', '')}".lower()
    for name, mark in (("center", ":---:"), ("right", "---:"), ("left", ":---")):
        if name in said:
            return mark
    return "---"


def _trimmed(text: str) -> tuple[str, str, str]:
    """The space before, the text, and the space behind."""
    inner = text.strip(" \n")
    if not inner:
        return text, "", ""
    start = text.index(inner)
    return text[:start], inner, text[start + len(inner) :]


def _emphasis(el: Tag, text: str, mark: str, name: str) -> str:
    before, inner, behind = _trimmed(text)
    if not inner:
        return text
    plain = el.get_text().strip()
    # Beside letters, or with signs at its ends, the engines take asterisks for different things.
    alone = not any(char.isalnum() for char in (_edge(el, before, -1), _edge(el, behind, 0)))
    around = (*el.parents, *el.descendants)
    nested = any(isinstance(tag, Tag) and tag.name in _EMPHASIS for tag in around)
    if alone and plain[:1].isalnum() and plain[-1:].isalnum() and not nested:
        return f"{before}{mark}{inner}{mark}{behind}"
    return f"{before}<{name}>{inner}</{name}>{behind}"


def _edge(el: Tag, space: str, side: int) -> str:
    """The character beside an element, " " where there is none."""
    if space:
        return " "
    node = el.previous_sibling if side else el.next_sibling
    text = node.get_text() if isinstance(node, Tag | NavigableString) else ""
    return text[side] if text else " "


def _tagged(el: Tag, text: str, name: str) -> str:
    """An element that stays HTML around its text, with the attributes that say something."""
    kept = {
        key: str(el[key]) for key in ("title", "datetime", "cite", "dir", "lang") if el.get(key)
    }
    said = "".join(f' {key}="{value.replace(chr(34), "&quot;")}"' for key, value in kept.items())
    return f"<{name}{said}>{text}</{name}>" if text else ""
