"""Site -> what an e-mail tells of a span of time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from blogforge.errors import ConfigError
from blogforge.model import Group, Value
from blogforge.pages.corrections import CorrectionView, correction_view
from blogforge.site.corrections import corrected
from blogforge.site.wanted import named_post, wanted_posts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogforge.model import Post, Site
    from blogforge.site.wanted import Wanted


class Part(Value, frozen=True, kw_only=True):
    """Articles under one heading, by the paths of their posts; no group: those of no section."""

    group: Group | None
    paths: tuple[str, ...]


class Moved(Value, frozen=True, kw_only=True):
    """A story that goes on: its new articles, the newest first, of `count` in all."""

    group: Group
    paths: tuple[str, ...]
    count: int


class Contents(Value, frozen=True, kw_only=True):
    """What there is to tell, by the paths of posts.

    `lead`: the first article, "" where there are only corrections. `more`: how many articles are
    left out.
    """

    since: datetime
    until: datetime
    lang: str
    lead: str = ""
    parts: tuple[Part, ...] = ()
    stories: tuple[Moved, ...] = ()
    corrections: tuple[CorrectionView, ...] = ()
    more: int = 0

    @property
    def paths(self) -> tuple[str, ...]:
        """The articles in the order in which they are told."""
        rest = tuple(path for part in self.parts for path in part.paths)
        return (self.lead, *rest) if self.lead else rest


def contents_of(site: Site, wanted: Wanted, lang: str, limit: int, lead: str = "") -> Contents:
    """What is `wanted` of `site`, in a newsletter in `lang` with at most `limit` articles.

    `lead` names the article that comes first; else it is the newest. Raises ConfigError as
    `wanted_posts` does, for a lead that is not among what is wanted, and without a span of time.
    """
    if wanted.since is None or wanted.until is None:
        raise ValueError("a newsletter has a beginning and an end")
    found = _in_one_language(site, wanted_posts(site, wanted), lang)
    posts = _lead_first(found, named_post(site, lead) if lead else "")
    told = posts[:limit]
    return Contents(
        since=wanted.since,
        until=wanted.until,
        lang=lang,
        lead=told[0].path if told else "",
        parts=tuple(_parts(site, told[1:])),
        stories=tuple(_moved(site, {post.path for post in posts})),
        corrections=tuple(_corrections(site, wanted)),
        more=len(posts) - len(told),
    )


def _in_one_language(site: Site, posts: tuple[Post, ...], lang: str) -> tuple[Post, ...]:
    """The posts but those that are told in another language, the letter's where there is one."""
    told = {url for post in posts if post.lang == lang for url in _elsewhere(site, post)}
    kept = []
    for post in posts:
        if post.url not in told or post.lang == lang:
            kept.append(post)
            told.update(_elsewhere(site, post))
    return tuple(kept)


def _elsewhere(site: Site, post: Post) -> Iterator[str]:
    """The addresses of a post's other languages."""
    versions = site.translations.get(post.path, ())
    return (version.url for version in versions if version.url != post.url)


def _lead_first(posts: tuple[Post, ...], lead: str) -> tuple[Post, ...]:
    if not lead:
        return posts
    first = [post for post in posts if post.path == lead]
    if not first:
        message = f"--lead: {lead} is not among the articles that are told of"
        raise ConfigError.of(message, hint="name one that was published in the span of time")
    return (*first, *(post for post in posts if post.path != lead))


def _parts(site: Site, posts: Sequence[Post]) -> Iterator[Part]:
    """The articles by section, in the order of the navigation, those without one at the end."""
    waiting = {post.path: None for post in posts}
    for group in site.groups:
        if group.kind == "section":
            members = set(site.members[group.id])
            if paths := tuple(path for path in waiting if path in members):
                yield Part(group=group, paths=paths)
            for path in paths:
                del waiting[path]
    if waiting:
        yield Part(group=None, paths=tuple(waiting))


def _moved(site: Site, new: set[str]) -> Iterator[Moved]:
    """The stories with something new and something old."""
    for group in site.groups:
        if group.kind == "story":
            members = site.members[group.id]
            paths = tuple(path for path in members if path in new)
            if paths and len(paths) < len(members):
                yield Moved(group=group, paths=paths, count=len(members))


def _corrections(site: Site, wanted: Wanted) -> Iterator[CorrectionView]:
    for one in corrected(wanted_posts(site, wanted, at_any_time=True)):
        if wanted.spans(one.correction.date):
            yield correction_view(site.cards[one.path], one)
