"""Looks in a browser: all can be read, and nothing moves; the night that a reader chose."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # none shipped
from playwright.sync_api import Browser, Page, Response

from blogforge.build import build
from blogforge.options import Options
from tests.conftest import MakeSite
from tests.hosting import Published, hosted

pytestmark = pytest.mark.browser

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 48"><path d="M0 0h240v48z"/></svg>'
CONFIG = """\
title: The Dispatch
url: https://dispatch.example
dek: What follows from it.
sections: [{{name: Trade}}, {{name: Politics}}]
menu: [{{title: About, url: /about/}}]
theme: {{look: {look}, accent: '#fc0', logo: {{src: /logo.svg, dark: /night.svg}}}}
"""
BODY = """\
The *first* paragraph, with a [link](https://example.org/) and **weight**.

> Nobody has said so.
>
> — Reuters

> [!QUOTE]
> Words that were worth pulling out.

> [!FACTS] In figures
> - One: 1

## A heading

Words of the article.[^1] `code`

[^1]: A note.

## Another

| a | b |
|---|---|
| 1 | 2 |
"""
FIELDS = "section: Trade\nkey_points: [One thing., Another.]\nsources: [https://example.org/]\n"
CORRECTION = "corrections: [{date: 2024-02-01, text: It was two.}]\n"
ARTICLE = "/2024/01/09/post-9/"
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
MOST = 60_000  # bytes of an article's page, without images
BACKGROUND = "getComputedStyle(document.documentElement).backgroundColor"
CHOSEN = "document.documentElement.dataset.scheme"


def posts() -> dict[str, str | bytes]:
    made: dict[str, str | bytes] = {"static/logo.svg": LOGO, "static/night.svg": LOGO}
    for day in range(1, 10):
        fields = FIELDS + (CORRECTION if day == 9 else "type: opinion\n")
        head = f"title: Post {day}\ndek: What it is about.\ndate: 2024-01-0{day}\n{fields}"
        made[f"posts/post-{day}.md"] = f"---\n{head}---\n\n{BODY}"
    return made


@pytest.fixture(params=["classic", "modern", "paper"])
def address(request: pytest.FixtureRequest, make_site: MakeSite) -> Iterator[str]:
    """The address of a small site in a look, served to this machine alone."""
    site = make_site(posts(), config=CONFIG.format(look=request.param))
    build(site, Options(jobs=1))
    with hosted(site / "public", Published) as address:
        yield address


def test_a_look_can_be_read_and_nothing_moves(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    said: list[str] = []
    answers: list[Response] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  (it wants a function)
    page.add_init_script(SHIFTS)
    for path in (ARTICLE, "/"):
        answers.clear()
        page.goto(address + path, wait_until="networkidle")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shifts") == 0
        wrong = [a.url for a in answers if a.status >= 400 or not a.url.startswith(address)]
        assert wrong == []
        for width in (320, 1280):  # WCAG 2.2, 1.4.10, and a desk
            page.set_viewport_size({"width": width, "height": 844})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert faint(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                assert page.locator(".logo:visible").count() == 1
        page.set_viewport_size({"width": 390, "height": 844})
        fonts = [answer for answer in answers if "/fonts/" in answer.url]
        assert all(answer.headers["cache-control"] == "max-age=2592000" for answer in fonts)
        if path == ARTICLE:
            assert bool(fonts) == bool(page.locator("link[rel=preload]").count())
            weights = {a.url: int(a.headers["content-length"]) for a in answers}
            assert sum(weights.values()) <= MOST, weights
    assert said == []
    page.close()


def faint(page: Page) -> list[str]:
    """What cannot be read for its colour."""
    options = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response
    return [
        f"{node['target']}: {node['any'][0]['message']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("address", ["classic"], indirect=True)
def test_a_reader_chooses_the_night_for_good(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(address)
    day = page.evaluate(BACKGROUND)
    page.get_by_role("radio", name="Automatic").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="Light").is_checked()
    assert page.evaluate(BACKGROUND) == day
    page.get_by_role("radio", name="Dark").check()
    night = page.evaluate(BACKGROUND)
    assert night != day
    # It holds on the next page, before any of it is painted.
    page.goto(address + ARTICLE, wait_until="commit")
    page.wait_for_function("document.body !== null")
    assert page.evaluate(CHOSEN) == "dark"
    page.wait_for_load_state()
    assert page.evaluate(BACKGROUND) == night
    assert page.get_by_role("radio", name="Dark").is_checked()
    assert page.locator(".logo:visible").get_attribute("src") == "/night.svg"
    page.get_by_role("radio", name="Automatic").check()
    assert page.evaluate(BACKGROUND) == day
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BACKGROUND) == night
    context.close()


@pytest.mark.parametrize("address", ["classic"], indirect=True)
def test_without_script_there_is_no_switch_and_the_system_decides(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(color_scheme="dark", java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert not page.locator(".scheme").is_visible()
    assert page.locator(".logo:visible").get_attribute("src") == "/night.svg"
    context.close()
