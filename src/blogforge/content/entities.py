"""entities.yaml -> the names that count as one, however they are spelled."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from blogforge.content.fields import collapsed
from blogforge.content.glossary import Glossary
from blogforge.content.spelling import spelling
from blogforge.digest import digest_value
from blogforge.errors import ContentError
from blogforge.languages import primary
from blogforge.model import Value
from blogforge.strict_yaml import parse
from blogforge.validation import convert_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blogforge.errors import Problem
    from blogforge.model import Terms
    from blogforge.strict_yaml import KeyPath, Written

ENTITIES_FILE = "entities.yaml"
Spellings = Annotated[tuple[str, ...], Meta(description="How else the name is spelled.")]


class Entities(Value, frozen=True, kw_only=True, dict=True):
    """Persons, places and organisations: their `spellings`, each with the name, sorted.

    Each name is one of its own spellings.
    """

    spellings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, table: Mapping[str, Iterable[str]]) -> Entities:
        """The entities of a table of names with their spellings."""
        spellings = {(spelled, name) for name, known in table.items() for spelled in (name, *known)}
        return cls(spellings=tuple(sorted(spellings)))

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.spellings)

    @cached_property
    def digest(self) -> str:
        """The digest of all; "" for none."""
        return digest_value(self.spellings) if self else ""

    def glossary(self, lang: str) -> Glossary:
        """What finds them in texts of a language, a BCP 47 tag."""
        language = primary(lang)
        if language not in self._glossaries:
            self._glossaries[language] = Glossary(self.spellings, language)
        return self._glossaries[language]

    @cached_property
    def _glossaries(self) -> dict[str, Glossary]:
        return {}

    def concern(self, terms: Terms, lang: str) -> str:
        """The digest of the spellings that a document with these terms may have; "" for none."""
        if not self:
            return ""
        return self.glossary(lang).digest({*terms.words.split(), *terms.folded.split()})


def parse_entities(text: str, path: str = ENTITIES_FILE) -> Entities:
    """The entities in `text`. Raises ContentError with everything wrong."""
    written = parse(text, path)
    values = {} if written.values is None else written.values
    if not isinstance(values, dict):
        message = "entities are not 'name: [spellings]' lines"
        hint = "write 'Muammar Qaddafi: [Gaddafi, Qadhafi]'"
        raise ContentError([written.problem(message, (), hint)])
    table: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for name, value in values.items():
        table[name], wrong = convert_texts(written, (name,), [] if value is None else value)
        problems += wrong
    # An item that is no text would move the places of those behind it.
    problems = problems or list(_Claims(written).problems(table))
    if problems:
        raise ContentError(problems)
    return Entities.of(
        {collapsed(name): map(collapsed, spellings) for name, spellings in table.items()}
    )


class _Claims:
    """Which name each spelling stands for: it must be one."""

    def __init__(self, written: Written) -> None:
        self._written = written
        self._names: dict[tuple[tuple[str, ...], bool], str] = {}

    def problems(self, table: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
        """What is wrong with the names and spellings of `table`."""
        for name in table:
            yield from self._claimed(name, name, (name,))
        for name, spellings in table.items():
            for index, written in enumerate(spellings):
                yield from self._claimed(written, name, (name, index))

    def _claimed(self, written: str, name: str, at: KeyPath) -> Iterator[Problem]:
        read = spelling(written)
        if not read.words:
            message = f"'{written}' has no letter or digit" if written else "a spelling is empty"
            yield self._written.problem(message, at, "write a name, or take it out", key=True)
            return
        other = self._names.setdefault((read.words, read.capitals), name)
        if other == name:
            return
        hint = "keep one of the two"
        if written == name:
            message, hint = f"'{name}' is the name '{other}' again", "make one list of the two"
        elif written == other:
            message = f"'{written}' is a name of its own"
        else:
            message = f"'{written}' stands for '{other}' already"
        yield self._written.problem(message, at, hint, key=True)
