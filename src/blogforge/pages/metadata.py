"""What the head of a page says to machines: Open Graph and links. Values in, safe HTML out.

URLs of the model are relative to the host's root; everything here makes them absolute.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from msgspec import structs

from blogforge import urls
from blogforge.brand import static_name
from blogforge.images import Image
from blogforge.model import Card, Group, Post, Value
from blogforge.pages.wire import absolute, plain, timestamp
from blogforge.posters.poster import HEIGHT, WIDTH
from blogforge.settings import FeedFormat
from blogforge.site.posters import is_drawing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.config import Config
    from blogforge.model import Byline, Document
    from blogforge.pages.views import View
    from blogforge.posters.poster import Poster

FEED_TYPES: dict[FeedFormat, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
FEED_FILES: dict[FeedFormat, str] = {"rss": "feed.xml", "atom": "atom.xml", "json": "feed.json"}


class ArticleFacts(Value, frozen=True, kw_only=True):
    """What an article's page shows, and its head may therefore say.

    `words` counts the body's; `image_size` is that of the card's image, in pixels, where known.
    """

    post: Post
    card: Card
    tags: tuple[Group, ...] = ()
    words: int
    image_size: tuple[int, int] | None = None


class Preview(Value, frozen=True, kw_only=True):
    """A page as others show it who link to it.

    `others`: further languages that it can be had in. `image` may be a social card that the page
    itself does not show.
    """

    title: str
    url: str
    lang: str
    others: tuple[str, ...] = ()
    description: str = ""
    image: Image | None = None
    image_size: tuple[int, int] | None = None


class FeedLink(Value, frozen=True, kw_only=True):
    """A feed that a page offers."""

    format: FeedFormat
    title: str
    url: str


def shared_image(view: View, image: Image | None) -> tuple[Image | None, tuple[int, int] | None]:
    """An image as others may show it, of a common format and size, and its size where known."""
    shared = view.shared(image.src) if image else None
    if image is None or shared is None:
        return image, None
    return structs.replace(image, src=shared.src), (shared.width, shared.height)


def preview_image(
    view: View, image: Image | None, key: str
) -> tuple[Image | None, tuple[int, int] | None]:
    """An image as networks show it beside a link: where it can be none of theirs, a poster.

    `key`: whose poster, a path or a group's id; where that has none, the site's. Without posters
    there may be no image at all.
    """
    poster = view.poster(key) if is_drawing(image) else None
    if poster is None:
        return shared_image(view, image)
    url = poster_url(poster, view.config.base_path)
    return Image(src=url, alt=poster.title or poster.brand), (WIDTH, HEIGHT)


# ---------------------------------------------------------------- addresses


def poster_url(poster: Poster, base_path: str) -> str:
    """Where a poster is published."""
    return f"{base_path}cards/{poster.name}"


def canonical_url(config: Config, document: Document) -> str:
    """The one absolute address of a document: its `canonical` where it was first elsewhere."""
    return absolute(document.canonical or document.url, config.url)


def logo_url(config: Config) -> str:
    """The publisher's logo, absolute: a URL as it is, a path in static/ below the site's root.

    Where blogforge.yaml names none, it is the one that pages show.
    """
    logo = config.publisher.logo
    if not logo and config.theme.logo is not None:
        logo = static_name(config.theme.logo.src)
    return logo if not logo or "://" in logo else config.url + urls.encode(logo.lstrip("/"))


def publisher_name(config: Config) -> str:
    """Who publishes: the site itself where blogforge.yaml names nobody."""
    return config.publisher.name or config.title


# ---------------------------------------------------------------- Open Graph


def description(preview: Preview) -> Markup:
    """What search engines may show under a page's title; empty where there is nothing to say."""
    if not preview.description:
        return Markup()
    return Markup(_named("description", preview.description))


def open_graph(config: Config, preview: Preview, article: Iterable[tuple[str, str]] = ()) -> Markup:
    """Open Graph and card elements of a page; `article` as `article_properties` gives them.

    Source: https://ogp.me/.
    """
    article = tuple(article)
    image = _image_properties(config, preview)
    properties = (
        ("og:type", "article" if article else "website"),
        ("og:site_name", config.title),
        ("og:title", preview.title),
        ("og:description", preview.description),
        ("og:url", absolute(preview.url, config.url)),
        ("og:locale", og_locale(preview.lang)),
        *(("og:locale:alternate", og_locale(lang)) for lang in preview.others),
        *image,
        *article,
    )
    elements = [_property(name, value) for name, value in properties if value]
    card = "summary_large_image" if image else "summary"
    return Markup("\n".join([*elements, _named("twitter:card", card)]))


@lru_cache(maxsize=4096, typed=True)
def _property(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{escape(plain(value))}">'


def _named(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(plain(content))}">'


def article_properties(config: Config, facts: ArticleFacts) -> tuple[tuple[str, str], ...]:
    """What Open Graph says of an article beyond any page's properties."""
    return (
        ("article:published_time", timestamp(facts.post.date)),
        ("article:modified_time", timestamp(facts.post.modified)),
        *(("article:author", _author(config, byline)) for byline in facts.card.byline),
        ("article:section", facts.card.section),
        *(("article:tag", tag.name) for tag in facts.tags),
    )


def _image_properties(config: Config, preview: Preview) -> tuple[tuple[str, str], ...]:
    image = preview.image
    if image is None or image.src.endswith(".svg"):
        return ()  # no network shows a drawing in SVG
    width, height = preview.image_size or ("", "")
    return (
        ("og:image", absolute(image.src, config.url)),
        ("og:image:width", str(width)),
        ("og:image:height", str(height)),
        ("og:image:alt", image.alt),
    )


def _author(config: Config, byline: Byline) -> str:
    """Open Graph wants the address of a profile; a name where there is none."""
    return absolute(byline.url, config.url) if byline.url else byline.name


@lru_cache(maxsize=256)
def og_locale(lang: str) -> str:
    """A BCP 47 language as Open Graph writes it, with its likeliest territory: en is en_US.

    "" for a language that Unicode's CLDR does not know.
    """
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    try:
        locale = Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        return ""
    likely = get_global("likely_subtags")
    territory = locale.territory
    for known in (f"{locale.language}_{locale.script}", locale.language):
        territory = territory or likely.get(known, "").rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else ""


# ---------------------------------------------------------------- links


def head_links(
    config: Config,
    url: str,
    feeds: Iterable[FeedLink] = (),
    translations: Iterable[tuple[str, str]] = (),
    *,
    indexed: bool = True,
) -> Markup:
    """Canonical link, translations (language, URL), feeds; robots where not to be `indexed`."""
    base = config.url
    elements = [f'<link rel="canonical" href="{escape(absolute(url, base))}">']
    for lang, to in translations:
        address = escape(absolute(to, base))
        elements.append(f'<link rel="alternate" hreflang="{escape(lang)}" href="{address}">')
    elements += (_feed_element(feed, base) for feed in feeds)
    if not indexed:
        elements.append(_named("robots", "noindex"))
    return Markup("\n".join(elements))


@lru_cache(maxsize=1024)
def _feed_element(feed: FeedLink, base: str) -> str:
    title, url = escape(plain(feed.title)), escape(absolute(feed.url, base))
    return f'<link rel="alternate" type="{FEED_TYPES[feed.format]}" title="{title}" href="{url}">'
