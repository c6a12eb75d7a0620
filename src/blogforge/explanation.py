"""Why the related articles of a post are what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.edition import Edition, prepare
from blogforge.errors import ConfigError
from blogforge.site.naming import find_post
from blogforge.site.related import Explanation, explain
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from blogforge.model import Site
    from blogforge.options import Options


def explain_related(root: Path, name: str, options: Options) -> tuple[Explanation, Site]:
    """Why the related articles of the post `name` (file name, path or slug) are what they are.

    Raises ConfigError where that names no published post.
    """
    edition = prepare(root, options)
    posts = (*edition.site.posts, *edition.site.unlisted)
    path = find_post(name, posts)
    if not path:
        raise _not_published(name, edition)
    return explain(path, edition.corpus, edition.site.config.related), edition.site


def _not_published(name: str, edition: Edition) -> ConfigError:
    hidden = find_post(name, edition.reading.posts)
    reasons = {skip.path: skip.reason for skip in edition.schedule.skipped}
    if hidden in reasons:
        hint = "--drafts and --future look at what is not published yet"
        return ConfigError.of(f"{hidden} is not published ({reasons[hidden]})", hint=hint)
    posts = (*edition.site.posts, *edition.site.unlisted)
    hint = did_you_mean(name, (spelling for p in posts for spelling in (p.path, p.slug)))
    return ConfigError.of(f"'{name}' names no published post, or several", hint=hint)
