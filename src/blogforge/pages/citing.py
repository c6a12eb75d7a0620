"""How others cite an article, in the forms that they are asked for.

Sources: The Chicago Manual of Style, 18th edition, 13.106-107 (names) and 14.87-89 (articles in
magazines online); Publication Manual of the American Psychological Association, 7th edition, 9.8
(names), 10.1 examples 15 and 16 (magazine and newspaper articles); O. Patashnik, BibTeXing (1988).
Titles keep their author's capitals: no rule can tell which of them APA's lower case would spare.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from blogforge.languages import primary, quotation_marks
from blogforge.model import Author, Value
from blogforge.settings import CitationStyle
from blogforge.site.dates import date_in_words, direction
from blogforge.site.persons import name_of
from blogforge.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blogforge.site.persons import Name

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CHICAGO_ALL, _CHICAGO_SOME = 6, 3  # so many authors are named, or of more the first ones
_APA_ALL, _APA_FIRST = 20, 19
# What LaTeX reads as more than itself.
_TEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
# Between the parts of a citation, where it is not the Latin one.
_COMMAS = {"ar": "، ", "fa": "، ", "ur": "، ", "zh": "，", "ja": "、"}
_ENGLISH = ("“", "”", "‘", "’")
_NAMES: dict[CitationStyle, str] = {"chicago": "Chicago", "apa": "APA", "bibtex": "BibTeX"}


class Work(Value, frozen=True, kw_only=True):
    """An article as citations name it. `url`: its one absolute address; `day`: of publication."""

    authors: tuple[Author, ...]
    title: str
    publication: str
    day: date
    url: str
    slug: str
    lang: str


class Citation(Value, frozen=True, kw_only=True):
    """A citation in a style. `html` holds no more than its text, with the publication in italics.

    `lang`: the language of its words. `verbatim`: it is code, whose lines count.
    """

    style: CitationStyle  #: as `cite` in blogforge.yaml names it
    name: str  #: of the style; empty for plain
    lang: str  #: of its words
    html: Markup  #: safe to print
    verbatim: bool = False  #: it is code


def citations(work: Work, styles: Sequence[CitationStyle]) -> tuple[Citation, ...]:
    """How to cite `work`, in each of `styles`. `plain` is in the work's own language."""
    return tuple(
        Citation(
            style=style,
            name=_NAMES.get(style, ""),
            lang=work.lang if style == "plain" else "en",
            html=_WRITERS[style](work),
            verbatim=style == "bibtex",
        )
        for style in styles
    )


def _plain(work: Work) -> Markup:
    """As newspapers name each other: who, what, where, when. Commas, dates, lists by language."""
    from babel.lists import format_list

    from blogforge.site.dates import babel_locale

    who = [author.name for author in work.authors]
    parts = [
        *([format_list(who, locale=babel_locale(work.lang))] if who else []),
        _quoted(work.title, work.lang),
        Markup("<cite>{}</cite>").format(work.publication),
        date_in_words(work.day, work.lang),
        _address(work.url),
    ]
    return Markup(_COMMAS.get(primary(work.lang), ", ")).join(parts)


def _chicago(work: Work) -> Markup:
    """Bibliography style. Without an author, the publication stands in for one."""
    names = [name_of(author) for author in work.authors]
    title = _titled(work, _nested(work.title, "en"))
    quoted = Markup("“{}{}”").format(title, _stop(work.title))
    rest = Markup("{}. {}.").format(_american(work.day), _address(work.url))
    if not names:
        return Markup("<cite>{}</cite>. {} {}").format(work.publication, quoted, rest)
    who = _chicago_names(names)
    where = Markup("<cite>{}</cite>").format(work.publication)
    return Markup("{}{} {} {}, {}").format(who, _stop(who), quoted, where, rest)


def _chicago_names(names: Sequence[Name]) -> str:
    shown = names if len(names) <= _CHICAGO_ALL else names[:_CHICAGO_SOME]
    first, *others = [shown[0].inverted, *(name.direct for name in shown[1:])]
    if len(names) > len(shown):
        return ", ".join([first, *others, "et al."])
    return ", ".join([first, *others[:-1], f"and {others[-1]}"]) if others else first


def _apa(work: Work) -> Markup:
    """Reference list style. Without an author, the title stands in for one."""
    names = [name_of(author).initials for author in work.authors]
    month_and_day, _, year = _american(work.day).rpartition(", ")
    when = f"({year}, {month_and_day})."
    title = Markup("{}{}").format(_titled(work, work.title), _stop(work.title))
    who = _apa_names(names)
    opening = Markup("{}{} {} {}").format(who, _stop(who), when, title)
    if not names:
        opening = Markup("{} {}").format(title, when)
    where = Markup("<cite>{}</cite>").format(work.publication)
    return Markup("{} {}. {}").format(opening, where, _address(work.url))


def _apa_names(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    if len(names) > _APA_ALL:
        return ", ".join([*names[:_APA_FIRST], f". . . {names[-1]}"])
    return ", ".join([*names[:-1], f"& {names[-1]}"])


def _bibtex(work: Work) -> Markup:
    """An entry for BibTeX and biblatex, whose title keeps its capitals."""
    names = [name_of(author) for author in work.authors]
    written = (_tex(name.inverted) if name.given else f"{{{_tex(name.family)}}}" for name in names)
    family = slugify(names[0].family) if names else ""
    fields = {
        "author": " and ".join(written),
        "title": f"{{{_tex(work.title)}}}",
        "journal": _tex(work.publication),
        "year": f"{work.day.year:04}",
        "day": str(work.day.day),
        "url": work.url,
        "langid": work.lang,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    lines.insert(-3, f"  month = {_MONTHS[work.day.month - 1]},")
    key = "-".join(filter(None, [family, fields["year"], slugify(work.slug)]))
    return Markup("@article{{{},\n{}\n}}").format(key, "\n".join(lines))


_WRITERS: dict[CitationStyle, Callable[[Work], Markup]] = {
    "plain": _plain,
    "chicago": _chicago,
    "apa": _apa,
    "bibtex": _bibtex,
}


def _titled(work: Work, title: str) -> str | Markup:
    """A title among English words, in its own language and direction."""
    if primary(work.lang) == "en":
        return title
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(work.lang, direction(work.lang), title)


def _quoted(title: str, lang: str) -> str:
    """A title in the quotation marks of its language."""
    opening, closing, *_ = quotation_marks(lang) or _ENGLISH
    return f"{opening}{_nested(title, lang)}{closing}"


def _nested(title: str, lang: str) -> str:
    """A title whose own quotation marks are those within others."""
    opening, closing, inner_opening, inner_closing = quotation_marks(lang) or _ENGLISH
    return title.replace(opening, inner_opening).replace(closing, inner_closing)


def _stop(text: str) -> str:
    """The full stop after `text`, unless its own last sign ends it."""
    return "" if text.rstrip("”’»").endswith((".", "?", "!", "…", "؟", "。", "？", "！")) else "."


def _american(day: date) -> str:
    return date_in_words(day, "en-US")


def _address(url: str) -> Markup:
    return Markup('<bdi class="address" dir="ltr">{}</bdi>').format(url)


def _tex(text: str) -> str:
    return text.translate(_TEX)
