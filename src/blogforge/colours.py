"""Colours: how far two stand apart, and the nearest to a brand's that can be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

AA = 4.5  # WCAG 2.2, 1.4.3: what text needs at least
AAA = 7.0  # WCAG 2.2, 1.4.6
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEPS = 24  # halvings of an interval: finer than a 256th many times over

Triple = tuple[float, float, float]


def is_hex(text: str) -> bool:
    """Whether `text` is a colour as `#rgb` or `#rrggbb`."""
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast of two hexadecimal colours, 1 to 21.

    Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
    """
    darker, lighter = sorted((_luminance(_linear(one)), _luminance(_linear(other))))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, grounds: Sequence[str], least: float = AA) -> str:
    """The colour nearest to `colour` that has a contrast of `least` on each of `grounds`.

    All colours are hexadecimal, `grounds` all light or all dark. What is readable already stays as
    it is; else the lightness of OKLCH is moved as little as it must be, its hue is kept, and its
    chroma as far as sRGB has it.
    """
    if _reads(colour, grounds, least):
        return colour.lower()
    lightness, a, b = _oklab(_linear(colour))
    towards = 0.0 if min(_luminance(_linear(ground)) for ground in grounds) > 0.18 else 1.0
    near, far = lightness, towards
    for _ in range(_STEPS):
        middle = (near + far) / 2
        if _reads(_in_gamut(middle, a, b), grounds, least):
            far = middle
        else:
            near = middle
    return _in_gamut(far, a, b)


def _reads(colour: str, grounds: Sequence[str], least: float) -> bool:
    return all(contrast(colour, ground) >= least for ground in grounds)


def _in_gamut(lightness: float, a: float, b: float) -> str:
    """The colour of that lightness and hue, with as much of its chroma as sRGB has."""
    part, least, most = 1.0, 0.0, 1.0
    for _ in range(_STEPS):
        rgb = _from_oklab((lightness, part * a, part * b))
        if all(-1e-6 <= channel <= 1 + 1e-6 for channel in rgb):
            if part == 1.0:
                break
            least = part
        else:
            most = part
        part = (least + most) / 2
    else:
        rgb = _from_oklab((lightness, least * a, least * b))
    return "#" + "".join(f"{round(255 * _gamma(channel)):02x}" for channel in rgb)


# ---------------------------------------------------------------- sRGB


def _linear(colour: str) -> Triple:
    """A hexadecimal colour's light, each channel from 0 to 1. Source: IEC 61966-2-1."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return _light(red), _light(green), _light(blue)


def _light(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(light: float) -> float:
    light = min(max(light, 0.0), 1.0)
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def _luminance(light: Triple) -> float:
    """The relative luminance. Source: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


# ---------------------------------------------------------------- OKLab

# Source of both directions: https://bottosson.github.io/posts/oklab/#converting-from-linear-srgb-to-oklab.


def _oklab(light: Triple) -> Triple:
    red, green, blue = light
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lab: Triple) -> Triple:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
