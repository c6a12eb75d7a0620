"""The editor's hand in "More from": pins and excludes, as authors write them -> source paths."""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.errors import ContentError, Location, Problem
from blogforge.model import RelatedChoice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from blogforge.model import Post, Skipped

_KEY = ("related",)


def resolve_choices(
    posts: Sequence[Post], unlisted: Sequence[Post] = (), skipped: Sequence[Skipped] = ()
) -> tuple[dict[str, RelatedChoice], tuple[Problem, ...]]:
    """The choices of every post that made one, with source paths in them, by source path.

    An author may name a post by its path, any end of it ("mali.md", "2012/mali"), the same without
    ".md", the folder of its index.md, or its slug. A name of no post, of two posts, of the post
    itself, or both pinned and excluded is a problem. A post that exists but is listed nowhere is
    one only when pinned, and a warning: it may be an embargo or the clock that hides it.
    """
    nothing = RelatedChoice()
    choosers = [post for post in (*posts, *unlisted) if post.related != nothing]
    if not choosers:
        return {}, ()
    listed = _Names({post.path: post.slug for post in posts})
    hidden = _Names(
        {post.path: post.slug for post in unlisted} | {post.path: "" for post in skipped}
    )
    reasons = dict.fromkeys((post.path for post in unlisted), "unlisted")
    reasons |= {post.path: post.reason for post in skipped}
    choices: dict[str, RelatedChoice] = {}
    problems: list[Problem] = []
    for post in choosers:
        resolver = _Resolver(post, listed, hidden, reasons)
        choices[post.path] = resolver.choice()
        problems += resolver.problems
    return choices, tuple(problems)


def with_translations(posts: Sequence[Post], skipped: Sequence[Skipped] = ()) -> tuple[Post, ...]:
    """`posts` with a source path in `translation_of`, however the author named the original.

    An original that is not published yet counts as none. Raises ContentError where one is no post.
    """
    if not any(post.translation_of for post in posts):
        return tuple(posts)
    names = _Names({post.path: post.slug for post in posts})
    hidden = _Names({skip.path: "" for skip in skipped})
    problems: list[Problem] = []
    resolved = []
    for post in posts:
        spelling = post.translation_of
        paths = names[_key(spelling)] - {post.path}
        if spelling and len(paths) != 1 and not hidden[_key(spelling)]:
            message = f"translation_of: '{spelling}' is not one other post"
            hint = _did_you_mean(_key(spelling), names) or "write the file name of the original"
            key = ("translation_of",)
            problems.append(Problem(message, Location(post.path), hint, key=key))
        original = next(iter(paths)) if len(paths) == 1 else ""
        same = original == spelling
        resolved.append(post if same else structs.replace(post, translation_of=original))
    if problems:
        raise ContentError(problems)
    return tuple(resolved)


def find_post(spelling: str, posts: Iterable[Post]) -> str:
    """The path of the one post that `spelling` names as in front matter; else ""."""
    paths = _Names({post.path: post.slug for post in posts})[_key(spelling)]
    return next(iter(paths)) if len(paths) == 1 else ""


class _Resolver:
    """The choice of one post, and what is wrong with it."""

    def __init__(
        self, post: Post, listed: _Names, hidden: _Names, reasons: Mapping[str, str]
    ) -> None:
        self.post = post
        self.listed = listed
        self.hidden = hidden
        self.reasons = reasons
        self.problems: list[Problem] = []

    def choice(self) -> RelatedChoice:
        written = self.post.related
        pin = self._paths("pin", written.pin)
        exclude = self._paths("exclude", written.exclude)
        for path in sorted(set(pin) & set(exclude)):
            self._problem(
                f"related: '{path}' is both pinned and excluded", "take it out of one of the two"
            )
        return RelatedChoice(pin=pin, exclude=exclude, show=written.show)

    def _paths(self, key: str, spellings: Iterable[str]) -> tuple[str, ...]:
        found = (self._path(key, spelling) for spelling in spellings)
        return tuple(dict.fromkeys(path for path in found if path))

    def _path(self, key: str, spelling: str) -> str:
        """The listed post that `spelling` names, or "" (and a problem where it matters)."""
        name = _key(spelling)
        paths = self.listed[name]
        path = next(iter(paths)) if len(paths) == 1 else ""
        if len(paths) > 1:
            several = ", ".join(sorted(paths))
            self._problem(
                f"related: {key} '{spelling}' names {len(paths)} posts", f"write one of {several}"
            )
        elif path == self.post.path:
            self._problem(f"related: {key} '{spelling}' is this post itself", "take it out")
            path = ""
        elif not paths:
            self._not_listed(key, spelling, name)
        return path

    def _not_listed(self, key: str, spelling: str, name: str) -> None:
        hidden = sorted(self.hidden[name])
        if hidden and key == "pin":
            message = f"related: pin '{spelling}' is not shown: {hidden[0]} is "
            location = Location(self.post.path)
            self.problems.append(
                Problem(message + self.reasons[hidden[0]], location, level="warning", key=_KEY)
            )
        elif not hidden:
            self._problem(
                f"related: {key} '{spelling}' is no post",
                _did_you_mean(name, self.listed)
                or "write the file name, path or slug of a published post",
            )

    def _problem(self, message: str, hint: str) -> None:
        self.problems.append(Problem(message, Location(self.post.path), hint, key=_KEY))


class _Names:
    """The posts that a name may mean. Hardly any is ever asked for, so none is spelt out before."""

    def __init__(self, slugs: Mapping[str, str]) -> None:
        self._keys = {path: _key(path) for path in slugs}
        self._ends: dict[str, list[str]] = defaultdict(list)
        self._slugs: dict[str, list[str]] = defaultdict(list)
        for path, slug in slugs.items():
            self._ends[_last(self._keys[path])].append(path)
            if slug:
                self._slugs[_key(slug)].append(path)

    def __getitem__(self, name: str) -> frozenset[str]:
        """The paths of these posts; a whole path means only itself."""
        alike = self._ends.get(_last(name), [])
        for path in reversed(alike):
            if self._keys[path] == name:
                return frozenset({path})
        ends = (path for path in alike if self._keys[path].endswith(f"/{name}"))
        return frozenset((*ends, *self._slugs.get(name, ())))

    def __iter__(self) -> Iterator[str]:
        """Every name of every post."""
        yield from self._slugs
        for key in self._keys.values():
            parts = key.split("/")
            yield from ("/".join(parts[first:]) for first in range(len(parts)))


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _key(spelling: str) -> str:
    """A spelling without what does not tell posts apart."""
    name = unicodedata.normalize("NFC", spelling.strip()).removeprefix("./").strip("/")
    return name.removesuffix(".md").removesuffix("/index")


def _did_you_mean(name: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, sorted(set(names)), n=1, cutoff=0.7)
    return f"did you mean '{close[0]}'?" if close else ""
