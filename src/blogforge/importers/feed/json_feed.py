"""JSON Feed 1 and 1.1 -> a channel. Source: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

from typing import Any

from blogforge.errors import ContentError, Location
from blogforge.importers.encodings import text_of
from blogforge.importers.feed import markup
from blogforge.importers.feed.channel import Attachment, Channel, Entry, Writer
from blogforge.importers.matter import from_json

_READ = frozenset(
    {"id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
     "banner_image", "date_published", "date_modified", "author", "authors", "tags", "language",
     "attachments"}
)  # fmt: skip


def read(data: bytes, origin: str) -> Channel:
    """The feed in `data`, which came from `origin`. Raises ContentError where it is none."""
    found = from_json(text_of(data, origin)[0], origin)
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        message = "this JSON is no feed: it has no list 'items'"
        raise ContentError.of(message, Location(origin), "name an RSS, Atom or JSON feed")
    items: list[Any] = found["items"]
    url = _text(found, "home_page_url")
    base = url or (origin if "://" in origin else "")
    writers = _writers(found)
    return Channel(
        origin=origin,
        counted=len(items),
        entries=tuple(_entry(item, base, writers) for item in items if isinstance(item, dict)),
        title=_text(found, "title"),
        dek=_text(found, "description"),
        url=url,
        language=_text(found, "language"),
        next=markup.joined(base, _text(found, "next_url")) if found.get("next_url") else "",
    )


def _entry(item: dict[str, Any], base: str, writers: tuple[Writer, ...]) -> Entry:
    url = _text(item, "url")
    here = markup.joined(base, url) if url else base
    text = _text(item, "content_text")
    content = markup.whole(_text(item, "content_html"), here) or markup.paragraphs(text)
    summary = _text(item, "summary")
    return Entry(
        id=_text(item, "id"),
        url=here if url else "",
        title=" ".join(_text(item, "title").split()),
        content=content or markup.paragraphs(summary),
        whole=bool(content),
        summary=markup.paragraphs(summary) if content and summary else "",
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        writers=_writers(item) or writers,
        categories=tuple(dict.fromkeys(tag for tag in _list(item, "tags") if isinstance(tag, str))),
        language=_text(item, "language"),
        images=tuple(
            Attachment(url=markup.joined(here, address), type="image")
            for address in dict.fromkeys((_text(item, "image"), _text(item, "banner_image")))
            if address
        ),
        attachments=tuple(_attachments(item, here)),
        extra=_extra(item),
    )


def _attachments(item: dict[str, Any], base: str) -> list[Attachment]:
    return [
        Attachment(
            url=markup.joined(base, _text(each, "url")),
            type=_text(each, "mime_type"),
            text=_text(each, "title"),
        )
        for each in _list(item, "attachments")
        if isinstance(each, dict) and _text(each, "url")
    ]


def _writers(values: dict[str, Any]) -> tuple[Writer, ...]:
    authors = [*_list(values, "authors"), values.get("author")]  # the latter is of version 1
    found = [
        Writer(name=_text(each, "name"), url=_text(each, "url"), image=_text(each, "avatar"))
        for each in authors
        if isinstance(each, dict) and _text(each, "name")
    ]
    return tuple({writer.name: writer for writer in reversed(found)}.values())[::-1]


def _extra(item: dict[str, Any]) -> dict[str, Any]:
    """What has no other place: the page that an entry is about, and extensions."""
    return {
        key: value
        for key, value in item.items()
        if value and (key not in _READ or key == "external_url")
    }


def _text(values: dict[str, Any], key: str) -> str:
    """The text or number at `key`; "" for anything else."""
    value = values.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _list(values: dict[str, Any], key: str) -> list[Any]:
    value = values.get(key)
    return value if isinstance(value, list) else []
