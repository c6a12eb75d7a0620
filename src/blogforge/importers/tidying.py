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
from blogforge.importers.styles import STYLED, plain_headings, said

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = "data-blogforge-kept"  # on elements that stay HTML
TIGHT = "data-blogforge-tight"  # on paragraphs that are none in the source
_CONTAINERS = names(
    "div section article main header footer nav center body hgroup address fieldset"
)
_WRAPPERS = names("span font big nobr tt bdi wbr")
_WHOLE = names(
    "iframe video audio object embed form script style svg math canvas details dl map"
    " noscript button select textarea"
)
_VERBATIM = _WHOLE | {"pre"}
BLOCKS = names("p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table hr figure aside")
_BOUNDARY = "blogforge-boundary"
BLOCKS |= _CONTAINERS | _WHOLE | {_BOUNDARY}
_EMPHASIS = names("em strong b i del s u ins sub sup mark small cite q kbd code samp var abbr")
_EMPTIED = names("p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre aside table em strong b i a")
_SHOWN = names("img hr input")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = re.compile("[\u00ad\u200b\ufeff\u2060]")
_ODD_SPACES = re.compile("[ \u00a0]*(?: \u00a0|\u00a0[ \u00a0])[ \u00a0]*")
_EMPTY = re.compile(r"[\s\u00a0]*")
_CREDIT = re.compile(
    r"^(?P<caption>.*?)[\s(\[|–—-]*\b(?:photo(?:graph)?|image|picture|foto|bild|credit)"
    r"(?: credit| by| courtesy of)?\s*:\s*(?P<credit>[^()]{2,80}?)\s*[)\]]?\s*$",
    re.I | re.S,
)
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
    for step in (_unwrap, _figures, _open, _quotations, _images, _text, _paragraphs, _prune):
        step(root)
    return soup


def _without_lazy_copies(html: str) -> str:
    """Without `<noscript>` copies of images that a script would load."""
    return re.sub(r"<noscript>\s*<img\b[^>]*>\s*</noscript>", "", html, flags=re.I)


def free(root: Tag, *wanted: str) -> list[Tag]:
    """The elements of these names that are not in something kept as HTML."""
    return [tag for tag in _named(root, frozenset(wanted)) if not is_kept(tag)]


def _named(root: Tag, wanted: frozenset[str]) -> Iterator[Tag]:
    """The elements of these names, in order; bs4's own search takes some ten times as long."""
    return (tag for tag in root.descendants if isinstance(tag, Tag) and tag.name in wanted)


def _has(root: Tag, wanted: frozenset[str]) -> bool:
    return next(_named(root, wanted), None) is not None


def is_kept(tag: Tag) -> bool:
    """Whether `tag` or something around it stays HTML."""
    return KEPT in tag.attrs or any(KEPT in parent.attrs for parent in tag.parents)


def keep(tag: Tag) -> None:
    """Let `tag` stay HTML."""
    tag[KEPT] = ""


def blank(node: object) -> bool:
    """Whether a node shows nothing: white space."""
    return isinstance(node, NavigableString) and _EMPTY.fullmatch(node) is not None


def _drop(root: Tag) -> None:
    for comment in [node for node in root.descendants if isinstance(node, Comment)]:
        comment.extract()
    for tag in list(_named(root, names("meta link title base"))):
        tag.decompose()


def _anchor(root: Tag) -> None:
    """An anchor in each place that links of this body lead to."""
    wanted = {str(link["href"])[1:] for link in root.find_all("a", href=re.compile("^#."))}
    for tag in root.find_all(id=lambda name: name in wanted):
        if tag.name != "a" and not re.fullmatch("h[1-6]|tr|t(able|head|body|foot)|[ou]l", tag.name):
            tag.insert(0, Tag(name="a", attrs={"id": tag["id"]}))


def _mark_kept(root: Tag) -> None:
    for tag in _named(root, _WHOLE):
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
    inner = table.find([*sorted(BLOCKS - {"p", "hr"} - _CONTAINERS), "caption", "table"])
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
    for tag in free(root, *(_CONTAINERS - {"body"})):
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
        if _has(tag, BLOCKS):
            tag.unwrap()


def _boundary() -> Tag:
    """What parts the text before from the text behind; paragraphs take it away."""
    return Tag(name=_BOUNDARY)


def _language_of_code(tag: Tag) -> None:
    found = _LANGUAGE.search(" ".join(tag.get("class") or ()))
    pre = tag.find("pre")
    if found and isinstance(pre, Tag) and not pre.get("data-lang"):
        pre["data-lang"] = found[1]


def _figures(root: Tag) -> None:
    """Figures as their picture with its caption, or as what they hold."""
    for figure in free(root, "figure"):
        if figure.parent is None or figure.find("figure") is not None:
            continue
        _figure(figure)
    for figure in free(root, "figure"):
        figure.unwrap()


