"""The entities that texts of one language name: found, taken out, and counted as terms.

A name is looked for only in texts that have the stems of all its words, which is known before: most
names need no look at a text, and what a change of the table may concern is known without texts.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from blogforge.content.spelling import Searched, Spelling, spelling
from blogforge.content.terms import stems_of
from blogforge.digest import digest_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

# Stands where a name was: a piece of text without a word, so that the words beside it are no pair.
_GAP = " ¦ "


class Folded(NamedTuple):
    """Texts without the names of entities, with their weights; and what these terms count for."""

    texts: list[tuple[int, str]]
    counts: dict[str, int]


class Glossary:
    """Spellings, each with its entity's name, for texts in the language `lang`."""

    def __init__(self, spellings: Iterable[tuple[str, str]], lang: str) -> None:
        self._by_stem: dict[str, list[_Entry]] = {}
        for spelled, name in spellings:
            entry = _Entry(spelled, name, lang)
            rarest = max(entry.stems, key=lambda stem: (len(stem), stem), default="")
            self._by_stem.setdefault(rarest, []).append(entry)
        self._without_stems = self._by_stem.pop("", [])  # such as "9/11"
        self._stems = frozenset(self._by_stem)

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each entity by the term that its spellings count as."""
        entries = chain(self._without_stems, *self._by_stem.values())
        return {entry.term: entry.name for entry in entries}

    def fold(self, weighted: Iterable[tuple[int, str]], stems: Set[str]) -> Folded | None:
        """The texts that have these stems, without names; None where there is none in them.

        Of names that overlap the first counts, of those that begin at one place the longest.
        """
        possible = self._possible(stems)
        if not possible:
            return None
        texts: list[tuple[int, str]] = []
        counts: dict[str, int] = {}
        for weight, text in weighted:
            rest, terms = _taken_out(text, possible)
            texts.append((weight, rest))
            for term in terms:
                counts[term] = counts.get(term, 0) + weight
        return Folded(texts, counts) if counts else None

    def digest(self, stems: Set[str]) -> str:
        """The digest of the spellings that texts of these stems may have; "" for none."""
        possible = self._possible(stems)
        return digest_value([entry.key for entry in possible]) if possible else ""

    def _possible(self, stems: Set[str]) -> list[_Entry]:
        """The spellings whose stems are all there, in the order of the table."""
        met = self._stems.intersection(stems)
        known = (entry for stem in met for entry in self._by_stem[stem] if entry.stems <= stems)
        return sorted((*known, *self._without_stems), key=lambda entry: entry.key)


class _Entry:
    """A spelling of an entity."""

    def __init__(self, spelled: str, name: str, lang: str) -> None:
        self.key = spelled, name
        self.name = name
        self.lang = lang
        self.spelling: Spelling = spelling(spelled)
        self.stems = frozenset(stems_of(self.spelling.term, lang))

    @cached_property
    def term(self) -> str:
        """What all spellings of the entity count as.

        A name of one word is its stem, so that forms that nobody listed count as the name, too; one
        in capitals stays so, since "us" is not "US".
        """
        name = spelling(self.name)
        if name.capitals or "_" in name.term:
            return name.term
        stems = stems_of(name.term, self.lang)
        return stems[0] if len(stems) == 1 else name.term


class _Place(NamedTuple):
    """Where a name is, in the order in which names are taken."""

    start: int
    length: int  # as a negative number
    in_any_case: bool
    term: str


def _taken_out(text: str, possible: Sequence[_Entry]) -> tuple[str, list[str]]:
    """`text` without the names of `possible`, and the terms that these count as."""
    read = Searched.of(text)
    parts, terms = [], []
    end = 0
    for place in sorted(_places(read, possible)):
        if place.start >= end:
            parts += [read.cased[end : place.start], _GAP]
            terms.append(place.term)
            end = place.start - place.length
    return ("".join([*parts, read.cased[end:]]), terms) if terms else (text, [])


def _places(text: Searched, possible: Sequence[_Entry]) -> Iterator[_Place]:
    for entry in possible:
        for start, end in entry.spelling.places(text):
            yield _Place(start, start - end, not entry.spelling.capitals, entry.term)
