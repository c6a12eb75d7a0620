"""Pictures in a browser: the right rendition, nothing moves, nothing is forbidden."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from blogforge.build import build
from blogforge.options import Options
from tests.conftest import CONFIG, MakeSite
from tests.hosting import Published, hosted
from tests.pictures import picture

pytestmark = pytest.mark.browser

BODY = "![A map](sea.jpg)\n\n" + "Words of the post.\n\n" * 40 + "![A sea](sea.jpg)\n\nThe end."
POST = f"---\ntitle: A\ndate: 2024-01-01\nimage: {{src: sea.jpg, alt: A sea}}\n---\n\n{BODY}\n"
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
COLOR = "getComputedStyle(document.querySelector('.article-body img')).backgroundColor"


@pytest.fixture
def address(make_site: MakeSite) -> Iterator[str]:
    """The address of an article with pictures, served to this machine alone."""
    site = make_site({"posts/a.md": POST, "posts/sea.jpg": picture(1800, 1200)}, config=CONFIG)
    build(site, Options(jobs=1))
    with hosted(site / "public", Published) as address:
        yield f"{address}/2024/01/01/a/"


@pytest.mark.parametrize(("width", "hero"), [(390, 400), (1280, 1200)])
def test_a_reader_gets_what_suits_the_screen(
    browser: Browser, address: str, width: int, hero: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    said: list[str] = []
    fetched: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: fetched.append(request.url))
    page.add_init_script(SHIFTS)
    page.goto(address, wait_until="networkidle")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifts") == 0
    assert said == []
    media = [url for url in fetched if "/media/" in url]
    assert media[0].endswith(f".{hero}.avif")
    assert all(url.endswith(".avif") for url in media)
    seen = "[...document.images].every((image) => image.complete && image.naturalWidth > 0)"
    assert page.evaluate(seen)
    color = page.evaluate("document.querySelector('.article-body img').dataset.color")
    red, green, blue = bytes.fromhex(color[1:])
    assert page.evaluate(COLOR) == f"rgb({red}, {green}, {blue})"
    page.close()