def _figure(figure: Tag) -> None:
    caption = figure.find("figcaption")
    images = figure.find_all("img")
    if isinstance(caption, Tag):
        said = _said(caption)
        linked = caption.find("a", href=True)
        if len(images) == 1 and linked is None and not _has(figure, _WHOLE):
            images[0]["title"] = _with_credit(caption, said)
            caption.decompose()
        elif figure.find("blockquote") is not None:
            caption.name = "cite"
            quote = figure.find("blockquote")
            assert isinstance(quote, Tag)
            quote.append(caption.extract())
        elif (images and linked is not None) or _has(figure, _WHOLE):
            keep(figure)
            return
        else:
            caption.name = "p"
    for image in figure.find_all("img"):
        holder = image.parent if image.parent and image.parent.name == "a" else image
        holder.wrap(Tag(name="p"))


def _said(element: Tag) -> str:
    """The words of an element on one line."""
    for block in element.find_all(["br", "p", "div", "li"]):
        block.insert_before(" ")
        block.insert_after(" ")
    return _SPACE.sub(" ", element.get_text()).strip()


def _with_credit(caption: Tag, said: str) -> str:
    """A caption as an image's title: caption | Credit."""
    named = caption.find(["small", "cite"]) or caption.find(class_=re.compile("credit", re.I))
    if isinstance(named, Tag):
        credit = _said(named)
        rest = said.replace(credit, "", 1).strip(" |–—-()")
        return f"{rest} | {credit}".strip() if credit else said
    if found := _CREDIT.match(said):
        return f"{found['caption'].strip()} | {found['credit'].strip()}".strip()
    return said


def _quotations(root: Tag) -> None:
    """The name under a quotation as its last paragraph, with a dash."""
    for quote in free(root, "blockquote"):
        _part_name(quote)
        last = [node for node in quote.children if not blank(node)][-1:]
        if not last or not isinstance(last[0], Tag) or last[0].name == "p":
            last = [*last[0].children] if last and isinstance(last[0], Tag) else []
            last = [node for node in last if not blank(node)]
            if len(last) != 1 or not isinstance(last[0], Tag):
                continue
        cite = last[-1]
        if not isinstance(cite, Tag) or cite.name not in {"cite", "footer"}:
            continue
        if not cite.get_text(strip=True).startswith(("—", "–", "-")):
            cite.insert(0, "— ")
        inner = cite.find("cite")
        if isinstance(inner, Tag):
            inner.unwrap()
        cite.name = "p"
        if cite.parent is not None and cite.parent.name == "p":
            cite.parent.unwrap()


def _part_name(quote: Tag) -> None:
    """Take a name in a last line of its own out of the quotation's last paragraph."""
    paragraph = [node for node in quote.children if not blank(node)][-1:]
    if not paragraph or not isinstance(paragraph[0], Tag) or paragraph[0].name != "p":
        return
    nodes = [node for node in paragraph[0].children if not blank(node)]
    if len(nodes) > 2 and _is_break(nodes[-2]):
        name = nodes[-1]
        if isinstance(name, Tag) and name.name in {"cite", "footer"}:
            nodes[-2].extract()
            quote.append(name.extract())


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
        text = _ODD_SPACES.sub(" ", _SPACE.sub(" ", _UNSEEN.sub("", node)))
        if text != node and not any(parent.name in _VERBATIM for parent in node.parents):
            node.replace_with(NavigableString(text))


def _paragraphs(root: Tag) -> None:
    """Every run of text in a paragraph; two line breaks end one."""
    for holder in [root, *free(root, "li", "blockquote", "aside")]:
        _wrap_runs(holder)
    for mark in list(_named(root, frozenset({_BOUNDARY}))):
        mark.decompose()
    for paragraph in free(root, "p"):
        _split(paragraph)


def _prune(root: Tag) -> None:
    """Take out what shows nothing, from the inside to the outside."""
    for tag in reversed(free(root, *_EMPTIED)):
        if tag.get_text().replace("\xa0", " ").strip() or _has(tag, _SHOWN):
            continue
        links = [tag] if tag.name == "a" else tag.find_all("a")
        anchor = any(each.get("id") or each.get("name") for each in links)
        if not anchor and tag.find(True, attrs={KEPT: True}) is None:
            tag.decompose()


def _wrap_runs(holder: Tag) -> None:
    run: list[Tag | NavigableString] = []
    for node in [*holder.children, None]:
        block = isinstance(node, Tag) and (node.name in BLOCKS or _has(node, BLOCKS))
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
        while part and (blank(part[0]) or _is_break(part[0])):
            part.pop(0)
        while part and (blank(part[-1]) or _is_break(part[-1])):
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
        breaks = breaks + 1 if _is_break(node) else breaks if blank(node) else 0
        part.append(node)
        if breaks == 2:
            yield part
            part, breaks = [], 0
    yield part


def _is_break(node: object) -> bool:
    return isinstance(node, Tag) and node.name == "br"
