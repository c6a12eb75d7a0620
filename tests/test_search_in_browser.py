"""Searching in a browser: what readers find, and what that takes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from blogforge.build import build
from blogforge.options import Options
from blogforge.site import bundles
from tests.hosting import Published, hosted
from tests.searching import needs_pagefind
from tests.test_browser import faults
from tests.test_images_in_browser import SHIFTS

pytestmark = [pytest.mark.browser, needs_pagefind]

CONFIG = """\
title: The Dispatch
url: https://dispatch.example/news/
search: true
social_cards: {enabled: false}
languages: {fr: {title: La Dépêche}}
"""
POST = """\
---
title: {title}
date: {date}
section: {section}
authors: [{author}]
lang: {lang}
---

{body}
"""
POSTS = [
    ("Tripoli falls", "2011-08-22", "Africa", "Ann", "en", "Gaddafi is gone from <b>Tripoli</b>."),
    ("A year later", "2012-08-22", "Africa", "Ben", "en", "Tripoli & the war &lt;i&gt;."),
    ("Grain", "2013-01-01", "Trade", "Ann", "en", "Grain leaves Odessa. " * 40),
    ("Le blé", "2013-01-02", "Trade", "Ann", "fr", "Les chevaux quittent Tripoli."),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("searched")
    (site / "posts").mkdir()
    (site / "blogforge.yaml").write_text(CONFIG)
    (site / "entities.yaml").write_text("Muammar Qaddafi: [Gaddafi, Qaddafi]\n")
    for number, (title, date, section, author, lang, body) in enumerate(POSTS):
        text = POST.format(
            title=title, date=date, section=section, author=author, lang=lang, body=body
        )
        (site / f"posts/{number}.md").write_text(text)
    with pytest.MonkeyPatch.context() as small:  # each post has a bundle of its own
        for name in ("_LEAST", "_STEP", "_PART"):
            small.setattr(bundles, name, 1)
        build(site, Options(jobs=1))
    (site / "host").mkdir()
    (site / "public").rename(site / "host/news")
    (site / "host/news/_headers").rename(site / "host/_headers")
    return site / "host"


@pytest.fixture(scope="module")
def address(tree: Path) -> Iterator[str]:
    with hosted(tree, Published) as address:
        yield f"{address}/news/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    yield page
    page.close()
    assert said == []


def titles(page: Page) -> list[str]:
    return page.locator("#search_results .card-title").all_inner_texts()


def search(page: Page, words: str, count: int) -> list[str]:
    page.get_by_role("searchbox").fill(words)
    expect(page.get_by_role("status")).to_have_text(f"Articles found: {count}")
    expect(page.locator("#search_results article")).to_have_count(count)
    return titles(page)


def test_readers_find_articles_wherever_their_index_is(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    assert len((page.locator("main").get_attribute("data-bundles") or "").split()) == 3
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert sorted(search(page, "tripoli", 2)) == ["A year later", "Tripoli falls"]
    page.get_by_label("Order").select_option("Newest first")
    expect(page.locator("#search_results .card-title").first).to_have_text("A year later")
    page.get_by_label("Author").select_option("Ann")
    expect(page.get_by_role("status")).to_have_text("Articles found: 1")
    assert page.url == f"{address}search/?q=tripoli&author=Ann&sort=date"
    page.reload()
    expect(page.get_by_role("status")).to_have_text("Articles found: 1")
    page.get_by_role("link", name="Tripoli falls").click()
    page.wait_for_url(f"{address}2011/08/22/0/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_anyone_can_read_what_is_found_and_nothing_moves(
    page: Page, address: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.add_init_script(SHIFTS)
    page.goto(f"{address}search/?q=tripoli")
    expect(page.locator("#search_results article")).to_have_count(2)
    assert faults(page) == []
    assert page.evaluate("window.shifts") == 0


def test_a_name_is_found_however_it_is_spelled(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    assert search(page, "Qaddafi", 1) == ["Tripoli falls"]
    result = page.locator("#search_results article")
    expect(result.locator(".dek")).to_have_text("Gaddafi is gone from Tripoli.")
    expect(result.locator("time")).to_have_text("22 August 2011")
    expect(result.locator(".byline")).to_have_text("Ann")


def test_text_in_a_result_is_text(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=war")
    expect(page.get_by_role("status")).to_have_text("Articles found: 1")
    expect(page.locator("#search_results .dek")).to_have_text("Tripoli & the war <i>.")
    expect(page.locator("#search_results mark")).to_have_text("war")


def test_a_word_is_marked_without_the_full_stop_behind_it(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=odessa")
    expect(page.locator("#search_results mark").first).to_have_text("Odessa")


def test_who_finds_nothing_is_helped(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=zebra")
    expect(page.get_by_role("status")).to_have_text("Nothing found")
    expect(page.locator("#search_advice")).to_be_visible()
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#search_advice")).to_be_hidden()


def test_each_language_is_searched_on_its_own_page(page: Page, address: str) -> None:
    page.goto(f"{address}fr/search/?q=cheval")
    expect(page.get_by_role("status")).to_have_text("Articles trouvés : 1")
    assert titles(page) == ["Le blé"]
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"{address}search/")


def test_without_script_readers_are_told_where_to_look(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/?q=tripoli")
    told = page.locator("noscript").text_content() or ""  # which a script's absence would show
    assert "The search needs JavaScript" in told
    assert page.locator(".search .directories a").count() > 2
    context.close()


def test_where_there_is_no_index_readers_are_told(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{address}search/?q=tripoli")
    expect(page.get_by_role("status")).to_have_text("The search does not work just now.")
    page.close()


def test_articles_load_nothing_of_the_search(page: Page, address: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{address}2011/08/22/0/", wait_until="networkidle")
    assert not [url for url in fetched if "search" in url or "pagefind" in url]
