"""Code in colour: Pygments' classes, no inline styles."""

from __future__ import annotations

from functools import lru_cache
from threading import get_ident
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexer import Lexer

_LONGEST = 50_000  # characters; more is listed, not read


@lru_cache(maxsize=256)
def highlight(language: str, code: str) -> str | None:
    """The inside of a `<code>` element, or None for a language that Pygments does not know.

    A lexer is never guessed, and code over 50 kB stays plain.
    """
    lexer = _lexer(language, get_ident()) if len(code) <= _LONGEST else None
    if lexer is None:
        return None
    import pygments

    html: str = pygments.highlight(code, lexer, _formatter(get_ident()))
    return html


# Pygments does not say that its objects may be shared by threads.
@lru_cache(maxsize=64)
def _formatter(_thread: int) -> HtmlFormatter[str]:
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True)


@lru_cache(maxsize=256)
def _lexer(language: str, _thread: int) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
