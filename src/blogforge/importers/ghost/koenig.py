"""The HTML that Ghost makes of its cards -> the cards, and then HTML without anything of Ghost's.

Source: the renderers of https://github.com/TryGhost/Koenig, packages/kg-default-nodes, whose
classes themes rely upon and which are therefore never changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import BeautifulSoup, Tag

    from blogforge.importers.ghost.cards import Card, Cards


def html_of(html: str, cards: Cards) -> str:
    """`html` with its cards in plain shapes; the cards tell what they give up."""
    from bs4 import BeautifulSoup, Comment

    if "kg-" not in html:
        return html
    tree = BeautifulSoup(html, "html.parser")
    for comment in tree.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for selector, (name, values) in _CARDS.items():
        for element in tree.select(selector):
            _replace(tree, element, cards.html(name, values(element)))
    for figure in tree.select("figure.kg-code-card"):
        for caption in figure.find_all("figcaption"):
            caption.name = "p"
        figure.unwrap()
    return tree.decode(formatter="minimal")


def _replace(tree: BeautifulSoup, element: Tag, html: str) -> None:
    from bs4 import BeautifulSoup

    if element in tree.descendants:  # and not in a card that was replaced before
        element.replace_with(BeautifulSoup(html, "html.parser"))


def _inner(element: Tag, selector: str) -> str:
    """The HTML inside the first element below that `selector` finds."""
    found = element.select_one(selector)
    return found.decode_contents() if found else ""


def _words(element: Tag, selector: str) -> str:
    found = element.select_one(selector)
    return " ".join(found.get_text().split()) if found else ""


def _attribute(element: Tag, selector: str, name: str) -> str:
    found = element.select_one(selector)
    return str(found.get(name) or "") if found else ""


def _bookmark(element: Tag) -> Card:
    about = {
        "title": _inner(element, ".kg-bookmark-title"),
        "description": _inner(element, ".kg-bookmark-description"),
        # The two classes are swapped in Ghost.
        "publisher": _inner(element, ".kg-bookmark-author"),
        "author": _inner(element, ".kg-bookmark-publisher"),
    }
    url = _attribute(element, "a", "href")
    return {"url": url, "metadata": about, "caption": _inner(element, "figcaption")}


def _file(element: Tag) -> Card:
    return {
        "src": _attribute(element, "a", "href"),
        "fileTitle": _words(element, ".kg-file-card-title"),
        "fileName": _words(element, ".kg-file-card-filename"),
        "fileCaption": _words(element, ".kg-file-card-caption"),
    }


def _product(element: Tag) -> Card:
    stars = len(element.select(".kg-product-card-rating-active"))
    return {
        "productImageSrc": _attribute(element, ".kg-product-card-image", "src"),
        "productTitle": _inner(element, ".kg-product-card-title"),
        "productDescription": _inner(element, ".kg-product-card-description"),
        "productRatingEnabled": stars > 0,
        "productStarRating": stars,
        "productButton": _inner(element, ".kg-product-card-button"),
        "productUrl": _attribute(element, "a.kg-product-card-button", "href"),
    }


def _header(element: Tag) -> Card:
    headings = ".kg-header-card-header, .kg-header-card-heading, h1, h2"
    below = ".kg-header-card-subheader, .kg-header-card-subheading"
    return {
        "header": _inner(element, headings),
        "subheader": _inner(element, below),
        "buttonText": _inner(element, "a.kg-header-card-button"),
        "buttonUrl": _attribute(element, "a.kg-header-card-button", "href"),
        "backgroundImageSrc": _attribute(element, ".kg-header-card-image", "src"),
    }


def _call_to_action(element: Tag) -> Card:
    return {
        "hasSponsorLabel": element.select_one(".kg-cta-sponsor-label") is not None,
        "sponsorLabel": _inner(element, ".kg-cta-sponsor-label"),
        "imageUrl": _attribute(element, ".kg-cta-image-container img", "src"),
        "textValue": _inner(element, ".kg-cta-text"),
        "buttonText": _inner(element, "a.kg-cta-button"),
        "buttonUrl": _attribute(element, "a.kg-cta-button", "href"),
    }


def _gallery(element: Tag) -> Card:
    images = [
        {"src": str(image.get("src") or ""), "alt": str(image.get("alt") or "")}
        for image in element.find_all("img")
    ]
    return {"images": images, "caption": _inner(element, "figcaption")}


def _video(element: Tag) -> Card:
    return {
        "src": _attribute(element, "video", "src"),
        "thumbnailSrc": element.get("data-kg-custom-thumbnail") or "",
        "caption": _inner(element, "figcaption"),
    }


_CARDS: dict[str, tuple[str, Callable[[Tag], Card]]] = {
    ".kg-bookmark-card": ("bookmark", _bookmark),
    ".kg-file-card": ("file", _file),
    ".kg-product-card": ("product", _product),
    ".kg-header-card": ("header", _header),
    ".kg-cta-card": ("call-to-action", _call_to_action),
    ".kg-gallery-card": ("gallery", _gallery),
    ".kg-video-card": ("video", _video),
    ".kg-callout-card": (
        "callout",
        lambda element: {"calloutText": _inner(element, ".kg-callout-text")},
    ),
    ".kg-toggle-card": (
        "toggle",
        lambda element: {
            "heading": _inner(element, ".kg-toggle-heading-text"),
            "content": _inner(element, ".kg-toggle-content"),
        },
    ),
    ".kg-button-card": (
        "button",
        lambda element: {
            "buttonText": _inner(element, "a"),
            "buttonUrl": _attribute(element, "a", "href"),
        },
    ),
    ".kg-audio-card": (
        "audio",
        lambda element: {
            "src": _attribute(element, "audio", "src"),
            "title": _words(element, ".kg-audio-title"),
        },
    ),
    ".kg-signup-card": (
        "signup",
        lambda element: {"text": " ".join(element.get_text(" ").split())},
    ),
}
