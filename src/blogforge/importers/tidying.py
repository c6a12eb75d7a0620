"""HTML of any origin -> HTML of the few shapes that Markdown has words for.

What only styles is taken away; what Markdown cannot say stays as it is, marked to be kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from blogforge.content.dom import names
from blogforge.importers.asides import marked
from blogforge.importers.captions import figures, quotations
from blogforge.importers.shapes import (
    BLOCKS,
    BOUNDARY,
    CONTAINERS,
    KEPT,
    SPACE,
    TIGHT,
    WHOLE,
    blank,
    free,
    has,
    is_break,
    keep,
    named,
)
from blogforge.importers.styles import STYLED, plain_headings, said

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRAPPERS = names("span font big nobr tt bdi wbr")
_VERBATIM = WHOLE | {"pre"}
_EMPHASIS = names("em strong b i del s u ins sub sup mark small cite q kbd code samp var abbr")
_EMPTIED = names("p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre aside table em strong b i a")
_SHOWN = names("img hr input")
_UNSEEN = re.compile("[\u00ad\u200b\ufeff\u2060]")
_ODD_SPACES = re.compile("[ \u00a0]*(?: \u00a0|\u00a0[ \u00a0])[ \u00a0]*")
_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s*)([\w+#.-]+)", re.I)


def tidied(html: str) -> BeautifulSoup:
    """The tree of `html`, a body, in Markdown's shapes."""
    from selectolax.lexbor import LexborHTMLParser

    # lexbor nests as browsers do, and html.parser then builds that very tree.
    body = LexborHTMLParser(_without_lazy_copies(html)).body
    soup = BeautifulSoup((body.html or "") if body is not None else "", "html.parser")
    root = soup.body or soup
    _drop(root)
    marked(root)
    _anchor(root)
    _mark_kept(root)
    for step in (_unwrap, figures, _open, quotations, _images, _text, _paragraphs, _prune):
        step(root)
    return soup


def _without_lazy_copies(html: str) -> str:
    """Without `<noscript>` copies of images that a script would load."""
    return re.sub(r"<noscript>\s*<img\b[^>]*>\s*</noscript>", "", html, flags=re.I)


def _drop(root: Tag) -> None:
    for comment in [node for node in root.descendants if isinstance(node, Comment)]:
        comment.extract()
    for tag in list(named(root, names("meta link title base"))):
        tag.decompose()


def _anchor(root: Tag) -> None:
    """An anchor in each place that links of this body lead to."""
    wanted = {str(link["href"])[1:] for link in root.find_all("a", href=re.compile("^#."))}
    for tag in root.find_all(id=lambda name: name in wanted):
        if tag.name != "a" and not re.fullmatch("h[1-6]|tr|t(able|head|body|foot)|[ou]l", tag.name):
            tag.insert(0, Tag(name="a", attrs={"id": tag["id"]}))


def _mark_kept(root: Tag) -> None:
    for tag in named(root, WHOLE):
        keep(tag)
    for quote in root.find_all("blockquote", class_=re.compile("twitter|instagram|tiktok|embed")):
        keep(quote)
    for table in root.find_all("table"):
        if not _is_regular(table):
            keep(table)
    for ordered in root.find_all("ol"):
        if ordered.has_attr("reversed") or ordered.get("type", "1") != "1":
            keep(ordered)


def _is_regular(table: Tag) -> bool:
    """Whether pipes can draw a table: one header row, no cell of several rows or blocks."""
    rows = table.find_all("tr")
    spans = table.find(["td", "th"], colspan=_more) or table.find(["td", "th"], rowspan=_more)
    inner = table.find([*sorted(BLOCKS - {"p", "hr"} - CONTAINERS), "caption", "table"])
    if not rows or spans or inner or any(len(cell.find_all("p")) > 1 for cell in table("td")):
        return False
    widths = {len(row.find_all(["td", "th"])) for row in rows}
    heads = [row for row in rows if row.find_all("th") and not row.find_all("td")]
    return len(widths) == 1 and heads == rows[:1] and len(rows) > 1


def _more(span: str | None) -> bool:
    return span is not None and span.strip() not in {"", "1"}


