"""Footnotes of either engine in one markup, with ids that no other article on the page has."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from blogforge.content import wording
from blogforge.content.dom import children, element, remove_attribute, renamed

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

REFERENCE, BACK = "footnote-ref", "footnote-backref"
_ENGINE_ATTRIBUTES = ("data-footnote-ref", "data-footnote-backref", "data-footnotes")


def is_container(tag: str, attributes: dict[str, str | None]) -> bool:
    """Whether an element is the list of footnotes that an engine writes."""
    if tag == "div":
        return attributes.get("class") == "footnote"
    return tag == "section" and "data-footnotes" in attributes


def is_mark(attributes: dict[str, str | None]) -> bool:
    """Whether an `a` is an engine's number in the text or its way back."""
    return attributes.get("class") in {REFERENCE, BACK} or "data-footnote-ref" in attributes


def normalize(container: LexborNode, references: list[LexborNode], slug: str, lang: str) -> None:
    """Number the notes, aim the references at them, and write the ways back.

    `references` are the `a` elements in the text, in order.
    """
    section = container if container.tag == "section" else renamed(container, "section")
    section.attrs["class"] = "footnotes"
    remove_attribute(section, "data-footnotes")
    notes = _notes(section)
    numbers = {_name(note.id or ""): number for number, note in enumerate(notes, 1)}
    marks: dict[int, list[str]] = {}
    for anchor in references:
        number = numbers.get(_name(unquote(anchor.attrs.sget("href").removeprefix("#"))))
        if number is not None:
            mark = _mark(number, marks)
            _refer(anchor, slug, number, mark)
    for number, note in enumerate(notes, 1):
        note.attrs["id"] = f"fn-{slug}-{number}"
        _lead_back(note, [(m, f"#fnref-{slug}-{m}") for m in marks.get(number, [])], lang)


def _notes(section: LexborNode) -> list[LexborNode]:
    notes = []
    for child in children(section):
        if child.tag == "hr":
            if child.prev is not None and child.prev.is_empty_text_node:
                child.prev.decompose()
            child.decompose()
        elif child.tag == "ol":
            notes += [item for item in children(child) if item.tag == "li"]
    return notes


def _name(identifier: str) -> str:
    """What is behind "fn:" (Python-Markdown) or "fn-" (comrak)."""
    return unquote(identifier[3:]) if identifier[:3] in {"fn:", "fn-"} else identifier


def _mark(number: int, marks: dict[int, list[str]]) -> str:
    given = marks.setdefault(number, [])
    given.append(f"{number}-{len(given) + 1}" if given else str(number))
    return given[-1]


def _refer(anchor: LexborNode, slug: str, number: int, mark: str) -> None:
    for name in ("id", "class", "href", *_ENGINE_ATTRIBUTES):
        remove_attribute(anchor, name)
    anchor.attrs["class"] = REFERENCE
    anchor.attrs["href"] = f"#fn-{slug}-{number}"
    holder = anchor.parent
    if holder is not None and holder.tag == "sup":
        remove_attribute(holder, "class")
        holder.attrs["id"] = f"fnref-{slug}-{mark}"


def _lead_back(note: LexborNode, references: list[tuple[str, str]], lang: str) -> None:
    for anchor in note.css("a." + BACK):
        _trim_before(anchor)
        anchor.decompose()
    inner = children(note)
    place = inner[-1] if inner and inner[-1].tag == "p" else note
    for mark, href in references:
        place.insert_child(" ")
        anchor = element(place, "a")
        anchor.attrs["class"] = BACK
        anchor.attrs["href"] = href
        anchor.attrs["aria-label"] = wording.back_to_reference(lang, mark)
        anchor.insert_child("↩")


def _trim_before(anchor: LexborNode) -> None:
    before = anchor.prev
    if before is not None and before.is_text_node:
        text = (before.text_content or "").rstrip()
        if text:
            before.replace_with(text)
        else:
            before.decompose()
