"""Which posts are one piece of news, or issues of one series, so that a block shows one of them.

A *work* is a post with its translations and republications. Copies differ in hardly a word. Issues
of a series have one title but for numbers and dates, and share much of their words: a weekly column
whose every issue is news of its own is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from blogforge.site.series import frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from blogforge.model import Document
    from blogforge.site.bags import Places
    from blogforge.site.rows import Listing
    from blogforge.site.similarity import Flags

    Cosines = NDArray[np.floating]

DUPLICATE = 0.9  # two posts whose cosine is above are copies
ISSUES = 0.4  # two of one title whose cosine is above are issues; found on authors' links


def works_of(posts: Iterable[Document], origin: str = "") -> list[str]:
    """For each post a name that all of its work have and no others: one of their paths, or an URL.

    A work are a post, its translations, theirs, and whatever says that its original is at the same
    `canonical` address, which may be a post's own on the site at `origin`. Originals need not be
    among `posts`. What an unlisted post says makes no two others one; it is of the work of the
    first that it belongs to.
    """
    posts = tuple(posts)
    listed = [post for post in posts if post.status != "unlisted"]
    works = _tops(listed, origin)
    if len(listed) < len(posts):
        tops = _tops(posts, origin)
        known = {tops[post.path]: works[post.path] for post in reversed(listed)}
        works = {path: known.get(top, top) for path, top in tops.items()} | works
    return [works[post.path] for post in posts]


def _tops(posts: Sequence[Document], origin: str) -> dict[str, str]:
    """By path the name that stands for all that what `posts` say puts together."""
    here: dict[str, str] = {}
    if any(post.canonical for post in posts):
        here = {f"{origin}{post.url}": post.path for post in posts}
    parents: dict[str, str] = {}

    def top(name: str) -> str:
        while (parent := parents.get(name, name)) != name:
            parents[name] = name = parents.get(parent, parent)
        return name

    for post in posts:
        original = post.canonical and here.get(post.canonical, post.canonical)
        for other in filter(None, (post.translation_of, original)):
            one, two = sorted((top(post.path), top(other)))
            parents[two] = one
    return {post.path: top(post.path) if parents else post.path for post in posts}


class Titles:
    """The titles of posts by row, each with its language; compared as numbers, found when asked."""

    def __init__(self, titles: Sequence[tuple[str, str]]) -> None:
        self._titles = titles
        self._numbers: dict[object, int] = {}
        self._whole = np.full(len(titles), -1)
        self._framed = np.full(len(titles), -1)

    def same(self, ones: Places, others: Places) -> Flags:
        """Whether the titles of two rows are the same, whatever their case."""
        for row in self._unknown(self._whole, ones, others):
            words = " ".join(self._titles[row][0].casefold().split())
            self._whole[row] = self._number(words or row)
        same: Flags = self._whole[ones] == self._whole[others]
        return same

    def alike(self, ones: Places, others: Places) -> Flags:
        """Whether the titles of two rows are the same but for numbers and dates."""
        for row in self._unknown(self._framed, ones, others):
            self._framed[row] = self._number(frame(*self._titles[row]) or row)
        alike: Flags = self._framed[ones] == self._framed[others]
        return alike

    @staticmethod
    def _unknown(known: Places, ones: Places, others: Places) -> list[int]:
        rows = np.concatenate([ones, others])
        unknown: list[int] = np.unique(rows[known[rows] < 0]).tolist()
        return unknown

    def _number(self, what: object) -> int:
        return self._numbers.setdefault(what, len(self._numbers))


def repeats(rows: Listing, chosen: Places, members: Places, cosines: Cosines) -> Flags:
    """Which `members` would say again what the one of `chosen` in their row says.

    -1 in either is nobody; `cosines` are those of the two.
    """
    shown = chosen[:, None]
    found: Flags = rows.works[members] == rows.works[shown]
    found |= cosines > DUPLICATE
    near = (cosines > ISSUES) & ~found & (members >= 0) & (shown >= 0)
    place, column = np.nonzero(near)
    found[place, column] = rows.titles.alike(chosen[place], members[place, column])
    found &= (members >= 0) & (shown >= 0)
    return found


def copies(rows: Listing, subjects: Places, members: Places, cosines: Cosines) -> Flags:
    """Which `members` are what their row's subject is: of one work, or copies, edited perhaps.

    -1 among them is nobody. Other issues of its series are not: readers of one look for the next.
    """
    found: Flags = rows.works[members] == rows.works[subjects][:, None]
    found |= cosines > DUPLICATE
    place, column = np.nonzero((cosines > ISSUES) & ~found & (members >= 0))
    found[place, column] = rows.titles.same(subjects[place], members[place, column])
    found &= members >= 0
    return found
