"""The cards of Ghost's editors: pictures, bookmarks, callouts and the like, by name and values.

Lexical, mobiledoc and the HTML that Ghost makes of both know the same cards. Source: the nodes of
https://github.com/TryGhost/Koenig, packages/kg-default-nodes.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from blogforge.importers import pieces
from blogforge.importers.plain import text_of_html

if TYPE_CHECKING:
    from collections.abc import Callable

Card = dict[str, Any]

_OTHER_NAMES = {  # of mobiledoc and older versions
    "hr": "horizontalrule",
    "code": "codeblock",
    "card-markdown": "markdown",
    "markdown-card": "markdown",
    "html-card": "html",
    "image-card": "image",
    "embed-card": "embed",
    "members-only": "paywall",
    "subscribe": "signup",
}
_BLOCKS = re.compile(r"<(p|ul|ol|blockquote|h[1-6]|div)\b", re.IGNORECASE)


class Cards:
    """The cards of one body; `notes` grow as what they were is given up."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._makers: dict[str, Callable[[Card], str]] = {
            "image": _image,
            "gallery": _gallery,
            "bookmark": self._bookmark,
            "embed": self._embed,
            "callout": self._callout,
            "toggle": _toggle,
            "button": lambda card: _button(card, "buttonText", "buttonUrl"),
            "audio": lambda card: _player(card, "audio"),
            "video": lambda card: _player(card, "video"),
            "file": _file,
            "product": _product,
            "header": self._header,
            "call-to-action": _call_to_action,
            "horizontalrule": lambda _: "<hr>",
            "codeblock": _code,
            "html": lambda card: str(card.get("html") or ""),
            "markdown": _markdown,
            "transistor": self._podcast,
            "paywall": lambda _: "",  # of a post that all could read; of others it is told
            "signup": self._left_out,
            "email": self._left_out,
            "email-cta": self._left_out,
            "collection": self._left_out,
        }

    def html(self, name: str, card: Card) -> str:
        """The HTML of a card. What is unknown is kept as it was written, and told."""
        name = _OTHER_NAMES.get(name, name)
        maker = self._makers.get(name)
        if maker:
            return maker(card)
        import msgspec

        self.notes.append(f"the card “{name}” is unknown; what it holds stands as code")
        written = msgspec.json.format(msgspec.json.encode(card), indent=2).decode()
        return pieces.code(written, "json")

    def _bookmark(self, card: Card) -> str:
        """A link with the title, description and maker of what it leads to."""
        given = card.get("metadata")
        about = given if isinstance(given, dict) else {}
        url = _text(card, "url") or str(about.get("url") or "")
        title, description = (escape(_told(card, about, key)) for key in ("title", "description"))
        maker = _told(card, about, "publisher") or _told(card, about, "author")
        self.notes.append(f"the bookmark of {url} is a link now")
        line = pieces.link(url, title) + (f" ({escape(maker)})" if maker else "")
        return pieces.paragraph(line, description, _text(card, "caption"))

    def _embed(self, card: Card) -> str:
        html, url, caption = (_text(card, key) for key in ("html", "url", "caption"))
        if html:
            return pieces.figure(html, caption)
        if player := pieces.player(url):
            return pieces.figure(player, caption)
        self.notes.append(f"what {url} embedded is a link now")
        return pieces.paragraph(pieces.link(url) if url else "", caption)

    def _callout(self, card: Card) -> str:
        """A fact box where it begins with a title; else a paragraph, which has no other home."""
        text = _text(card, "calloutText")
        title = re.match(r"\s*(?:<p>)?\s*<(strong|b)>(.+?)</\1>[\s:]*(?:<br\s*/?>)?", text, re.S)
        if title and (rest := text[title.end() :].strip()):
            rest = f"<p>{rest}" if "</p>" in rest and not rest.startswith("<p") else rest
            body = rest if _BLOCKS.match(rest) else pieces.paragraph(rest)
            head = f'<p class="fact-box-title">{escape(text_of_html(title[2]))}</p>'
            return f'<aside class="fact-box">{head}{body}</aside>'
        self.notes.append(f"the callout “{text_of_html(text)[:40]}” is a paragraph now")
        return text if _BLOCKS.match(text) else pieces.paragraph(text)

    def _header(self, card: Card) -> str:
        title, below = _text(card, "header"), _text(card, "subheader")
        picture = _text(card, "backgroundImageSrc")
        parts = [pieces.figure(pieces.image(picture)) if picture else ""]
        parts.append(f"<h2>{title}</h2>" if title else "")
        parts += [pieces.paragraph(below), _button(card, "buttonText", "buttonUrl")]
        return "".join(parts)

    def _podcast(self, _card: Card) -> str:
        self.notes.append("a player of Transistor was left out: it is for signed-in readers")
        return ""

    def _left_out(self, card: Card) -> str:
        texts = (text_of_html(value) for value in card.values() if isinstance(value, str))
        words = " ".join(text for text in texts if " " in text)
        what = "what only e-mails show" if "html" in card else "a form to sign up"
        self.notes.append(f"{what} was left out" + (f": “{words[:200]}”" if words else ""))
        return ""


