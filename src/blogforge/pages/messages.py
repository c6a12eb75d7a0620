"""The words of the interface: English in templates and code, catalogues for other languages.

A catalogue is a gettext file, `templates/locales/fr.po`, which translators have tools for. The
site's own says before the theme's, message by message.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from blogforge.errors import ContentError, Location, Problem
from blogforge.languages import primary, wider
from blogforge.model import Value

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from babel.messages.catalog import Message as Entry

FOLDER = "locales"
SOURCE = "en"  # what messages are written in
_THEME = "theme/"
_MANY = 1001  # no language's plurals tell numbers apart that have the same last three digits

Read = Callable[[str], str | None]  # a template's name -> its text


def message(text: str) -> str:
    """`text`, which catalogues are to have: for messages that are said elsewhere."""
    return text


class Message(Value, frozen=True, kw_only=True):
    """What a catalogue has for a message: a form for each plural, and gettext's rule for them.

    No forms: no catalogue has it, and it is said in English.
    """

    forms: tuple[str, ...] = ()
    rule: str = ""

    def form(self, one: str, many: str = "", count: int = 1) -> str:
        """The form for so many; `one` and `many` are the English ones."""
        if not self.forms:
            return many if many and count != 1 else one
        if len(self.forms) == 1:
            return self.forms[0]
        return self.forms[gettext.c2py(self.rule)(count)]

    def language(self, wanted: str) -> str:
        """The language that it is said in, where `wanted` was."""
        return wanted if self.forms or primary(wanted) == SOURCE else SOURCE


class _Catalogue(NamedTuple):
    """The messages of one file that are translated, by their English."""

    messages: Mapping[str, tuple[str, ...]]
    rule: str


class Catalogues:
    """The catalogues of a site and its theme; `read` gives the text of a template, or None."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._known: dict[str, _Catalogue | None] = {}

    def message(self, lang: str, text: str) -> Message:
        """What the nearest catalogue says for `text`. Raises ContentError for a faulty one."""
        for tag in wider(lang):
            for folder in (FOLDER, _THEME + FOLDER):
                found = self._catalogue(f"{folder}/{tag}.po", tag)
                if found and text in found.messages:
                    return Message(forms=found.messages[text], rule=found.rule)
        return Message()

    def _catalogue(self, name: str, tag: str) -> _Catalogue | None:
        if name not in self._known:
            text = self._read(name)
            path = f"templates/{name.removeprefix(_THEME)}"
            self._known[name] = None if text is None else _parsed(text, tag, path)
        return self._known[name]


def _parsed(text: str, tag: str, path: str) -> _Catalogue:
    from babel import Locale, UnknownLocaleError
    from babel.messages.pofile import PoFileError, read_po

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = None  # its header has the rule for plurals
    try:
        catalogue = read_po(BytesIO(text.encode()), locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = (getattr(error, "lineno", None) or 0) + 1  # Babel counts from 0
        hint = 'write it as gettext does: msgid "…", msgstr "…"'
        raise ContentError(
            [Problem(f"is no catalogue: {error}", Location(path, line), hint)]
        ) from None
    problems = [p for entry in catalogue if entry.id and (p := _fault(entry, path))]
    if not _counts(catalogue.plural_expr, catalogue.num_plurals):
        said = f"'Plural-Forms' gives no form of {catalogue.num_plurals} for every number"
        hint = "write it as in 'nplurals=2; plural=(n > 1);', or leave the line out"
        problems.append(Problem(said, Location(path, _header_line(text)), hint))
    if problems:
        raise ContentError(problems)
    return _Catalogue(dict(_translated(catalogue)), catalogue.plural_expr)


def _counts(rule: str, forms: int) -> bool:
    """Whether gettext's `rule` for plurals gives one of so many forms for each number."""
    try:
        form = gettext.c2py(rule)
        return all(0 <= form(count) < forms for count in range(_MANY))
    except (ValueError, ArithmeticError):
        return False


def _header_line(text: str) -> int:
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if "Plural-Forms:" in line), 1)


def _translated(catalogue: Catalog) -> list[tuple[str, tuple[str, ...]]]:
    """The messages that are translated for good, in every form that they need."""
    entries = [entry for entry in catalogue if entry.id and not entry.fuzzy]
    found = [(_ids(entry)[0], _forms(entry), entry.pluralizable) for entry in entries]
    counts = {True: catalogue.num_plurals, False: 1}
    return [(id_, f) for id_, f, plural in found if all(f) and len(f) == counts[plural]]


def _fault(entry: Entry, path: str) -> Problem | None:
    """What is wrong with a translation: it must only speak of what its message does."""
    told = _Told()
    for form in _ids(entry):
        filled(form, told)
    for form in _forms(entry):
        try:
            filled(form, told.only())
        except (KeyError, ValueError, TypeError) as error:
            names = ", ".join(f"%({name})s" for name in told) or "no placeholder"
            what = f"%({error.args[0]})s" if isinstance(error, KeyError) else "a '%'"
            said = f"the translation '{form}' has {what}, which its message has not"
            line = entry.lineno or 1
            return Problem(said, Location(path, line), f"the message has {names}")
    return None


class _Told(dict[str, Any]):
    """The values of a message, taken down as they are asked for."""

    def __missing__(self, name: str) -> int:
        self[name] = 1
        return 1

    def only(self) -> dict[str, Any]:
        """Those values, and no others."""
        return dict(self)


def filled(form: str, values: Mapping[str, Any]) -> str:
    """A form with the values that it names: `%(name)s`. Raises KeyError for one that is missing."""
    return form % values if "%(" in form else form


def _ids(entry: Entry) -> tuple[str, ...]:
    return (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)


def _forms(entry: Entry) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
