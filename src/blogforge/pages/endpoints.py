"""Pages that no template makes: headers, copied files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge import urls
from blogforge.errors import ContentError, Location
from blogforge.model import Page, Site
from blogforge.pages.policy import policy
from blogforge.pages.subjects import File
from blogforge.pictures.looks import UnreadableError, is_picture
from blogforge.pictures.privacy import without_metadata
from blogforge.site.bundles import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogforge.config import Config
    from blogforge.pages.views import View

HEADERS = "_headers"


# ---------------------------------------------------------------- headers

_CSP = "Content-Security-Policy"
_HEADER_LINES = {
    _CSP: policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
_MONTH = 30 * 24 * 3600  # seconds


def headers_page(pages: Sequence[Page], site: Site) -> Iterator[Page]:
    """`_headers`, as several hosts read it, unless the site brings its own in static/."""
    if not any(page.path == HEADERS for page in pages):
        yield Page(
            path=HEADERS,
            url=site.config.base_path + HEADERS,
            render=headers,
            kind="file",
            subject=tuple(page.url for page in pages if page.kind == "search"),
            origin="the headers",
        )


def headers(view: View, page: Page) -> bytes:
    """`_headers`: a content security policy and its like for every page of the site.

    The page's subject is the URLs of search pages, on which a program runs.

    Where several rules are about a page, some hosts take the last one's line and some both, unless
    "!" takes the first away, which the former do not read. Sources: netlify/build, headers-parser;
    https://developers.cloudflare.com/pages/configuration/headers/#detach-a-header.
    """
    base = view.config.base_path
    rules = {f"{base}*": [f"{name}: {value}" for name, value in _HEADER_LINES.items()]}
    if page.subject:
        for url in (*page.subject, f"{base}{FOLDER}/"):
            rules[f"{url}*"] = [f"! {_CSP}", f"{_CSP}: {policy(searching=True)}"]
    # A font that must be asked for anew comes too late for every page.
    rules |= {url: [f"Cache-Control: max-age={_MONTH}"] for url in view.brand().all_fonts}
    return "".join("\n  ".join([path, *lines]) + "\n" for path, lines in rules.items()).encode()


# ---------------------------------------------------------------- files


def file_page(name: str, path: str, config: Config) -> Page:
    """The copy of a file that the site or its theme brings, at `path` in the tree."""
    return Page(
        path=path,
        url=config.base_path + urls.encode(path),
        render=copy,
        kind="file",
        subject=File(name=name),
        origin=name.replace("static:", "static/", 1),
    )


def copy(view: View, page: Page) -> bytes:
    """A file as it is, a picture without its metadata; the page's subject is a File.

    Raises ContentError for a picture that breaks off.
    """
    data = view.file(page.subject.name)
    if not is_picture(page.path):
        return data
    try:
        return without_metadata(data)
    except UnreadableError as error:
        message = f"the picture {page.origin} cannot be shown: {error}"
        raise ContentError.of(message, Location(page.origin), "export it anew") from error
