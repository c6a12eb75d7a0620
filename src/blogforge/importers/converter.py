"""Single elements -> Markdown, by markdownify with blogforge's own shapes of it."""

from __future__ import annotations

import re
from typing import Any

from bs4 import Tag
from bs4.dammit import EntitySubstitution
from bs4.element import NavigableString
from bs4.formatter import HTMLFormatter
from markdownify import MarkdownConverter

from blogforge.importers.escaping import at_line_starts, destination, escaped, label, title
from blogforge.importers.shapes import BLOCKS, KEPT, TIGHT

_HTML = HTMLFormatter(EntitySubstitution.substitute_xml, void_element_close_prefix="")
_EMPHASIS = frozenset({"em", "strong", "b", "i"})
_AFTER_BREAK = re.compile(r"  \n +(?! *\n)")


def markdown_of(block: Tag, *, careful: bool = False) -> str:
    """A block of the tidied tree as Markdown; `careful`: every sign is escaped."""
    return _Converter(careful=careful).process_tag(block, set()).strip("\n")


class _Converter(MarkdownConverter):  # whose stubs lack some methods
    """markdownify, with blogforge's own Markdown."""

    def __init__(self, *, careful: bool = False) -> None:
        super().__init__(heading_style="atx", bullets="-", autolinks=False)
        self.careful = careful

    def process_tag(self, node: Tag, parent_tags: Any = None) -> str:
        if isinstance(node, Tag) and node.has_attr(KEPT):
            html = raw(bare(node))
            return f"\n\n{html}\n\n" if node.name in BLOCKS else html
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


def bare(block: Tag) -> str:
    """The block's HTML without our own marks."""
    html = block.decode(formatter=_HTML)
    return re.sub(rf' (?:{KEPT}|{TIGHT}|data-lang)="[^"]*"', "", html)


def raw(html: str) -> str:
    """HTML as a block of Markdown: without blank lines, which would end it."""

    def whole(match: re.Match[str]) -> str:
        return match[0].replace("\n", "&#10;")

    html = re.sub(r"<(pre|textarea)\b.*?</\1\s*>", whole, html, flags=re.S | re.I)
    return re.sub(r"\n\s*\n", "\n", html).strip()
