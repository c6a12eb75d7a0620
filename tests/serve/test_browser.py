"""The preview in a browser: a save reloads the page, which stays where it was."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # none shipped
from playwright.sync_api import Browser, Page, expect

from tests.serve.conftest import GOOD, PAGE, POST, Served, Start
from tests.test_reasons import NEWS

pytestmark = pytest.mark.browser

LONG = GOOD + "\n\n".join(f"Paragraph {number} of many." for number in range(200)) + "\n"
BROKEN = "---\ntitle: Strait\ntaggs: ['<img src=x onerror=\"document.title=1\">']\n---\n"
LATER = "---\ntitle: Later one\ndate: 2999-05-03T08:00\n---\n\nWords.\n"
DRAFT = "---\ntitle: Draft one\nstatus: draft\n---\n\nWords.\n"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)
    tab = context.new_page()
    troubles: list[str] = []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    yield tab
    context.close()
    assert troubles == []


def opened(page: Page, served: Served, path: str) -> None:
    """Open a page, and wait until its stream is open too."""
    with page.expect_request("**/_blogforge/events**"):
        page.goto(served.url + path)


def test_a_save_reloads_the_page_where_it_was(start: Start, page: Page) -> None:
    served = start({POST: LONG})
    opened(page, served, PAGE)
    page.evaluate("scrollTo(0, 1500)")
    for word in ("Second", "Third"):
        served.write(POST, LONG.replace("First", word))
        expect(page.locator(".article-body")).to_contain_text(f"{word} words")
        page.wait_for_function("scrollY === 1500")
    page.goto(served.url + "/")
    assert page.evaluate("scrollY") == 0, "another page begins at its beginning"


def test_a_style_sheet_is_swapped_without_a_reload(start: Start, page: Page) -> None:
    served = start({POST: GOOD, "static/style.css": "h1 { color: rgb(1, 1, 1) }"})
    opened(page, served, PAGE)
    page.evaluate("window.same = true")
    for shade in (2, 3):
        served.write("static/style.css", f"h1 {{ color: rgb({shade}, 1, 1) }}")
        expect(page.locator("h1")).to_have_css("color", f"rgb({shade}, 1, 1)")
    expect(page.locator('link[rel="stylesheet"]')).to_have_count(1)
    assert page.evaluate("window.same") is True


def test_mistakes_lie_over_the_page_until_they_are_mended(start: Start, page: Page) -> None:
    served = start({POST: GOOD})
    opened(page, served, PAGE)
    served.write(POST, BROKEN)
    overlay = page.get_by_role("alert")
    expect(overlay).to_be_visible()
    expect(overlay).to_contain_text(f"{POST}:3:1: unknown key 'taggs'")
    expect(overlay).to_contain_text("<img src=x")
    expect(overlay).to_contain_text("did you mean")
    assert page.title() != "1", "nothing in a mistake is markup"
    expect(page.locator(".article-body")).to_contain_text("First words")
    width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(width), "it fits a phone"
    box = page.locator("blogforge-preview dialog").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["width"] <= 390
    served.write(POST, GOOD.replace("First", "Second"))
    expect(overlay).to_have_count(0)
    expect(page.locator(".article-body")).to_contain_text("Second words")


@pytest.mark.parametrize("way", ["button", "key"])
def test_mistakes_can_be_closed(way: str, start: Start, page: Page) -> None:
    served = start({POST: GOOD})
    opened(page, served, PAGE)
    with page.expect_request("**/_blogforge/events**"):  # what closes them listens before
        served.write(POST, BROKEN)
    expect(page.get_by_role("alert")).to_be_visible()
    if way == "button":
        page.get_by_role("button", name="Close").click()
    else:
        page.keyboard.press("Escape")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".article-body")).to_be_visible()


def test_badges_say_what_is_not_published_yet(start: Start, page: Page) -> None:
    files: dict[str, str | bytes] = {"posts/later.md": LATER, "posts/2024-05-02-draft.md": DRAFT}
    served = start({POST: GOOD, **files})
    opened(page, served, "/")
    for title, words in (
        ("Later one", "Scheduled for 3 May 2999, 08:00"),
        ("Draft one", "Draft"),
    ):
        card = page.get_by_role("main").locator("a", has_text=title).first
        expect(card.locator(".blogforge-badge")).to_have_text(words)
        expect(card.locator(".blogforge-badge")).to_be_visible()
    published = page.get_by_role("main").locator("a", has_text="Strait").first
    expect(published.locator(".blogforge-badge")).to_have_count(0)
    page.goto(served.url + "/2024/05/02/draft/")
    said = page.get_by_role("status").filter(has_text=re.compile("."))  # buttons speak there, too
    expect(said).to_have_text("Draft")
    page.goto(served.url + "/2999/05/03/later/")
    expect(said).to_have_text("Scheduled for 3 May 2999, 08:00")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_author_can_ask_why_articles_are_related(
    scheme: Literal["light", "dark"], start: Start, page: Page
) -> None:
    served = start({**NEWS})
    page.emulate_media(color_scheme=scheme)
    opened(page, served, "/2012/03/01/coup/")
    button = page.get_by_role("button", name="Why these?")
    expect(page.locator(".more-from").get_by_role("button")).to_have_count(1)
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Why these articles?")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    first = dialog.get_by_role("row").nth(1)
    expect(first).to_contain_text("posts/2012-03-05-sanctions.md")
    expect(first).to_contain_text("Bamako")
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth"), "it fits a phone"
    box = dialog.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    found = Axe().run(page, options={"resultTypes": ["violations", "passes"]}).response
    assert [(broken["id"], broken["nodes"]) for broken in found["violations"]] == []
    checked = next(rule for rule in found["passes"] if rule["id"] == "color-contrast")
    assert "blogforge-why" in str(checked["nodes"])
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_what_an_author_reads_stays_open_over_a_save(start: Start, page: Page) -> None:
    coup = NEWS[post := "posts/2012-03-01-coup.md"]
    served = start({**NEWS})
    opened(page, served, "/2012/03/01/coup/")
    page.get_by_role("button", name="Why these?").click()
    dialog = page.get_by_role("dialog", name="Why these articles?")
    expect(dialog).not_to_contain_text("excluded")
    exclude = "related: {exclude: [2012-03-05-sanctions.md]}\ntitle:"
    served.write(post, coup.replace("title:", exclude))
    expect(dialog).to_contain_text("excluded; would be 1st by score")
    dialog.get_by_role("button", name="Close").click()
    page.reload(wait_until="domcontentloaded")
    expect(dialog).to_have_count(0)


def test_a_page_without_a_block_can_be_asked_why(start: Start, page: Page) -> None:
    served = start({POST: GOOD.replace("title", "related: false\ntitle")})
    opened(page, served, PAGE)
    page.get_by_role("button", name="Why these?").click()
    expect(page.get_by_role("dialog")).to_contain_text("has no block (related: false")


def test_a_page_that_was_missing_comes_when_its_post_does(start: Start, page: Page) -> None:
    served = start({POST: GOOD})
    with page.expect_request("**/_blogforge/events**"):
        page.goto(served.url + "/2024/05/02/draft/")
    expect(page.locator("h1")).not_to_have_text("Draft one")
    served.write("posts/2024-05-02-draft.md", DRAFT)
    expect(page.locator("h1")).to_have_text("Draft one")


def test_tabs_that_nobody_sees_wait_and_are_fresh_when_seen(start: Start, browser: Browser) -> None:
    """Browsers allow six streams to one server, and an author more tabs."""
    served = start({POST: GOOD})
    context = browser.new_context()
    context.set_default_timeout(20_000)
    context.add_init_script(
        "window.away = true;Object.defineProperty(document, 'hidden', { get: () => window.away });"
    )
    tabs = [context.new_page() for _ in range(10)]
    for tab in tabs:
        tab.goto(served.url + PAGE, wait_until="load")
    served.write(POST, GOOD.replace("First", "Second"))
    served.until(PAGE, "Second words")
    expect(tabs[0].locator(".article-body")).to_contain_text("First words")
    tabs[0].evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(tabs[0].locator(".article-body")).to_contain_text("Second words")
    context.close()
