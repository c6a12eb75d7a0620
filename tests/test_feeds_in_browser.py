"""A feed as a browser shows it to a reader who follows a link to one."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import feedparser  # type: ignore[import-untyped]  # it ships no annotations
import pytest
from playwright.sync_api import Browser, ConsoleMessage

from tests.hosting import Published, hosted
from tests.trees import Tree

pytestmark = pytest.mark.browser

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PHONE = 320  # pixels
# What is seen of the document: the text of each element that has a box, and of its pseudo-elements.
SEEN = """() => {
  const shown = [];
  for (const element of document.querySelectorAll("*")) {
    if (!element.getClientRects().length) continue;
    for (const part of ["::before", "::after"]) {
      const text = getComputedStyle(element, part).content;
      if (!["none", "normal"].includes(text)) shown.push(text.replaceAll('"', ""));
    }
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE && node.data.trim()) shown.push(node.data);
  }
  return shown;
}"""
WIDTH = "() => document.documentElement.scrollWidth"
COLOURS = """() => { const style = getComputedStyle(document.documentElement);
  return [style.color, style.backgroundColor]; }"""


@pytest.fixture(scope="module")
def site(own_tree: Tree) -> Iterator[str]:
    with hosted(own_tree.root, Published) as address:
        yield address


class Shown(NamedTuple):
    """What a browser shows of a document: texts, how far it reaches, its colours, complaints."""

    texts: list[str]
    width: int
    colours: tuple[str, str]
    troubles: list[str]


def shown(browser: Browser, address: str, scheme: Literal["light", "dark"]) -> Shown:
    """The document at `address` on a small phone."""
    context = browser.new_context(viewport={"width": PHONE, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    troubles: list[ConsoleMessage] = []
    page.on("console", lambda said: troubles.append(said))  # noqa: PLW0108  (it marks functions)
    page.goto(address)
    texts, width, colours = page.evaluate(SEEN), page.evaluate(WIDTH), page.evaluate(COLOURS)
    context.close()
    # A browser asks for an icon wherever no page names one.
    told = [said.text for said in troubles if "favicon.ico" not in said.location["url"]]
    return Shown(texts, width, tuple(colours), told)


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_a_feed_is_readable(browser: Browser, site: str, own_tree: Tree, name: str) -> None:
    feed = feedparser.parse((own_tree.root / name).read_bytes())
    light, dark = (shown(browser, f"{site}/{name}", scheme) for scheme in SCHEMES)
    assert light.troubles + dark.troubles == []
    assert light.width <= PHONE
    assert not set(light.colours) & set(dark.colours)
    assert light.texts == dark.texts
    seen, text = set(light.texts), " ".join(light.texts)
    assert light.texts.count(feed.feed.title) == 1
    for entry in feed.entries:
        assert {entry.title, entry.summary, entry.link} <= seen
    assert "This is a feed." in text
    assert f"{own_tree.url}follow/" in text
    assert "<p>" not in text  # articles stand there as escaped text
    assert own_tree.url + name not in text
