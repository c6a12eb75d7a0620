"""Sections, tags, authors, stories, years and months: what posts have in common."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from blogforge import urls
from blogforge.config import CONFIG_FILE
from blogforge.errors import ConfigError, ContentError, Location, Problem
from blogforge.model import Author, Group, GroupKind, Post, Value
from blogforge.site.dates import date_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from blogforge.config import Config
    from blogforge.settings import SectionConfig, StoryConfig

_FRONT_MATTER_KEYS = {"tag": "tags", "author": "authors"}


class Groups(Value, frozen=True, kw_only=True):
    """Every group of a site, in the order of its navigation, and their posts, newest first."""

    groups: tuple[Group, ...]
    members: dict[str, tuple[str, ...]]


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Posts by date, the newest first; posts of one moment by path."""
    return tuple(sorted(sorted(posts, key=lambda p: p.path), key=lambda p: p.date, reverse=True))


@lru_cache(100_000)  # posts name the same groups again and again
def group_key(name: str) -> str:
    """What two spellings of one name share, whatever their case, spacing and Unicode form.

    Source: Unicode, section 3.13.5, caseless matching (folding wants decomposed characters).
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", name).casefold())
    return urls.slugify(folded.casefold())


def by_name(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Groups in the order of their names, whatever the case of those."""
    return tuple(sorted(groups, key=lambda group: (group.name.casefold(), group.key)))


# ---------------------------------------------------------------- authors


class Bylines(Value, frozen=True, kw_only=True):
    """Who wrote: persons by key, and the key of each author as posts spell them."""

    persons: dict[str, Author]
    keys: dict[str, str]

    def keys_of(self, post: Post) -> tuple[str, ...]:
        """The keys of a post's authors, in the order of its byline, each once."""
        return tuple(dict.fromkeys(self.keys[text] for text in post.authors))

    def of(self, post: Post) -> tuple[Author, ...]:
        """A post's authors, in the order of its byline, each once."""
        return tuple(self.persons[key] for key in self.keys_of(post))


def bylines(
    listed: Sequence[Post], unlisted: Sequence[Post], known: Mapping[str, Author], config: Config
) -> Bylines:
    """Everyone who wrote one of the posts. Only authors of `listed` posts have a page, so a URL.

    `known` is authors.yaml: an author is recognised there by id or name, however it is spelled;
    one who is not there is shown by the text of the post. Raises ContentError for an author's name
    without a letter or digit.
    """
    listed_authors = [_rooted(author, config) for author in known.values()]
    by_key = {group_key(author.name): author for author in listed_authors}
    by_key |= {group_key(author.id): author for author in listed_authors}
    persons: dict[str, Author] = {}
    keys: dict[str, str] = {}
    problems: list[Problem] = []
    for posts, has_page in ((listed, True), (unlisted, False)):
        for post in posts:
            for text in post.authors:
                spelled = group_key(text)
                if not spelled:
                    problems.append(_unaddressable(post.path, "author", text))
                    continue
                author = by_key.setdefault(spelled, Author(id=text, name=text))
                key = keys[text] = group_key(author.id)
                if key not in persons:
                    url = _group_url("author", key, config) if has_page else ""
                    persons[key] = msgspec.structs.replace(author, url=url)
    if problems:
        raise ContentError(problems)
    return Bylines(persons=persons, keys=keys)


def _rooted(author: Author, config: Config) -> Author:
    """An author whose picture and links lead from the host's root."""
    base = config.base_path
    links = (msgspec.structs.replace(k, url=urls.rooted(k.url, base)) for k in author.links)
    image = urls.rooted(author.image, base)
    return msgspec.structs.replace(author, image=image, links=tuple(links))


def _unaddressable(path: str, kind: GroupKind, name: str) -> Problem:
    message = f"the {kind} '{name}' has no letter or digit to make an address of"
    key = _FRONT_MATTER_KEYS.get(kind, kind)
    return Problem(message, Location(path), "write it in words", key=(key,))


# ---------------------------------------------------------------- groups


def group_posts(posts: Sequence[Post], authors: Bylines, config: Config) -> Groups:
    """Sections, tags, authors, stories, years and months of `posts` (newest first).

    Raises ContentError for a name without a single letter or digit, which could have no address,
    and ConfigError for a section or story of such a name in blogforge.yaml, or named twice there.
    """
    if misnamed := [*_misnamed("section", config), *_misnamed("story", config)]:
        raise ConfigError(misnamed)
    groups: list[Group] = []
    members: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for kind in ("section", "tag", "story"):
        spellings, found = _spellings(posts, kind, config, problems)
        for group in _named_groups(kind, spellings, found, config):
            groups.append(group)
            members[group.id] = tuple(found.get(group.key, ()))
    if problems:
        raise ContentError(problems)
    for group, paths in (*_author_groups(posts, authors, config), *_archive_groups(posts, config)):
        groups.append(group)
        members[group.id] = paths
    return Groups(groups=tuple(groups), members=members)


