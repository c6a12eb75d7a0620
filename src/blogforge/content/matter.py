"""What front matter may say: the keys of posts and pages, and their other generators' spellings."""

from __future__ import annotations

import re
from typing import Annotated, Any

from msgspec import Meta, Struct, field

from blogforge.content.dates import PATTERN
from blogforge.model import PostType, Status

Words = str | tuple[str, ...]
_AUTHOR = "write the author's id; names and bios stand in authors.yaml"
Names = str | tuple[Annotated[str, Meta(extra={"hint": _AUTHOR})], ...]


def _text(description: str, **schema: Any) -> Meta:
    return Meta(description=description, extra_json_schema=schema or None)


def _other(name: str) -> Meta:
    return Meta(description=f"Read as `{name}`.")


# Without group names, which JSON Schema's regular expressions write in another way.
DATE_PATTERN = f"^{re.sub('[?]P<[a-z]+>', '?:', PATTERN)}$"
_SEGMENT = r"^[^/\\%?#:*\"<>|]+$"
_WEB = "^https?://"
Date = Annotated[str, _text("2012-03-21, 2012-03-21 10:00 or with an offset", pattern=DATE_PATTERN)]


class _Matter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of front matter's blocks: text and lists as written, nothing checked but types."""


class ImageMatter(_Matter, frozen=True, kw_only=True):
    """`image:` as a block."""

    src: Annotated[str, Meta(description="Path of the file, or a URL.")]
    alt: Annotated[str, Meta(description="What it shows, for those who cannot see it.")] = ""
    caption: Annotated[str, Meta(description="What is said under it.")] = ""
    credit: Annotated[str, Meta(description="Who made it.")] = ""


class CorrectionMatter(_Matter, frozen=True, kw_only=True):
    """One of `corrections:`."""

    date: Date
    text: Annotated[str, Meta(description="What was wrong, and what is right.")]


class ReferenceMatter(_Matter, frozen=True, kw_only=True):
    """One of `sources:` as a block."""

    title: Annotated[str, Meta(description="What it is called.")]
    url: Annotated[str, _text("Where it is.", pattern=_WEB)] = ""
    archived: Annotated[str, _text("Where a copy of it is.", pattern=_WEB)] = ""


class RelatedMatter(_Matter, frozen=True, kw_only=True):
    """`related:` as a block."""

    pin: Annotated[Words, Meta(description="Posts to show first, by path.")] = ()
    exclude: Annotated[Words, Meta(description="Posts never to show, by path.")] = ()


class IgnoreMatter(_Matter, frozen=True, kw_only=True):
    """One of `check.ignore:` as a block."""

    rule: Annotated[str, Meta(description="The rule that is not to speak here.")]
    text: Annotated[str, Meta(description="Only where the finding or its line has this text.")] = ""
    reason: Annotated[str, Meta(description="Why, for whoever comes after you.")] = ""


class CheckMatter(_Matter, frozen=True, kw_only=True):
    """`check:` what `blogforge check` is not to tell of this file."""

    ignore: Annotated[
        str | tuple[str | IgnoreMatter, ...],
        Meta(
            description="Rules that are not to speak here.",
            extra={"hint": "write 'check: {ignore: [missing-dek]}'"},
        ),
    ] = ()


class PageMatter(_Matter, frozen=True, kw_only=True):
    """Front matter of a file in pages/, and what posts share with it."""

    title: Annotated[str, Meta(description="The headline.")] = ""
    dek: Annotated[str, Meta(description="One or two sentences under the headline.")] = ""
    summary: Annotated[str, _other("dek")] = ""
    excerpt: Annotated[str, _other("dek")] = ""
    description: Annotated[str, _other("dek")] = ""
    subtitle: Annotated[str, _other("dek")] = ""
    updated: Annotated[Date, Meta(description="The last real change.")] = ""
    lastmod: Annotated[Date, _other("updated")] = ""
    modified: Annotated[Date, _other("updated")] = ""
    image: Annotated[str | ImageMatter, Meta(description="The picture, or its path alone.")] = ""
    status: Annotated[Status | None, Meta(description="published, unless it says otherwise.")] = (
        None
    )
    draft: Annotated[bool | None, Meta(description="true is `status: draft`.")] = None
    slug: Annotated[str, _text("The last part of the address.", pattern=_SEGMENT)] = ""
    aliases: Annotated[Words, Meta(description="Older paths that lead here.")] = ()
    canonical: Annotated[str, _text("The address of the original.", pattern=_WEB)] = ""
    lang: Annotated[str, Meta(description="BCP 47; the site's language otherwise.")] = ""
    translation_of: Annotated[str, Meta(description="Path of what it translates.")] = ""
    template: Annotated[str, _text("A template's file name.", pattern=r"^\w[\w.-]*\.html$")] = ""
    check: Annotated[
        CheckMatter, Meta(extra={"hint": "write 'check: {ignore: [missing-dek]}'"})
    ] = CheckMatter()
    extra: Annotated[dict[str, Any], Meta(description="Free fields for templates.")] = field(
        default_factory=dict
    )


class PostMatter(PageMatter, frozen=True, kw_only=True):
    """Front matter of a file in posts/."""

    date: Annotated[Date, Meta(description="When it was published; or in the file's name.")] = ""
    kicker: Annotated[str, Meta(description="A few words above the headline.")] = ""
    authors: Annotated[
        Names, Meta(description="Ids of authors.yaml, or names.", extra={"hint": _AUTHOR})
    ] = ()
    author: Annotated[Names, Meta(description="Read as `authors`.", extra={"hint": _AUTHOR})] = ()
    section: Annotated[str, Meta(description="The part of the publication it stands in.")] = ""
    category: Annotated[str, _other("section")] = ""
    categories: Annotated[Words, Meta(description="Read as `section`; only one.")] = ()
    tags: Annotated[Words, Meta(description="What it is about.")] = ()
    story: Annotated[
        str,
        Meta(
            description="The running story it belongs to.",
            extra={"hint": "write 'story: NAME': a post is in one story"},
        ),
    ] = ""
    type: Annotated[
        PostType, Meta(description="What kind of piece it is; analysis unless it says otherwise.")
    ] = "analysis"
    dateline: Annotated[str, Meta(description="Where it was reported from, such as BAMAKO.")] = ""
    embargo: Annotated[Date, Meta(description="Not to be published before.")] = ""
    expires: Annotated[Date, Meta(description="Not to be published after.")] = ""
    corrections: Annotated[
        tuple[CorrectionMatter, ...], Meta(description="What was wrong and is now right.")
    ] = ()
    sources: Annotated[
        tuple[str | ReferenceMatter, ...], Meta(description="What the article rests on.")
    ] = ()
    key_points: Annotated[Words, Meta(description="The article in a few lines.")] = ()
    related: Annotated[
        bool | RelatedMatter,
        Meta(
            description="The editor's hand in 'More from'; false: none.",
            extra={"hint": "write 'related: {pin: [FILE]}', or 'related: false' for no block"},
        ),
    ] = True
    id: Annotated[
        str, Meta(description="By which feed readers know it, for ever; its address otherwise.")
    ] = ""
    guid: Annotated[str, _other("id")] = ""
