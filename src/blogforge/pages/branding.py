"""What `theme:` in blogforge.yaml makes of the stylesheet: `css/look.css` and `css/brand.css`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.brand import families, is_font_file, static_name
from blogforge.colours import readable
from blogforge.pages.fonts import face_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blogforge.brand import ThemeConfig

LOOK = "css/look.css"
BRAND = "css/brand.css"
_TOKENS = "css/tokens.css"
LOOKS = "css/looks/"  # a part each, of which one is in use
_PLAIN = "classic"  # the theme as its other parts make it
_GROUNDS = ("paper", "tint")  # what text stands on
_COLOUR = re.compile(
    r"--([\w-]+):\s*(?:light-dark\(\s*(#[0-9a-fA-F]+)\s*,\s*(#[0-9a-fA-F]+)\s*\)|(#[0-9a-fA-F]+))\s*;"
)
_GENERIC = frozenset(
    ("serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif", "ui-rounded")
)


def look_part(theme: ThemeConfig) -> str:
    """The part that is the look of `theme`, by its name below static/; "" for the plain one."""
    return "" if theme.look == _PLAIN else f"{LOOKS}{theme.look}.css"


def palette(css: str) -> dict[str, tuple[str, str]]:
    """The colours that custom properties of `css` name, by day and by night, the last of each."""
    found = ((name, day or both, night or both) for name, day, night, both in _COLOUR.findall(css))
    return {name: (day, night) for name, day, night in found}


def brand(theme: ThemeConfig, read: Callable[[str], bytes]) -> bytes:
    """The rules that the settings of `theme` make; `read` has the stylesheet's parts by name.

    Raises ContentError for a font that cannot be read.
    """
    rules = [*_accents(theme, read), *_fonts(theme, read)]
    return "\n".join(rules).encode()


def _accents(theme: ThemeConfig, read: Callable[[str], bytes]) -> Iterator[str]:
    """The brand's colour, as near to it as text can have it on the papers of the look.

    And on those of the tokens alone, which stylesheets beside the look's stand on: feeds' does.
    """
    if theme.accent:
        found = (palette(part.decode()) for part in (read(_TOKENS), read(LOOK)))
        grounds = [colours[name] for colours in found for name in _GROUNDS if name in colours]
        day = readable(theme.accent, [day for day, _ in grounds] or ["#fff"])
        night = readable(theme.accent, [night for _, night in grounds] or ["#222"])
        yield f":root {{ --accent: light-dark({day}, {night}); }}\n"


def _fonts(theme: ThemeConfig, read: Callable[[str], bytes]) -> Iterator[str]:
    """The fonts of each role, in front of the look's, and what browsers must know of files."""
    faces: dict[str, str] = {}
    for role in ("text", "headings", "interface"):
        names: dict[str, None] = {}
        for given in families(getattr(theme.fonts, role)):
            if is_font_file(given):
                name = static_name(given)
                face = face_of(name, read(name))
                faces[name] = face.css
                names[face.family] = None
            else:
                names[given if given in _GENERIC else f'"{given}"'] = None
        if names:
            yield f":root {{ --own-{role}: {', '.join(names)}; }}\n"
    yield from faces.values()
