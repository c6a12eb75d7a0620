"""Images with what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.content.dom import children, element, remove_attribute, renamed

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode


def image_alone(paragraph: LexborNode) -> LexborNode | None:
    """The image that is all there is in a paragraph, by itself or as a link."""
    inner = children(paragraph)
    if len(inner) == 1 and inner[0].tag == "a":
        inner = children(inner[0])
    return inner[0] if len(inner) == 1 and inner[0].tag == "img" else None


def make_figure(paragraph: LexborNode, image: LexborNode, typeset: Callable[[str], str]) -> None:
    """`figure.image` in the place of the paragraph; the image's title is caption | credit."""
    figure = renamed(paragraph, "figure")
    figure.attrs["class"] = " ".join(["image", *figure.attrs.sget("class").split()])
    title = image.attrs.sget("title")
    remove_attribute(image, "title")
    caption, _, credit = (part.strip() for part in f" {title} ".partition(" | "))
    if caption or credit:
        line = element(figure, "figcaption")
        if caption:
            line.insert_child(typeset(caption))
        if credit:
            if caption:
                line.insert_child(" ")
            small = element(line, "small")
            small.attrs["class"] = "credit"
            small.insert_child(typeset(credit))
