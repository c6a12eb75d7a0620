"""What templates hand to functions: taken, or refused in words."""

from __future__ import annotations

from blogforge.model import Card
from blogforge.pages.article import ArticleView


def path_of(function: str, article: object) -> str:
    """The path of what a template hands to a function as an article. Raises TypeError."""
    if not isinstance(article, ArticleView | Card):
        told = _told(article)
        raise TypeError(f"{function}: 'article' must be an article or a card, not {told}")
    return article.path


def section_named(section: object) -> str:
    """What a template hands to `related` as a section. Raises TypeError."""
    if not isinstance(section, str):
        raise TypeError(f"related: 'section' must be a name or key, not {_told(section)}")
    return section


def _told(value: object) -> str:
    """A value as an error names it: text in quotes, a list, none."""
    if value is None:
        return "none"
    if isinstance(value, str | int | float):
        return repr(value)
    return "a list" if isinstance(value, list | tuple) else f"a {type(value).__name__}"
