"""Code in colour: Pygments' classes, no inline styles."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_LONGEST = 50_000  # characters; more is listed, not read


@lru_cache(maxsize=256)
def highlight(language: str, code: str) -> str | None:
    """The inside of a `<code>` element, or None for a language that Pygments does not know.

    A lexer is never guessed, and code over 50 kB stays plain.
    """
    lexer = _lexer(language) if len(code) <= _LONGEST else None
    if lexer is None:
        return None
    import pygments
    from pygments.formatters.html import HtmlFormatter

    html: str = pygments.highlight(code, lexer, HtmlFormatter(nowrap=True))
    return html


@lru_cache(maxsize=256)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
