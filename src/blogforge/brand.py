"""`theme:` in blogforge.yaml: how a publication looks, as far as settings can say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta

from blogforge.colours import is_hex
from blogforge.faults import Fault
from blogforge.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from blogforge.strict_yaml import KeyPath

Families = str | tuple[str, ...]

FONT_FILES = (".woff2", ".woff", ".ttf", ".otf")
POSTER_FONTS = (".ttf", ".otf")  # that pictures are drawn with
_DRAWN = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".ico")
_FAMILY = re.compile(r"[^\W_][\w .&+-]*")
_AS_FONT = "write a family of system fonts, or a file of static/ such as /fonts/text.woff2"


class LogoConfig(Settings, frozen=True, kw_only=True):
    """`theme.logo:` a picture in the place of the title."""

    src: Annotated[str, Meta(description="An image of static/, such as /logo.svg.")]
    dark: Annotated[str, Meta(description="The one to show by night.")] = ""


class FontsConfig(Settings, frozen=True, kw_only=True):
    """`theme.fonts:` families of system fonts, or font files of static/; empty: the look's."""

    text: Annotated[Families, Meta(description="Of what is read at length.")] = ()
    headings: Annotated[Families, Meta(description="Of headlines.")] = ()
    interface: Annotated[Families, Meta(description="Of everything small.")] = ()


class ThemeConfig(Settings, frozen=True, kw_only=True):
    """`theme:` which look, and what is the publication's own in it."""

    look: Annotated[
        Literal["classic", "modern", "paper"],
        Meta(description="One of three looks: a newspaper's, a magazine's, a book's."),
    ] = "classic"
    accent: Annotated[
        str,
        Meta(
            description="The brand's colour, as '#9f1d20' (in quotes: # begins a comment).",
            extra_json_schema={"pattern": "^#([0-9a-fA-F]{3}){1,2}$|^$"},
        ),
    ] = ""
    logo: LogoConfig | None = None
    icon: Annotated[str, Meta(description="An image of static/ that browsers show in tabs.")] = ""
    fonts: FontsConfig = FontsConfig()


def theme_faults(theme: object, root: Path) -> Iterator[tuple[KeyPath, Fault]]:
    """What is wrong with `theme:` beyond types, each with its place below it.

    `root` is the site's folder, whose static/ the files are in.
    """
    if not isinstance(theme, dict):
        return
    if "accent" in theme and (fault := _accent_fault(theme["accent"])):
        yield ("accent",), fault
    logo, fonts = _block(theme, "logo"), _block(theme, "fonts")
    images: list[tuple[KeyPath, Any]] = [(("logo", key), logo.get(key)) for key in ("src", "dark")]
    for at, name in [*images, (("icon",), theme.get("icon"))]:
        if isinstance(name, str) and name and (fault := file_fault(name, root, _DRAWN, "image")):
            yield at, fault
    for role, given in fonts.items():
        listed = isinstance(given, list)
        for index, name in enumerate(given if listed else [given]):
            if isinstance(name, str) and (fault := _font_fault(name, root)):
                yield ("fonts", role, *((index,) if listed else ())), fault


def _block(theme: dict[str, Any], key: str) -> dict[str, Any]:
    value = theme.get(key)
    return value if isinstance(value, dict) else {}


def _accent_fault(colour: object) -> Fault | None:
    if colour is None:
        return Fault("is empty", "put the colour in quotes, since # begins a comment: '#9f1d20'")
    if isinstance(colour, str) and not is_hex(colour):
        return Fault(f"is not a colour: '{colour}'", "write it as '#9f1d20' or '#a22', in quotes")
    return None


def _font_fault(name: str, root: Path) -> Fault | None:
    if "/" in name or name.lower().endswith(FONT_FILES):
        return file_fault(name, root, FONT_FILES, "font")
    if all(_FAMILY.fullmatch(family.strip()) for family in name.split(",")):
        return None
    return Fault(f"is not a font: '{name}'", _AS_FONT)


def file_fault(name: str, root: Path, endings: tuple[str, ...], kind: str) -> Fault | None:
    """Why `name` is no file of static/ with one of those `endings`; `root` is the site's folder."""
    if "://" in name or name.startswith("//"):
        return Fault("is elsewhere, and pages ask nobody else", f"copy the {kind} to static/")
    path = static_name(name)
    if not path.lower().endswith(endings):
        return Fault(f"is no {kind}: '{name}'", f"files of this kind end in {', '.join(endings)}")
    static = (root / "static").resolve()
    file = (static / path).resolve()
    if not (file.is_relative_to(static) and file.is_file()):
        return Fault(f"names no file of static/: '{name}'", f"put it at static/{path}")
    if any(part.startswith(".") for part in path.split("/")):
        return Fault(f"is hidden: '{name}'", "rename it: what begins with a dot is not published")
    return None


def families(given: Families) -> tuple[str, ...]:
    """The fonts of a role one by one, in their order."""
    listed = (given,) if isinstance(given, str) else given
    return tuple(name.strip() for each in listed for name in each.split(",") if name.strip())


def is_font_file(name: str) -> bool:
    """Whether a font is given as a file of static/."""
    return name.lower().endswith(FONT_FILES)


def static_name(path: str) -> str:
    """The name below static/ of a file as settings give it."""
    return path.removeprefix("/").removeprefix("static/")
