"""The picture above an article, under the many names that themes of other generators give it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blogforge.images import Image
from blogforge.importers.values import first, lowered, text

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = (
    *("image", "featured_image", "featuredimage", "featuredimagepreview", "feature_image"),
    *("cover", "banner", "header", "images", "img", "feature", "thumbnail"),
)
_SOURCES = ("src", "path", "image", "overlay_image", "feature", "url", "img", "teaser")
_SAID = {
    "alt": ("alt", "image_description"),
    "caption": ("caption",),
    "credit": ("credit", "attribution", "attr"),
}
_BEFORE = ("image-{}", "image_{}", "image{}", "featured_image_{}", "cover_{}")


def cover(values: Mapping[str, Any]) -> tuple[Image | None, set[str]]:
    """The picture that front matter names, and the keys that told of it.

    `values` have keys in lower case. A block of several pictures gives its first.
    """
    for key in _KEYS:
        value = values.get(key)
        value = value[0] if isinstance(value, list) and value else value
        told = lowered(value) if isinstance(value, dict) else {}
        if src := first(told, _SOURCES)[1] or text(value):
            beside = {} if told else _beside(values)
            said = {
                name: first(told, names)[1] or text(values.get(beside.get(name, "")))
                for name, names in _SAID.items()
            }
            return Image(src=src, **said), {key, *beside.values()}
    return None, set()


def _beside(values: Mapping[str, Any]) -> dict[str, str]:
    """The keys beside the picture's that say something of it, such as `image-alt`."""
    return {
        name: key
        for name, endings in _SAID.items()
        for ending in endings
        for key in (pattern.format(ending) for pattern in _BEFORE)
        if text(values.get(key))
    }
