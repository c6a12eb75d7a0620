"""Articles as one copies them from a web page -> posts, each thing in its place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from blogforge.config import CONFIG_FILE, load_config
from blogforge.importers.found import Found, LeftOut, Origin
from blogforge.importers.text.article import article
from blogforge.importers.text.passages import words
from blogforge.importers.text.posts import gathered, item, pinned, with_other_bios
from blogforge.importers.text.titles import titles

if TYPE_CHECKING:
    from blogforge.importers.found import Instructions, Item
    from blogforge.importers.source import Source
    from blogforge.importers.text.article import Article

_ENDS = (".txt", ".text")
_LARGEST = 2 * 1024**2  # characters: a long book; nobody copies more from a page
_MARKUP = ("<!doctype", "<html", "<?xml", "{\\rtf", "%pdf-", "pk\x03\x04")


def read(source: Source, instructions: Instructions) -> Found:
    """The articles of a file, of standard input or of a folder's .txt files, one each."""
    names = source.files()
    items: list[Item] = []
    articles: list[Article] = []
    left_out: list[LeftOut] = []
    seen: dict[tuple[str, ...], str] = {}
    sections = (instructions.section, *_sections(instructions))
    for name in names:
        text, reason = _text(source, name)
        reason = reason or _copied(seen, text, name)
        if reason:
            left_out.append(LeftOut(origin=Origin(path=name), what="file", reason=reason))
            continue
        found = article(text, (instructions.author,), sections)
        articles.append(found)
        items.append(item(name, found, instructions))
    people = gathered(articles)
    items = [with_other_bios(*each, people) for each in zip(items, articles, strict=True)]
    listing = any(found.more for found in articles)
    known = titles(instructions.site) if listing and instructions.site else {}
    return Found(
        counted=len(names),
        items=pinned(items, known),
        settings={"language": _common(items)} if items else {},
        people=tuple(people.values()),
        left_out=tuple(left_out),
    )


def _sections(instructions: Instructions) -> tuple[str, ...]:
    """The sections that the site has already, which may stand above a headline."""
    site = instructions.site
    if site is None or not (site / CONFIG_FILE).is_file():
        return ()
    return tuple(section.name for section in load_config(site).sections)


def _common(items: list[Item]) -> str:
    """The language of most of the posts."""
    return Counter(item.language for item in items).most_common(1)[0][0]


def _text(source: Source, name: str) -> tuple[str, str]:
    """What the file says, and why it is no article, if it is none."""
    if not source.only and not name.lower().endswith(_ENDS):
        return "", "its name does not end in .txt"
    text = source.text(name)
    head = text.lstrip("\ufeff \n").lower()
    if not words(text):
        return "", "it has no words"
    if head.startswith(_MARKUP) or "\0" in text:
        return "", "it is no plain text: copy the article from the page as a browser shows it"
    if len(text) > _LARGEST:
        return "", f"it has more than {_LARGEST:,} characters: one file is one article"
    return text, ""


def _copied(seen: dict[tuple[str, ...], str], text: str, name: str) -> str:
    """Why the text is left out, if another file said the same."""
    first = seen.setdefault(words(text), name)
    return f"it says the same as {first}" if first != name else ""
