"""The editor's hand in "More from": pins and excludes, as authors write them -> source paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from msgspec import structs

from blogforge.errors import ContentError, Level, Location, Problem
from blogforge.model import Document, RelatedChoice
from blogforge.site.naming import Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from blogforge.model import Post

D = TypeVar("D", bound=Document)
_TOLD = {"draft": "a draft"}  # the others are adjectives
# A pin on what its author keeps back is a mistake; on what the clock does, none: time alone must
# not break a build.
_HINTS = {
    "draft": "publish that post, or take the pin out",
    "withdrawn": "take it out",
    "unlisted": "take it out: nothing may lead to an unlisted post",
}


class Hidden(NamedTuple):
    """A post that is not published, and why; `slug` as far as it is known.

    `faulty`: its own mistakes are told, and keep it from being published.
    """

    path: str
    slug: str
    reason: Literal["draft", "withdrawn", "scheduled", "expired", "unlisted", "faulty"]


class Surroundings(NamedTuple):
    """What a choice is seen in: the posts that are not published, and what a page shows of others.

    `limit`: how many posts a block shows. `shown`: by source path, what a post's page shows beside
    its block.
    """

    hidden: Sequence[Hidden] = ()
    limit: int = 20
    shown: Mapping[str, frozenset[str]] = {}


def resolve_choices(
    posts: Sequence[Post],
    unlisted: Sequence[Post] = (),
    surroundings: Surroundings | None = None,
) -> tuple[dict[str, RelatedChoice], tuple[Problem, ...]]:
    """The choices of every post that made one, with source paths in them, by source path.

    An author names a post as `Names` says. A name of no post, of two posts, of the post itself, of
    one that its author keeps back (draft, withdrawn, unlisted: only where it is pinned), or both
    pinned and excluded is an error. A pin that is not shown for the clock's sake, for want of a
    place or because the page has it already is a warning.
    """
    nothing = RelatedChoice()
    choosers = [post for post in (*posts, *unlisted) if post.related != nothing]
    if not choosers:
        return {}, ()
    around = surroundings or Surroundings()
    hidden = [*around.hidden, *(Hidden(post.path, post.slug, "unlisted") for post in unlisted)]
    resolver = _Resolver(Names.of(posts), hidden, around)
    choices = {post.path: resolver.choice(post) for post in choosers}
    return choices, tuple(resolver.problems)


def with_translations(posts: Sequence[D], hidden: Sequence[Hidden] = ()) -> tuple[D, ...]:
    """Posts, or pages, with a source path in `translation_of`, as the author named the original.

    The original need not be published. Raises ContentError where one is no post.
    """
    if not any(post.translation_of for post in posts):
        return tuple(posts)
    names = Names.of(posts)
    others = Names({each.path: each.slug for each in hidden})
    problems: list[Problem] = []
    resolved = []
    for post in posts:
        spelling = post.translation_of
        paths = names[spelling] - {post.path} or others[spelling]
        if spelling and len(paths) != 1:
            message = f"translation_of: '{spelling}' is not one other post"
            hint = names.hint(spelling) or "write the file name of the original"
            key = ("translation_of",)
            problems.append(Problem(message, Location(post.path), hint, key=key))
        original = next(iter(paths)) if spelling and len(paths) == 1 else ""
        same = original == spelling
        resolved.append(post if same else structs.replace(post, translation_of=original))
    if problems:
        raise ContentError(problems)
    return tuple(resolved)


class _Resolver:
    """Resolves the choices of posts; `problems` is what was wrong with them."""

    def __init__(self, listed: Names, hidden: Sequence[Hidden], around: Surroundings) -> None:
        self.listed = listed
        self.hidden = Names({each.path: each.slug for each in hidden})
        self.reasons = {each.path: each.reason for each in hidden}
        self.around = around
        self.problems: list[Problem] = []

    def choice(self, post: Post) -> RelatedChoice:
        """What a post asks for, as far as it can be had."""
        entries = _Entries(post, self.problems)
        pins = self._paths(entries, "pin", post.related.pin)
        excludes = self._paths(entries, "exclude", post.related.exclude)
        for path in sorted(pins.keys() & excludes.keys()):
            message = f"'{path}' is both pinned and excluded"
            entries.add("exclude", excludes[path], message, "take it out of one of the two")
        self._look_for_places(entries, pins)
        return RelatedChoice(pin=tuple(pins), exclude=tuple(excludes), show=post.related.show)

    def _paths(self, entries: _Entries, key: str, spellings: Iterable[str]) -> dict[str, int]:
        """The listed posts that are named, each with the place of the entry."""
        found: dict[str, int] = {}
        for place, spelling in enumerate(spellings):
            if path := self._path(entries, key, place, spelling):
                found.setdefault(path, place)
        return found

    def _path(self, entries: _Entries, key: str, place: int, spelling: str) -> str:
        """The listed post that `spelling` names, or "" (and a problem where it matters)."""
        paths = self.listed[spelling]
        if len(paths) > 1:
            several = ", ".join(sorted(paths))
            message = f"{key} '{spelling}' names {len(paths)} posts"
            entries.add(key, place, message, f"write one of {several}")
        elif entries.post.path in paths:
            entries.add(key, place, f"{key} '{spelling}' is this post itself", "take it out")
        elif not paths:
            self._not_listed(entries, key, place, spelling)
        else:
            return next(iter(paths))
        return ""

    def _not_listed(self, entries: _Entries, key: str, place: int, spelling: str) -> None:
        for path in sorted(self.hidden[spelling])[:1]:
            reason = self.reasons[path]
            if key != "pin" or reason == "faulty":
                return
            told = f"pin '{spelling}' is not shown: {path} is {_TOLD.get(reason, reason)}"
            hint = _HINTS.get(reason, "")
            entries.add(key, place, told, hint, "error" if hint else "warning")
            return
        hint = self.listed.hint(spelling) or "write the file name, path or slug of a published post"
        entries.add(key, place, f"{key} '{spelling}' is no post", hint)

    def _look_for_places(self, entries: _Entries, pins: Mapping[str, int]) -> None:
        """Tell of pins that are not shown although they are published."""
        limit = self.around.limit
        shown = self.around.shown.get(entries.post.path, frozenset())
        for path in [path for path in pins if path in shown]:
            message = f"pin '{path}' is not repeated: the page's story block shows it"
            entries.add("pin", pins[path], message, "", "warning")
        for path in [path for path in pins if path not in shown][limit:] if limit else ():
            message = f"pin '{path}' is not shown: 'related.limit' is {limit}"
            hint = "take it out, or raise that number in blogforge.yaml"
            entries.add("pin", pins[path], message, hint, "warning")


class _Entries:
    """The entries of a post's choice, and the problems with them."""

    def __init__(self, post: Post, problems: list[Problem]) -> None:
        self.post = post
        self._problems = problems

    def add(
        self, key: str, place: int, message: str, hint: str = "", level: Level = "error"
    ) -> None:
        """A problem with the entry at a place of `related.KEY`."""
        where = Location(self.post.path)
        at = ("related", key, place)
        self._problems.append(Problem(f"related: {message}", where, hint, level=level, key=at))
