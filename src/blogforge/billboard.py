"""The posters of a site: with which fonts they are drawn, and what those cannot say."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from blogforge.brand import static_name
from blogforge.errors import ContentError, Location, Problem
from blogforge.posters.designs import letters_of
from blogforge.posters.faces import UnknownFontError
from blogforge.posters.poster import Poster, Typeface
from blogforge.site.posters import posters, untold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.gallery import Files
    from blogforge.model import Site
    from blogforge.posters.faces import Faces

_NO_FONT = "export it as TrueType or OpenType (.ttf, .otf)"


class Billboard(NamedTuple):
    """Posters by the page that they are of, and what is doubtful about them."""

    posters: dict[str, Poster]
    warnings: tuple[Problem, ...] = ()


def put_up(site: Site, files: Files) -> Billboard:
    """The posters of `site`; `files` has its fonts. Raises ContentError for what is no font."""
    settings = site.config.social_cards
    if not settings.enabled:
        return Billboard({})
    names = [static_name(name) for name in settings.fonts]
    own = [
        (files.static[name], files.ledger.digest(f"static:{name}", files.static[name]))
        for name in names
    ]
    style = Poster(
        title="",
        look=site.config.theme.look,
        accent=site.config.theme.accent,
        typefaces=tuple(
            Typeface(name=name, digest=digest) for name, (_, digest) in zip(names, own, strict=True)
        ),
    )
    wrong = []
    for name, font in zip(names, own, strict=True):
        try:
            letters_of(style.look, (font,))
        except UnknownFontError as error:
            message = f"the font static/{name} cannot be used: {error}"
            wrong.append(Problem(message, Location(f"static/{name}"), _NO_FONT))
    if wrong:
        raise ContentError(wrong)
    letters = letters_of(style.look, tuple(own))
    return Billboard(posters(site, style, letters), tuple(_doubts(site, letters)))


def _doubts(site: Site, letters: Faces) -> Iterator[Problem]:
    """A warning for each script that no font has, at the first title in it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, missing in untold(site, letters):
        found[_script(missing[0])].append(path)
    for script, paths in found.items():
        more = f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""
        message = f"no font for {script} letters: the social card does not show this title{more}"
        hint = "put one in static/, and name it: 'social_cards: {fonts: [fonts/NAME.otf]}'"
        yield Problem(message, Location(paths[0]), hint, level="warning", key=("title",))


def _script(letter: str) -> str:
    """The script of a letter, by its name: Thai, Devanagari; CJK is of three languages."""
    word = unicodedata.name(letter, "unknown").partition(" ")[0]
    return word if word == "CJK" else word.capitalize()
