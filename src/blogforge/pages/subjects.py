"""What a page can be about. A plugin's pages may use these, or any value of their own."""

from __future__ import annotations

from blogforge.model import GroupKind, Value
from blogforge.site.corrections import Corrected


class ArticleSubject(Value, frozen=True, kw_only=True):
    """One document, by its source path."""

    path: str


class Listing(Value, frozen=True, kw_only=True):
    """One page of a list of cards. `group` is a group's id, or "" for the front page's list."""

    group: str
    paths: tuple[str, ...]
    number: int = 1
    total: int = 1
    previous: str = ""
    next: str = ""
    lead: bool = False


class StoryLine(Value, frozen=True, kw_only=True):
    """A story as other pages show it: its group's id, its number of posts, the newest of them."""

    group: str
    count: int
    paths: tuple[str, ...]


class Front(Listing, frozen=True, kw_only=True):
    """The first page of the site, or of a section, tag or author: what it says of all its posts.

    `stories`: those that its posts tell, the one with the newest of these first.
    """

    count: int = 0
    stories: tuple[StoryLine, ...] = ()


class Period(Listing, frozen=True, kw_only=True):
    """One page of a year's or a month's posts.

    The first page tells of the whole: `earlier`, `later` are ids of the years or months with posts
    next to it, and a year's `months`, the newest first, those of groups, each with its number of
    posts.
    """

    earlier: str = ""
    later: str = ""
    count: int = 0
    months: tuple[tuple[str, int], ...] = ()


class Timeline(Listing, frozen=True, kw_only=True):
    """One page of a story, oldest first.

    The first page tells of the whole story: how many posts it has, and the newest one's path. The
    others do not, so that a new post touches no page between the first one and the last.
    """

    count: int = 0
    newest: str = ""


class Corrections(Listing, frozen=True, kw_only=True):
    """One page of all corrections, the newest first; `paths` are of the posts that they are to.

    `intro`: the source path of the site's own page at that address, "" where it has none.
    """

    entries: tuple[Corrected, ...]
    intro: str = ""


class Directory(Value, frozen=True, kw_only=True):
    """Every group of one kind, by id, with the number of its posts.

    `newest`: the newest post of each, where the page shows it; else nothing.
    """

    entries: tuple[tuple[str, int], ...]
    kind: str = ""
    newest: tuple[str, ...] = ()


class Calendar(Value, frozen=True, kw_only=True):
    """Years, each with its months: group ids, and the number of each month's posts."""

    years: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


class Search(Value, frozen=True, kw_only=True):
    """What is searched: the URLs of indexes, the one of the newest posts first."""

    bundles: tuple[str, ...]  #: URLs of indexes


class Feed(Value, frozen=True, kw_only=True):
    """A feed of the newest posts of a group, or of the whole site where `group` is ""."""

    group: str
    paths: tuple[str, ...]
    format: str
    home: str


class CorrectionsFeed(Value, frozen=True, kw_only=True):
    """A feed of the newest corrections."""

    title: str
    entries: tuple[Corrected, ...]
    format: str
    home: str


class Shelf(Value, frozen=True, kw_only=True):
    """Groups of one kind whose feeds are offered, by id, and how many more there are."""

    kind: GroupKind
    groups: tuple[str, ...]
    more: int = 0


class Follow(Value, frozen=True, kw_only=True):
    """The feeds that readers are offered beside the whole site's.

    `intro`: the source path of the site's own page at that address, "" where it has none.
    """

    shelves: tuple[Shelf, ...]
    corrections: bool
    intro: str = ""


class Redirect(Value, frozen=True, kw_only=True):
    """An old address that leads to a new one."""

    target: str


class File(Value, frozen=True, kw_only=True):
    """A file that is copied, by the name that the theme or the posts give it."""

    name: str
