"""An entry of a feed -> the post it becomes."""

from __future__ import annotations

import hashlib
import re
from html import escape
from typing import TYPE_CHECKING, Any

from blogforge.images import Image
from blogforge.importers.feed import markup
from blogforge.importers.feed.dates import written
from blogforge.importers.found import File, Item, Note, Origin, Person
from blogforge.importers.text.passages import words
from blogforge.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.importers.feed.channel import Attachment, Channel, Entry, Writer

_CUT = re.compile(
    r"\s*(?:(?:\[|\()?(?:\.{3}|…)(?:\]|\))?|"
    r"(?:continue reading|read more|read the rest|lire la suite)\b.{0,120})\s*(?:→|»|&raquo;)?\s*$",
    re.I,
)
_LONGEST_DEK = 80  # words
_SHORT = 60  # words: less is a summary
_TITLE = 60  # characters of a text that make the title of an entry without one


def item(entry: Entry, channel: Channel, *, sections: bool) -> Item:
    """The post of an entry. `sections`: the feed's one category an entry is its section."""
    dek, notes = _dek(entry)
    published, updated = written(entry.published), written(entry.updated)
    title = entry.title or _title(entry.content)
    image = _image(entry)
    return Item(
        key=key_of(entry),
        origin=Origin(path=channel.origin, line=entry.line, item=title or entry.id),
        old=entry.url,
        title=title,
        dek=dek,
        date=published or updated,
        updated=updated if updated != published and published else "",
        authors=tuple(filter(None, (slugify(writer.name) for writer in entry.writers))),
        section=entry.categories[0] if sections and entry.categories else "",
        tags=() if sections else entry.categories,
        slug=_slug(entry.url),
        language=entry.language or channel.language,
        image=image,
        id=entry.id or entry.url,
        body=entry.content + _shown(entry),
        form="html",
        references=tuple(filter(None, (entry.id, entry.url))),
        extra=_extra(entry, image, dek),
        notes=(*(Note(what=what) for what in entry.notes), *_doubts(entry, title), *notes),
    )


def key_of(entry: Entry) -> str:
    """By what an entry is known again: its id, its address, or what it says."""
    said = "\n".join((entry.title, entry.published, entry.content))
    return entry.id or entry.url or hashlib.sha256(said.encode()).hexdigest()[:16]


def person(writer: Writer) -> Person:
    """Somebody who is named in a feed."""
    links = ((_host(writer.url), writer.url),) if writer.url else ()
    return Person(id=slugify(writer.name), name=writer.name, image=writer.image, links=links)


def _host(url: str) -> str:
    """The name of a site, as the title of a link to it."""
    host = re.match(r"https?://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)", url)
    return host[1] if host else url


def files_of(entry: Entry) -> Iterable[File]:
    """The picture and the recordings that stand beside an entry's text, by their addresses."""
    image = _image(entry)
    for address in (image.src if image else "", *(each.url for each in entry.attachments)):
        if name := markup.name_of(address):
            yield File(name=name, addresses=(address,))


def _dek(entry: Entry) -> tuple[str, list[Note]]:
    """A summary that says something of its own; the beginning of the text, cut off, is none."""
    summary = markup.text_of(entry.summary)
    said, text = words(_CUT.sub("", summary)), words(markup.text_of(entry.content))
    if not said or text[: len(said)] == said:
        return "", []
    if len(said) <= _LONGEST_DEK:
        return summary, []
    return "", [Note(what="its summary is too long for a dek: kept in extra")]


def _doubts(entry: Entry, title: str) -> Iterable[Note]:
    if not entry.title:
        yield Note(what=f"it has no title: it is called '{title}', as it begins")
    for name, date in (("date", entry.published), ("date of change", entry.updated)):
        if date and not written(date):
            yield Note(what=f"its {name} cannot be read: '{date[:80]}'")
    text = markup.text_of(entry.content)
    if not entry.whole and (_CUT.search(text) or len(words(text)) < _SHORT):
        yield Note(what="the feed may have only the beginning or a summary of it")


def _title(content: str) -> str:
    """The beginning of a text, up to its first sentence's end, as a title."""
    text = markup.text_of(content)
    first = re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
    if len(first) <= _TITLE:
        return first.rstrip(".")
    return f"{first[:_TITLE].rsplit(' ', 1)[0]}…"


def _slug(url: str) -> str:
    """The last part of an address, without the end of a file's name."""
    name = markup.path_of(url).rstrip("/").rpartition("/")[2]
    return "" if name.lower().startswith("index.") else re.sub(r"\.(?:html?|php|aspx?)$", "", name)


def _image(entry: Entry) -> Image | None:
    """The first picture beside the text, unless the text shows it."""
    shown = {markup.name_of(url) for url in re.findall(r"src=\"([^\"]+)", entry.content)}
    for each in entry.images:
        name = markup.name_of(each.url)
        if name and name not in shown:
            return Image(src=each.url, caption=each.text, credit=each.credit)
    return None


def _shown(entry: Entry) -> str:
    """Players and links for the files beside the text, if it does not have them."""
    return "".join(_attached(each) for each in entry.attachments if each.url not in entry.content)


def _attached(each: Attachment) -> str:
    address = escape(each.url)
    kind = each.type.partition("/")[0]
    name = escape(each.text or markup.name_of(each.url) or each.url)
    if kind in {"audio", "video"}:
        return f'\n<{kind} controls preload="none" src="{address}"></{kind}>'
    return f'\n<p><a href="{address}">{name}</a></p>'


def _extra(entry: Entry, image: Image | None, dek: str) -> dict[str, Any]:
    others = [each.url for each in entry.images[1 if image else 0 :]]
    kept: dict[str, Any] = dict(entry.extra)
    if len(others) > 1 and image:
        kept["images"] = others
    if entry.summary and not dek and _dek(entry)[1]:
        kept["summary"] = markup.text_of(entry.summary)
    return {"feed": kept} if kept else {}
