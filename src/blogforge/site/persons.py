"""Names of authors as bibliographies file them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from blogforge.model import Value

if TYPE_CHECKING:
    from blogforge.model import Author

_ARTICLES = frozenset({"the", "le", "la", "les", "die", "der", "das", "el", "los", "las"})
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")  # whose names stand as given name, family name


class Name(Value, frozen=True, kw_only=True):
    """A name in two parts; `given` is empty where it cannot be parted: of a desk, of one word."""

    family: str
    given: str = ""

    @property
    def direct(self) -> str:
        """Given name first: "Inès Kaboret"."""
        return f"{self.given} {self.family}" if self.given else self.family

    @property
    def inverted(self) -> str:
        """Family name first: "Kaboret, Inès"."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def initials(self) -> str:
        """Family name and the initials of the others: "Okpalla-Dene, R.", "Sartre, J.-P."."""
        words = [
            "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
            for word in self.given.split()
        ]
        return ", ".join(filter(None, [self.family, " ".join(words)]))


def name_of(author: Author) -> Name:
    """The parts of an author's name, by `sort_name` in authors.yaml where it says them.

    Else the last word is the family name, with the particles before it in lower case ("van der
    Berg"). Not parted are single words, names that begin with an article ("The Data Desk"), and
    those of scripts in which the family name comes first or is not told by its place.
    """
    if author.sort_name:
        family, _, given = author.sort_name.partition(",")
        if given.strip():
            return Name(family=family.strip(), given=given.strip())
        return Name(family=author.sort_name)
    words = author.name.split()
    if len(words) < 2 or words[0].lower() in _ARTICLES or not _in_order(author.name):
        return Name(family=author.name)
    start = len(words) - 1
    while start > 1 and re.match(r"[^\W\d_]", words[start - 1]) and words[start - 1][0].islower():
        start -= 1
    return Name(family=" ".join(words[start:]), given=" ".join(words[:start]))


def _in_order(name: str) -> bool:
    letters = filter(str.isalpha, name)
    return all(unicodedata.name(letter, "").startswith(_SCRIPTS) for letter in letters)
