"""Structured data has what search engines ask for, of the type that they ask it for, everywhere."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.test_own_site import structured_data
from tests.trees import Tree

GOOGLE = "https://developers.google.com/search/docs/appearance/structured-data/"
SCHEMA = "https://schema.org/"
WIDE = 1200  # pixels of an article's image, as Google asks of large previews


class Asked(NamedTuple):
    """What a type must have, what it should have, what else it may, and who says so.

    What is recommended and cannot be known here is said beside it.
    """

    source: str
    required: str
    recommended: str = ""
    optional: str = ""


# By Google all of an article's properties are recommended, none is required.
_NEWS = Asked(
    GOOGLE + "article",
    "headline image datePublished dateModified author",
    "description publisher mainEntityOfPage articleSection keywords inLanguage wordCount"
    " isAccessibleForFree",
    "dateline correction",
)
ASKED = {
    "NewsArticle": _NEWS,
    "AnalysisNewsArticle": _NEWS,
    "OpinionNewsArticle": _NEWS,
    "BackgroundNewsArticle": _NEWS,
    "NewsMediaOrganization": Asked(SCHEMA + "NewsMediaOrganization", "name url", "logo"),
    "CorrectionComment": Asked(SCHEMA + "CorrectionComment", "text datePublished"),
    "WebPage": Asked(SCHEMA + "mainEntityOfPage", "@id"),
    "BreadcrumbList": Asked(GOOGLE + "breadcrumb", "itemListElement"),
    "ListItem": Asked(GOOGLE + "breadcrumb", "name position", "", "item url"),
    # Recommended, too: how often others have read or followed a person, which nobody counts here,
    # and when the profile was made.
    "ProfilePage": Asked(GOOGLE + "profile-page", "mainEntity"),
    "Person": Asked(
        GOOGLE + "profile-page", "name", "url", "alternateName description image sameAs"
    ),
    "ImageObject": Asked(
        GOOGLE + "image-license-metadata", "url", "", "width height caption creditText"
    ),
    "WebSite": Asked(
        GOOGLE.removesuffix("structured-data/") + "site-names",
        "name url",
        "description inLanguage publisher",
        "potentialAction",
    ),
    "SearchAction": Asked(SCHEMA + "SearchAction", "target query-input"),
    "EntryPoint": Asked(SCHEMA + "EntryPoint", "urlTemplate"),
    "CollectionPage": Asked(
        SCHEMA + "CollectionPage", "name url mainEntity", "inLanguage", "description"
    ),
    "ItemList": Asked(SCHEMA + "ItemList", "itemListElement", "itemListOrder"),
}
PROFILE = {"alternateName", "description", "image", "sameAs"}


@pytest.fixture(scope="module")
def found(own_tree: Tree) -> dict[str, list[dict[str, Any]]]:
    """What each page says in structured data, as far as it says any."""
    return {name: data for name, page in own_tree.pages() if (data := structured_data(page))}


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Everything with a type, however deep it stands."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for item in value.values():
            yield from things(item)
    elif isinstance(value, list):
        for item in value:
            yield from things(item)


def test_every_thing_has_what_it_is_asked_for(found: dict[str, list[dict[str, Any]]]) -> None:
    lacking = []
    for name, data in found.items():
        for thing in things(data):
            asked = ASKED[thing["@type"]]
            wanted = {*asked.required.split(), *asked.recommended.split()}
            known = {*wanted, *asked.optional.split(), "@type", "@context"}
            if missing := wanted - thing.keys():
                lacking.append((name, thing["@type"], missing))
            assert thing.keys() <= known, (name, thing)
            assert all(thing.values()), (name, thing)
    assert lacking == []


def test_every_type_is_in_use(found: dict[str, list[dict[str, Any]]]) -> None:
    types = {thing["@type"] for data in found.values() for thing in things(data)}
    assert types >= ASKED.keys() - {"SearchAction", "EntryPoint"}


def test_dates_have_an_offset_and_addresses_a_host(
    own_tree: Tree, found: dict[str, list[dict[str, Any]]]
) -> None:
    for name, data in found.items():
        for thing in things(data):
            for key, value in thing.items():
                if key.startswith("date") and key != "dateline":
                    assert datetime.fromisoformat(value).utcoffset() is not None, name
                if key in {"url", "item", "@id", "image"} and isinstance(value, str):
                    assert value.startswith("https://"), (name, key, value)
                    assert own_tree.file_at(value) is not None, (name, key, value)


def test_lists_count_from_one(found: dict[str, list[dict[str, Any]]]) -> None:
    for name, data in found.items():
        for thing in things(data):
            items = thing.get("itemListElement", [])
            assert [item["position"] for item in items] == [*range(1, len(items) + 1)], name
            key = "item" if thing["@type"] == "BreadcrumbList" else "url"
            assert all(key in item for item in items), name


def test_articles_have_an_image_as_large_as_previews_are(
    found: dict[str, list[dict[str, Any]]],
) -> None:
    for name, data in found.items():
        for thing in things(data):
            for image in thing.get("image", ()):
                if isinstance(image, dict):  # not a portrait, which is an address alone
                    assert image["width"] >= WIDE, name


def test_authors_pages_tell_all_that_they_show(
    own_tree: Tree, found: dict[str, list[dict[str, Any]]]
) -> None:
    profiles = {
        name: thing["mainEntity"]
        for name, data in found.items()
        for thing in things(data)
        if thing["@type"] == "ProfilePage"
    }
    assert any(profile.keys() >= PROFILE for profile in profiles.values())
    for name, profile in profiles.items():
        header = own_tree.html(name).css_first("main header, main .list-header")
        assert header is not None
        shown = " ".join(header.text().split())
        for key in ("name", "alternateName", "description"):
            assert " ".join(profile.get(key, "").split()) in shown, name
        assert set(profile.get("sameAs", ())) <= addresses(header.html or "")


def addresses(html: str) -> set[str]:
    return {node.attributes["href"] or "" for node in LexborHTMLParser(html).css("a[href]")}
