"""Of bodies that nobody vouches for (`trust: false`) nothing runs and nothing asks anybody."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser, LexborNode

from blogforge.config import Config
from blogforge.content.dom import names
from blogforge.content.markdown import render
from blogforge.errors import ContentError
from blogforge.model import Source, Standalone, Targets
from blogforge.settings import MarkdownConfig
from tests.hosting import hosted
from tests.shapes import shapes

Engine = Literal["markdown", "commonmark"]
ENGINES: tuple[Engine, ...] = ("markdown", "commonmark")
# What can neither run, nor frame, nor send, nor style, nor change the page around.
ELEMENTS = names(
    "a abbr aside b blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s samp section"
    " small span strong sub summary sup table tbody td tfoot th thead time tr u ul var"
)
ATTRIBUTES = names(
    "align alt aria-hidden aria-label aria-labelledby checked cite class colspan datetime dir"
    " disabled height href id lang role rowspan scope src start tabindex title type value"
    " width"
)
ADDRESSES = ("href", "src", "cite")
SCHEMES = {"", "http:", "https:", "mailto:"}
# As the URL standard reads a scheme: without what stands before it, tabs and line ends.
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SEEN = """
() => [...document.querySelectorAll("body *")].flatMap((node) =>
    ["href", "src", "cite", "action", "formaction", "data", "xlink:href", "poster", "background"]
        .filter((name) => node.hasAttribute(name))
        .map((name) => URL.parse(node.getAttribute(name), document.baseURI)?.protocol ?? ""))
"""


def made(body: str, engine: Engine) -> str:
    """The HTML of a body that is not trusted; empty where it is an error, so not published."""
    config = Config(
        title="T",
        url="https://example.org/",
        markdown=MarkdownConfig(engine=engine, trust=False),
    )
    document = Standalone(path="pages/a.md", digest="", url="/", slug="a", title="T", lang="en")
    source = Source(path="pages/a.md", digest="", body=body, body_line=1)
    try:
        return render(source, document, Targets(urls={}, unpublished={}), config).html
    except ContentError:
        return ""


def test_there_are_enough_shapes() -> None:
    assert len(set(shapes())) == len(shapes()) >= 200
    assert sum(bool(made(shape, engine)) for shape in shapes() for engine in ENGINES) > 350


@pytest.mark.parametrize("engine", ENGINES)
def test_no_shape_survives(engine: Engine) -> None:
    wrong = {shape: found for shape in shapes() if (found := dangers(made(shape, engine)))}
    assert wrong == {}


def dangers(html: str) -> list[str]:
    """What of HTML, as a browser reads it, could do anything."""
    found: list[str] = []
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    for node in body.traverse():
        if node.mem_id != body.mem_id and not node.is_comment_node:
            found += dangers_of(node)
    return found


def dangers_of(node: LexborNode) -> Iterator[str]:
    if node.tag not in ELEMENTS:
        yield f"<{node.tag}>"
    for name, value in node.attributes.items():
        if name == "style" and re.fullmatch(r"text-align: ?\w+;?", value or ""):
            continue
        if name not in ATTRIBUTES:
            yield name
        elif name in ADDRESSES and scheme(value or "") not in SCHEMES:
            yield f"{name}={value}"


def scheme(address: str) -> str:
    address = re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", address)
    found = SCHEME.match(address)
    return found[0].lower() if found else ""


def test_dangers_would_be_seen() -> None:
    for html in ("<script>a</script>", "<p onclick=a>", "<a href='java\tscript:a'>", "<svg>"):
        assert dangers(html)
    assert dangers("<p style='color: red'>")
    assert not dangers("<td style='text-align: left'><a href='mailto:a@b.example'>c</a>")


@pytest.mark.browser
def test_nothing_runs_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    """Without a content security policy, which would have the last word."""
    parts = [made(shape, engine) for engine in ENGINES for shape in shapes()]
    start = "<!doctype html><title>A</title><script>pwn = () => { window.pwned = true }</script>"
    (tmp_path / "index.html").write_text(start + "".join(f"<div>{p}</div>" for p in parts))
    asked: list[str] = []
    with hosted(tmp_path) as address:
        page = browser.new_page()
        page.set_default_timeout(10_000)
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.on("request", lambda request: asked.append(request.url))
        page.route(re.compile(f"^(?!{address})"), lambda route: route.abort())
        page.goto(address, wait_until="load")
        page.mouse.move(200, 200)
        for _ in range(20):
            page.keyboard.press("Tab")
        assert page.evaluate("typeof pwn") == "function"
        assert page.evaluate("window.pwned") is None
        assert set(page.evaluate(SEEN)) <= {"http:", "https:", "mailto:"}
        assert page.url == f"{address}/"
        assert not [url for url in asked if not url.startswith(address)]
        assert page.locator("body > div").count() == len(parts)
        page.close()
