"""The page on which readers search the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge import urls
from blogforge.errors import ContentError, Problem
from blogforge.pages.making import page_at
from blogforge.pages.messages import message
from blogforge.pages.subjects import Search
from blogforge.site.bundles import FOLDER, bundles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.config import Config
    from blogforge.model import Page, Site


def search_url(config: Config) -> str:
    """The address of the page; "" where the site has no search."""
    return f"{config.home}search/" if config.search else ""


def search(site: Site, config: Config) -> Iterator[Page]:
    """The search page, where the site has one."""
    if url := search_url(config):
        folders = tuple(f"{config.base_path}{bundle.folder}/" for bundle in bundles_of(site))
        yield page_at(
            url,
            config,
            render="search.html",
            kind="search",
            label=message("Search"),
            subject=Search(bundles=folders),
            origin="the search page",
        )


def refuse_taken(pages: Iterable[Page], config: Config) -> None:
    """Raise ContentError for pages and files where the index of the search stands."""
    if config.search:
        taken = (page for page in pages if urls.collision_key(page.path.split("/")[0]) == FOLDER)
        hint = "give it another address, or write 'search: false' in blogforge.yaml"
        message = "{} makes {}, and that folder is for what search looks into"
        problems = [Problem(message.format(p.origin, p.path), hint=hint) for p in taken]
        if problems:
            raise ContentError(problems)
