"""An entry of a WordPress export as WordPress means it: with its type, terms and custom fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.importers.plain import text_of_html
from blogforge.value import Value

if TYPE_CHECKING:
    from blogforge.importers.wordpress.wxr import Fields

_OLD_DOMAINS = {"tag": "post_tag", "": "category"}  # of the exports before 1.1


class Term(Value, frozen=True, kw_only=True):
    """A term of an entry: its taxonomy, its name in addresses, its name."""

    taxonomy: str
    slug: str
    name: str


class Entry(Value, frozen=True, kw_only=True):
    """One `<item>`. `line` is its own in the export, `body_line` that of its text."""

    path: str
    line: int
    id: str
    type: str
    status: str
    title: str
    link: str
    guid: str
    creator: str
    date: str
    date_gmt: str
    modified: str
    modified_gmt: str
    body: str
    body_line: int
    excerpt: str
    slug: str
    parent: str
    order: int
    sticky: bool
    locked: bool
    terms: tuple[Term, ...]
    meta: dict[str, tuple[str, ...]]
    address: str
    comments: int

    @property
    def key(self) -> str:
        """What tells it from all other entries of the site."""
        return self.id or self.guid or self.link or f"{self.path}:{self.line}"

    def field(self, *names: str) -> str:
        """The first of the custom fields `names` that holds anything."""
        values = (self.meta[name][0].strip() for name in names if name in self.meta)
        return next((value for value in values if value), "")

    def of(self, *taxonomies: str) -> tuple[Term, ...]:
        """Its terms of the taxonomies."""
        return tuple(term for term in self.terms if term.taxonomy in taxonomies)


def read(fields: Fields, path: str) -> Entry:
    """The entry whose element is `fields`, of the export `path`."""
    order = fields.text("wp:menu_order")
    meta: dict[str, tuple[str, ...]] = {}
    for each in fields.all("wp:postmeta"):
        key = each.text("wp:meta_key")
        meta[key] = (*meta.get(key, ()), each.raw("wp:meta_value"))
    return Entry(
        path=path,
        line=fields.line,
        id=fields.text("wp:post_id"),
        type=fields.text("wp:post_type") or "post",
        status=fields.text("wp:status") or "publish",
        title=fields.text("title"),
        link=fields.text("link"),
        guid=fields.text("guid"),
        creator=fields.text("dc:creator"),
        date=fields.text("wp:post_date"),
        date_gmt=fields.text("wp:post_date_gmt"),
        modified=fields.text("wp:post_modified"),
        modified_gmt=fields.text("wp:post_modified_gmt"),
        body=fields.raw("content:encoded"),
        body_line=fields.line_of("content:encoded"),
        excerpt=fields.text("excerpt:encoded"),
        slug=fields.text("wp:post_name"),
        parent=fields.text("wp:post_parent"),
        order=int(order) if order.lstrip("-").isdecimal() else 0,
        sticky=fields.text("wp:is_sticky") == "1",
        locked=bool(fields.text("wp:post_password")),
        terms=_terms(fields),
        meta=meta,
        address=fields.text("wp:attachment_url"),
        comments=len(fields.all("wp:comment")),
    )


def _terms(fields: Fields) -> tuple[Term, ...]:
    """The entry's terms, each once; exports of old name some twice, once without a slug."""
    found: dict[tuple[str, str], Term] = {}
    for each in fields.all("category"):
        domain, slug, name = (
            each.attribute("domain"),
            each.attribute("nicename"),
            text_of_html(each.words()),
        )
        term = Term(taxonomy=_OLD_DOMAINS.get(domain, domain), slug=slug or name, name=name)
        found.setdefault((term.taxonomy, name), term)
    tags = {name for taxonomy, name in found if taxonomy == "post_tag"}
    return tuple(
        term
        for (taxonomy, name), term in found.items()
        if not (taxonomy == "category" and name in tags and term.slug == name)
    )
