"""Blocks of posts that resemble too few: filled up with whoever is left, the likeliest first."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from blogforge.site.candidates import pools
from blogforge.site.corpus import Shape
from blogforge.site.repeats import copies, repeats
from blogforge.site.similarity import bunch, cosines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from blogforge.site.bags import Places
    from blogforge.site.candidates import Index
    from blogforge.site.corpus import Reason
    from blogforge.site.similarity import Flags

_DEEP = 58  # places of a block whose pool is as large as a pool can be


class Filler:
    """Fills the blocks of an index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._sources: dict[int, tuple[tuple[Reason, list[int]], ...]] = {}
        self._deep: dict[int, list[int]] = {}
        self._known: dict[tuple[int, int], bool] = {}

    def fill(
        self, subject: int, chosen: Sequence[int], set_aside: Sequence[int]
    ) -> dict[int, Reason]:
        """Who follows after those chosen, and why.

        Posts alike that a pool full of copies had no place for, the newest of the language, then of
        others, then duplicates, of which `set_aside` are first in line (those chosen do not count),
        then anyone.
        """
        barred = {subject, *self.index.wanted.barred.get(subject, ()), *chosen}
        aside: dict[int, Reason] = {post: "duplicate" for post in set_aside if post not in barred}
        picks: dict[int, Reason] = {}
        places = self.index.shape.limit - len(chosen)
        sources = self._newest(subject)
        for reason, posts in chain(self._deeper(subject, set_aside), sources):
            rest = (post for post in posts if not (post in barred or post in aside))
            few = [*(rest if reason == "alike" else islice(rest, self.index.shape.size))]
            same = [False] * len(few) if reason == "alike" else self._copies(subject, few)
            for post, copy in zip(few, same, strict=True):
                if len(picks) == places:
                    return picks
                repeated = copy or any(self._repeats(post, other) for other in (*chosen, *picks))
                (aside if repeated else picks)[post] = "duplicate" if repeated else reason
        anyone = ((post, reason) for reason, posts in sources for post in posts)
        for post, reason in chain(aside.items(), anyone):
            if len(picks) == places:
                break
            if post not in barred:
                picks.setdefault(post, reason)
        return picks

    def look_deeper(self, subjects: Places, members: Places) -> None:
        """Find at once what `fill` will ask for of those subjects whose pool is full.

        `members` has a row for each; -1 is nobody.
        """
        shape = Shape(limit=_DEEP, half_life=self.index.shape.half_life)
        full = subjects[(members >= 0).all(axis=1)]
        for found in pools(replace(self.index, shape=shape), full):
            same = copies(self.index.rows, found.subjects, found.members, found.cosines)
            wanted = (found.members >= 0) & ~same
            for subject, posts, some in zip(
                found.subjects.tolist(), found.members, wanted, strict=True
            ):
                self._deep[subject] = posts[some].tolist()

    def _deeper(
        self, subject: int, members: Sequence[int]
    ) -> Iterator[tuple[Reason, Iterable[int]]]:
        """The posts alike of the largest pool there can be, where a smaller one was full."""
        if len(members) == self.index.shape.size:
            if subject not in self._deep:
                self.look_deeper(np.array([subject]), np.array([members]))
            yield "alike", self._deep.pop(subject)

    def _newest(self, subject: int) -> tuple[tuple[Reason, list[int]], ...]:
        """The listed posts of a subject's language, and of all others, newest first."""
        rows = self.index.rows
        language = int(rows.languages[subject])
        if language not in self._sources:
            home = rows.languages[: rows.listed] == language
            self._sources[language] = (
                ("newest", np.flatnonzero(home).tolist()),
                ("other language", np.flatnonzero(~home).tolist()),
            )
        return self._sources[language]

    def _copies(self, subject: int, posts: Sequence[int]) -> list[bool]:
        """Which `posts` are what the subject is."""
        others = np.array([posts], np.intp)
        rows, found = self.index.rows, self.index.found
        alike = np.zeros(others.shape, np.float32)
        if found.weights[subject, 0]:  # not for all those that have no words
            alike = cosines(found, np.array([subject]), bunch(found, others))
        same: list[bool] = copies(rows, np.array([subject]), others, alike)[0].tolist()
        return same

    def _repeats(self, post: int, other: int) -> bool:
        """Whether `post` says again what `other` says; of few posts, as the newest are the same."""
        if (post, other) not in self._known:
            rows, found = self.index.rows, self.index.found
            shown, members = np.array([other]), np.array([[post]])
            same: Flags = repeats(
                rows, shown, members, cosines(found, shown, bunch(found, members))
            )
            self._known[post, other] = bool(same[0, 0])
        return self._known[post, other]
