"""Pictures of what the tutorial shows, from a walk through it. Needs Playwright and a Chromium."""

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

from docs.making.assemble import DOCS
from docs.making.tutorial import Walk
from tests import browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

_COLOURS = 96  # enough, and less than half the bytes
_WIDTH = 1200  # of the window; pictures are smaller by _SCALE
_SCALE = 0.75
_HEIGHTS = {"tutorial-front": 620, "tutorial-article": 1240, "tutorial-mistake": 800}


def take() -> None:
    """Write docs/images/tutorial-*.png anew."""
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
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    page.wait_for_timeout(600)  # fonts
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    small = picture.resize((round(_WIDTH * _SCALE), round(_HEIGHTS[name] * _SCALE)))
    few = small.quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(DOCS / "images" / f"{name}.png", optimize=True)
