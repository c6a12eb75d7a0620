"""Who gets into a post's block "More from"; `related` is the way in, and imports this when asked.

Score: how alike the words are (a cosine) times a soft recency that never falls below a half. Of the
best, each next one is taken for its score less its likeness to those already taken: maximal
marginal relevance (Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking for
Reordering Documents and Producing Summaries", SIGIR 1998).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from blogforge.model import RelatedChoice
from blogforge.site.candidates import DUPLICATE, languages
from blogforge.site.groups import newest_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.config import RelatedConfig
    from blogforge.model import Post
    from blogforge.site.candidates import Language, Pool
    from blogforge.site.related import Corpus, Reason

WINDOW = 12  # how many posts are considered, beside two for each place of the block


@dataclass(slots=True)
class Selection:
    """A block in the making: the paths chosen, in order, and why; who may not be in it."""

    picks: dict[str, Reason] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)
    duplicates: dict[str, None] = field(default_factory=dict)
    pool: Pool | None = None

    def open(self, paths: Iterable[str]) -> Iterator[str]:
        """Those of `paths` that are not barred, chosen or set aside, as it stands when asked."""
        return (
            path
            for path in paths
            if path not in self.barred and path not in self.picks and path not in self.duplicates
        )


class Desk:
    """Chooses the blocks of a whole corpus."""

    def __init__(self, corpus: Corpus, settings: RelatedConfig) -> None:
        self.corpus = corpus
        self.limit = settings.limit
        self.half_life = settings.half_life
        self.newest = [post.path for post in newest_first(corpus.posts)]
        self.listed = frozenset(self.newest)
        self.languages = languages(corpus)
        self.versions = _versions((*corpus.posts, *corpus.unlisted))
        self._foreign: dict[Language, list[str]] = {}

    def select(self, post: Post) -> Selection:
        """The block of `post`."""
        choice = self.corpus.choices.get(post.path, RelatedChoice())
        if not choice.show:
            return Selection()
        selection = Selection(barred={post.path, *choice.exclude})
        for pin in selection.open(choice.pin):
            if pin in self.listed and not self._full(selection):
                selection.picks[pin] = "pinned"
        selection.barred |= self.corpus.shown.get(post.path, frozenset())
        if not self._full(selection):
            self._add_alike(post, selection)
        if not self._full(selection):
            self._fill(post, selection)
        return selection

    def _full(self, selection: Selection) -> bool:
        return len(selection.picks) >= self.limit

    def _add_alike(self, post: Post, selection: Selection) -> None:
        """Choose among the posts that share words with `post`; set the duplicates aside."""
        language = self.languages[post.path]
        barred = selection.barred.union(selection.picks)
        size = WINDOW + 2 * self.limit
        pool = language.pool(language.places[post.path], barred, size, self.half_life)
        pool.close(self.versions.get(post.path, ()))
        for pin in selection.picks:
            self._choose(pin, language, pool)
        while (best := pool.best()) is not None:
            selection.picks[best] = "alike"
            if self._full(selection):
                break
            self._choose(best, language, pool)
        selection.pool = pool
        rest = (path for path, free in zip(pool.paths, pool.free, strict=True) if not free)
        selection.duplicates = dict.fromkeys(path for path in rest if path not in selection.picks)

    def _choose(self, path: str, language: Language, pool: Pool) -> None:
        """Take into account that `path` is in the block."""
        pool.close((path, *self.versions.get(path, ())))
        if path in language.places:
            pool.compare(path, language.index.cosines(language.places[path], pool.places))

    def _fill(self, post: Post, selection: Selection) -> None:
        """Choose the newest of the language, then of others, then duplicates, then anyone."""
        language = self.languages[post.path]
        sources: tuple[tuple[Reason, list[str]], ...] = (
            ("newest", language.newest),
            ("other language", self._others(language)),
        )
        for reason, paths in sources:
            for path in islice(selection.open(paths), WINDOW + 2 * self.limit):
                if self._full(selection):
                    return
                if self._repeats(path, (post.path, *selection.picks)):
                    selection.duplicates[path] = None
                else:
                    selection.picks[path] = reason
        last: tuple[tuple[Reason, Iterable[str]], ...] = (
            ("duplicate", selection.duplicates),
            *((reason, selection.open(paths)) for reason, paths in sources),
        )
        for reason, rest in last:
            for path in islice(rest, self.limit - len(selection.picks)):
                selection.picks[path] = reason

    def _others(self, language: Language) -> list[str]:
        """The listed posts of all other languages, newest first."""
        if language not in self._foreign:
            self._foreign[language] = [p for p in self.newest if p not in language.places]
        return self._foreign[language]

    def _repeats(self, path: str, others: Iterable[str]) -> bool:
        """Whether `path` is a version or nearly a copy of one of `others`."""
        versions = self.versions.get(path, ())
        if any(other in versions for other in others):
            return True
        language = self.languages[path]
        places = [language.places[other] for other in others if other in language.places]
        cosines = language.index.cosines(language.places[path], np.array(places, dtype=np.intp))
        return bool((cosines > DUPLICATE).any())


def _versions(posts: Iterable[Post]) -> dict[str, frozenset[str]]:
    """For each post that is one of several translations, all of them."""
    works: dict[str, set[str]] = defaultdict(set)
    for post in posts:
        works[post.translation_of or post.path].add(post.path)
    return {
        path: frozenset(versions)
        for versions in works.values()
        if len(versions) > 1
        for path in versions
    }
