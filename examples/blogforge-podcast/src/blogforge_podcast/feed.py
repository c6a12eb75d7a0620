"""Episodes -> a feed. A page reads its site through a view, so that a build knows what it read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from blogforge.value import Value
from blogforge_podcast.episodes import Episode

if TYPE_CHECKING:
    from blogforge.model import Page
    from blogforge.pages.views import View


class Show(Value, frozen=True, kw_only=True):
    """A podcast: the subject of its page, of which every field is an input of the feed."""

    title: str
    picture: str
    category: str
    episodes: tuple[Episode, ...]


def podcast(view: View, page: Page) -> bytes:
    """The feed, as RSS 2.0 with the elements that podcast directories ask for."""
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]  # it has no types

    show: Show = page.subject
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.title(show.title)
    feed.description(view.config.dek or show.title)
    feed.language(view.config.language)
    feed.link(href=view.absolute(page.url), rel="self")
    feed.link(href=view.absolute(view.config.home), rel="alternate")
    feed.podcast.itunes_author(view.config.title)
    feed.podcast.itunes_explicit("no")
    if show.category:
        feed.podcast.itunes_category(show.category)
    if show.picture:
        feed.podcast.itunes_image(view.absolute(show.picture))
    for episode in show.episodes:
        _add(feed, view, episode)
    dates = [view.card(episode.path).date for episode in show.episodes]
    # Never the clock: the same site makes the same bytes.
    feed.lastBuildDate(max(dates, default=datetime.fromtimestamp(0, UTC)))
    made: bytes = feed.rss_str(pretty=True)
    return made


def _add(feed: Any, view: View, episode: Episode) -> None:
    card = view.card(episode.path)
    entry = feed.add_entry(order="append")
    entry.guid(view.absolute(card.url), permalink=True)
    entry.link(href=view.absolute(card.url))
    entry.title(card.title)
    entry.description(card.dek or card.title)
    entry.published(card.date)
    source = view.absolute(episode.audio.src)
    entry.enclosure(source, str(episode.audio.bytes), episode.audio.type)
    entry.podcast.itunes_duration(episode.audio.seconds)
