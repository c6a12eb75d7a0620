"""Old addresses: pages that lead to the new ones, and rules for hosts that read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from blogforge import urls
from blogforge.pages.making import page_at
from blogforge.pages.subjects import Redirect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.config import Config
    from blogforge.model import Page, Site
    from blogforge.pages.views import View

_PAGE_SUFFIXES = (".html", ".htm", ".php", ".asp", ".aspx", ".xml")  # of other generators
_REDIRECT = Markup(
    """\
<!doctype html>
<html lang="%(lang)s">
<head>
<meta charset="utf-8">
<title>%(title)s</title>
<link rel="canonical" href="%(absolute)s">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=%(url)s">
</head>
<body>
<p><a href="%(url)s">%(title)s</a></p>
</body>
</html>
"""
)


def redirects(site: Site, config: Config) -> Iterator[Page]:
    """A page at each alias that leads to the new address, and a `_redirects` file for hosts."""
    rules = []
    for document in site.documents:
        for alias in document.aliases:
            url = config.base_path + urls.encode(alias).lstrip("/")
            is_file = alias.lower().endswith(_PAGE_SUFFIXES)
            yield page_at(
                url if is_file or url.endswith("/") else f"{url}/",
                config,
                render=redirect,
                kind="redirect",
                title=document.title,
                subject=Redirect(target=document.url),
                origin=document.path,
            )
            # The file of rules is a list that anyone may read.
            if document.status not in {"unlisted", "withdrawn"}:
                rules.append((url, document.url))
    if rules:
        yield page_at(
            f"{config.base_path}_redirects",
            config,
            render=redirect_rules,
            kind="file",
            subject=tuple(rules),
            origin="aliases",
        )


def redirect(view: View, page: Page) -> bytes:
    """A page that leads to another; the page's subject is a Redirect."""
    target = page.subject.target
    fields = {
        "lang": view.config.language,
        "title": page.title,
        "url": target,
        "absolute": view.absolute(target),
    }
    return (_REDIRECT % fields).encode()


def redirect_rules(view: View, page: Page) -> bytes:
    """`_redirects`, as several hosts read it; the page's subject is (old, new) pairs."""
    del view
    return "".join(f"{old} {new} 301\n" for old, new in page.subject).encode()
