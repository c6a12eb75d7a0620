"""Pictures of what readers will see, from the tutorial and from the sample publication.

Needs Playwright and a Chromium.
"""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image

from blogforge.build import build
from blogforge.options import Options
from docs.making.assemble import DOCS, REPOSITORY
from docs.making.templates import MOMENT
from docs.making.tutorial import Walk
from tests import browser
from tests.hosting import hosted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import FloatRect, Page

_DRAWN = "[...document.images].every((image) => image.complete && image.naturalWidth)"
_COLOURS = 96  # enough, and less than half the bytes
_WIDTH = 1200  # of the window; pictures are smaller by _SCALE
_SCALE = 0.75
_TALLEST = 1000  # pixels of a page
_MARGIN = 24
_PATIENCE = 2000  # milliseconds: for fonts, pictures of another width, a search
_HEIGHTS = {"tutorial-front": 500, "tutorial-article": 1240, "tutorial-mistake": 800}


# Of the sample publication: where, and which part of the page.
_PARTS = {
    "quotation": ("2012/03/21/libya-mali/", ".article-body figure.quote"),
    "fact-box": ("2012/02/14/libya-open-bunkers/", ".article-body .fact-box"),
    "pull-quote": ("2014/05/06/a-camp-learns-to-be-a-town/", ".article-body .pull-quote"),
    "story": ("story/the-war-in-northern-mali/", "main"),
    "corrections": ("2013/10/22/half-a-mile-from-lampedusa/", ".corrections"),
    "more-from": ("2012/03/21/libya-mali/", ".more-from"),
    "search": ("search/?q=grain", "main"),
}


def take() -> None:
    """Write docs/images/ anew, but for the pictures of the readme."""
    _tutorial()
    _sample()


def _sample() -> None:
    with TemporaryDirectory() as folder:
        build(REPOSITORY, Options(output=folder + "/public", now=MOMENT))
        with hosted(Path(folder) / "public") as address, _screen() as page:
            for name, (path, selector) in _PARTS.items():
                page.goto(f"{address}/{path}")
                page.set_viewport_size({"width": 900, "height": 900})
                page.wait_for_timeout(_PATIENCE)
                _keep(_part(page, selector), name)


def _part(page: Page, selector: str) -> bytes:
    """A picture of a part of a page, with some paper around it."""
    part = page.locator(selector).first
    part.scroll_into_view_if_needed()
    page.wait_for_timeout(_PATIENCE)
    top = page.evaluate("scrollY")
    box = part.bounding_box()
    assert box is not None
    x, y = max(0, box["x"] - _MARGIN), max(0, box["y"] + top - _MARGIN)
    width, height = box["width"] + 2 * _MARGIN, min(box["height"], _TALLEST) + 2 * _MARGIN
    clip: FloatRect = {"x": x, "y": y, "width": width, "height": height}
    return page.screenshot(full_page=True, clip=clip)


def _tutorial() -> None:
    with TemporaryDirectory() as folder:
        walk = Walk(Path(folder))
        walk.start()
        walk.mend()
        with _preview(walk.desk) as address, _screen() as page:
            page.goto(address)
            _save(page, "tutorial-front")
            post = walk.write()
            slug = post.stem[len("2026-03-21-") :]
            page.goto(address + post.name[:10].replace("-", "/") + f"/{slug}/")
            _save(page, "tutorial-article")
            text = post.read_text(encoding="utf-8")
            post.write_text(text.replace("tags:", "taggs:"), encoding="utf-8")
            page.wait_for_selector("dialog[open]")
            _save(page, "tutorial-mistake")


@contextmanager
def _preview(desk: Path) -> Iterator[str]:
    """The address of a preview that runs meanwhile."""
    command = [sys.executable, "-u", "-m", "blogforge", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=desk, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            said = next(filter(None, (re.search(r"http://\S+/", line) for line in server.stdout)))
            yield said[0]
        finally:
            server.terminate()


@contextmanager
def _screen() -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.find(), args=list(browser.ARGUMENTS)
        )
        yield chromium.new_page(viewport={"width": _WIDTH, "height": 800}, color_scheme="light")
        chromium.close()


def _save(page: Page, name: str) -> None:
    page.set_viewport_size({"width": _WIDTH, "height": _HEIGHTS[name]})
    page.wait_for_function(_DRAWN)
    page.wait_for_timeout(_PATIENCE)
    _keep(page.screenshot(), name)


def _keep(screenshot: bytes, name: str) -> None:
    picture = Image.open(BytesIO(screenshot)).convert("RGB")
    width, height = (round(side * _SCALE) for side in picture.size)
    few = picture.resize((width, height)).quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(DOCS / "images" / f"{name}.png", optimize=True)
