"""Mobiledoc, what Ghost's editor wrote from version 1 to 5 -> HTML.

Source: https://github.com/bustle/mobiledoc-kit/blob/master/MOBILEDOC.md (versions 0.2 to 0.3.2).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from blogforge.importers import pieces
from blogforge.importers.ghost.export import BodyError

if TYPE_CHECKING:
    from blogforge.importers.ghost.cards import Cards

_MARKUP, _IMAGE, _LIST, _CARD = 1, 2, 3, 10
_TAGS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "pull-quote"}
_MARKS = {"b", "i", "em", "strong", "a", "u", "s", "del", "sub", "sup", "code", "mark", "small"}


def html_of(document: dict[str, Any], cards: Cards) -> str:
    """The HTML of a document; the cards tell what they give up. Raises BodyError."""
    try:
        return "".join(_section(document, section, cards) for section in document["sections"])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise BodyError(f"its mobiledoc is broken: {error!r}") from error


def _section(document: dict[str, Any], section: list[Any], cards: Cards) -> str:
    kind = section[0]
    if kind == _MARKUP:
        inner = _markers(document, section[2], cards)
        tag = section[1].lower() if section[1].lower() in _TAGS else "p"
        if tag == "pull-quote":
            return f'<aside class="pull-quote"><p>{inner}</p></aside>'
        tag = "blockquote" if tag == "aside" else tag
        return f"<{tag}>{inner}</{tag}>" if inner.strip() else ""
    if kind == _IMAGE:
        return pieces.figure(pieces.image(str(section[1])))
    if kind == _LIST:
        tag = "ol" if section[1] == "ol" else "ul"
        entries = (f"<li>{_markers(document, each, cards)}</li>" for each in section[2])
        return f"<{tag}>{''.join(entries)}</{tag}>"
    if kind == _CARD:
        name, payload = (*document["cards"][section[1]], {})[:2]
        return cards.html(str(name), payload if isinstance(payload, dict) else {})
    cards.notes.append(f"an unknown section of kind {kind} stands as code")
    return pieces.code(str(section))


def _markers(document: dict[str, Any], markers: list[Any], cards: Cards) -> str:
    """Text and atoms with the markups that open before and close behind them."""
    out: list[str] = []
    opened: list[str] = []
    for kind, opening, closing, value in markers:
        for number in opening:
            tag, start = _markup(document["markups"][number])
            opened.append(tag)
            out.append(start)
        out.append(_atom(document, value, cards) if kind == 1 else escape(value, quote=False))
        for _ in range(closing):
            tag = opened.pop()
            out.append(f"</{tag}>" if tag else "")
    out += [f"</{tag}>" if tag else "" for tag in reversed(opened)]
    return "".join(out)


def _markup(markup: list[Any]) -> tuple[str, str]:
    """The tag of a markup and how it begins; "" for one that has no form here."""
    tag = str(markup[0]).lower()
    if tag not in _MARKS:
        return "", ""
    given = markup[1] if len(markup) > 1 else []
    attributes = dict(zip(given[::2], given[1::2], strict=False))
    return tag, f"<{tag}{pieces.attribute('href', attributes.get('href'))}>"


def _atom(document: dict[str, Any], number: int, cards: Cards) -> str:
    name, text = document["atoms"][number][:2]
    if name == "soft-return":
        return "<br>"
    cards.notes.append(f"the unknown atom “{name}” stands as text")
    return escape(str(text), quote=False)
