"""Which of a site's articles somebody asks for: of a span of time, of a story, by name."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.errors import ConfigError
from blogforge.languages import primary, tag_of
from blogforge.model import Value
from blogforge.site.groups import group_key
from blogforge.site.naming import Names
from blogforge.site.schedule import appears_at
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogforge.model import Group, GroupKind, Post, Site


class Wanted(Value, frozen=True, kw_only=True):
    """What is asked for; each field that says something narrows it.

    From the moment `since` to the moment `until`, which is not in it: by when posts could be
    read first. `section`, `author` and `story`: by name or key. `month`: `2012-03`. `lang`: a
    language, whatever its region. `posts`: by file name, path or slug.
    """

    since: datetime | None = None
    until: datetime | None = None
    section: str = ""
    author: str = ""
    story: str = ""
    month: str = ""
    lang: str = ""
    posts: tuple[str, ...] = ()

    def spans(self, moment: datetime) -> bool:
        """Whether `moment` is in the span of time."""
        return (not self.since or self.since <= moment) and (not self.until or moment < self.until)

    def speaks(self, lang: str) -> bool:
        """Whether `lang` is the language, or no language is asked for."""
        return not self.lang or lang == self.lang or primary(lang) == self.lang


def in_own_language(wanted: Wanted, site: Site) -> Wanted:
    """`wanted` with its language as `site` writes it. Raises ConfigError where that has no such."""
    if not wanted.lang:
        return wanted
    config = site.config
    tags = [config.language, *config.language_tags, *(post.lang for post in site.posts)]
    known = {tag_of(tag): tag for tag in [*tags, *map(primary, tags)]}
    if tag := known.get(tag_of(wanted.lang)):
        return structs.replace(wanted, lang=tag)
    names = [*dict.fromkeys(tags)]
    hint = did_you_mean(wanted.lang, names) or f"those that there are: {_listed(names)}"
    raise ConfigError.of(f"--lang: the site has nothing in '{wanted.lang}'", hint=hint)


def wanted_posts(site: Site, wanted: Wanted, *, at_any_time: bool = False) -> tuple[Post, ...]:
    """The listed posts of `site` that are `wanted`, newest first; `at_any_time`: whenever read.

    Raises ConfigError for a section, author, story, month or post that the site does not have.
    """
    kept = {post.path for post in site.posts}
    kinds: tuple[tuple[GroupKind, str], ...] = (
        ("section", wanted.section),
        ("author", wanted.author),
        ("story", wanted.story),
        ("archive", wanted.month),
    )
    for kind, name in kinds:
        if name:
            kept.intersection_update(site.members[wanted_group(site, kind, name).id])
    if wanted.posts:
        kept.intersection_update({named_post(site, name) for name in wanted.posts})
    return tuple(
        post
        for post in site.posts
        if post.path in kept
        and wanted.speaks(post.lang)
        and (at_any_time or wanted.spans(appears_at(post)))
    )


_OPTIONS = {"archive": "--month", "section": "--section", "author": "--author", "story": "--story"}


def wanted_group(site: Site, kind: GroupKind, name: str) -> Group:
    """The group of that kind and name, or key. Raises ConfigError where there is none."""
    groups = [group for group in site.groups if group.kind == kind]
    for group in groups:
        if group.key in {name, group_key(name)}:
            return group
    for group in groups:
        if group.name.casefold() == name.casefold():
            return group
    names = [group.name if kind != "archive" else group.key for group in groups]
    told = "month with an article" if kind == "archive" else kind
    hint = did_you_mean(name, names) or f"those that there are: {_listed(names)}"
    raise ConfigError.of(f"{_OPTIONS[kind]}: there is no {told} '{name}'", hint=hint)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names[:20]) or "none"


def named_post(site: Site, name: str) -> str:
    """The path of the one listed post that `name` means. Raises ConfigError."""
    names = Names.of(site.posts)
    return names.one(name) or names.refuse(name)
