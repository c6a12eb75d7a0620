from __future__ import annotations

from dataclasses import FrozenInstanceError
from itertools import permutations

import pytest
from msgspec.structs import replace

from blogforge.errors import ContentError
from blogforge.images import Image
from blogforge.model import Author, Byline, RelatedChoice
from blogforge.site.assemble import corpus_of, links_of
from tests.invented import day, post, site_of, standalone

ANA = Author(id="ana", name="Ana Ruiz")


def test_listed_and_unlisted_posts_part() -> None:
    site = site_of(
        [post("old", date=day(1)), post("aside", status="unlisted"), post("new", date=day(2))]
    )
    assert [p.slug for p in site.posts] == ["new", "old"]
    assert [p.slug for p in site.unlisted] == ["aside"]
    assert set(site.cards) == {"posts/old.md", "posts/aside.md", "posts/new.md"}


def test_an_unlisted_post_is_in_no_group() -> None:
    hidden = post(
        "aside", status="unlisted", tags=("Mali",), section="Africa", story="War", authors=("ana",)
    )
    site = site_of([hidden, post("other")], authors=[ANA])
    assert {group.kind for group in site.groups} == {"archive"}
    assert all(hidden.path not in paths for paths in site.members.values())
    assert site.bylines[hidden.path] == ("ana",)
    assert site.cards[hidden.path].byline == (Byline(name="Ana Ruiz", url=""),)
    assert site.cards[hidden.path].section_url == ""


def test_a_card_names_things_as_the_site_does() -> None:
    image = Image(src="/media/a.svg", alt="A boat")
    shown = post("a", authors=("ANA", "Ben"), section="AFRICA", kicker="Sahel", image=image)
    others = [post(name, section="Africa") for name in ("b", "c")]
    card = site_of([shown, *others], authors=[ANA]).cards[shown.path]
    assert (card.section, card.section_url) == ("Africa", "/section/africa/")
    assert card.byline == (
        Byline(name="Ana Ruiz", url="/author/ana/"),
        Byline(name="Ben", url="/author/ben/"),
    )
    assert (card.kicker, card.image, card.url) == ("Sahel", image, shown.url)


def test_a_card_without_dek_begins_as_its_article() -> None:
    site = site_of([post("a"), post("b", dek="A dek.")])
    assert site.cards["posts/a.md"].dek == "Begins a."
    assert site.cards["posts/b.md"].dek == "A dek."


def test_the_order_of_the_sources_does_not_matter() -> None:
    posts = [
        post(name, date=day(number), tags=(name, "Mali"), authors=(name.upper(), "ana"), story="s")
        for name, number in (("a", 3), ("b", 3), ("c", 1))
    ]
    expected = site_of(posts, authors=[ANA])
    assert all(site_of(order, authors=[ANA]) == expected for order in permutations(posts))


def test_pages_are_in_no_list() -> None:
    site = site_of([post()], standalones=[standalone("about")])
    assert "pages/about.md" not in site.cards
    assert [page.path for page in site.standalones] == ["pages/about.md"]


def test_a_site_cannot_be_changed() -> None:
    site = site_of([post()])
    with pytest.raises((AttributeError, FrozenInstanceError)):
        site.posts = ()  # type: ignore[misc]  # on purpose


def test_a_choice_that_names_no_post_is_an_error() -> None:
    site = site_of([post(related=RelatedChoice(pin=("posts/gone.md",)))])
    with pytest.raises(ContentError, match=r"gone\.md"):
        corpus_of(site, {}, ())


def test_the_corpus_knows_the_thread_that_a_page_shows_anyway() -> None:
    site = site_of([post("a", story="War", date=day(1)), post("b", story="War", date=day(2))])
    corpus, warnings = corpus_of(site, {}, ())
    assert corpus.shown["posts/b.md"] == {"posts/a.md"}
    assert not warnings


def test_links_between_posts_by_file_and_by_url() -> None:
    moved = post("moved", aliases=("/old/place/",))
    site = site_of([post("a"), moved, post("c"), post("aside", status="unlisted")])
    urls = {p.path: p.url for p in (*site.posts, *site.unlisted)}
    brief = replace(
        site.briefs["posts/a.md"],
        resolved=(
            ("posts/c.md", urls["posts/c.md"]),
            ("*/aside.md", urls["posts/aside.md"]),
            ("posts/gone.md", ""),
            ("posts/chart.svg", "/media/chart.svg"),
        ),
        addresses=("nowhere", "old/place"),
    )
    linked = replace(site, briefs={**site.briefs, "posts/a.md": brief})
    assert links_of(linked) == {"posts/a.md": ("posts/aside.md", "posts/c.md", "posts/moved.md")}
    assert corpus_of(linked, {})[0].links == links_of(linked)
