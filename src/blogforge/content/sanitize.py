"""What is left of the HTML of a body that is not trusted."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from blogforge.content.dom import names

_TAGS = names(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s samp section"
    " small span strong sub summary sup table tbody td tfoot th thead time tr u ul var"
)
_ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href", "data-footnote-ref", "data-footnote-backref"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "img": {"src", "alt", "width", "height"},
    "input": {"type", "checked", "disabled"},
    "li": {"value"},
    "ol": {"start", "type"},
    "section": {"data-footnotes"},
    "td": {"align", "style", "colspan", "rowspan"},
    "th": {"align", "style", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_ALIGNED = re.compile(r"text-align: ?(left|center|right);?")  # as either engine writes it


def sanitize(html: str) -> str:
    """`html` with nothing but what Markdown makes: no scripts, frames, forms or event handlers.

    Comments stay: they harm nobody, and by one of them the pass sees that nothing was swallowed.
    """
    return _clean()(html)


@cache
def _clean() -> Callable[[str], str]:
    import nh3

    cleaner = nh3.Cleaner(
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_kept,
        strip_comments=False,
        link_rel=None,
    )
    clean: Callable[[str], str] = cleaner.clean
    return clean


def _kept(_tag: str, name: str, value: str) -> str | None:
    """The value of an attribute, None for a style that does more than align."""
    return value if name != "style" or _ALIGNED.fullmatch(value) else None
