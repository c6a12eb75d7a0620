"""What a page asks of its reader's browser: little, nothing of others, and nothing of scripts."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from tests.hosting import Published, hosted
from tests.test_browser import PAGES, PHONE
from tests.trees import Tree

pytestmark = pytest.mark.browser

WEIGHT = 60_000  # bytes over the wire, but for images
BLOCKING = 1  # requests that keep a page from being painted
PATIENCE = 0.15  # seconds that every image is late
WATCH = """
window.shifts = [];
window.refused = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.shifts.push([entry.value, ...entry.sources.map((source) => source.node?.outerHTML)]);
  }
}).observe({type: "layout-shift", buffered: true});
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push([event.effectiveDirective, event.blockedURI]);
});
"""
BLOCKED = """
() => performance.getEntriesByType("resource")
    .filter((entry) => entry.renderBlockingStatus === "blocking").map((entry) => entry.name)
"""
READABLE = ("h1", ".masthead a", "main")


class Late(Published):
    """Serves images after a while, as a telephone gets them."""

    def end_headers(self) -> None:
        if self.path.endswith((".svg", ".avif", ".webp", ".png", ".jpg")):
            threading.Event().wait(PATIENCE)
        super().end_headers()


@pytest.fixture(scope="module")
def site(own_tree: Tree) -> Iterator[str]:
    """The address of the publication, whose host sends the headers that it brings."""
    with hosted(own_tree.root, Late) as address:
        yield address


@pytest.fixture
def reading(browser: Browser) -> Iterator[Page]:
    """A page of a browser that knows nothing yet, on a telephone."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, is_mobile=True, device_scale_factor=2
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_light_still_and_alone(reading: Page, site: str, path: str) -> None:
    asked: list[Request] = []
    reading.on("request", lambda request: asked.append(request))  # noqa: PLW0108
    reading.add_init_script(WATCH)
    reading.goto(site + path, wait_until="networkidle")
    reading.evaluate("scrollTo(0, document.body.scrollHeight)")
    reading.wait_for_load_state("networkidle")
    assert [request.url for request in asked if not request.url.startswith(site)] == []
    assert reading.evaluate("window.shifts") == []
    assert reading.evaluate("window.refused") == []
    assert len(reading.evaluate(BLOCKED)) <= BLOCKING
    texts = [request.sizes() for request in asked if request.resource_type != "image"]
    weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in texts)
    assert 2_000 < weight <= WEIGHT


def test_what_must_not_be_would_be_seen(reading: Page, site: str) -> None:
    def spoilt(route: Route) -> None:
        answer = route.fetch()
        late = "<script>setTimeout(() => document.body.prepend('late'), 50)</script>"
        headers = {**answer.headers, "content-security-policy": "img-src 'none'"}
        body = answer.text().replace("<main", '<img src="/favicon.svg" alt=""><main') + late
        route.fulfill(response=answer, headers=headers, body=body)

    reading.add_init_script(WATCH)
    reading.route(site + "/archive/", spoilt)
    reading.goto(site + "/archive/", wait_until="networkidle")
    assert reading.evaluate("window.shifts")
    assert reading.evaluate("window.refused")


def test_pages_can_be_read_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in PAGES.values():
        page.goto(site + path)
        for selector in READABLE:
            assert page.locator(selector).first.is_visible(), (path, selector)
    page.goto(site + PAGES["code"])
    contents = page.locator("details.toc")
    contents.locator("summary").click()
    assert contents.locator("a").first.is_visible()
    hidden = page.locator(".article-body > :not([aria-hidden=true])").evaluate_all(
        "nodes => nodes.filter(node => !node.checkVisibility()).map(node => node.outerHTML)"
    )
    assert hidden == []
    context.close()
