"""Structured data: schema.org's words for a site, its articles and its authors, as JSON-LD.

URLs of the model are relative to the host's root; everything here makes them absolute.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from blogforge.pages.metadata import ArticleFacts, canonical_url, logo_url, publisher_name
from blogforge.pages.wire import absolute, plain, present, timestamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from blogforge.config import Config
    from blogforge.images import Image
    from blogforge.model import Author, Byline, Card, Correction, Group, Link, PostType

NEWS_TYPES: dict[PostType, str] = {
    "news": "NewsArticle",
    "analysis": "AnalysisNewsArticle",
    "opinion": "OpinionNewsArticle",
    "explainer": "BackgroundNewsArticle",
}
# A script element ends at "</script", and "<!--" changes how it is read: HTML standard, 4.12.1.3.
_SPECIAL = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_encoder = msgspec.json.Encoder()


def json_ld(value: Mapping[str, Any]) -> Markup:
    """`value` in a script element of JSON-LD, which no text in it can end or leave."""
    text = plain(_encode({"@context": "https://schema.org", **value}))
    for char, escaped in _SPECIAL.items():
        text = text.replace(char, escaped)
    return Markup(f'<script type="application/ld+json">{text}</script>')


def _encode(value: Mapping[str, Any]) -> str:
    try:
        return _encoder.encode(value).decode()
    except UnicodeEncodeError:  # half of a surrogate pair, which UTF-8 cannot write
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def news_article(config: Config, facts: ArticleFacts) -> dict[str, Any]:
    """A post as schema.org's NewsArticle or one of its kinds.

    Source: https://developers.google.com/search/docs/appearance/structured-data/article.
    """
    post, card = facts.post, facts.card
    publisher = _publisher(config)
    return present(
        {
            "@type": NEWS_TYPES[post.type],
            "headline": post.title,
            "description": card.dek,
            "dateline": post.dateline,
            "image": [_image(config, card.image, facts.image_size)] if card.image else [],
            "datePublished": timestamp(post.date),
            "dateModified": timestamp(post.modified),
            "author": [_byline(config, byline) for byline in card.byline] or [publisher],
            "publisher": publisher,
            "mainEntityOfPage": {"@type": "WebPage", "@id": canonical_url(config, post)},
            "articleSection": card.section,
            "keywords": [tag.name for tag in facts.tags],
            "isAccessibleForFree": True,
            "inLanguage": post.lang,
            "wordCount": facts.words,
            "correction": [_correction(correction) for correction in post.corrections],
        }
    )


def breadcrumbs(config: Config, trail: Sequence[Link]) -> dict[str, Any]:
    """BreadcrumbList of `trail`, which leads from the front page to the page itself."""
    return {"@type": "BreadcrumbList", "itemListElement": _list_items(config, trail, "item")}


def profile_page(config: Config, author: Author) -> dict[str, Any]:
    """ProfilePage of an author.

    Source: https://developers.google.com/search/docs/appearance/structured-data/profile-page.
    """
    person = {
        "@type": "Person",
        "name": author.name,
        "alternateName": author.handle,
        "description": author.bio,
        "image": absolute(author.image, config.url) if author.image else "",
        "url": absolute(author.url, config.url) if author.url else "",
        "sameAs": [absolute(link.url, config.url) for link in author.links],
    }
    return {"@type": "ProfilePage", "mainEntity": present(person)}


def story_page(config: Config, group: Group, cards: Sequence[Card]) -> dict[str, Any]:
    """CollectionPage of a story, with the articles that it shows.

    Source: https://schema.org/ItemList; positions count from 1 on each page.
    """
    return present(
        {
            "@type": "CollectionPage",
            "name": group.name,
            "description": group.dek,
            "url": absolute(group.url, config.url),
            "inLanguage": config.language,
            "mainEntity": {
                "@type": "ItemList",
                "itemListOrder": "https://schema.org/ItemListOrderAscending",
                "itemListElement": _list_items(config, cards, "url"),
            },
        }
    )


def website(config: Config) -> dict[str, Any]:
    """WebSite, for the front page."""
    return present(
        {
            "@type": "WebSite",
            "name": config.title,
            "url": absolute(config.home, config.url),
            "description": config.dek,
            "inLanguage": config.language,
            "publisher": _publisher(config),
            "potentialAction": _search_action(config) if config.search else {},
        }
    )


def _search_action(config: Config) -> dict[str, Any]:
    """What a search on the site is asked with. Source: https://schema.org/SearchAction."""
    return {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": absolute(f"{config.home}search/?q=", config.url)
            + "{search_term_string}",
        },
        "query-input": "required name=search_term_string",
    }


def _publisher(config: Config) -> dict[str, Any]:
    logo = logo_url(config)
    return present(
        {
            "@type": "NewsMediaOrganization",
            "name": publisher_name(config),
            "url": config.url,
            "logo": {"@type": "ImageObject", "url": logo} if logo else {},
        }
    )


def _list_items(config: Config, entries: Iterable[Link | Card], key: str) -> list[dict[str, Any]]:
    """The items of a list, in their order; each has its URL under `key`."""
    return [
        {
            "@type": "ListItem",
            "position": position,
            "name": entry.title,
            key: absolute(entry.url, config.url),
        }
        for position, entry in enumerate(entries, start=1)
    ]


def _byline(config: Config, byline: Byline) -> dict[str, Any]:
    url = absolute(byline.url, config.url) if byline.url else ""
    return present({"@type": "Person", "name": byline.name, "url": url})


def _image(config: Config, image: Image, size: tuple[int, int] | None) -> dict[str, Any]:
    width, height = size or (0, 0)
    return present(
        {
            "@type": "ImageObject",
            "url": absolute(image.src, config.url),
            "width": width,
            "height": height,
            "caption": image.caption,
            "creditText": image.credit,
        }
    )


def _correction(correction: Correction) -> dict[str, Any]:
    return {
        "@type": "CorrectionComment",
        "text": correction.text,
        "datePublished": timestamp(correction.date),
    }
