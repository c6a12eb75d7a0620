"""The weighted words of an article, by which related ones are found."""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from blogforge.content.pairs import Text, pairs
from blogforge.languages import primary
from blogforge.model import Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from blogforge.content.entities import Entities

# What a word counts for where it stands, in the unit of `Terms.counts`: a quarter of a mention.
TITLE, DEK, BODY, ASIDE = 12, 8, 4, 1

_MOST = 255  # a byte holds no more
_REMEMBERED = 100_000  # pieces of text a language, some 20 MB
_PLAIN = bytes(  # bytes of UTF-8: what parts words in ASCII as a space
    byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256)
)
_SIGNS = "’‘“”–—…\u00a0"  # typography that parts words
_LONG = 40  # a longer piece is hardly met again: an address, a sentence in a script without spaces
_SNOWBALL_NAMES = {"nb": "no", "nn": "no"}  # both written forms of Norwegian

# Scripts written without spaces between words: Thai to Burmese, Khmer, kana, Han.
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff"
)

# Letters and digits of any script, and the marks that belong to them, which `\w` leaves out.
LETTERS = (
    r"\w\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06ed\u0900-\u0963\u0970-\u0dff\u0e00-\u109f\u1780-\u17d3\u200c\u200d"
)
_WORD = re.compile(f"[{LETTERS}]+")
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")


def terms(
    weighted: Iterable[tuple[int, str]], lang: str, entities: Entities | None = None
) -> Terms:
    """The stems of several texts, each counted as often as it stands there times the text's weight.

    `lang`, a BCP 47 tag, names the stemmer; without one for it, words stay as they are. A spelling
    of one of the `entities` counts as its term, and its words do not.
    """
    weighted = list(weighted)
    stems = _stems(primary(lang))
    texts = _texts(weighted)
    total = standing = _counted(texts, stems)
    folded = entities.glossary(lang).fold(weighted, standing.keys()) if entities else None
    if folded:
        texts = _texts(folded.texts)
        total = _counted(texts, stems)
    total = total | pairs([text for text in texts if text.weight > ASIDE], lang, stems)
    for term, count in folded.counts.items() if folded else ():
        total[term] = total.get(term, 0) + count
    return packed(total, standing)


def _texts(weighted: Iterable[tuple[int, str]]) -> list[Text]:
    found = []
    for weight, text in weighted:
        words = _spaced(text)
        low = list(map(str.lower, words))
        found.append(Text(weight, words, low, Counter(low)))
    return found


def _counted(texts: Iterable[Text], stems: Mapping[str, str]) -> dict[str, int]:
    total: dict[str, int] = {}
    for text in texts:
        counts = text.counts
        for found, times in zip(map(stems.__getitem__, counts), counts.values(), strict=True):
            total[found] = total.get(found, 0) + text.weight * times
    total.pop("", None)
    return total if " ".join(total).count(" ") < len(total) else _parted(total)


def _parted(total: Mapping[str, int]) -> dict[str, int]:
    """`total` by single stems, where some keys are several with spaces between them."""
    parted: dict[str, int] = {}
    for found, count in total.items():
        for stem in found.split(" "):
            parted[stem] = parted.get(stem, 0) + count
    return parted


def _spaced(text: str) -> list[str]:
    """What stands between spaces and common punctuation.

    Nothing else than `words` would make of it, in a fraction of the time, but for its case.
    """
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    return text.encode().translate(_PLAIN).decode().split()


def packed(counts: Mapping[str, int], standing: Mapping[str, int] | None = None) -> Terms:
    """Stems, none of them with a space, and their counts as `Terms`.

    `standing`: all stems of the texts, where some are not counted.
    """
    standing = counts if standing is None else standing
    keys = list(map(zlib.crc32, map(str.encode, counts)))
    if len(set(keys)) < len(keys):  # once in 100,000 posts: the first of two words with one key
        first = {keys.index(key) for key in keys}
        kept = (item for place, item in enumerate(counts.items()) if place in first)
        return packed(dict(kept), standing)
    try:
        numbers = bytes(counts.values())
    except ValueError:
        numbers = bytes(min(count, _MOST) for count in counts.values())
    folded = [] if standing is counts else [stem for stem in standing if stem not in counts]
    return Terms(
        words=" ".join(counts),
        keys=struct.pack(f"<{len(keys)}I", *keys),
        counts=numbers,
        folded=" ".join(folded),
    )


def stems_of(text: str, lang: str) -> list[str]:
    """The stems of a text in a language, one after the other."""
    return " ".join(map(_stems(primary(lang)).__getitem__, _spaced(text))).split()


def words(text: str) -> list[str]:
    """The words of a text, one after the other: NFKC, lower case, of two letters and more.

    An apostrophe parts words, so that "Mali's" is "mali" and "l’État" is "état". Text in a script
    without spaces becomes its pairs of characters. Bare numbers are left out. Neither stop words
    nor stems: those are for whoever knows the language.
    """
    found = _WORD.findall(unicodedata.normalize("NFKC", text).lower().replace("_", " "))
    if not text.isascii() and _UNSPACED_RUN.search(text):
        found = [part for word in found for part in _split(word)]
    return [word for word in found if len(word) > 1 and not word.isdigit()]


def _split(word: str) -> list[str]:
    parts = []
    end = 0
    for run in _UNSPACED_RUN.finditer(word):
        parts.append(word[end : run.start()])
        signs = run[0]
        parts += [signs[i : i + 2] for i in range(len(signs) - 1)]
        end = run.end()
    return [*parts, word[end:]]


class _Stems(dict[str, str]):
    """The stems in each piece of text between spaces, with spaces between them.

    Most pieces are met again and again, and most are one word, so that a text is counted without
    a look at each of its words.
    """

    def __init__(self, stem: Callable[[list[str]], list[str]]) -> None:
        super().__init__()
        self._stem = stem

    def __missing__(self, piece: str) -> str:
        stems = " ".join(self._stem(words(piece)))
        if stems == piece:
            stems = piece  # one string in memory is sooner at hand than two
        if len(piece) <= _LONG:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[piece] = stems
        return stems


@lru_cache(maxsize=8)
def _stems(language: str) -> _Stems:
    """The stems of a language, a code of ISO 639."""
    import Stemmer  # type: ignore[import-not-found]  # a compiled module without annotations

    try:
        stemmer: Any = Stemmer.Stemmer(_SNOWBALL_NAMES.get(language, language))
    except KeyError:  # no algorithm of that name: the words stay as they are
        return _Stems(list)
    return _Stems(stemmer.stemWords)
