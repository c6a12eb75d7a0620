"""The colours of posters and covers, as each look has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from blogforge.colours import contrast, readable
from blogforge.posters.canvas import mixed

if TYPE_CHECKING:
    from blogforge.posters.poster import Poster

_LIGHT, _DARK = "#ffffff", "#111318"
_SOFT = 0.82  # of the ink on a field of colour, for what is said beside the title


class Inks(NamedTuple):
    """Colours as `#1b1a18`: of the ground, the title, what is marked, and what stands back."""

    paper: str
    title: str
    accent: str
    muted: str


# The looks' own, by day: static/css/tokens.css and static/css/looks/.
_PAPER = {
    "classic": Inks("#fdfcfa", "#1b1a18", "#9f1d20", "#5d5952"),
    "paper": Inks("#f8f3e7", "#2a2118", "#7a2e1d", "#665b49"),
}
_FIELD = "#1433d6"


def inks_of(poster: Poster) -> Inks:
    """What a poster is drawn in; its accent can be read on its paper, or is its ground."""
    if poster.look in _PAPER:
        inks = _PAPER[poster.look]
        return inks._replace(accent=readable(poster.accent or inks.accent, [inks.paper]))
    ground = poster.accent or _FIELD
    title = max(_LIGHT, _DARK, key=lambda colour: contrast(colour, ground))
    soft = mixed(ground, title, _SOFT)
    return Inks(ground, title, soft, soft)
