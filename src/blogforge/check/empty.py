"""Posts that say nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.model import Post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem

# What a post may consist of: https://html.spec.whatwg.org/multipage/dom.html#embedded-content-2,
# and code.
_SHOWN = re.compile(r"<(?:img|picture|video|audio|iframe|embed|object|svg|math|canvas|pre)\b", re.I)


def empty(sheet: Sheet) -> Iterator[Problem]:
    """A published post whose body has no words, no picture and no code; a notice without words."""
    post, article = sheet.document, sheet.article
    if not isinstance(post, Post) or article.words:
        return
    if post.status == "withdrawn":
        if not article.warnings:
            message = "the post is withdrawn, and does not say why"
            yield sheet.of("status", message, "write it below the front matter")
    elif post.status != "draft" and not _SHOWN.search(article.html):
        hint = "write it below the front matter, or set 'status: draft'"
        yield sheet.of("title", "the post has no text", hint)
