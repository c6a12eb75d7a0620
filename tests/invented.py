"""Invented posts, and the site that they make without a folder."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from blogforge.config import Config
from blogforge.content.articles import brief_of
from blogforge.digest import digest_bytes
from blogforge.model import Article, Author, Document, Post, Site, Standalone
from blogforge.site.assemble import Contents, assemble
from blogforge.urls import encode

NOW = datetime(2012, 4, 1, 12, 0, tzinfo=UTC)
CONFIG = Config(title="The Dispatch", url="https://dispatch.example/")


def day(number: int, hour: int = 9) -> datetime:
    """A morning of March 2012."""
    return datetime(2012, 3, number, hour, tzinfo=UTC)


def post(path: str = "a", **fields: Any) -> Post:
    """The post in posts/`path`.md; what `fields` do not say follows from its name."""
    slug = PurePosixPath(path).name
    base = fields.pop("base", "/")
    given = {
        "path": f"posts/{path}.md",
        "digest": digest_bytes(repr((path, fields)).encode()),
        "slug": slug,
        "title": f"About {slug}",
        "lang": "en",
        "date": day(1),
        **fields,
    }
    date = given["date"]
    return Post(**{"url": encode(f"{base}{date:%Y/%m/%d}/{given['slug']}/"), **given})


def standalone(path: str = "about", **fields: Any) -> Standalone:
    """The page in pages/`path`.md."""
    given = {
        "path": f"pages/{path}.md",
        "digest": digest_bytes(repr((path, fields)).encode()),
        "url": f"/{path}/",
        "slug": path,
        "title": path.title(),
        "lang": "en",
        **fields,
    }
    return Standalone(**given)


def article(document: Document, html: str = "") -> Article:
    """The article of `document`, whose body is `html`."""
    text = html or f"<p>The body of {document.slug}.</p>"
    return Article(path=document.path, html=text, excerpt=f"Begins {document.slug}.", words=4)


def site_of(
    posts: Sequence[Post],
    config: Config = CONFIG,
    *,
    standalones: Sequence[Standalone] = (),
    authors: Sequence[Author] = (),
    bodies: Mapping[str, str] | None = None,
    data: Mapping[str, Any] | None = None,
    media: Mapping[str, str] | None = None,
    now: datetime = NOW,
) -> Site:
    """The site of `posts`; `bodies` are those that matter, by source path."""
    documents: list[Document] = [*posts, *standalones]
    articles = {d.path: article(d, (bodies or {}).get(d.path, "")) for d in documents}
    contents = Contents(
        posts=tuple(posts),
        standalones=tuple(standalones),
        articles=articles,
        briefs={path: brief_of(made) for path, made in articles.items()},
        authors={author.id: author for author in authors},
        data=dict(data or {}),
        media=dict(media or {}),
    )
    return assemble(contents, config, now)
