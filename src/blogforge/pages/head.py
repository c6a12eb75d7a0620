"""`head` in a template: what a page says of itself to search engines, readers and other sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from msgspec import structs

from blogforge.model import Link, Page, Post
from blogforge.pages.corrections import corrections_url
from blogforge.pages.languages import DEFAULT, alternates
from blogforge.pages.metadata import (
    FEED_FILES,
    ArticleFacts,
    FeedLink,
    Preview,
    article_properties,
    canonical_url,
    description,
    head_links,
    open_graph,
    preview_image,
)
from blogforge.pages.structured_data import (
    breadcrumbs,
    json_ld,
    news_article,
    profile_page,
    story_page,
    website,
)
from blogforge.site.posters import FRONT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from blogforge.model import Document, Group
    from blogforge.pages.article import ArticleView
    from blogforge.pages.views import View
    from blogforge.settings import FeedFormat

_FEED_SUFFIXES: dict[FeedFormat, str] = {"rss": "", "atom": " (Atom)", "json": " (JSON)"}


def head(view: View, page: Page, names: Mapping[str, Any]) -> Markup:
    """The elements for `<head>` of `page`, whose template sees `names`."""
    article: ArticleView | None = names.get("article")
    if article is None:
        return _of_list(view, page, names)
    return _of_article(view, page, article)


def _of_list(view: View, page: Page, names: Mapping[str, Any]) -> Markup:
    config = view.as_config()
    group: Group | None = names.get("group")
    image, size = preview_image(view, None, _whose(group, names.get("intro")))
    versions = alternates(page)
    preview = Preview(
        title=page.title or config.title,
        url=page.url,
        lang=config.language,
        others=tuple(lang for lang, url in versions if lang != DEFAULT and url != page.url),
        description=group.dek if group else config.dek,
        image=image,
        image_size=size,
    )
    indexed = page.kind not in {"404", "search"}
    parts = [
        description(preview),
        head_links(
            config,
            page.url,
            _feeds(view, _with_feeds(view, page, group)),
            versions,
            indexed=indexed,
        ),
        open_graph(config, preview),
    ]
    if page.kind == "home":
        parts.append(json_ld(website(config)))
    if group and group.kind == "story":
        parts.append(json_ld(story_page(config, group, names["cards"])))
    if author := names.get("author"):
        portrait = view.shared(author.image)
        src = portrait.src if portrait else author.image
        parts.append(json_ld(profile_page(config, structs.replace(author, image=src))))
    return _lines(parts)


def _whose(group: Group | None, intro: ArticleView | None) -> str:
    """Whose poster a list has: its group's, or that of the page which introduces it."""
    if group is not None:
        return group.id
    return intro.path if intro is not None else FRONT


def _of_article(view: View, page: Page, article: ArticleView) -> Markup:
    config = view.as_config()
    document = view.read(f"post:{article.path}")
    listed = document.status != "withdrawn"
    post = document if isinstance(document, Post) and listed else None
    image, size = preview_image(view, article.image, article.path)
    versions = _alternates(view, document)
    facts = None
    if post is not None:
        facts = ArticleFacts(
            post=post,
            card=structs.replace(view.card(post.path), image=image),
            tags=article.tags,
            words=article.words,
            image_size=size,
        )
    preview = Preview(
        title=article.title,
        url=page.url,
        lang=article.lang,
        others=tuple(lang for lang, url in versions if url != page.url),
        description=facts.card.dek if facts else article.dek,
        image=image,
        image_size=size,
    )
    parts = [
        description(preview),
        head_links(
            config,
            canonical_url(config, document),
            _feeds(view),
            versions,
            indexed=article.status == "published",
        ),
        open_graph(config, preview, article_properties(config, facts) if facts else ()),
    ]
    if facts:
        parts.append(json_ld(news_article(config, facts)))
        parts.append(json_ld(breadcrumbs(config, _trail(view, article))))
    return _lines(parts)


def _alternates(view: View, document: Document) -> list[tuple[str, str]]:
    """The languages of an article that search engines may show instead of it.

    They must name each other, and each be at its own address. Source:
    https://developers.google.com/search/docs/specialty/international/localized-versions.
    """
    found = [t for t in view.translations(document.path) if t.at_home]
    if len(found) < 2 or document.url not in {t.url for t in found}:
        return []
    return [(t.lang, t.url) for t in found]


def _lines(parts: Iterable[Markup]) -> Markup:
    return Markup("\n".join(filter(None, parts)))  # safe, as each part is


def _trail(view: View, article: ArticleView) -> list[Link]:
    trail = [Link(title=view.config.title, url=view.config.home)]
    if article.section_url:
        trail.append(Link(title=article.section, url=article.section_url))
    return [*trail, Link(title=article.title, url=article.url)]


def _feeds(view: View, of_page: Link | None = None) -> list[FeedLink]:
    """The feeds of what a page is about, if there are any, and the site's."""
    title, base = view.config.title, view.config.home
    feeds = [_feed(title, base, kind) for kind in FEED_FILES]
    if of_page is None:
        return feeds
    named = f"{of_page.title} – {title}"
    return [*(_feed(named, of_page.url, kind) for kind in view.config.feeds.groups), *feeds]


def _with_feeds(view: View, page: Page, group: Group | None) -> Link | None:
    """What the page of a list is about, and the folder where its feeds are."""
    if group is not None and group.kind != "archive":
        return Link(title=group.name, url=group.url)
    if page.kind == "corrections":
        return Link(title=page.title, url=corrections_url(view.as_config()))
    return None


def _feed(title: str, folder: str, kind: FeedFormat) -> FeedLink:
    return FeedLink(format=kind, title=title + _FEED_SUFFIXES[kind], url=folder + FEED_FILES[kind])
