"""Blocks of posts that resemble too few: filled up with whoever is left, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from blogforge.site.candidates import pools
from blogforge.site.corpus import Shape
from blogforge.site.repeats import copies, repeats
from blogforge.site.similarity import bunch, cosines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from blogforge.site.bags import Places
    from blogforge.site.candidates import Index
    from blogforge.site.corpus import Reason
    from blogforge.site.similarity import Flags

_DEEP = 58  # places of a block whose pool is as large as a pool can be


@dataclass(slots=True)
class _Block:
    """A block in the making: `picks` follow those `chosen`, as many as there are `places`.

    `barred` may not appear; `aside` are posts that repeat others, in the order they came in.
    """

    subject: int
    chosen: Sequence[int]
    barred: AbstractSet[int]
    places: int
    aside: dict[int, None]
    picks: dict[int, Reason] = field(default_factory=dict)

    def full(self) -> bool:
        """Whether nobody else has a place."""
        return len(self.picks) >= self.places

    def add(self, post: int, reason: Reason) -> None:
        """Give a post the next place, if there is one and it may appear."""
        if not (self.full() or post in self.barred):
            self.picks.setdefault(post, reason)


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

        Posts alike that a pool full of copies had no place for, the newest of the language, more
        issues of series in it, the newest of other languages, then copies, those of the subject
        last. Of what repeats others `set_aside` are first in line (those chosen do not count).
        """
        barred = {subject, *self.index.wanted.barred.get(subject, ()), *chosen}
        aside = dict.fromkeys(post for post in set_aside if post not in barred)
        block = _Block(subject, chosen, barred, self.index.shape.limit - len(chosen), aside)
        own, foreign = self._newest(subject)
        for source in chain(self._deeper(subject, set_aside), [own]):
            self._sift(block, *source)
        if not block.full():
            self._add_issues(block)
            self._sift(block, *foreign)
            for post in self._those_of_the_subject_last(block):
                block.add(post, "duplicate")
        for reason, posts in (own, foreign):
            for post in posts if not block.full() else ():
                block.add(post, reason)
        return block.picks

    def _sift(self, block: _Block, reason: Reason, posts: Iterable[int]) -> None:
        """Add those of `posts` that repeat nothing; put the others aside."""
        if block.full():
            return
        rest = (post for post in posts if not (post in block.barred or post in block.aside))
        few = [*(rest if reason == "alike" else islice(rest, self.index.shape.size))]
        same = self._copies(block.subject, few) if reason != "alike" else np.zeros(len(few))
        for post, copy in zip(few, same.tolist(), strict=True):
            if block.full():
                return
            shown = (*block.chosen, *block.picks)
            if copy or any(self._repeats(post, other) for other in shown):
                block.aside[post] = None
            else:
                block.add(post, reason)

    def _add_issues(self, block: _Block) -> None:
        """Add what was put aside and is of the language, and no copy."""
        languages = self.index.rows.languages
        posts = [post for post in block.aside if languages[post] == languages[block.subject]]
        same = np.zeros(len(posts), np.bool_)
        for other in (block.subject, *block.chosen, *block.picks):
            same |= self._copies(other, posts)
        for place, post in enumerate(posts):
            if not (same[place] or block.full()):
                block.add(post, "duplicate")
                same |= self._copies(post, posts)

    def _those_of_the_subject_last(self, block: _Block) -> list[int]:
        """Who was put aside, copies of the subject behind the others."""
        posts = [*block.aside]
        order = np.argsort(self._copies(block.subject, posts), kind="stable")
        return [posts[place] for place in order.tolist()]

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

    def _copies(self, subject: int, posts: Sequence[int]) -> Flags:
        """Which `posts` are what the subject is."""
        others = np.array([posts], np.intp)
        rows, found = self.index.rows, self.index.found
        alike = np.zeros(others.shape, np.float32)
        if found.weights[subject, 0]:  # not for all those that have no words
            alike = cosines(found, np.array([subject]), bunch(found, others))
        same: Flags = copies(rows, np.array([subject]), others, alike)[0]
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
