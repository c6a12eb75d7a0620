"""Invented words: the same at every run, distributed as in English.

About half of any English text are a hundred function words, and the k-th of the others comes up
about 1/k times as often as the first (Zipf's law).
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

COMMON, OF_A_TOPIC, RARE = 12_000, 120, 400_000
_FUNCTION_WORDS = (
    "the of and a in to is was it for that on with as by at from his but not are have had an they"
    " which be this their or one has were been all who more when would no there so what out said"
    " if up about into them can only other than some could time may then do now its these two any"
    " such over most after also did many before must through where much how too very still those"
    " own because while since under last never against between another being both during few"
)
_ONSETS, _VOWELS = "bcdfghjklmnprstvwz", "aeiou"
_CODAS = ("", "", "", "l", "m", "n", "nd", "r", "rs", "s", "st", "t")


class Bag(NamedTuple):
    """Words and how often each is drawn, as sums from the first on."""

    words: list[str]
    sums: list[float]

    def draw(self, chance: Random, count: int) -> list[str]:
        """`count` words."""
        return chance.choices(self.words, cum_weights=self.sums, k=count)


@cache
def common() -> Bag:
    """What all texts share: function words, half of the whole, and words of the language."""
    function_words = _FUNCTION_WORDS.split()
    words = [*function_words, *(word(f"common {rank}") for rank in range(COMMON))]
    shares = [*_zipf(len(function_words)), *_zipf(COMMON)]
    return Bag(words, list(accumulate(shares)))


@cache
def of_topic(topic: int) -> Bag:
    """What the texts about `topic` share and hardly any others use: names among them."""
    words = [word(f"topic {topic} {rank}") for rank in range(OF_A_TOPIC)]
    named = [w.capitalize() if rank % 4 == 0 else w for rank, w in enumerate(words)]
    return Bag(named, list(accumulate(_zipf(OF_A_TOPIC))))


def rare(chance: Random) -> str:
    """A word that hardly any other text has."""
    return word(f"rare {chance.randrange(RARE)}")


def word(seed: str) -> str:
    """The word of this seed: two or three syllables."""
    chance = Random(seed)
    syllables = range(2 + (chance.random() < 0.4))
    return "".join(chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in syllables) + (
        chance.choice(_CODAS)
    )


def name(seed: str) -> str:
    """The two names of a person."""
    return f"{word(f'first {seed}')} {word(f'last {seed}')}".title()


def _zipf(count: int) -> list[float]:
    """Shares of `count` words that add up to 1."""
    shares = [1 / (rank + 2.7) for rank in range(count)]
    whole = sum(shares)
    return [share / whole for share in shares]
