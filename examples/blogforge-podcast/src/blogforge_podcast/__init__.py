"""A podcast of the articles that can be heard: /podcast.xml, and the filter `duration`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blogforge.errors import ConfigError
from blogforge.pages.plan import page_at
from blogforge_podcast.episodes import episodes
from blogforge_podcast.feed import Show, podcast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from blogforge.config import Config
    from blogforge.model import Page, Site

__version__ = "1.0"

_OPTIONS = ("title", "picture", "category", "address")


def configure(options: dict[str, Any]) -> tuple[Callable[[Site, Config], Iterable[Page]], ...]:
    """The planner of the feed, with the options of blogforge.yaml; they are in the README."""
    if unknown := sorted(set(options) - set(_OPTIONS)):
        hint = f"it knows {', '.join(_OPTIONS)}"
        raise ConfigError.of(f"the podcast has no option '{unknown[0]}'", hint=hint)

    def feed(site: Site, config: Config) -> Iterator[Page]:
        yield page_at(
            f"{config.base_path}{options.get('address', 'podcast.xml')}",
            config,
            render=podcast,
            kind="podcast",
            subject=Show(
                title=options.get("title", config.title),
                picture=options.get("picture", ""),
                category=options.get("category", ""),
                episodes=episodes(site),
            ),
            origin="the podcast",
        )

    return (feed,)


def duration(seconds: float) -> str:
    """A time in seconds, for people: 754 is "12:34", 3754 is "1:02:34"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


filters = {"duration": duration}
