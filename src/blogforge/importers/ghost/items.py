"""A row of Ghost's table of posts -> a post or page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blogforge.images import Image
from blogforge.importers.found import Item, Note, Origin
from blogforge.importers.ghost import dates
from blogforge.importers.ghost.addresses import address
from blogforge.importers.ghost.body import body_of
from blogforge.importers.ghost.export import Row, text
from blogforge.importers.ghost.people import person
from blogforge.importers.names import path_of, web_address
from blogforge.importers.plain import shortened, text_of_html

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from blogforge.importers.found import Status
    from blogforge.importers.ghost.addresses import Collection

_EXTRA = (
    *("meta_title", "og_title", "og_description", "og_image", "twitter_title"),
    *("twitter_description", "twitter_image", "email_subject", "custom_template"),
)
_CREDIT = re.compile(
    r"(?:photo(?:graph)?|image|illustration|picture|credit|foto|crédit)s?\s*(?:by|:|©|von|de|par)|©",
    re.IGNORECASE,
)
_TRUE = (1, True, "1", "true")
_SITE = ""  # what Ghost calls no language of its own


@dataclass(frozen=True)
class Items:
    """What posts are made with: the rest of the export.

    `meta`, `tags` and `authors` are rows by the id of their post; `redirects` the paths that lead
    to each path; `url` the site's address, "" where nobody said it.
    """

    path: str
    meta: Mapping[str, Row]
    tags: Mapping[str, list[Row]]
    authors: Mapping[str, list[Row]]
    users: Mapping[str, Row]
    collections: tuple[Collection, ...]
    redirects: Mapping[str, list[str]]
    clock: ZoneInfo
    language: str
    url: str

    def item(self, row: Row) -> Item:
        """The post or page that `row` becomes. Raises BodyError where its text is broken."""
        key = text(row, "id")
        row = {**row, **{k: v for k, v in self.meta.get(key, {}).items() if k != "id"}}
        body, form, told = body_of(row)
        notes = [Note(what=what) for what in told]
        status = _status(row, notes)
        page = is_page(row)
        tags, internal = self._tags(key)
        names = [text(tag, "name") for tag in tags]
        date = dates.moment(row.get("published_at") or row.get("created_at"), self.clock)
        updated = dates.moment(row.get("updated_at"), self.clock)
        old = self._address(row, tags, page=page) if text(row, "status") == "published" else ""
        _tell_code(row, notes)
        title = _title(row, body, notes)
        uuid = text(row, "uuid")
        return Item(
            key=f"ghost:{key or uuid or text(row, 'slug')}",
            origin=Origin(path=self.path, item=title),
            kind="page" if page else "post",
            old=old,
            title=title,
            dek=_dek(row),
            date=date,
            updated=updated if old and updated[:10] > date[:10] else "",
            authors=tuple(person(user).id for user in self.authors_of(row)),
            section=names[0] if names else "",
            tags=tuple(names[1:]),
            slug=text(row, "slug"),
            aliases=tuple(self.redirects.get(path_of(old).strip("/"), ())) if old else (),
            language=self._language(row),
            status=status,
            image=_image(row),
            canonical=web_address(text(row, "canonical_url")),
            id=key if old and not page else "",  # Ghost's feeds know a post by that
            body=body,
            form=form,
            references=self._references(row),
            extra=_extra(row, internal),
            notes=tuple(notes),
        )

    def authors_of(self, row: Row) -> list[Row]:
        """Who wrote a post, in the order of its byline."""
        found = self.authors.get(text(row, "id"))
        if found:
            return found
        one = self.users.get(text(row, "author_id") or text(row, "author"))
        return [one] if one else []

    def _tags(self, key: str) -> tuple[list[Row], list[str]]:
        """The tags of a post that readers see, and the names of those for the desk alone."""
        shown, internal = [], []
        for tag in self.tags.get(key, []):
            if text(tag, "visibility") == "internal" or text(tag, "name").startswith("#"):
                internal.append(text(tag, "name").removeprefix("#"))
            elif text(tag, "name"):
                shown.append(tag)
        return shown, internal

    def _address(self, row: Row, tags: list[Row], *, page: bool) -> str:
        slug = text(row, "slug")
        if page:
            return f"{self.url}/{slug}/"
        slugs = tuple(text(tag, "slug") for tag in tags)
        # Ghost takes the day of an address from its own clock.
        date = dates.moment(row.get("published_at"), self.clock)
        writers = [text(user, "slug") for user in self.authors_of(row)]
        fields = {
            "slug": slug,
            "id": text(row, "id"),
            "year": date[:4],
            "month": date[5:7],
            "day": date[8:10],
            "primary_tag": slugs[0] if slugs else "all",
            "primary_author": writers[0] if writers else "all",
            "author": writers[0] if writers else "all",
            "featured": "true" if row.get("featured") in _TRUE else "false",
        }
        path = address(self.collections, fields, slugs)
        return f"{self.url}{path}" if path else ""

    def _references(self, row: Row) -> tuple[str, ...]:
        """The paths by which Ghost finds a post that is not at them."""
        slug, uuid = text(row, "slug"), text(row, "uuid")
        return (f"/{slug}/", f"/p/{uuid}/") if uuid else (f"/{slug}/",)

    def _language(self, row: Row) -> str:
        given = (text(row, "locale") or text(row, "language")).replace("_", "-")
        return given if given.lower() not in {_SITE, self.language.lower(), "en-us"} else ""


def is_page(row: Row) -> bool:
    """Whether a row is a page: Ghost has said it in two ways."""
    return text(row, "type") == "page" or row.get("page") in _TRUE


def _status(row: Row, notes: list[Note]) -> Status:
    """Published only what everybody could read, or will when its date has come."""
    status = text(row, "status")
    visibility = text(row, "visibility") or "public"
    if status == "sent" or row.get("email_only") in _TRUE:
        notes.append(Note(what="it was sent as an e-mail and never on the site: it is a draft"))
    elif visibility != "public":
        notes.append(Note(what=f"only “{visibility}” could read it: it is a draft"))
    elif status in {"published", "scheduled"}:
        return "published"
    elif status != "draft":
        notes.append(Note(what=f"its status was “{status}”: it is a draft"))
    return "draft"


def _title(row: Row, body: str, notes: list[Note]) -> str:
    if title := text_of_html(text(row, "title")):
        return title
    notes.append(Note(what="it had no title: its first words are one now"))
    return shortened(text_of_html(body)) or text(row, "slug") or text(row, "id")


def _dek(row: Row) -> str:
    names = ("custom_excerpt", "meta_description", "og_description")
    return next((found for name in names if (found := text_of_html(text(row, name)))), "")


def _image(row: Row) -> Image | None:
    src = text(row, "feature_image") or text(row, "image")
    if not src:
        return None
    said = text_of_html(text(row, "feature_image_caption"))
    credit = said if _CREDIT.match(said) else ""
    return Image(
        src=src,
        alt=text_of_html(text(row, "feature_image_alt")),
        caption="" if credit else said,
        credit=credit,
    )


def _tell_code(row: Row, notes: list[Note]) -> None:
    for name, place in (("codeinjection_head", "head"), ("codeinjection_foot", "end")):
        if code := text(row, name):
            what = f"the code injected into its {place} was left out: {shortened(code, 60)}"
            notes.append(Note(what=what))


def _extra(row: Row, internal: list[str]) -> dict[str, Any]:
    """What has no other home."""
    extra: dict[str, Any] = {key: text(row, key) for key in _EXTRA if text(row, key)}
    if internal:
        extra["internal_tags"] = internal
    if row.get("featured") in _TRUE:
        extra["featured"] = True
    if text(row, "visibility") not in {"", "public"}:
        extra["visibility"] = text(row, "visibility")
    return extra
