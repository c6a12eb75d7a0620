"""What a poster shows, and where it is published."""

from __future__ import annotations

from blogforge.digest import digest_value
from blogforge.value import Value

# What networks ask for. Source: https://developers.facebook.com/docs/sharing/webmasters/images.
WIDTH, HEIGHT = 1200, 630
_DIGITS = 16


class Typeface(Value, frozen=True, kw_only=True):
    """A font of the site: the name of its file below static/, and the digest of that."""

    name: str
    digest: str


class Poster(Value, frozen=True, kw_only=True):
    """The words of a poster, and how they are set.

    `title` is large; `kicker` stands above it and `note` below, `brand` is who publishes. `rtl`:
    the language is written from the right. `look` and `accent`, a colour as `#9f1d20`: as the site
    has them. `typefaces`: the site's own, tried before those that come with blogforge.
    """

    title: str
    kicker: str = ""
    note: str = ""
    brand: str = ""
    rtl: bool = False
    look: str = "classic"
    accent: str = ""
    typefaces: tuple[Typeface, ...] = ()

    @property
    def name(self) -> str:
        """The name of its file: what it shows, and nobody can read it there."""
        return f"{digest_value(self)[:_DIGITS]}.png"
