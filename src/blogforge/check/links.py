"""Links that lead nowhere on the site, or not straight to their end."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from blogforge import urls
from blogforge.check.addresses import is_relative
from blogforge.check.referrals import PICTURES
from blogforge.config import CONFIG_FILE
from blogforge.content.find import is_markdown
from blogforge.errors import Edit, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.proof import Proof
    from blogforge.settings import MenuItem
    from blogforge.strict_yaml import KeyPath

_HINT = "correct it, or take the link out"


def dead(proof: Proof) -> Iterator[Problem]:
    """A link of a body, of `sources:` or of the menu whose address is on this site's, and empty."""
    for document, referral in proof.referrals():
        if (
            referral.tag not in PICTURES
            and proof.addresses.place(referral.target, document.url).dead
        ):
            message = f"links to {referral.written}, and there is nothing"
            yield referral.problem(document.path, message, _HINT)
    yield from _in_sources(proof)
    yield from _in_menu(proof)
    yield from _in_redirects(proof)


def _in_sources(proof: Proof) -> Iterator[Problem]:
    for post in proof.edition.reading.posts:
        for index, source in enumerate(post.sources):
            if source.url and proof.addresses.place(source.url).dead:
                message = f"the source '{source.title}' is at {source.url}, and there is nothing"
                at = ("sources", index, "url")
                yield Problem(message, Location(post.path), "correct it", "", "warning", key=at)


def _in_menu(proof: Proof) -> Iterator[Problem]:
    config = proof.edition.site.config
    menus: dict[KeyPath, MenuItem] = {("menu", i): item for i, item in enumerate(config.menu)}
    for tag, words in config.languages.items():
        menus |= {("languages", tag, "menu", i): item for i, item in enumerate(words.menu)}
    for place, item in menus.items():
        if is_relative(item.url):
            message = f"the menu's '{item.title}' would lead elsewhere from every page"
            hint = f"begin with a slash: /{item.url}"
        elif proof.addresses.place(urls.rooted(item.url, config.base_path)).dead:
            message = f"the menu's '{item.title}' leads to {item.url}, and there is nothing"
            hint = "correct it, or take it out of the menu"
        else:
            continue
        at = (*place, "url")
        yield Problem(message, Location(CONFIG_FILE), hint, level="warning", key=at)


def _in_redirects(proof: Proof) -> Iterator[Problem]:
    for old, new in proof.edition.site.config.redirects.items():
        if proof.addresses.place(new).dead:
            message = f"the redirect from {old} leads to {new}, and there is nothing"
            at = ("redirects", old)
            hint = "correct it, or take it out"
            yield Problem(message, Location(CONFIG_FILE), hint, level="warning", key=at)


def through_alias(proof: Proof) -> Iterator[Problem]:
    """A link of a body to an old address of a page, which takes its readers twice as long."""
    files = {document.url: document.path for document in proof.edition.site.documents}
    for document, referral in proof.referrals():
        place = proof.addresses.place(referral.target, document.url)
        if not (new := place.redirect):
            continue
        fragment = f"#{place.fragment}" if place.fragment else ""
        better = new + fragment
        if is_markdown(files.get(new, "")):
            folder = posixpath.dirname(document.path)
            better = urls.in_markup(posixpath.relpath(files[new], folder)) + fragment
        yield referral.problem(
            document.path,
            f"links to {referral.written}, an old address of {new}",
            f"write {better}",
            Edit(referral.written, better) if referral.line else None,
        )