def _configured(kind: GroupKind, config: Config) -> Sequence[SectionConfig | StoryConfig]:
    """The groups of a kind that blogforge.yaml describes."""
    match kind:
        case "section":
            return config.sections
        case "story":
            return config.stories
        case _:
            return ()


def named_key(kind: GroupKind, name: str, config: Config) -> str:
    """The key of the group that a post means by `name`: its own, or that of the name it is given.

    A French post is in the section "africa" as `Africa` and as `Afrique`.
    """
    key = group_key(name)
    given = (group_key(g.key) for g in _configured(kind, config) if g.key and _is(g.name, key))
    return next(given, key)


def _is(name: str, key: str) -> bool:
    return group_key(name) == key


def _misnamed(kind: GroupKind, config: Config) -> Iterator[Problem]:
    names: dict[str, str] = {}
    for group in _configured(kind, config):
        key = group_key(group.key or group.name)
        if not key:
            yield _unaddressable(CONFIG_FILE, kind, group.key or group.name)
        elif key in names:
            message = f"'{group.name}' is the {kind} '{names[key]}' again"
            yield Problem(message, Location(CONFIG_FILE), "make one entry of the two")
        names.setdefault(key, group.name)


def _names(post: Post, kind: GroupKind) -> tuple[str, ...]:
    match kind:
        case "section":
            return (post.section,) if post.section else ()
        case "story":
            return (post.story,) if post.story else ()
        case _:
            return post.tags


def _spellings(
    posts: Sequence[Post], kind: GroupKind, config: Config, problems: list[Problem]
) -> tuple[dict[str, Counter[str]], dict[str, list[str]]]:
    """How often each group of a kind is spelled in each way, and its posts' paths, by key."""
    names = [(post.path, _names(post, kind)) for post in posts]
    counts = Counter(chain.from_iterable(spelled for _, spelled in names))
    keys = {name: named_key(kind, name, config) for name in counts}
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name, count in counts.items():
        spellings[keys[name]][name] = count
    found: dict[str, list[str]] = defaultdict(list)
    for path, spelled in names:
        for key in dict.fromkeys([keys[name] for name in spelled]):
            found[key].append(path)
    if "" in spellings:
        problems += (
            _unaddressable(path, kind, name)
            for path, spelled in names
            for name in spelled
            if not keys[name]
        )
        del spellings[""], found[""]
    return spellings, found


def _named_groups(
    kind: GroupKind,
    spellings: Mapping[str, Counter[str]],
    found: Mapping[str, list[str]],
    config: Config,
) -> list[Group]:
    configured = {group_key(group.key or group.name): group for group in _configured(kind, config)}
    standing = configured if kind == "section" else {}  # a section without posts is one, too
    rest = sorted(set(spellings) - set(standing), key=lambda key: (-len(found[key]), key))
    groups = []
    for key in (*standing, *rest):
        known = configured.get(key)
        groups.append(
            Group(
                kind=kind,
                key=key,
                name=known.name if known else _most_frequent(spellings[key]),
                dek=known.dek if known else "",
                url=_group_url(kind, key, config),
                branch=config.branch,
            )
        )
    return groups


def _most_frequent(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))


def _author_groups(
    posts: Sequence[Post], authors: Bylines, config: Config
) -> list[tuple[Group, tuple[str, ...]]]:
    written: dict[str, list[str]] = defaultdict(list)
    for post in posts:
        for key in authors.keys_of(post):
            written[key].append(post.path)
    return [
        (
            Group(
                kind="author",
                key=key,
                name=authors.persons[key].name,
                dek=authors.persons[key].bio,
                url=_group_url("author", key, config),
                branch=config.branch,
            ),
            tuple(paths),
        )
        for key, paths in sorted(written.items())
    ]


def _archive_groups(posts: Sequence[Post], config: Config) -> list[tuple[Group, tuple[str, ...]]]:
    """Years and months, newest first, each year before its months."""
    periods: dict[str, list[str]] = defaultdict(list)
    for post in posts:
        year = f"{post.date.year:04}"  # %Y would not fill up with zeros everywhere
        periods[year].append(post.path)
        periods[f"{year}-{post.date.month:02}"].append(post.path)
    ordered = sorted(periods, key=lambda key: (key[:4], len(key) == 4, key), reverse=True)
    return [
        (
            Group(
                kind="archive",
                key=key,
                name=_period_name(key, config.language),
                url=config.home + key.replace("-", "/") + "/",
                branch=config.branch,
            ),
            tuple(periods[key]),
        )
        for key in ordered
    ]


def _period_name(key: str, language: str) -> str:
    year, _, month = key.partition("-")
    return date_in_words(date(int(year), int(month), 1), language, "month") if month else year


def _group_url(kind: GroupKind, key: str, config: Config) -> str:
    return config.home + urls.encode(f"{kind}/{key}/")
