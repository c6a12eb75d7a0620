"""The part of a site that is one branch's: its posts, and what they have in common."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from msgspec import structs

from blogforge.branches import branch_of, branches
from blogforge.errors import ContentError, Problem
from blogforge.model import Author, Card, Document, Group, Post, Site, Thread, Value, within
from blogforge.site.groups import bylines, group_key, group_posts, named_key
from blogforge.site.stories import threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from blogforge.config import Config

    CardOf = Callable[[Post, Sequence[Author], Group | None], Card]

D = TypeVar("D", bound=Document)


class Part(Value, frozen=True, kw_only=True):
    """What is told of a branch's posts; keys are unique in the site, mappings as those of Site."""

    cards: dict[str, Card]
    authors: dict[str, Author]
    bylines: dict[str, tuple[str, ...]]
    groups: tuple[Group, ...]
    members: dict[str, tuple[str, ...]]
    threads: dict[str, Thread]


def parts_of(
    posts: Sequence[Post], known: Mapping[str, Author], config: Config, card_of: CardOf
) -> Part:
    """All branches of `posts` (newest first), put together.

    `known` is authors.yaml; `card_of` makes a card of a post, its authors and its section. Raises
    ContentError with what is wrong in any branch.
    """
    problems: list[Problem] = []
    parts = []
    for branch in branches(config):
        try:
            parts.append(_part([*_among(posts, config, branch.branch)], known, branch, card_of))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return Part(
        cards={path: card for part in parts for path, card in part.cards.items()},
        authors={key: author for part in parts for key, author in part.authors.items()},
        bylines={path: keys for part in parts for path, keys in part.bylines.items()},
        groups=tuple(group for part in parts for group in part.groups),
        members={id_: paths for part in parts for id_, paths in part.members.items()},
        threads={path: thread for part in parts for path, thread in part.threads.items()},
    )


def _part(
    posts: Sequence[Post], known: Mapping[str, Author], config: Config, card_of: CardOf
) -> Part:
    listed = tuple(post for post in posts if post.status != "unlisted")
    unlisted = tuple(post for post in posts if post.status == "unlisted")
    authors = bylines(listed, unlisted, _told(known, config), config)
    grouped = group_posts(listed, authors, config)
    sections = {group.key: group for group in grouped.groups if group.kind == "section"}
    stories = {group.key: group for group in grouped.groups if group.kind == "story"}
    unique = partial(within, config.branch)
    return Part(
        cards={
            post.path: card_of(
                post, authors.of(post), sections.get(named_key("section", post.section, config))
            )
            for post in posts
        },
        authors={unique(key): author for key, author in authors.persons.items()},
        bylines={post.path: tuple(map(unique, authors.keys_of(post))) for post in posts},
        groups=grouped.groups,
        members=grouped.members,
        threads=threads(listed, stories, unlisted, lambda name: named_key("story", name, config)),
    )


def _told(known: Mapping[str, Author], config: Config) -> Mapping[str, Author]:
    """Authors in the words of a branch: a bio in another language says nothing to its readers."""
    if not config.branch:
        return known
    written = config.languages[config.branch].authors
    words = {group_key(id_): each for id_, each in written.items()}
    found = {}
    for id_, author in known.items():
        own = words.get(group_key(id_))
        name = own.name if own and own.name else author.name
        found[id_] = structs.replace(author, name=name, bio=own.bio if own else "")
    return found


def _among(documents: Iterable[D], config: Config, branch: str) -> Iterator[D]:
    """Those of `documents` that are in a branch of the site of `config`."""
    if not config.languages:
        yield from documents
        return
    found = {}
    for document in documents:
        lang = document.lang
        if lang not in found:
            found[lang] = branch_of(lang, config)
        if found[lang] == branch:
            yield document


def part_in(site: Site, lang: str) -> Site:
    """`site` with only what is of the branch for `lang`; "" for the main one."""
    wanted = branch_of(lang, site.config) if lang else ""
    config = next(config for config in branches(site.config) if config.branch == wanted)
    return part_of(site, config)


def part_of(site: Site, config: Config) -> Site:
    """`site` with the documents and groups of one branch, the one of `config`, and no others."""
    whole = site.config
    if not whole.languages:
        return site
    return structs.replace(
        site,
        config=config,
        posts=tuple(_among(site.posts, whole, config.branch)),
        unlisted=tuple(_among(site.unlisted, whole, config.branch)),
        withdrawn=tuple(_among(site.withdrawn, whole, config.branch)),
        standalones=tuple(_among(site.standalones, whole, config.branch)),
        groups=tuple(group for group in site.groups if group.branch == config.branch),
    )
