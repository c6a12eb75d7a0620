"""What templates see of several groups at once: directories, calendars, running stories."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from blogforge.model import Author, Card, Group, GroupKind, Value
from blogforge.pages.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from blogforge.pages.subjects import Directory, StoryLine
    from blogforge.pages.views import View

_LEVELS = 4
LABELS: dict[GroupKind, str] = {
    "section": message("Sections"),
    "tag": message("Tags"),
    "author": message("Authors"),
    "story": message("Stories"),
}


class EntryView(Value, frozen=True, kw_only=True):
    """One of `entries` in a template. It unpacks to its group and the number of its posts.

    `author`: of a list of authors; `newest`: the newest article of a section or story.
    """

    group: Group  #: the section, tag, author or story
    count: int  #: of its articles
    author: Author | None = None  #: on the page of authors
    newest: Card | None = None  #: on the pages of sections and stories

    def __iter__(self) -> Iterator[Group | int]:
        """The group, then the number of its posts."""
        return iter((self.group, self.count))


class StoryLineView(Value, frozen=True, kw_only=True):
    """One of `stories` in a template: its number of articles, and the newest of them as cards."""

    group: Group  #: the story
    count: int  #: of its articles
    cards: tuple[Card, ...]  #: the newest three


class MonthView(Value, frozen=True, kw_only=True):
    """A month of a calendar. `group` is None where nothing was published.

    `level`: how many articles it has beside the other months, from 0 (none) to 4 (most).
    """

    date: date  #: its first day
    count: int = 0  #: of articles
    level: int = 0  #: 0 to 4, beside the fullest month
    group: Group | None = None  #: where something was published


class YearView(Value, frozen=True, kw_only=True):
    """A year of `calendar` in a template, with its twelve months."""

    group: Group  #: the year
    count: int  #: of articles
    months: tuple[MonthView, ...]  #: twelve


def directory_entries(subject: Directory, view: View) -> tuple[EntryView, ...]:
    """Every group of a kind, with what its kind is known by."""
    newest: Sequence[str] = subject.newest or ("",) * len(subject.entries)
    return tuple(
        EntryView(
            group=view.group(id_),
            count=count,
            author=view.author(id_.partition(":")[2]) if subject.kind == "author" else None,
            newest=view.card(path) if path else None,
        )
        for (id_, count), path in zip(subject.entries, newest, strict=True)
    )


def story_lines(stories: Iterable[StoryLine], view: View) -> tuple[StoryLineView, ...]:
    """Stories with their newest articles."""
    return tuple(
        StoryLineView(group=view.group(s.group), count=s.count, cards=view.cards(s.paths))
        for s in stories
    )


def calendar(
    years: Sequence[tuple[str, Sequence[tuple[str, int]]]], view: View
) -> tuple[YearView, ...]:
    """Years with all their months, also those in which nothing was published."""
    most = max((count for _, months in years for _, count in months), default=0)
    return tuple(_year(view.group(year), months, most, view) for year, months in years)


def _year(group: Group, months: Sequence[tuple[str, int]], most: int, view: View) -> YearView:
    found = {view.group(id_).key: (view.group(id_), count) for id_, count in months}
    shown = []
    for number in range(1, 13):
        day = date(int(group.key), number, 1)
        month, count = found.get(f"{group.key}-{number:02}", (None, 0))
        level = -(-count * _LEVELS // most) if count else 0
        shown.append(MonthView(date=day, count=count, level=level, group=month))
    return YearView(group=group, count=sum(count for _, count in months), months=tuple(shown))
