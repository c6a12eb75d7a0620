"""The texts of a document's front matter, as readers see them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from blogforge.content.typography import typeset
from blogforge.model import Document, Post

if TYPE_CHECKING:
    from blogforge.config import Config

D = TypeVar("D", bound=Document)


def typographic(document: D, config: Config) -> D:
    """`document` with the quotes and dashes of its language in every text that readers see."""
    if not config.markdown.typography:
        return document
    set_ = partial(typeset, lang=document.lang)
    fields: dict[str, Any] = {"title": set_(document.title), "dek": set_(document.dek)}
    if image := document.image:
        fields["image"] = replace(
            image, alt=set_(image.alt), caption=set_(image.caption), credit=set_(image.credit)
        )
    if isinstance(document, Post):
        fields["kicker"] = set_(document.kicker)
        fields["dateline"] = set_(document.dateline)
        fields["key_points"] = tuple(map(set_, document.key_points))
        fields["corrections"] = tuple(
            replace(correction, text=set_(correction.text)) for correction in document.corrections
        )
    return replace(document, **fields)
