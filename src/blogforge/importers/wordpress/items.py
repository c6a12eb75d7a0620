"""An entry of a WordPress export -> a post or page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import msgspec

from blogforge.images import Image
from blogforge.importers.found import Item, Note, Origin
from blogforge.importers.names import host_of, path_of, web_address
from blogforge.importers.plain import shortened, text_of_html
from blogforge.importers.wordpress import dates
from blogforge.importers.wordpress.body import html_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blogforge.importers.found import Status
    from blogforge.importers.wordpress.entries import Entry
    from blogforge.importers.wordpress.library import Library
    from blogforge.importers.wordpress.people import People
    from blogforge.importers.wordpress.taxonomies import Taxonomies

_SUBTITLES = ("_subtitle", "kia_subtitle", "wps_subtitle", "_secondary_title", "subtitle")
_DESCRIPTIONS = (
    *("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description"),
    *("_aioseop_description", "_seopress_titles_desc", "_genesis_description"),
)
_CANONICALS = (
    *("_yoast_wpseo_canonical", "rank_math_canonical_url", "_seopress_robots_canonical"),
    "_genesis_canonical_uri",
)
_TAKEN = {"footnotes", *_SUBTITLES}  # custom fields that have a home
_PLUGIN_FIELD = re.compile(r"_|rank_math_|wpseo|dsq_|cap-|classic-editor|amazonS3|om_|ampforwp")
_SERIALIZED = re.compile(r"[aO]:\d+:[{\"]")
_STORED_TERMS = {"category", "post_tag", "author", "series", "post_format", "nav_menu"}
_LANGUAGES = {"language", "post_translations", "term_language", "term_translations"}


@dataclass(frozen=True)
class Items:
    """What posts and pages are made with: the rest of the export.

    `reusable`: the bodies of reusable blocks by number; `originals`: what entries translate, keys
    by numbers; `language`: the site's, without its country.
    """

    people: People
    taxonomies: Taxonomies
    library: Library
    reusable: Mapping[str, str]
    originals: Mapping[str, str]
    language: str

    def item(self, key: str, entry: Entry, *, post: bool) -> Item:
        """The post or page that `entry` becomes, known by `key`."""
        notes: list[Note] = []
        body, of_body = html_of(
            entry.body, entry.id, self.library, self.reusable, _footnotes(entry)
        )
        status = _status(entry, notes)
        title = _title(entry, body, notes)
        dek, excerpt = _dek(entry)
        section, tags = self.taxonomies.section_and_tags(entry)
        date = dates.moment(entry.date, entry.date_gmt)
        updated = dates.moment(entry.modified, entry.modified_gmt)
        address = _address(entry)
        series = entry.of("series")
        return Item(
            key=f"wordpress:{key}",
            origin=Origin(path=entry.path, line=entry.line, item=title),
            kind="post" if post else "page",
            old=address,
            title=title,
            dek=dek,
            date=date,
            updated=updated if dates.later_day(date, updated) and address else "",
            authors=tuple(person.id for person in self.people.of(entry)),
            section=section,
            tags=tags,
            story=series[0].name if series else "",
            slug=unquote(entry.slug),
            aliases=_aliases(entry, address),
            language=_language(entry, self.language),
            status=status,
            image=self._image(entry, notes),
            canonical=_canonical(entry, address),
            translation_of=self.originals.get(entry.id, ""),
            id=entry.guid if post and address else "",
            body=body,
            line=entry.body_line,
            form="html",
            references=_references(entry),
            extra=_extra(entry, excerpt, notes),
            notes=(*notes, *(_placed(note, entry) for note in of_body)),
        )

    def _image(self, entry: Entry, notes: list[Note]) -> Image | None:
        number = entry.field("_thumbnail_id")
        if not number.strip("0"):
            return None
        found = self.library.by_id.get(number)
        if found is None:
            notes.append(Note(what=f"its featured image (number {number}) is not in the export"))
            return None
        caption = text_of_html(found.caption)
        return Image(src=found.address, alt=found.alt, caption=caption, credit=found.credit)


def _placed(note: Note, entry: Entry) -> Note:
    """A note of the body with its line of the export; its HTML has other lines."""
    if not note.line:
        return note
    return Note(what=f"{note.what} (line {entry.body_line + note.line - 1} of {entry.path})")


def _status(entry: Entry, notes: list[Note]) -> Status:
    """Published only what everybody could read, or will when its date has come."""
    if entry.locked:
        notes.append(Note(what="it was behind a password: it is a draft here"))
    elif entry.status in {"publish", "future"}:
        return "published"
    elif entry.status not in {"draft", "pending"}:
        notes.append(Note(what=f"its status was “{entry.status}”: it is a draft here"))
    return "draft"


def _title(entry: Entry, body: str, notes: list[Note]) -> str:
    if title := text_of_html(entry.title):
        return title
    words = text_of_html(entry.excerpt) or text_of_html(body) or f"Entry {entry.id}"
    notes.append(Note(what="it had no title: its first words are one now"))
    return shortened(words)


def _dek(entry: Entry) -> tuple[str, str]:
    """The sentence under the title: a subtitle, the excerpt or what search engines were told.

    The second is an excerpt that is not used for it.
    """
    subtitle = text_of_html(entry.field(*_SUBTITLES))
    excerpt = text_of_html(entry.excerpt)
    if subtitle:
        return subtitle, excerpt
    described = "" if excerpt else text_of_html(entry.field(*_DESCRIPTIONS))
    return excerpt or ("" if "%%" in described or "%" in described[:1] else described), ""


def _address(entry: Entry) -> str:
    """Where readers found it, if they could."""
    open_to_all = entry.status == "publish" and not entry.locked
    return entry.link if open_to_all and entry.link.startswith(("http", "/")) else ""


def _aliases(entry: Entry, address: str) -> tuple[str, ...]:
    """Addresses that WordPress itself led from: those of the slugs that it had before."""
    path = path_of(address)
    if not path.strip("/"):
        return ()
    ends = "/" if path.endswith("/") else ""
    folder = path.rstrip("/").rpartition("/")[0]
    slugs = (unquote(slug.strip()) for slug in entry.meta.get("_wp_old_slug", ()))
    return tuple(dict.fromkeys(f"{unquote(folder)}/{slug}{ends}" for slug in slugs if slug))


def _references(entry: Entry) -> tuple[str, ...]:
    """The addresses by number, which every WordPress answers."""
    if not entry.id:
        return ()
    host = host_of(entry.link or entry.guid)
    base = f"https://{host}/" if host else "/"
    numbered = (f"{base}?p={entry.id}", f"{base}?page_id={entry.id}", f"/?p={entry.id}")
    return tuple(dict.fromkeys([*numbered, f"?p={entry.id}", entry.guid, entry.link]))


def _canonical(entry: Entry, address: str) -> str:
    given = web_address(entry.field(*_CANONICALS))
    own = host_of(address or entry.guid).removeprefix("www.")
    return given if host_of(given).removeprefix("www.") != own else ""


def _language(entry: Entry, own: str) -> str:
    """Its language as the plugin Polylang has it, where that is another than the site's `own`."""
    terms = entry.of("language")
    return terms[0].slug.removeprefix("pll_") if terms and terms[0].slug != own else ""


