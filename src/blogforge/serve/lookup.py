"""Which page answers for an address, as hosts of static files find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.urls import output_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blogforge.model import Page

_INDEX = "index.html"


def lookup(path: str, places: Mapping[str, Page], base: str) -> Page | str | None:
    """The page at a decoded path, the URL to go to instead, or None.

    `places` are the pages by their place in the tree; `base` is the site's base path.
    """
    if not path.startswith(base):
        return base if path in {"/", base.rstrip("/")} else None
    found = places.get(output_path(path.removeprefix(base.rstrip("/"))))
    if found is None and not path.endswith("/"):
        folder = places.get(f"{path.removeprefix(base)}/{_INDEX}")
        return folder.url if folder else None
    return found


def moved(path: str, places: Mapping[str, Page], base: str, former: Iterable[str]) -> str | None:
    """The URL of what stood at `path` when the site had one of the base paths `former`, or None."""
    for old in sorted(former, key=len, reverse=True):
        if path.startswith(old):
            found = lookup(base + path.removeprefix(old), places, base)
            if found is not None:
                return found if isinstance(found, str) else found.url
    return None