def _text(card: Card, name: str) -> str:
    value = card.get(name)
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _told(card: Card, about: Card, name: str) -> str:
    return text_of_html(_text(about, name) or _text(card, name))


def _image(card: Card) -> str:
    src = _text(card, "src")
    picture = pieces.image(src, _text(card, "alt"), _text(card, "href"))
    return pieces.figure(picture, _text(card, "caption")) if src else ""


def _gallery(card: Card) -> str:
    images = card.get("images")
    shown = [each for each in images if isinstance(each, dict)] if isinstance(images, list) else []
    return "".join(map(_image, shown)) + pieces.paragraph(_text(card, "caption"))


def _toggle(card: Card) -> str:
    content = _text(card, "content")
    content = content if _BLOCKS.match(content) else pieces.paragraph(content)
    return f"<details><summary>{_text(card, 'heading')}</summary>{content}</details>"


def _button(card: Card, text: str, url: str) -> str:
    return (
        pieces.paragraph(pieces.link(_text(card, url), _text(card, text))) if card.get(url) else ""
    )


def _player(card: Card, tag: str) -> str:
    src = pieces.attribute("src", card.get("src"))
    poster = pieces.attribute("poster", card.get("thumbnailSrc")) if tag == "video" else ""
    caption = _text(card, "caption") or escape(_text(card, "title"))
    return pieces.figure(f"<{tag} controls{src}{poster}></{tag}>", caption)


def _file(card: Card) -> str:
    title = escape(_text(card, "fileTitle") or _text(card, "fileName"))
    return pieces.paragraph(
        pieces.link(_text(card, "src"), title), escape(_text(card, "fileCaption"))
    )


def _product(card: Card) -> str:
    picture = _text(card, "productImageSrc")
    stars = int(card.get("productStarRating") or 0) if card.get("productRatingEnabled") else 0
    description = _text(card, "productDescription")
    parts = [
        pieces.figure(pieces.image(picture, _text(card, "productTitle"))) if picture else "",
        f"<h4>{_text(card, 'productTitle')}</h4>",
        pieces.paragraph("★" * stars + "☆" * (5 - stars)) if stars else "",
        description if _BLOCKS.match(description) else pieces.paragraph(description),
        _button(card, "productButton", "productUrl"),
    ]
    return "".join(parts)


def _call_to_action(card: Card) -> str:
    picture = _text(card, "imageUrl")
    text = _text(card, "textValue")
    parts = [
        pieces.paragraph(text_of_html(_text(card, "sponsorLabel")))
        if card.get("hasSponsorLabel")
        else "",
        pieces.figure(pieces.image(picture)) if picture else "",
        text if _BLOCKS.match(text) else pieces.paragraph(text),
        _button(card, "buttonText", "buttonUrl") if card.get("showButton", True) else "",
    ]
    return "".join(parts)


def _code(card: Card) -> str:
    block = pieces.code(str(card.get("code") or ""), _text(card, "language"))
    return block + pieces.paragraph(_text(card, "caption"))


def _markdown(card: Card) -> str:
    from blogforge.content.engines import to_html

    return to_html(str(card.get("markdown") or ""), "commonmark")
