"""The documentation in a browser: on a telephone and a desk, by day and by night, for anyone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from blogforge.build import build
from blogforge.options import Options
from docs.making.assemble import assemble
from tests.hosting import Published, hosted
from tests.test_browser import DESK, OF_COLOURS, PHONE, Visit, faults, overflow

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the documentation is served, to this machine alone."""
    folder = tmp_path_factory.mktemp("docs")
    assemble(folder)
    build(folder, Options(jobs=1))
    with hosted(folder / "public", Published) as address:
        yield address


@pytest.mark.parametrize(
    ("path", "size"), [("", PHONE), ("", DESK), ("tutorial/", PHONE), ("rules/dead-link/", DESK)]
)
def test_a_page_fits_and_anyone_can_read_it(
    browser: Browser, site: str, path: str, size: tuple[int, int]
) -> None:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="light", reduced_motion="reduce"
    )
    visit = Visit(context.new_page())
    page = visit.open(f"{site}/{path}")
    assert overflow(page) == []
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, *OF_COLOURS) == []
    assert page.locator(".side").is_visible()
    context.close()


def test_a_word_leads_to_the_page_that_has_it(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site)
    page.fill("[name=q]", "embargo")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search_results a")
    found = page.locator("#search_results a").evaluate_all("all => all.map(one => one.pathname)")
    assert "/schedule/" in found
    page.close()
