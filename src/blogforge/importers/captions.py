"""What names a picture or a quotation: captions, credits and the lines of their authors."""

from __future__ import annotations

import re

from bs4 import Tag

from blogforge.importers.shapes import SPACE, WHOLE, blank, free, has, is_break, keep

_CREDIT = re.compile(
    r"^(?P<caption>.*?)[\s(\[|–—-]*\b(?:photo(?:graph)?|image|picture|foto|bild|credit)"
    r"(?: credit| by| courtesy of)?\s*:\s*(?P<credit>[^()]{2,80}?)\s*[)\]]?\s*$",
    re.I | re.S,
)


def figures(root: Tag) -> None:
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
        if len(images) == 1 and linked is None and not has(figure, WHOLE):
            images[0]["title"] = _with_credit(caption, said)
            caption.decompose()
        elif figure.find("blockquote") is not None:
            caption.name = "cite"
            quote = figure.find("blockquote")
            assert isinstance(quote, Tag)
            quote.append(caption.extract())
        elif (images and linked is not None) or has(figure, WHOLE):
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
    return SPACE.sub(" ", element.get_text()).strip()


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


def quotations(root: Tag) -> None:
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
    if len(nodes) > 2 and is_break(nodes[-2]):
        name = nodes[-1]
        if isinstance(name, Tag) and name.name in {"cite", "footer"}:
            nodes[-2].extract()
            quote.append(name.extract())
