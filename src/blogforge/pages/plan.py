"""Site -> pages, by planners. The built-in ones are no different from a plugin's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.branches import branches
from blogforge.pages import crawlers, endpoints
from blogforge.pages.corrections import corrections, corrections_url
from blogforge.pages.directories import LABELS
from blogforge.pages.follow import follow
from blogforge.pages.fronts import Periods, directory, front, timeline
from blogforge.pages.languages import in_languages
from blogforge.pages.llms import llms_page
from blogforge.pages.making import described, intro_at, page_at, paginate
from blogforge.pages.messages import message
from blogforge.pages.places import refuse_misplaced
from blogforge.pages.redirects import redirects
from blogforge.pages.searching import refuse_taken, search
from blogforge.pages.sitemap import MAX_URLS
from blogforge.pages.subjects import (
    ArticleSubject,
    Calendar,
    Listing,
)
from blogforge.pages.syndication import feeds, follow_url
from blogforge.site.parts import part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from blogforge.config import Config
    from blogforge.model import Document, Group, Page, Site

    Planner = Callable[[Site, Config], Iterable[Page]]

__all__ = ["PLANNERS", "page_at", "paginate", "plan"]

LIST_TEMPLATES = {
    "section": "section.html",
    "author": "author.html",
    "story": "story.html",
    "archive": "period.html",
}


def articles(site: Site, config: Config) -> Iterator[Page]:
    """A page for each post, unlisted ones too."""
    for post in (*site.posts, *site.unlisted):
        yield page_at(
            post.url,
            config,
            render=post.template or "article.html",
            kind="article",
            title=post.title,
            subject=ArticleSubject(path=post.path),
            origin=post.path,
            modified=post.modified,
            indexed=_indexed(post),
        )


def withdrawn(site: Site, config: Config) -> Iterator[Page]:
    """A page for each withdrawn post, which says so at its old address."""
    for post in site.withdrawn:
        yield page_at(
            post.url,
            config,
            render="withdrawn.html",
            kind="withdrawn",
            title=post.title,
            subject=ArticleSubject(path=post.path),
            origin=post.path,
        )


def standalones(site: Site, config: Config) -> Iterator[Page]:
    """A page for each file of pages/, but those that `corrections` and `follow` show."""
    shown = [follow_url(config)]
    if any(post.corrections for post in site.posts):
        shown.append(corrections_url(config))
    intros = [intro_at(url, site) for url in shown]
    for document in site.standalones:
        if any(document is intro for intro in intros):
            continue
        yield page_at(
            document.url,
            config,
            render=document.template or "page.html",
            kind="page",
            title=document.title,
            subject=ArticleSubject(path=document.path),
            origin=document.path,
            modified=document.updated,
            indexed=_indexed(document),
        )


def home(site: Site, config: Config) -> Iterator[Page]:
    """The front page with the lead article, and the pages of older ones behind it."""
    paths = tuple(post.path for post in site.posts)
    newest = max((post.modified for post in site.posts), default=None)
    for listing, url in paginate("", paths, config.home, config.paginate, lead=True):
        first = listing.number == 1
        yield page_at(
            url,
            config,
            render="home.html" if first else "list.html",
            kind="home",
            label="" if first else message("Latest"),
            subject=front(listing, listing.paths, site),
            origin="the front page",
            modified=newest,
            indexed=first,
        )


def lists(site: Site, config: Config) -> Iterator[Page]:
    """Sections, tags, authors, stories, years and months, each with its own pages of cards."""
    modified = {post.path: post.modified for post in site.posts}
    subject_of = _subjects(site)
    for group in site.groups:
        paths = site.members[group.id]
        shown = tuple(reversed(paths)) if group.kind == "story" else paths
        newest = max((modified[path] for path in paths), default=None)
        for listing, url in paginate(group.id, shown, group.url, config.paginate):
            yield page_at(
                url,
                config,
                render=LIST_TEMPLATES.get(group.kind, "list.html"),
                kind=group.kind,
                title=group.name,
                subject=subject_of(listing, group),
                origin=described(group),
                modified=newest,
                indexed=listing.number == 1,
            )


def _subjects(site: Site) -> Callable[[Listing, Group], Listing]:
    """What a page of a list is about, by the kind of its group."""
    periods = Periods(site)

    def subject_of(listing: Listing, group: Group) -> Listing:
        paths = site.members[group.id]
        match group.kind:
            case "story":
                return timeline(listing, paths)
            case "archive":
                return periods.page(listing, group)
            case "tag":
                return front(listing, (), site, count=len(paths))
            case _:
                return front(listing, paths, site, count=len(paths))

    return subject_of


def directories(site: Site, config: Config) -> Iterator[Page]:
    """All sections, tags, authors and stories, each kind on one page."""
    for kind, label in LABELS.items():
        groups = [group for group in site.groups if group.kind == kind]
        if groups:
            yield page_at(
                f"{config.home}{kind}/",
                config,
                render="groups.html",
                kind="groups",
                label=label,
                subject=directory(kind, groups, site),
                origin=f"the list of {label.lower()}",
                indexed=True,
            )


def archive(site: Site, config: Config) -> Iterator[Page]:
    """Every year and month on one page."""
    yield page_at(
        f"{config.home}archive/",
        config,
        render="archive.html",
        kind="archive",
        label=message("Archive"),
        subject=Calendar(
            years=tuple((year, tuple(found)) for year, found in Periods(site).months.items())
        ),
        origin="the archive",
        indexed=True,
    )


def not_found(site: Site, config: Config) -> Iterator[Page]:
    """The page for wrong addresses."""
    yield page_at(
        f"{config.home}404.html",
        config,
        render="404.html",
        kind="404",
        label=message("Page not found"),
        origin="the page for wrong addresses",
    )


PLANNERS: tuple[Planner, ...] = (
    articles,
    withdrawn,
    standalones,
    home,
    lists,
    directories,
    archive,
    corrections,
    search,
    feeds,
    follow,
    redirects,
    not_found,
)
# A plugin's look at the whole site, and so does what makes files that it has once.
_OF_BRANCHES = frozenset(PLANNERS) - {redirects}


def plan(
    site: Site, planners: Iterable[Planner] = PLANNERS, max_urls: int = MAX_URLS
) -> tuple[Page, ...]:
    """Every page of the site, by path; a sitemap of more than `max_urls` pages is in parts.

    Raises ContentError for each output path that two pages would share, naming both, and for
    each that leaves the tree; paths that differ only in case or Unicode form count as one, since
    some file systems take them so.
    """
    pages = [*in_languages(_planned(site, planners), site.config)]
    pages.extend(crawlers.sitemap_pages(pages, site, max_urls))
    pages.extend(endpoints.headers_page(pages, site))
    pages.extend(llms_page(pages, part_of(site, site.config)))
    refuse_misplaced(pages)
    refuse_taken(pages, site.config)
    return tuple(sorted(pages, key=lambda page: page.path))


def _planned(site: Site, planners: Iterable[Planner]) -> Iterator[Page]:
    """The pages of all planners, each branch's of those that make them for one."""
    parts = [part_of(site, config) for config in branches(site.config)]
    for planner in planners:
        for part in parts if planner in _OF_BRANCHES else (site,):
            yield from planner(part, part.config)


def _indexed(document: Document) -> bool:
    """Whether search engines are told of a document: not of one that is at home elsewhere."""
    return document.status != "unlisted" and not document.canonical
