"""The repository's own publication in a browser: phone and desk, light and dark, keys and paper."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # none shipped
from playwright.sync_api import Browser, Page, Request, Response
from selectolax.lexbor import LexborHTMLParser

from tests.hosting import Published, hosted
from tests.trees import Tree

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "article": "/2013/06/18/a-river-and-its-arithmetic/",  # table, footnotes, key points
    "code": "/2014/01/21/how-we-counted/",
    "french": "/fr/2012/03/23/libye-mali/",
    "arabic": "/2013/06/20/three-questions-dam/",
    "author": "/author/ines-kaboret/",
    "story": "/story/the-war-in-northern-mali/",
    "section": "/section/africa/",
    "second page": "/page/2/",
    "archive": "/archive/",
    "tags": "/tag/",
    "about": "/about/",
    "follow": "/follow/",
    "search": "/search/",
    "tag": "/tag/mali/",
    "month": "/2013/06/",
    "corrections": "/corrections/",
    "withdrawn": "/2013/03/12/uranium-by-the-kilo/",
    "404": "/404.html",
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# The places, among all that the keyboard can reach, of what it can reach now; of radio buttons one.
REACHABLE = """
() => {
    window.stops = [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex]")];
    return window.stops.flatMap((node, place) =>
        node.checkVisibility({visibilityProperty: true}) && !node.disabled && node.tabIndex >= 0
            && !(node.type === "radio" && !node.checked) ? [place] : []);
}
"""
# Where the focus is: its place, the part of the page (from 0), whether a mark shows it, and whether
# it is in the window.
STOP = """
() => {
    const node = document.activeElement;
    if (node === document.body || node === document.documentElement) return null;
    const parts = [".skip-link", ".masthead", "main", "body > aside", ".site-footer"];
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    return {
        place: window.stops.indexOf(node),
        part: parts.findIndex((part) => node.closest(part)),
        marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        html: node.outerHTML.slice(0, 120),
    };
}
"""
OF_COLOURS = ("color-contrast", "link-in-text-block")  # the only rules that dark pages may break
PHONE, DESK = (390, 844), (1280, 800)


@pytest.fixture(scope="module")
def site(own_tree: Tree) -> Iterator[str]:
    """The address at which the publication is served, to this machine alone."""
    with hosted(own_tree.root, Published) as address:
        yield address


class Visit:
    """A page in the browser, and all that went wrong on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def open(self, address: str) -> Page:
        """The page at an address, which must be there and loads without trouble."""
        answer = self.page.goto(address, wait_until="load")
        assert answer
        assert answer.ok
        assert self.troubles == []
        return self.page

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.troubles.append(f"{kind}: {text}")

    def _failed(self, request: Request) -> None:
        self.troubles.append(f"failed: {request.url}")

    def _answered(self, response: Response) -> None:
        if not response.ok:
            self.troubles.append(f"{response.status}: {response.url}")


@pytest.fixture
def visit(browser: Browser, size: tuple[int, int]) -> Iterator[Visit]:
    width, height = size
    phone = size == PHONE
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="light",
        is_mobile=phone,
        has_touch=phone,
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    yield Visit(context.new_page())
    context.close()


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    width, height = request.param
    return width, height


def test_every_kind_of_page_is_looked_at(own_tree: Tree) -> None:
    kinds = {kind_of(page): name for name, page in own_tree.pages()}
    seen = {
        kind_of(own_tree.html(own_tree.file_at(own_tree.url[:-1] + path) or ""))
        for path in PAGES.values()
    }
    assert kinds.keys() - seen - {""} == set()


def kind_of(page: LexborHTMLParser) -> str:
    """What a page is, as its body's class says; empty for a redirect."""
    body = page.body
    assert body is not None
    return next((c for c in body.attrs.sget("class").split() if c.startswith("kind-")), "")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_fits_and_anyone_can_read_it(visit: Visit, site: str, path: str) -> None:
    page = visit.open(site + path)
    assert overflow(page) == []
    headline = page.locator("h1")
    box = headline.bounding_box()
    assert headline.is_visible()
    assert box
    assert page.viewport_size
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= page.viewport_size["height"]
    assert faults(page) == []
    assert faint(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, *OF_COLOURS) == []
    assert faint(page) == []
    assert visit.troubles == []


def faults(page: Page, *rules: str) -> list[tuple[str, str, list[str]]]:
    """What keeps some people from reading a page, however slightly, by axe-core's rules or some."""
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = Axe().run(page, options=options).response
    passes = {rule["id"] for rule in found["passes"]}
    assert passes >= (
        {"color-contrast"} if rules else {"color-contrast", "heading-order", "region"}
    )
    return violations(found)


