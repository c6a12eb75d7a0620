"""What several titles have in common, as it stands in them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from blogforge.content.terms import stems_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[\s'’./&-]+")  # between the words of one phrase; a comma or colon ends it
_LONGEST = 6  # words of a phrase
_SHORT = 3  # letters of a word that seldom begins or ends a name: of, the, in


class _Title(NamedTuple):
    """A title with its words; `stems` has the stem of each, "" for a number or a letter."""

    text: str
    spans: tuple[tuple[int, int], ...]
    stems: tuple[str, ...]

    def word(self, place: int) -> str:
        """The word at a place; "" where there is none."""
        return self.part(place, place) if 0 <= place < len(self.spans) else ""

    def part(self, first: int, last: int) -> str:
        """The title from one word to another."""
        return self.text[self.spans[first][0] : self.spans[last][1]]

    def is_short(self, place: int) -> bool:
        """Whether a word is hardly one that a name begins or ends with."""
        word = self.word(place)
        apart = self.text[: self.spans[place][0]][-1:].isspace()
        return apart and len(word) <= _SHORT and word.islower()

    def hangs_together(self, place: int) -> bool:
        """Whether a word and the next one may be of one phrase."""
        return bool(_JOINT.fullmatch(self.text[self.spans[place][1] : self.spans[place + 1][0]]))


class _Phrase(NamedTuple):
    """Words of a title, from the `first` to the `last`."""

    title: _Title
    first: int
    last: int

    @property
    def text(self) -> str:
        return self.title.part(self.first, self.last)


def common_phrase(titles: Sequence[str], lang: str, weights: Mapping[str, float]) -> str:
    """The most telling words in a row that stand in half of `titles` or more, and in two at least.

    `weights`: how much each stem tells. What stands beside these words in all of those titles
    belongs to the phrase, too. "" where the titles have nothing in common.
    """
    found: dict[tuple[str, ...], dict[str, _Phrase]] = defaultdict(dict)
    for text in dict.fromkeys(titles):
        for stems, phrase in _phrases(_read(text, lang), weights):
            found[stems].setdefault(text, phrase)
    least = max(2, len(titles) / 2)
    common = [stems for stems in found if sum(text in found[stems] for text in titles) >= least]
    if not common:
        return ""

    def merit(stems: tuple[str, ...]) -> tuple[float, int, tuple[str, ...]]:
        told = sum(weights.get(stem, 0.0) for stem in {*stems})
        return -told, -len(found[stems]), stems

    core = list(found[min(common, key=merit)].values())
    forms = Counter(phrase.text for phrase in _widened(core))
    return min(forms, key=lambda form: (-forms[form], form))


def _read(text: str, lang: str) -> _Title:
    spans = tuple(found.span() for found in _WORD.finditer(text))
    stems = tuple(" ".join(stems_of(text[first:last], lang)) for first, last in spans)
    return _Title(text, spans, stems)


def _phrases(
    title: _Title, weights: Mapping[str, float]
) -> Iterator[tuple[tuple[str, ...], _Phrase]]:
    """What of a title begins and ends with a telling word, by its stems."""
    for first, stem in enumerate(title.stems):
        if stem not in weights:
            continue
        for last in range(first, min(first + _LONGEST, len(title.stems))):
            if last > first and not title.hangs_together(last - 1):
                break
            if title.stems[last] in weights:
                yield (
                    tuple(filter(None, title.stems[first : last + 1])),
                    _Phrase(title, first, last),
                )


def _widened(core: list[_Phrase]) -> list[_Phrase]:
    """Phrases of different titles with the words that stand beside all of them."""
    before = after = 0
    size = max(phrase.last - phrase.first + 1 for phrase in core)
    while size + before + after < _LONGEST:
        if _shared(core, -before - 1):
            before += 1
        elif _shared(core, after + 1):
            after += 1
        else:
            break
    title, first, last = core[0]
    while before and title.is_short(first - before):
        before -= 1
    while after and (
        title.is_short(last + after)
        or any(phrase.title.word(phrase.last + after + 1).isdigit() for phrase in core)
    ):
        after -= 1
    return [_Phrase(title, first - before, last + after) for title, first, last in core]


def _shared(core: list[_Phrase], step: int) -> bool:
    """Whether so many places before the first word or after the last one all have the same."""
    words = set()
    for title, first, last in core:
        place = (first if step < 0 else last) + step
        joint = place if step < 0 else place - 1
        fits = 0 <= place < len(title.stems) and title.hangs_together(joint)
        words.add((title.stems[place] or title.word(place)) if fits else "")
    return len(core) > 1 and len(words) == 1 and "" not in words
