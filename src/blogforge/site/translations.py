"""The languages in which one article can be read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from blogforge.model import Post, Translation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def translations(posts: Sequence[Post], origin: str = "") -> dict[str, tuple[Translation, ...]]:
    """By source path, every language of an article that has several, its own too.

    Each language once, in the order of their tags: by a version that is at home here rather than
    one whose `canonical` address is elsewhere, by an original rather than a translation, by the
    oldest. `origin` is scheme and host of this site.
    """
    if not any(post.translation_of for post in posts):
        return {}
    from blogforge.site.repeats import works_of

    works: dict[str, list[Post]] = defaultdict(list)
    for post, work in zip(posts, works_of(posts, origin), strict=True):
        works[work].append(post)
    found: dict[str, tuple[Translation, ...]] = {}
    for versions in works.values():
        spoken = _languages(versions)
        if len(spoken) > 1:
            found |= dict.fromkeys((post.path for post in versions), spoken)
    return found


def _languages(versions: Iterable[Post]) -> tuple[Translation, ...]:
    ordered = sorted(
        versions,
        key=lambda post: (bool(post.canonical), bool(post.translation_of), post.date, post.path),
    )
    by_lang: dict[str, Post] = {}
    for post in ordered:
        by_lang.setdefault(post.lang.lower(), post)
    return tuple(
        Translation(lang=post.lang, url=post.url, at_home=not post.canonical)
        for _, post in sorted(by_lang.items())
    )
