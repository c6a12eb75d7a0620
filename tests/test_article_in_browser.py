"""What stands around an article's text, in a browser: to find one's way, pass on, cite, file."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # none shipped
from playwright.sync_api import Browser, Page, expect

from blogforge.build import build
from blogforge.options import Options
from tests.conftest import CONFIG
from tests.hosting import Published, hosted
from tests.rendering import write
from tests.test_images_in_browser import SHIFTS

pytestmark = pytest.mark.browser

PART = """
## The {0} part

{1}"""
WORDS = "Words of the [post](https://source.example/{0}), many of them.\n\n"
PARTS = ("first", "second", "third", "fourth", "last")
ENGLISH = """\
---
title: Guns & “sand”
date: 2024-01-05
authors: [ana, desk]
key_points: [One, Two]
corrections: [{date: 2024-01-06, text: It was a boat.}]
sources: [{title: A treaty, url: "https://treaty.example/"}]
---
""" + "".join(PART.format(name, WORDS.format(name) * 9) for name in PARTS)
CHINESE = """\
---
title: 一条河流与它的算术
date: 2024-01-04
dek: 大坝不会喝干河水，但蓄水的那几年需要谈判。
lang: zh
authors: [ana]
---
埃塞俄比亚的大坝是用来发电的。它不会*消耗*河水，只会推迟河水到达下游的时间。

> 谁来决定蓄水的速度，比大坝有多高更重要。

蓄水若用三年，埃及会有感觉；若用十年，也许不会。
"""
AUTHORS = "ana: {name: Ana Ruiz, bio: Ana writes.}\ndesk: {name: The Desk}\n"
DESK, PHONE = (1280, 800), (390, 844)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with an English and a Chinese article."""
    files = {
        "blogforge.yaml": CONFIG + "share: [email, mastodon]\n",
        "authors.yaml": AUTHORS,
        "posts/guns.md": ENGLISH,
        "posts/river.md": CHINESE,
    }
    root = write(tmp_path_factory.mktemp("site"), files)
    build(root, Options(jobs=1))
    with hosted(root / "public", Published) as address:
        yield address


@contextmanager
def opened(
    browser: Browser, address: str, size: tuple[int, int], *, script: bool = True
) -> Iterator[Page]:
    """The page at an address, on which nothing may move or be forbidden."""
    width, height = size
    phone = size == PHONE
    context = browser.new_context(
        viewport={"width": width, "height": height},
        is_mobile=phone,
        has_touch=phone,
        reduced_motion="reduce",
        java_script_enabled=script,
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(10_000)
    context.add_init_script(SHIFTS)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address, wait_until="load")
    yield page
    assert said == []
    context.close()


ARTICLE = "/2024/01/05/guns/"


def test_contents_are_open_beside_the_text_and_tell_where_the_reader_is(
    browser: Browser, site: str
) -> None:
    with opened(browser, site + ARTICLE, DESK) as page:
        assert page.locator(".toc").evaluate("toc => toc.open")
        here = page.locator(".toc [aria-current]")
        assert here.count() == 0
        page.locator(".toc a", has_text="third").click()
        expect(here).to_have_text("The third part")
        expect(page.locator(".toc")).to_be_in_viewport()
        assert page.evaluate("window.shifts") == 0


def test_on_a_telephone_contents_stay_closed_and_the_address_is_shared(
    browser: Browser, site: str
) -> None:
    share = "navigator.share = async (what) => { window.shared = what; }"
    with opened(browser, "about:blank", PHONE) as page:
        page.context.add_init_script(share)
        page.goto(site + ARTICLE)
        assert not page.locator(".toc").evaluate("toc => toc.open")
        page.get_by_role("button", name="Share…").click()
        assert page.evaluate("window.shared") == {
            "title": "Guns & “sand”",
            "url": "https://dispatch.example/2024/01/05/guns/",
        }


def test_address_and_citations_go_to_the_clipboard(browser: Browser, site: str) -> None:
    with opened(browser, site + ARTICLE, DESK) as page:
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("status")).to_have_text("Copied")
        clipboard = "navigator.clipboard.readText()"
        assert page.evaluate(clipboard) == "https://dispatch.example/2024/01/05/guns/"
        page.get_by_text("Cite this article").click()
        page.locator(".cite div", has_text="Chicago").get_by_role("button").click()
        expect(page.locator(".cite button", has_text="Copied")).to_be_visible()
        assert page.evaluate(clipboard) == (
            "Ruiz, Ana, and The Desk. “Guns & ‘sand’.” The Dispatch, January 5, 2024. "
            "https://dispatch.example/2024/01/05/guns/."
        )
        assert Axe().run(page).response["violations"] == []


def test_without_script_there_are_the_same_words_and_links(browser: Browser, site: str) -> None:
    with opened(browser, site + ARTICLE, DESK, script=False) as page:
        assert page.get_by_role("button").count() == 0
        for summary, shown in ((".toc", ".toc a"), (".cite", ".cite dd")):
            page.locator(f"{summary} summary").click()
            assert page.locator(shown).first.is_visible()
        assert page.locator(".share a").count() == 2
        assert page.locator("h2", has_text="The last part").is_visible()


def test_paper_has_the_addresses_of_links_and_nothing_to_press(browser: Browser, site: str) -> None:
    with opened(browser, site + ARTICLE, DESK) as page:
        numbered = "a => getComputedStyle(a, '::after').content"
        assert page.locator(".article-body a").first.evaluate(numbered) == "none"
        page.emulate_media(media="print")
        links = page.locator(".article-body a")
        assert "counter(link)" in links.first.evaluate(numbered)
        assert links.count() == page.locator(".paper-links li:visible").count() == 45
        assert page.locator(".paper-links li").nth(44).inner_text() == "https://source.example/last"
        assert page.locator(":is(.toc, .share, .cite, .site-nav, button):visible").count() == 0
        for shown in (".corrections", ".sources", ".key-points", ".bio", ".print-address"):
            assert page.locator(shown).first.is_visible(), shown


def test_chinese_has_its_own_leading_and_no_italics(browser: Browser, site: str) -> None:
    with opened(browser, f"{site}/2024/01/04/river/", PHONE) as page:
        style = "(node, name) => getComputedStyle(node)[name]"
        for italic in (".article-body em", ".article-header .dek"):
            assert page.locator(italic).evaluate(style, "fontStyle") == "normal", italic
        body = page.locator(".article-body > p").first
        size, leading = (
            float(body.evaluate(style, name).removesuffix("px"))
            for name in ("fontSize", "lineHeight")
        )
        assert leading / size == pytest.approx(1.8)
        wide = "document.documentElement.scrollWidth <= innerWidth"
        assert page.evaluate(wide)
        assert Axe().run(page).response["violations"] == []
