"""The posts of a corpus, and what its editor wants, by row: posts are numbers from here on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING

import numpy as np

from blogforge.languages import primary
from blogforge.site.bags import language_key
from blogforge.site.groups import newest_first
from blogforge.site.repeats import Titles, works_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

    from blogforge.site.bags import Keys, Places
    from blogforge.site.corpus import Corpus

_DAY = 86400.0  # seconds


@dataclass(frozen=True, slots=True)
class Listing:
    """The posts of a corpus as rows: those listed, newest first, then the unlisted ones.

    `works`: the number of the work that each is a version of; `marks`: what of each post counts
    beside its words.
    """

    paths: list[str]
    row_of: Mapping[str, int]
    listed: int
    days: NDArray[np.float64]
    languages: Keys
    works: Places
    titles: Titles
    marks: list[str]

    def of(self, paths: Iterable[str]) -> Iterator[int]:
        """The rows of those of `paths` that have one."""
        return (self.row_of[path] for path in paths if path in self.row_of)


def listing(corpus: Corpus) -> Listing:
    """The rows of `corpus`, which follow from its posts alone."""
    listed, unlisted = newest_first(corpus.posts), newest_first(corpus.unlisted)
    posts = (*listed, *unlisted)
    paths = [post.path for post in posts]
    row_of = dict(zip(paths, range(len(paths)), strict=True))
    works = works_of(posts, corpus.origin)
    numbers = {work: number for number, work in enumerate(dict.fromkeys(works))}
    languages = {tag: primary(tag) for tag in {post.lang for post in posts}}
    keys = {tag: language_key(language) for tag, language in languages.items()}
    kinds = chain(repeat("listed", len(listed)), repeat("unlisted", len(unlisted)))
    seconds = [post.date.timestamp() for post in posts]
    return Listing(
        paths=paths,
        row_of=row_of,
        listed=len(listed),
        days=np.array(seconds) / _DAY,
        languages=np.array([keys[post.lang] for post in posts], np.uint64),
        works=np.array([*map(numbers.__getitem__, works)], np.intp),
        titles=Titles([(post.title, post.lang) for post in posts]),
        marks=[
            f"{post.path}\n{languages[post.lang]}\n{second}\n{kind}\n{work}\n{post.title}"
            for post, second, kind, work in zip(posts, seconds, kinds, works, strict=True)
        ],
    )


@dataclass(frozen=True, slots=True)
class Wishes:
    """The editor's hand as rows: what a subject's pins are, and who may not be in its block.

    `pins` that count only, in their order: what the page shows elsewhere is not repeated. `barred`
    has its pins, its excludes and what its page shows elsewhere. `blockless`: no block at all.
    """

    pins: Mapping[int, tuple[int, ...]]
    barred: Mapping[int, AbstractSet[int]]
    blockless: frozenset[int]


def wishes(corpus: Corpus, rows: Listing, limit: int) -> Wishes:
    """What the choices and pages of `corpus` ask for."""
    pins: dict[int, tuple[int, ...]] = {}
    barred: dict[int, set[int]] = defaultdict(set)
    blockless = set()
    for path in corpus.choices.keys() & rows.row_of.keys():
        row, choice = rows.row_of[path], corpus.choices[path]
        excluded = {row, *rows.of(choice.exclude), *rows.of(corpus.shown.get(path, ()))}
        kept = (pin for pin in rows.of(choice.pin) if pin < rows.listed and pin not in excluded)
        pins[row] = tuple(dict.fromkeys(kept))[:limit]
        barred[row] = {*excluded, *pins[row]}
        if not choice.show:
            blockless.add(row)
    for path in corpus.shown.keys() & rows.row_of.keys():
        barred[rows.row_of[path]].update(rows.of(corpus.shown[path]))
    return Wishes(pins, barred, frozenset(blockless))
