"""Languages, as BCP 47 tags name them."""

from __future__ import annotations


def primary(tag: str) -> str:
    """The language of a tag, without script and region: "fr-CA" is "fr"."""
    return tag.replace("_", "-").partition("-")[0].lower()
