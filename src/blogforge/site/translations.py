"""The languages in which one article can be read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from blogforge.model import Document, Post, Translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def translations(
    documents: Sequence[Document], origin: str = ""
) -> dict[str, tuple[Translation, ...]]:
    """By source path, every language of an article that has several, its own too.

    Each language once, in the order of their tags: by a version that is at home here rather than
    one whose `canonical` address is elsewhere, by an original rather than a translation, by the
    oldest. `origin` is scheme and host of this site.
    """
    if not any(document.translation_of for document in documents):
        return {}
    from blogforge.site.repeats import works_of

    works: dict[str, list[Document]] = defaultdict(list)
    for document, work in zip(documents, works_of(documents, origin), strict=True):
        works[work].append(document)
    found: dict[str, tuple[Translation, ...]] = {}
    for versions in works.values():
        spoken = _languages(versions)
        if len(spoken) > 1:
            found |= dict.fromkeys((version.path for version in versions), spoken)
    return found


def _languages(versions: Iterable[Document]) -> tuple[Translation, ...]:
    by_lang: dict[str, Document] = {}
    for version in sorted(versions, key=_first):
        by_lang.setdefault(version.lang.lower(), version)
    return tuple(
        Translation(lang=version.lang, url=version.url, at_home=not version.canonical)
        for _, version in sorted(by_lang.items())
    )


def _first(version: Document) -> tuple[bool, bool, float, str]:
    dated = version.date.timestamp() if isinstance(version, Post) else 0
    return bool(version.canonical), bool(version.translation_of), dated, version.path
