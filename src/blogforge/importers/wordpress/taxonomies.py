"""Categories, tags and other terms of a WordPress site -> one section, and tags."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from blogforge.importers.found import Taxon
from blogforge.importers.plain import text_of_html
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.importers.wordpress.entries import Entry, Term
    from blogforge.importers.wordpress.wxr import Fields

# What WordPress calls the category of a post that has none, in the languages that it ships in.
_NONE = {
    *("uncategorized", "uncategorised", "non-classe", "non-classifiee", "nicht-kategorisiert"),
    *("unkategorisiert", "sin-categoria", "sin-clasificar", "senza-categoria", "sem-categoria"),
    *("geen-categorie", "niet-gecategoriseerd", "okategoriserade", "ukategorisert"),
    *("ikke-kategoriseret", "luokittelematon", "nezarazene", "bez-kategorii", "ucategorizat"),
}
_NAMES = {"uncategorized", "uncategorised", "без рубрики", "未分类", "未分類", "غير مصنف"}
_PRIMARY = ("_yoast_wpseo_primary_category", "rank_math_primary_category", "_primary_category")


class Category(Value, frozen=True, kw_only=True):
    """A category or tag as the head of an export describes it."""

    id: str
    taxonomy: str
    slug: str
    name: str
    parent: str
    dek: str


class Taxonomies:
    """The categories of a site as a tree, and how many posts each top has."""

    def __init__(self, described: Iterable[Category], entries: Iterable[Entry]) -> None:
        described = list(described)
        self.tags = [each for each in described if each.taxonomy == "post_tag"]
        self._by_slug = {each.slug: each for each in described if each.taxonomy == "category"}
        self._by_id = {each.id: each for each in self._by_slug.values() if each.id}
        self._used = Counter(
            top for entry in entries for top in {self._top(term) for term in _of(entry)}
        )

    def section_and_tags(self, entry: Entry) -> tuple[str, tuple[str, ...]]:
        """The section of a post, and its tags.

        The section is the uppermost category above the one that an editor marked as primary, or
        else that of the most posts; of equals the first. All other terms become tags.
        """
        terms = _of(entry)
        primary = self._by_id.get(entry.field(*_PRIMARY))
        tops = [self._top(term) for term in terms]
        section = ""
        if primary and any(term.slug == primary.slug for term in terms):
            section = self._name_of_top(primary.slug, primary.name)
        elif tops:
            section = max(tops, key=lambda top: self._used[top])  # max takes the first of equals
        names = [term.name for term in (*terms, *entry.of("post_tag"))]
        folded = section.casefold()
        tags = {name.casefold(): name for name in reversed(names) if name.casefold() != folded}
        return section, tuple(reversed(tags.values()))

    def taxa(self) -> list[Taxon]:
        """What is said of sections and tags beside their names, and where they were."""
        sections = [
            Taxon(
                kind="tag" if each.parent else "section",
                name=each.name,
                dek=each.dek,
                addresses=(f"/category/{self._path(each)}/",),
            )
            for each in self._by_slug.values()
            if each.name and not _is_none(each.slug, each.name)
        ]
        tags = [
            Taxon(kind="tag", name=each.name, dek=each.dek, addresses=(f"/tag/{each.slug}/",))
            for each in self.tags
            if each.name
        ]
        return [*sections, *tags]

    def _path(self, category: Category) -> str:
        slugs: list[str] = []
        at: Category | None = category
        while at and at.slug not in slugs:
            slugs.append(at.slug)
            at = self._by_slug.get(at.parent)
        return "/".join(reversed(slugs))

    def _top(self, term: Term) -> str:
        return self._name_of_top(term.slug, term.name)

    def _name_of_top(self, slug: str, name: str) -> str:
        seen = set()
        while slug in self._by_slug and slug not in seen:
            seen.add(slug)
            name = self._by_slug[slug].name or name
            slug = self._by_slug[slug].parent
        return name


def described(channel: Fields) -> list[Category]:
    """The categories and tags in the head of an export."""
    categories = [
        Category(
            id=each.text("wp:term_id"),
            taxonomy="category",
            slug=each.text("wp:category_nicename"),
            name=text_of_html(each.text("wp:cat_name")),
            parent=each.text("wp:category_parent"),
            dek=text_of_html(each.text("wp:category_description")),
        )
        for each in channel.all("wp:category")
    ]
    tags = [
        Category(
            id=each.text("wp:term_id"),
            taxonomy="post_tag",
            slug=each.text("wp:tag_slug"),
            name=text_of_html(each.text("wp:tag_name")),
            parent="",
            dek=text_of_html(each.text("wp:tag_description")),
        )
        for each in channel.all("wp:tag")
    ]
    return categories + tags


def _of(entry: Entry) -> tuple[Term, ...]:
    """The categories of a post, without the one of those that have none."""
    terms = entry.of("category")
    return tuple(term for term in terms if not _is_none(term.slug, term.name))


def _is_none(slug: str, name: str) -> bool:
    return slug.lower() in _NONE or name.lower() in _NAMES
