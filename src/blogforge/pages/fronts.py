"""What pages of lists are about beyond their cards: fronts, stories, directories, periods."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.pages.subjects import Directory, Front, Listing, Period, StoryLine, Timeline
from blogforge.site.groups import by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from blogforge.model import Group, Site

_MOST_STORIES = 6
_HEADLINES = 3  # of a story, where another page shows it
_MONTH = len("2012-03")


def front(listing: Listing, paths: Iterable[str], site: Site, *, count: int = 0) -> Listing:
    """`listing` with the stories that the posts at `paths` tell, if it is the first of its pages.

    The other pages say nothing of the whole, so that a new post leaves most of them alone.
    """
    if listing.number > 1:
        return listing
    return Front(**structs.asdict(listing), count=count, stories=_stories(paths, site))


def _stories(paths: Iterable[str], site: Site) -> tuple[StoryLine, ...]:
    found: dict[str, None] = {}
    for path in paths:
        thread = site.threads.get(path)
        if thread:
            found[thread.group.id] = None
        if len(found) == _MOST_STORIES:
            break
    return tuple(
        StoryLine(group=id_, count=len(members), paths=members[:_HEADLINES])
        for id_, members in ((id_, site.members[id_]) for id_ in found)
    )


def timeline(listing: Listing, paths: tuple[str, ...]) -> Timeline:
    """A page of a story whose posts are `paths`, newest first."""
    fields = structs.asdict(listing)
    if listing.number > 1:
        return Timeline(**fields)
    return Timeline(**fields, count=len(paths), newest=paths[0])


def directory(kind: str, groups: Sequence[Group], site: Site) -> Directory:
    """Sections as in the navigation, stories by their newest posts, the others by name."""
    dates = {post.path: post.date for post in site.posts}
    newest = {group.id: next(iter(site.members[group.id]), "") for group in groups}
    if kind == "story":
        groups = sorted(by_name(groups), key=lambda g: dates[newest[g.id]], reverse=True)
    elif kind != "section":
        groups = by_name(groups)
    return Directory(
        kind=kind,
        entries=tuple((group.id, len(site.members[group.id])) for group in groups),
        newest=tuple(newest[g.id] for g in groups) if kind in {"section", "story"} else (),
    )


class Periods:
    """The years and months of a site, in time."""

    def __init__(self, site: Site) -> None:
        archive = [group for group in site.groups if group.kind == "archive"]
        years = [group.id for group in archive if len(group.key) < _MONTH]
        months = [group.id for group in archive if len(group.key) == _MONTH]
        self._members = site.members
        self._earlier = {late: early for ids in (years, months) for late, early in pairwise(ids)}
        self._later = {early: late for late, early in self._earlier.items()}
        self.months: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for id_ in months:
            year = id_[: -len("-03")]
            self.months[year].append((id_, len(site.members[id_])))

    def page(self, listing: Listing, group: Group) -> Period:
        """A page of the year or month `group`."""
        if listing.number > 1:
            return Period(**structs.asdict(listing))
        return Period(
            **structs.asdict(listing),
            earlier=self._earlier.get(group.id, ""),
            later=self._later.get(group.id, ""),
            count=len(self._members[group.id]),
            months=tuple(self.months.get(group.id, ())),
        )
