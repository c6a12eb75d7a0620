"""Terms as readers know them: in the form that a text has, not as the stems that are counted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from blogforge.content.pairs import JOINT
from blogforge.content.terms import stems_of, words
from blogforge.languages import primary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from blogforge.model import Card

_SENTENCE_ENDS = (".", "!", "?", ":", "…", ".”", ".’", '."', ".)")
_ADDRESS = re.compile(r"\w[./@]\w")
_FEW = 0.2  # a share of lower-case forms that says that the rest are capital by their place only
_CAPITAL_NOUNS = frozenset({"de", "lb"})  # where a capital letter makes no name


class _Token(NamedTuple):
    """A word as it stands in a text; `plain`: not where its case is another's matter.

    That is where a sentence begins, and in addresses.
    """

    form: str
    stem: str
    plain: bool


def plain(html: str) -> str:
    """The text of a rendered body."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    return tree.body.text(separator=" ") if tree.body else ""


def texts_of(card: Card, html: str) -> tuple[str, ...]:
    """The texts of a post that readers know its terms from; `html` is its body."""
    return card.title, card.dek, plain(html)


def called(term: str, names: Mapping[str, str], forms: Mapping[str, str]) -> str:
    """What a term is called: by the name of its entity, in its usual form, or as it is counted."""
    return names.get(term) or forms.get(term) or term.replace(JOINT, " ")


def is_name(form: str, lang: str) -> bool:
    """Whether a word or several are a name, as far as capital letters tell."""
    capital = all(word != word.lower() for word in form.split())
    return capital and (" " in form or primary(lang) not in _CAPITAL_NOUNS)


class Forms:
    """Finds in texts of a language the usual form of each term, stemmed as `terms` does."""

    def __init__(self, wanted: Iterable[str], lang: str) -> None:
        self._lang = lang
        self._stems: dict[str, str] = {}
        self._pieces: dict[str, list[tuple[str, str]]] = {}
        self._wanted: dict[str, list[list[str]]] = defaultdict(list)
        for term in dict.fromkeys(wanted):
            parts = term.split(JOINT)
            self._wanted[parts[0]].append(parts)

    def usual(self, texts: Iterable[str]) -> dict[str, str]:
        """Each term that is in `texts`, with the form most often there, of equals the shorter."""
        cased: dict[str, Counter[str]] = defaultdict(Counter)
        folded: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for term, tokens in self._found(list(self._tokens(text))):
                form = " ".join(token.form for token in tokens)
                if tokens[0].plain:
                    cased[term][form] += 1
                else:
                    folded[term][form.lower()] += 1
        return {term: _usual(cased[term], folded[term]) for term in {**cased, **folded}}

    def _found(self, tokens: Sequence[_Token]) -> Iterator[tuple[str, Sequence[_Token]]]:
        for place, token in enumerate(tokens):
            for parts in self._wanted.get(token.stem, ()):
                run = tokens[place : place + len(parts)]
                if [one.stem for one in run] == parts:
                    yield JOINT.join(parts), run

    def _tokens(self, text: str) -> Iterator[_Token]:
        begins = True
        for piece in text.split():
            plain = not _ADDRESS.search(piece)
            for form, stem in self._known(piece):
                yield _Token(form, stem, plain and not begins)
                begins = False
            begins = begins or piece.endswith(_SENTENCE_ENDS)

    def _known(self, piece: str) -> list[tuple[str, str]]:
        """The words in what stands between two spaces, each with its stem."""
        if piece not in self._pieces:
            self._pieces[piece] = [
                (_written(word, piece), self._stem(word)) for word in words(piece)
            ]
        return self._pieces[piece]

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            self._stems[word] = " ".join(stems_of(word, self._lang))
        return self._stems[word]


def _written(word: str, piece: str) -> str:
    """A word, which is in lower case, as it stands in a piece of text."""
    lower = piece.lower()
    at = lower.find(word) if len(lower) == len(piece) else -1
    return piece[at : at + len(word)] if at >= 0 else word


def _usual(cased: Counter[str], folded: Counter[str]) -> str:
    """The usual form, where the case counts in those `cased` and not in the `folded` ones."""
    total = Counter(folded)
    for form, times in cased.items():
        total[form.lower()] += times
    lower = min(total, key=lambda form: (-total[form], len(form), form))
    forms = {form: times for form, times in cased.items() if form.lower() == lower}
    if forms.get(lower, 0) >= _FEW * sum(forms.values()):
        return lower
    return min(forms, key=lambda form: (-forms[form], form))