def faint(page: Page) -> list[tuple[str, str, list[str]]]:
    """What is not as clear in an article's text as the strictest level of WCAG wants it."""
    if not page.locator(".article-body").count():
        return []
    text = {"include": [".article-body"], "exclude": [".highlight", "figcaption"]}
    options = {"runOnly": ["color-contrast-enhanced"], "resultTypes": ["violations"]}
    return violations(Axe().run(page, context=text, options=options).response)


def violations(found: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    return [
        (violation["id"], violation["help"], [node["target"] for node in violation["nodes"]])
        for violation in found["violations"]
    ]


def overflow(page: Page) -> list[str]:
    """What is wider than the window, but for boxes that scroll on their own."""
    found: list[str] = page.evaluate(
        """() => {
            const root = document.documentElement;
            const wide = root.scrollWidth > root.clientWidth ? [`page: ${root.scrollWidth}`] : [];
            const hides = [root, document.body]
                .filter(e => ['hidden', 'clip'].includes(getComputedStyle(e).overflowX))
                .map(e => `${e.tagName} hides what overflows`);
            return [...wide, ...hides];
        }"""
    )
    return found


def test_colours_follow_the_reader(visit: Visit, site: str) -> None:
    page = visit.open(site)
    backgrounds = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        backgrounds.append(brightness(page, "backgroundColor") - brightness(page, "color"))
    light, dark = backgrounds
    assert light > 128
    assert dark < -128


def brightness(page: Page, property_: str) -> float:
    """How light a colour of the page is, from 0 to 255, as painted."""
    value: float = page.evaluate(
        """property => {
            const canvas = document.createElement('canvas').getContext('2d');
            canvas.fillStyle = getComputedStyle(document.documentElement)[property];
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
            return 0.299 * r + 0.587 * g + 0.114 * b;
        }""",
        property_,
    )
    return value


@pytest.mark.parametrize("path", [PAGES["home"], PAGES["article"], PAGES["arabic"]])
def test_keys_lead_past_the_navigation(visit: Visit, site: str, path: str) -> None:
    page = visit.open(site + path)
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    assert skip.evaluate("link => link === document.activeElement")
    box = skip.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert skip.evaluate("link => link.checkVisibility({opacityProperty: true})")
    outline = skip.evaluate("link => getComputedStyle(link).outlineStyle")
    assert outline != "none", "where the focus is must be seen"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", [PAGES["home"], PAGES["article"]])
def test_keys_reach_everything_in_the_order_of_reading(visit: Visit, site: str, path: str) -> None:
    page = visit.open(site + path)
    expected = page.evaluate(REACHABLE)
    assert len(expected) > 20
    stops: list[Any] = []
    for _ in range(3 * len(expected)):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    else:
        pytest.fail(f"the keyboard is caught: {stops[-3:]}")
    # What scrolls is reached too, though nothing says so.
    assert [stop["place"] for stop in stops if stop["place"] >= 0] == expected
    parts = [stop["part"] for stop in stops]
    assert parts == sorted(parts)
    assert [stop["html"] for stop in stops if not stop["marked"]] == []
    assert [stop["html"] for stop in stops if not stop["seen"]] == []


@pytest.mark.parametrize("size", [DESK], ids=["paper"])
def test_paper_gets_the_article_alone(visit: Visit, site: str) -> None:
    page = visit.open(site + PAGES["article"])
    page.emulate_media(media="print")
    for hidden in (".skip-link", ".site-nav", ".site-footer nav", "aside.more-from"):
        assert page.locator(hidden).count() == 1, hidden
        assert not page.locator(hidden).is_visible(), hidden
    for shown in ("h1", "article .byline", "article time.dt-published", ".article-body"):
        assert page.locator(shown).first.is_visible(), shown
    for scheme in SCHEMES:
        page.emulate_media(media="print", color_scheme=scheme)
        assert brightness(page, "color") < 64


@pytest.mark.parametrize("size", [DESK], ids=["desk"])
def test_arabic_runs_from_right_to_left(visit: Visit, site: str) -> None:
    page = visit.open(site + PAGES["arabic"])
    body = page.locator(".article-body > p").first
    assert body.evaluate("p => getComputedStyle(p).direction") == "rtl"
    assert body.evaluate("p => ['right', 'start'].includes(getComputedStyle(p).textAlign)")
    visit.open(site + PAGES["french"])
    assert body.evaluate("p => getComputedStyle(p).direction") == "ltr"
