"""What other publishing systems hold -> posts, pages and authors of a site."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from blogforge.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from blogforge.importers.found import Found, Instructions
    from blogforge.importers.source import Source

    Reader = Callable[[Source, Instructions], Found]

# Each has a module of its name with a function `read`, imported when it is asked for.
FORMATS = ("wordpress", "ghost", "hugo", "jekyll", "pelican", "feed", "text")


def reader(name: str) -> Reader:
    """What reads the format `name`. Raises ConfigError where there is none."""
    if name not in FORMATS:
        raise ConfigError.of(f"no format '{name}'", hint=f"write one of {', '.join(FORMATS)}")
    read: Reader = import_module(f"{__name__}.{name}").read
    return read
