"""Languages, as BCP 47 tags name them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NARROW = "\u202f"  # narrow no-break space
# Outer and inner marks, of Unicode's CLDR (delimiters).
_QUOTES = {
    "en": "“”‘’", "fr": "«»“”", "de": "„“‚‘", "es": "«»“”", "it": "«»“”", "pt": "“”‘’",
    "nl": "“”‘’", "af": "“”‘’", "sv": "””’’", "fi": "””’’", "da": "””’’", "no": "«»‘’",
    "nb": "«»‘’", "nn": "«»‘’", "is": "„“‚‘", "pl": "„”«»", "cs": "„“‚‘", "sk": "„“‚‘",
    "sl": "„“‚‘", "hr": "„“‚‘", "sr": "„“‚‘", "hu": "„”»«", "ro": "„”«»", "ru": "«»„“",
    "uk": "«»„“", "be": "«»„“", "bg": "„“‚‘", "el": "«»“”", "ca": "«»“”", "gl": "«»“”",
    "eu": "“”‘’", "tr": "“”‘’", "id": "“”‘’", "sw": "“”‘’", "ga": "“”‘’", "cy": "“”‘’",
    "hi": "“”‘’", "bn": "“”‘’", "ta": "“”‘’", "ar": "”“’‘", "fa": "«»‹›", "lt": "„“‚‘",
    "lv": "“”‘’", "et": "„“«»", "de-ch": "«»‹›",
    "zh": "“”‘’", "zh-hant": "「」『』", "zh-tw": "「」『』", "zh-hk": "「」『』", "ja": "「」『』",
}  # fmt: skip
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def primary(tag: str) -> str:
    """The language of a tag, without script and region: "fr-CA" is "fr"."""
    return tag.replace("_", "-").partition("-")[0].lower()


def tag_of(text: str) -> str:
    """A language tag as tables have it: lower case, parts joined by hyphens."""
    return text.lower().replace("_", "-")


@cache
def quotation_marks(lang: str) -> tuple[str, ...] | None:
    """The marks that open and close a quotation in `lang`, then one within it; None if unknown."""
    marks = _QUOTES.get(tag_of(lang)) or _QUOTES.get(primary(lang))
    if marks is None:
        return None
    if primary(lang) == "fr":
        return (f"«{NARROW}", f"{NARROW}»", *marks[2:])
    return tuple(marks)


def wider(tag: str) -> tuple[str, ...]:
    """A tag and what is understood where it is: "fr-CA", then "fr".

    Whoever reads traditional characters gets no simplified ones. Source: RFC 4647, section 3.4.
    """
    subtags = tag.replace("_", "-").split("-")
    found = tuple("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    traditional = primary(tag) == "zh" and _TRADITIONAL & {part.lower() for part in subtags}
    return found[:-1] if traditional else found


def nearest(lang: str, tags: Iterable[str]) -> str:
    """Which of `tags` serves readers of `lang` best; "" where none does."""
    known = {tag.lower(): tag for tag in reversed([*tags])}
    served = (known[tag] for tag in wider(lang.lower()) if tag in known)
    same = (tag for tag in reversed(known.values()) if primary(tag) == primary(lang))
    return next(served, "") or next(same, "")
