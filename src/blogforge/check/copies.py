"""Posts that say what another one says, or are called as it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain, combinations
from typing import TYPE_CHECKING

from blogforge.check.likeness import overlap, resemblance, sequences
from blogforge.check.prose import seen
from blogforge.errors import Location, Problem
from blogforge.site.series import frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.check.proof import Proof
    from blogforge.model import Post

    Pair = tuple[Post, Post]

SAME = 0.8  # of all sequences of words: about nine tenths of each text
_LIKELY = 0.6  # as a sketch estimates it, so that none is missed that is the same
_COMMON = 20  # texts that share a sequence: more have a note or a signature in common
_HINT = "take one away, or say 'canonical: …' in the one that repeats the other"


def nearly_the_same(proof: Proof) -> Iterator[Problem]:
    """A post of which nine tenths stand in an older one."""
    from blogforge.site.repeats import works_of  # loads numpy

    site = proof.edition.site
    posts = [*site.posts, *site.unlisted]
    works = dict(zip((p.path for p in posts), works_of(posts, site.config.origin), strict=True))
    found: dict[str, tuple[float, str]] = {}
    for newer, older in _alike(posts, proof):
        if works[newer.path] == works[older.path] or _issues(newer, older):
            continue
        one, other = (sequences(seen(site.articles[post.path].html)) for post in (newer, older))
        share = resemblance(one, other)
        if share >= SAME:
            found[newer.path] = max(found.get(newer.path, (0.0, "")), (share, older.path))
    for path, (share, older_path) in found.items():
        message = f"the post is nearly the same as {older_path} ({share:.0%} of the text)"
        yield Problem(message, Location(path), _HINT, level="warning", key=("title",))


def _issues(one: Post, other: Post) -> bool:
    """Whether two posts are of one series: their titles differ in numbers and dates alone."""
    same = frame(one.title, one.lang) == frame(other.title, other.lang)
    return same and one.title.casefold() != other.title.casefold()


def _alike(posts: Iterable[Post], proof: Proof) -> Iterator[Pair]:
    """Pairs of posts whose sketches have much in common, the newer one first."""
    sketches: dict[tuple[int, ...], list[Post]] = defaultdict(list)
    for post in sorted(posts, key=lambda post: (post.date, post.path)):
        if found := proof.notes[post.path].sketch:
            sketches[found].append(post)
    for same in sketches.values():
        yield from ((post, same[0]) for post in same[1:])
    keys = list(sketches)
    for one, other in _sharing(keys):
        if overlap(keys[one], keys[other]) >= _LIKELY:
            older, newer = sorted(
                (sketches[keys[one]][0], sketches[keys[other]][0]),
                key=lambda post: (post.date, post.path),
            )
            yield newer, older


def _sharing(sketches: list[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """The places of sketches that have a third of their numbers in common, or more."""
    texts = Counter(chain.from_iterable(sketches))
    telling = {number for number, count in texts.items() if 1 < count <= _COMMON}
    holders: dict[int, list[int]] = defaultdict(list)
    for index, numbers in enumerate(sketches):
        for number in telling.intersection(numbers):
            holders[number].append(index)
    shared = Counter(chain.from_iterable(combinations(held, 2) for held in holders.values()))
    for (one, other), count in shared.items():
        if 3 * count >= min(len(sketches[one]), len(sketches[other])):
            yield one, other


def same_title(proof: Proof) -> Iterator[Problem]:
    """A post with the title of an older one in its language."""
    first: dict[tuple[str, str], Post] = {}
    for post in sorted(proof.edition.site.posts, key=lambda post: (post.date, post.path)):
        key = (post.lang, " ".join(post.title.casefold().split()))
        older = first.setdefault(key, post)
        if older is not post:
            message = f"the title is that of {older.path}, too"
            hint = "lists, feeds and search results show two lines that nobody can tell apart"
            where = Location(post.path)
            yield Problem(message, where, hint, level="warning", key=("title",))
