"""Links that lead nowhere on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge import urls
from blogforge.check.addresses import Addresses, as_written, is_relative, referred
from blogforge.config import CONFIG_FILE
from blogforge.content.places import problem_at
from blogforge.errors import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.edition import Edition
    from blogforge.settings import MenuItem
    from blogforge.strict_yaml import KeyPath

_LINKS = (("a", "href"),)


def dead(edition: Edition) -> Iterator[Problem]:
    """A link of a body or of the menu whose address is on this site, and nothing is there."""
    addresses = Addresses(edition)
    yield from _in_bodies(edition, addresses)
    yield from _in_menu(edition, addresses)


def _in_bodies(edition: Edition, addresses: Addresses) -> Iterator[Problem]:
    site = edition.site
    for document in edition.site.documents:
        for address in referred(site.articles[document.path].html, _LINKS):
            if addresses.nothing_at(address, document.url):
                source = edition.reading.sources[document.path]
                offset, written = as_written(source, address, site.config.base_path)
                message = f"links to {written}, and there is nothing"
                hint = "correct it, or take the link out"
                yield problem_at(source, offset, message, hint, "warning")


def _in_menu(edition: Edition, addresses: Addresses) -> Iterator[Problem]:
    config = edition.site.config
    menus: dict[KeyPath, MenuItem] = {("menu", i): item for i, item in enumerate(config.menu)}
    for tag, words in config.languages.items():
        menus |= {("languages", tag, "menu", i): item for i, item in enumerate(words.menu)}
    for place, item in menus.items():
        if is_relative(item.url):
            message = f"the menu's '{item.title}' would lead elsewhere from every page"
            hint = f"begin with a slash: /{item.url}"
        elif addresses.nothing_at(urls.rooted(item.url, config.base_path)):
            message = f"the menu's '{item.title}' leads to {item.url}, and there is nothing"
            hint = "correct it, or take it out of the menu"
        else:
            continue
        at = (*place, "url")
        yield Problem(message, Location(CONFIG_FILE), hint, level="warning", key=at)
