"""llms.txt: what the site is and where its articles stand, for language models that are asked.

Source: https://llmstxt.org/. Nothing stands there that is not on the site's pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.model import Page, Value
from blogforge.pages.messages import message
from blogforge.pages.metadata import FEED_FILES
from blogforge.site.dates import language_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from blogforge.model import Card, Group, Site
    from blogforge.pages.views import View

LLMS = "llms.txt"
_LATEST = 20  # articles, and stories
_MARKUP = re.compile(r"([\\`*_\[\]<>]|&(?=#?\w+;))")  # "AT&T" is no character reference
_NOTE = message("Main language: %(language)s. The feeds have the full text of the articles.")
_FEEDS = message("Feeds")
_FORMATS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


class Named(Value, frozen=True, kw_only=True):
    """A standalone page as llms.txt names it, whatever else stands on it."""

    title: str
    url: str
    dek: str


class Overview(Value, frozen=True, kw_only=True):
    """What llms.txt names: standalone pages, and stories by id."""

    pages: tuple[Named, ...]
    stories: tuple[str, ...]


def llms_page(pages: Sequence[Page], site: Site) -> Iterator[Page]:
    """llms.txt, unless the site brings its own in static/ or wants none."""
    if not site.config.llms_txt or any(page.path == LLMS for page in pages):
        return
    shown = tuple(
        Named(title=document.title, url=document.url, dek=document.dek)
        for document in site.standalones
        if document.status == "published"
    )
    stories = [group.id for group in site.groups if group.kind == "story"]
    stories.sort(key=lambda id_: site.cards[site.members[id_][0]].date, reverse=True)
    yield Page(
        path=LLMS,
        url=site.config.base_path + LLMS,
        render=llms_txt,
        kind="file",
        subject=Overview(pages=shown, stories=tuple(stories[:_LATEST])),
        origin="llms.txt",
    )


def llms_txt(view: View, page: Page) -> bytes:
    """What language models are told of a site; the page's subject is an Overview."""
    subject: Overview = page.subject
    config, text = view.config, view.text
    base = config.home
    _, *others = view.read("branches:")
    feeds = ((_FORMATS[kind], base + name) for kind, name in FEED_FILES.items())
    more = (
        *(_link(view, one.title, one.url, one.dek) for one in subject.pages),
        _link(view, text("Archive"), f"{base}archive/"),
    )
    parts = (
        f"# {_plain(config.title)}",
        f"> {_plain(config.dek)}" if config.dek else "",
        text(_NOTE, language=language_name(config.language)),
        _list(text("Sections"), (_group(view, group) for group in view.sections())),
        _list(text("Latest"), (_card(view, card) for card in view.latest(_LATEST))),
        _list(text("Stories"), (_group(view, view.group(id_)) for id_ in subject.stories)),
        _list(text("Languages"), (_link(view, language_name(lang), home) for lang, home in others)),
        _list(text(_FEEDS), (_link(view, name, url) for name, url in feeds)),
        _list(text("More of this site"), more),
    )
    return ("\n\n".join(filter(None, parts)) + "\n").encode()


def _list(heading: str, lines: Iterable[str]) -> str:
    items = "\n".join(lines)
    return f"## {_plain(heading)}\n\n{items}" if items else ""


def _card(view: View, card: Card) -> str:
    dated = f"{card.date:%Y-%m-%d}"
    return _link(view, card.title, card.url, f"{dated}. {card.dek}".strip() if card.dek else dated)


def _group(view: View, group: Group) -> str:
    return _link(view, group.name, group.url, group.dek)


def _link(view: View, name: str, url: str, note: str = "") -> str:
    """A line of a list; a parenthesis would end the address."""
    address = view.absolute(url).replace("(", "%28").replace(")", "%29")
    return f"- [{_plain(name)}]({address})" + (f": {_plain(note)}" if note else "")


def _plain(text: str) -> str:
    """`text` on one line, as Markdown shows it and does not read it."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