def _footnotes(entry: Entry) -> dict[str, str]:
    """The footnotes of the block editor: HTML by id."""
    try:
        found = msgspec.json.decode(entry.field("footnotes") or "[]", type=list[dict[str, str]])
    except (msgspec.DecodeError, RecursionError):
        return {}
    return {each["id"]: each.get("content", "") for each in found if "id" in each}


def _extra(entry: Entry, excerpt: str, notes: list[Note]) -> dict[str, Any]:
    """What has no other home: custom fields that are not WordPress's own, and its other terms."""
    extra = _custom_fields(entry, notes)
    for term in entry.terms:
        if term.taxonomy not in _STORED_TERMS | _LANGUAGES:
            names = extra.setdefault(term.taxonomy, [])
            extra[term.taxonomy] = [*([names] if isinstance(names, str) else names), term.name]
    if formats := entry.of("post_format"):
        extra["post_format"] = formats[0].slug.removeprefix("post-format-")
    if entry.type not in {"post", "page"}:
        extra["post_type"] = entry.type
    if entry.sticky:
        extra["sticky"] = True
    if excerpt:
        extra["excerpt"] = excerpt
    return extra


def _custom_fields(entry: Entry, notes: list[Note]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, values in entry.meta.items():
        kept = [value.strip() for value in values if value.strip()]
        if not kept or key in _TAKEN or _PLUGIN_FIELD.match(key):
            continue
        if any(_SERIALIZED.match(value) for value in kept):
            notes.append(Note(what=f"the custom field “{key}” holds a plugin's data; left out"))
            continue
        fields[key] = kept[0] if len(kept) == 1 else kept
    return fields
