"""Pages that no template makes: feeds, headers, redirects, copied files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
from markupsafe import Markup

from blogforge import urls
from blogforge.errors import ContentError, Location
from blogforge.model import Page, Post, Site
from blogforge.pages.metadata import logo_url, publisher_name, shared_image
from blogforge.pages.subjects import File
from blogforge.pictures.looks import UnreadableError, is_picture
from blogforge.pictures.privacy import without_metadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogforge.config import Config
    from blogforge.pages.feeds import Channel, Entry, Format
    from blogforge.pages.subjects import Feed
    from blogforge.pages.views import View

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # of a feed that has no entry yet
HEADERS = "_headers"


# ---------------------------------------------------------------- feeds


def feed(view: View, page: Page) -> bytes:
    """A feed in one of its formats; the page's subject is a Feed."""
    subject: Feed = page.subject
    form = format_of(subject.format)
    language = view.config.language
    posts: list[Post] = [view.read(f"post:{path}") for path in subject.paths]

    def entry(path: str) -> str:
        key = (subject.format, path, language)
        known = view.recall(key)
        if known is not None:
            return known
        return view.fragment(key, None, lambda: form.entry(feed_entry(view, path), language))

    title = view.config.title
    dek = view.config.dek
    if subject.group:
        group = view.group(subject.group)
        title, dek = f"{group.name} – {title}", group.dek
    updated = max((post.modified for post in posts), default=_EPOCH)
    channel = channel_of(view, page, title, dek, updated)
    return form.feed(channel, [entry(path) for path in subject.paths])


def channel_of(view: View, page: Page, title: str, dek: str, updated: datetime) -> Channel:
    """What the feed `page` says of itself."""
    from blogforge.pages.feeds import Channel

    config = view.as_config()
    return Channel(
        title=title,
        url=view.absolute(page.subject.home),
        feed_url=view.absolute(page.url),
        dek=dek,
        language=config.language,
        publisher_name=publisher_name(config),
        logo=logo_url(config),
        updated=updated,
    )


def format_of(name: str) -> Format:
    """How feeds of a format are written."""
    from blogforge.pages import feed_xml, feeds

    return {"rss": feed_xml.RSS, "atom": feed_xml.ATOM, "json": feeds.JSON}[name]


def feed_entry(view: View, path: str) -> Entry:
    """A post as a feed shows it; its id is its address, which no new title changes."""
    from blogforge.pages.feeds import Entry

    post: Post = view.read(f"post:{path}")
    card = view.card(path)
    url = view.absolute(card.url)
    image, size = shared_image(view, card.image)
    if image is not None:
        image = msgspec.structs.replace(image, src=view.absolute(image.src))
    return Entry(
        id=url,
        url=url,
        title=card.title,
        dek=card.dek,
        html=view.feed_body(path),
        date=post.date,
        modified=post.modified,
        authors=tuple((author.name, view.absolute(author.url)) for author in card.byline),
        section=card.section,
        tags=tuple(tag.name for tag in view.read(f"tags:{path}")),
        image=image,
        image_size=size,
        lang=post.lang,
    )


# ---------------------------------------------------------------- headers

# Pages ask nobody else for anything but what an author puts into a body: pictures, players, embeds.
# Inline scripts and styles do not run; JSON-LD is data and needs no leave.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: https:",
        "media-src 'self' https:",
        "frame-src https:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self' https:",
        "frame-ancestors 'self'",
    )
)
_HEADER_LINES = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def headers_page(pages: Sequence[Page], site: Site) -> Iterator[Page]:
    """`_headers`, as several hosts read it, unless the site brings its own in static/."""
    if not any(page.path == HEADERS for page in pages):
        yield Page(
            path=HEADERS,
            url=site.config.base_path + HEADERS,
            render=headers,
            kind="file",
            origin="the headers",
        )


def headers(view: View, page: Page) -> bytes:
    """`_headers`: a content security policy and its like for every page of the site."""
    del page
    lines = (f"  {name}: {value}\n" for name, value in _HEADER_LINES.items())
    return f"{view.config.base_path}*\n{''.join(lines)}".encode()


# ---------------------------------------------------------------- redirects and files

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
