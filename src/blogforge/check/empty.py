"""Posts that say nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.errors import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.edition import Edition

# What a post may consist of: https://html.spec.whatwg.org/multipage/dom.html#embedded-content-2,
# and code.
_SHOWN = re.compile(r"<(?:img|picture|video|audio|iframe|embed|object|svg|math|canvas|pre)\b", re.I)


def empty(edition: Edition) -> Iterator[Problem]:
    """A published post whose body has no words, no picture and no code; a notice without words."""
    for post in (*edition.site.posts, *edition.site.unlisted):
        article = edition.site.articles[post.path]
        if post.status != "draft" and not article.words and not _SHOWN.search(article.html):
            yield Problem(
                "the post has no text",
                Location(post.path),
                "write it below the front matter, or set 'status: draft'",
                level="warning",
                key=("title",),
            )
    for post in edition.site.withdrawn:
        article = edition.site.articles[post.path]
        if not article.words and not article.warnings:
            yield Problem(
                "the post is withdrawn, and does not say why",
                Location(post.path),
                "write it below the front matter",
                level="warning",
                key=("status",),
            )
