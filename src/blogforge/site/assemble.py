"""Posts -> site: cards, groups and threads put together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import field

from blogforge.errors import ContentError
from blogforge.model import (
    Article,
    Author,
    Brief,
    Byline,
    Card,
    Group,
    Post,
    Site,
    Standalone,
    Terms,
    Value,
)
from blogforge.site.choices import Hidden, Surroundings, resolve_choices
from blogforge.site.corpus import Corpus
from blogforge.site.groups import newest_first
from blogforge.site.parts import parts_of
from blogforge.site.translations import translations
from blogforge.urls import place_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from blogforge.config import Config
    from blogforge.errors import Problem


def card_of(
    post: Post,
    excerpt: str,
    persons: Sequence[Author],
    section: Group | None,
) -> Card:
    """The card of `post`; its dek is `excerpt`, how the article begins, where the post has none."""
    return Card(
        path=post.path,
        url=post.url,
        title=post.title,
        dek=post.dek or excerpt,
        date=post.date,
        lang=post.lang,
        kicker=post.kicker,
        type=post.type,
        byline=tuple(Byline(name=person.name, url=person.url) for person in persons),
        section=section.name if section else "",
        section_url=section.url if section else "",
        image=post.image,
    )


class Contents(Value, frozen=True, kw_only=True):
    """What a site is assembled from; `posts` are those published, unlisted ones among them.

    `withdrawn` are notices. `articles` are those of all documents, by source path, and so are
    their `briefs`; `authors` is authors.yaml; `media` has the URLs of the files beside posts that
    something published refers to.
    """

    posts: tuple[Post, ...]
    withdrawn: tuple[Post, ...] = ()
    standalones: tuple[Standalone, ...] = ()
    articles: Mapping[str, Article]
    briefs: dict[str, Brief]
    authors: dict[str, Author] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)


def assemble(contents: Contents, config: Config, now: datetime) -> Site:
    """The site, without the related articles, which look at all of it. Raises ContentError."""
    ordered = newest_first(contents.posts)
    listed = tuple(post for post in ordered if post.status != "unlisted")
    unlisted = tuple(post for post in ordered if post.status == "unlisted")
    pages = tuple(page for page in contents.standalones if page.status != "unlisted")
    part = parts_of(ordered, contents.authors, config, partial(_card, contents.briefs))
    return Site(
        config=config,
        now=now,
        posts=listed,
        unlisted=unlisted,
        withdrawn=contents.withdrawn,
        standalones=contents.standalones,
        articles=contents.articles,
        briefs=contents.briefs,
        cards=part.cards,
        authors=part.authors,
        bylines=part.bylines,
        groups=part.groups,
        members=part.members,
        translations=translations(listed, config.origin) | translations(pages, config.origin),
        threads=part.threads,
        data=contents.data,
        media=contents.media,
    )


def _card(
    briefs: Mapping[str, Brief], post: Post, authors: Sequence[Author], section: Group | None
) -> Card:
    return card_of(post, briefs[post.path].excerpt, authors, section)


def corpus_of(
    site: Site, terms: Mapping[str, Terms], hidden: Sequence[Hidden] = ()
) -> tuple[Corpus, tuple[Problem, ...]]:
    """What related articles are made of, and warnings about the editor's choices.

    `hidden`: the posts that are not published. Raises ContentError for a choice that cannot be
    meant.
    """
    shown = {
        path: frozenset((*thread.earlier, *thread.later)) for path, thread in site.threads.items()
    }
    around = Surroundings(hidden, site.config.related.limit, shown)
    choices, problems = resolve_choices(site.posts, site.unlisted, around)
    if errors := [problem for problem in problems if problem.level == "error"]:
        raise ContentError(errors)
    corpus = Corpus(
        posts=site.posts,
        unlisted=site.unlisted,
        terms=terms,
        choices=choices,
        versions={path: brief.terms for path, brief in site.briefs.items()},
        shown=shown,
        origin=site.config.origin,
        links=links_of(site),
    )
    return corpus, problems


def links_of(site: Site) -> dict[str, tuple[str, ...]]:
    """The posts that each post's body links to, by file or by URL, as source paths."""
    posts = (*site.posts, *site.unlisted)
    urls = {post.url: post.path for post in posts}
    briefs = [site.briefs[post.path] for post in posts]
    places: dict[str, str] = {}
    if any(brief.addresses for brief in briefs):
        base_path = site.config.base_path
        known = ((url, post.path) for post in posts for url in (*post.aliases, post.url))
        places = {place_of(url, base_path): path for url, path in known}
    links = {}
    for brief in briefs:
        found = {urls[url] for _, url in brief.resolved if url in urls}
        found.update(places[place] for place in brief.addresses if place in places)
        if found:
            links[brief.path] = tuple(sorted(found))
    return links