def _unwrap(root: Tag) -> None:
    said(free(root, *STYLED))
    plain_headings(free(root, "h1", "h2", "h3", "h4", "h5", "h6"))
    for tag in free(root, *_WRAPPERS):
        tag.unwrap()
    for tag in free(root, "a"):
        anchor = tag.get("id") or tag.get("name")
        if not tag.get("href") and not anchor:
            tag.unwrap()
        elif not tag.get_text(strip=True) and tag.find(True) is None and not anchor:
            tag.decompose()
    for tag in free(root, "picture"):
        image = tag.find("img")
        tag.replace_with(image) if isinstance(image, Tag) else tag.decompose()
    for tag in free(root, *(CONTAINERS - {"body"})):
        _language_of_code(tag)
        tag.insert_before(_boundary())
        tag.insert_after(_boundary())
        tag.unwrap()
    for tag in free(root, *_EMPHASIS):
        if not tag.get_text() and tag.find("img") is None:
            tag.unwrap()


def _open(root: Tag) -> None:
    """Take away emphasis around paragraphs, which is none in HTML either."""
    for tag in free(root, *_EMPHASIS):
        if has(tag, BLOCKS):
            tag.unwrap()


def _boundary() -> Tag:
    """What parts the text before from the text behind; paragraphs take it away."""
    return Tag(name=BOUNDARY)


def _language_of_code(tag: Tag) -> None:
    found = _LANGUAGE.search(" ".join(tag.get("class") or ()))
    pre = tag.find("pre")
    if found and isinstance(pre, Tag) and not pre.get("data-lang"):
        pre["data-lang"] = found[1]


def _images(root: Tag) -> None:
    for image in free(root, "img"):
        lazy = next((image[key] for key in ("data-src", "data-lazy-src") if image.get(key)), "")
        if lazy and str(image.get("src", "data:")).startswith(("data:", "about:")):
            image["src"] = lazy
        small = all(str(image.get(side, "")).strip() in {"0", "1"} for side in ("width", "height"))
        if small or not image.get("src"):
            image.decompose()
            continue
        image.attrs = {
            key: image[key] for key in ("src", "alt", "title") if image.get(key) is not None
        }


def _text(root: Tag) -> None:
    """White space as a browser shows it, and nothing that nobody sees."""
    for node in [node for node in root.descendants if isinstance(node, NavigableString)]:
        text = _ODD_SPACES.sub(" ", SPACE.sub(" ", _UNSEEN.sub("", node)))
        if text != node and not any(parent.name in _VERBATIM for parent in node.parents):
            node.replace_with(NavigableString(text))


def _paragraphs(root: Tag) -> None:
    """Every run of text in a paragraph; two line breaks end one."""
    for holder in [root, *free(root, "li", "blockquote", "aside")]:
        _wrap_runs(holder)
    for mark in list(named(root, frozenset({BOUNDARY}))):
        mark.decompose()
    for paragraph in free(root, "p"):
        _split(paragraph)


def _prune(root: Tag) -> None:
    """Take out what shows nothing, from the inside to the outside."""
    for tag in reversed(free(root, *_EMPTIED)):
        if tag.get_text().replace("\xa0", " ").strip() or has(tag, _SHOWN):
            continue
        links = [tag] if tag.name == "a" else tag.find_all("a")
        anchor = any(each.get("id") or each.get("name") for each in links)
        if not anchor and tag.find(True, attrs={KEPT: True}) is None:
            tag.decompose()


def _wrap_runs(holder: Tag) -> None:
    run: list[Tag | NavigableString] = []
    for node in [*holder.children, None]:
        block = isinstance(node, Tag) and (node.name in BLOCKS or has(node, BLOCKS))
        if node is not None and not block and isinstance(node, Tag | NavigableString):
            run.append(node)
            continue
        if any(not blank(each) for each in run):
            paragraph = Tag(name="p")
            if holder.name == "li":
                paragraph[TIGHT] = ""
            run[0].insert_before(paragraph)
            for each in run:
                paragraph.append(each.extract())
        run = []


def _split(paragraph: Tag) -> None:
    """Make several paragraphs of one in which two line breaks follow each other."""
    for part in _parts(paragraph):
        while part and (blank(part[0]) or is_break(part[0])):
            part.pop(0)
        while part and (blank(part[-1]) or is_break(part[-1])):
            part.pop()
        if part:
            new = Tag(name="p", attrs=dict(paragraph.attrs))
            paragraph.insert_before(new)
            for node in part:
                new.append(node.extract())
    paragraph.decompose()


def _parts(paragraph: Tag) -> Iterator[list[Tag | NavigableString]]:
    part: list[Tag | NavigableString] = []
    breaks = 0
    for node in list(paragraph.children):
        if not isinstance(node, Tag | NavigableString):
            continue
        breaks = breaks + 1 if is_break(node) else breaks if blank(node) else 0
        part.append(node)
        if breaks == 2:
            yield part
            part, breaks = [], 0
    yield part
