"""What is to be done at a target, and in which order: a pure function of two trees.

Readers come at any moment, and a deployment may be cut off at any. Three laws keep them from dead
ends. What is new comes first: nothing points at it yet. What is changed comes after all that it may
point at. What is gone goes when nothing points at it any more, pages before what pages show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from blogforge.errors import ConfigError
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.deploy.tree import Tree

_FRONT = "index.html"  # which readers find without any link
_HTML = (".html", ".htm")
_FEEDS = (".xml", ".json", ".txt", ".opml", ".xsl")
_MUCH, _FEW = 0.2, 5  # of the pages at the target, and pages: more may not vanish untold
_SHOWN = 5


class Standing(Value, frozen=True, kw_only=True):
    """What stands at a target. `ours`: every file that blogforge put there, by path.

    `same`: those of the tree that are there as they should be. `foreign`: everything else.
    `claimed`: blogforge has been there; `unfinished`: its last deployment was cut off.
    """

    claimed: bool = False
    unfinished: bool = False
    ours: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()


class Step(Value, frozen=True, kw_only=True):
    """Files that may be put, or deleted, in any order or at once; sorted by path.

    So may those of several steps of one `phase`.
    """

    name: str
    action: Literal["put", "delete"]
    phase: Literal["new", "changed", "feeds", "gone"]
    paths: tuple[str, ...]


class Plan(Value, frozen=True, kw_only=True):
    """Steps in their order, none of them empty; `new` are paths that nothing stands at."""

    steps: tuple[Step, ...]
    new: frozenset[str]

    @property
    def puts(self) -> list[str]:
        """Every path that is put, in order."""
        return [path for step in self.steps if step.action == "put" for path in step.paths]

    @property
    def deletes(self) -> list[str]:
        """Every path that is deleted, in order."""
        return [path for step in self.steps if step.action == "delete" for path in step.paths]


def plan(tree: Tree, standing: Standing) -> Plan:
    """What makes of what stands at a target the tree, and leaves alone what is not ours."""
    there = standing.ours | standing.foreign
    new = tree.files.keys() - there
    changed = tree.files.keys() & there - standing.same
    gone = standing.ours - tree.files.keys()
    steps = (
        _put("new files", "new", (path for path in new if not _is_page(path))),
        _put("new pages", "new", (path for path in new if _is_page(path) and path != _FRONT)),
        _put("changed files", "changed", (p for p in changed if not _is_page(p) | _is_feed(p))),
        _put("articles", "changed", changed & tree.documents),
        _put("lists", "changed", filter(_is_page, (changed | (new & {_FRONT})) - tree.documents)),
        _put("feeds", "feeds", filter(_is_feed, changed)),
        _delete("feeds", filter(_is_feed, gone)),
        _delete("pages", filter(_is_page, gone)),
        _delete("files", (path for path in gone if not _is_page(path) | _is_feed(path))),
    )
    return Plan(steps=tuple(step for step in steps if step.paths), new=frozenset(new))


def _put(name: str, phase: Literal["new", "changed", "feeds"], paths: Iterable[str]) -> Step:
    return Step(name=name, action="put", phase=phase, paths=tuple(sorted(paths)))


def _delete(name: str, paths: Iterable[str]) -> Step:
    return Step(name=name, action="delete", phase="gone", paths=tuple(sorted(paths)))


def refuse_foreign(tree: Tree, standing: Standing) -> None:
    """Raise ConfigError where a target is somebody else's, or files in the way of ours are."""
    in_the_way = tree.files.keys() & standing.foreign - standing.same
    found = sorted(in_the_way if standing.claimed else standing.foreign)
    if found:
        shown = ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
        raise ConfigError.of(
            f"at the target are files that blogforge did not put there: {shown}",
            hint="name another place, or write --overwrite: those of other names stay as they are",
        )


def refuse_shrinking(tree: Tree, standing: Standing) -> None:
    """Raise ConfigError where the tree is empty, or has not many of the pages of the target.

    Another site's tree may have as many, and would take them all away.
    """
    before, gone = _pages(standing.ours), _pages(standing.ours - tree.files.keys())
    hint = "where that is meant, write --allow-shrink"
    if _FRONT not in tree.files:
        raise ConfigError.of(f"the tree in '{tree.folder}' has no front page", hint=hint)
    if gone > max(_FEW, before * _MUCH):
        message = f"of the {before} pages at the target {gone} would go"
        raise ConfigError.of(message, hint=hint)


def _pages(paths: Iterable[str]) -> int:
    return sum(map(_is_page, paths))


def _is_page(path: str) -> bool:
    return path.endswith(_HTML)


def _is_feed(path: str) -> bool:
    """Feeds, sitemaps, robots.txt, the entry of a search index: what points at pages or files."""
    return path.endswith(_FEEDS)
