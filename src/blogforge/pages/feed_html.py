"""An article's body as a feed reader may show it: absolute addresses, nothing active."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from blogforge.pages.wire import absolute, plain

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_ADDRESSES = {"href", "src", "poster", "cite", "longdesc", "background", "xlink:href"}
_SETS = {"srcset", "imagesrcset"}
_REFUSED = {"style", "ping", "srcdoc", "role"}
_SCRIPTED = ("javascript:", "vbscript:")
# The HTML standard's grammar of srcset: an address may hold commas, but not end in one.
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s+([^,]*))?(?:,|$)")

_PULLED = 'class="pull-quote"'
_DROPPED = (
    "script, noscript, style, template, link, meta, base, param, "
    "button, select, textarea, datalist, input"
)
_UNWRAPPED = ["form", "fieldset", "legend", "label"]
# What may open one of these, an embedded page or a comment: in most bodies nothing does.
_TOUCHED = re.compile(
    rf"<(?:!--|iframe|embed|object|{_DROPPED.replace(', ', '|')}|{'|'.join(_UNWRAPPED)})",
    re.IGNORECASE,
)


@lru_cache(maxsize=128)
def feed_html(html: str, base_url: str) -> str:
    """The body `html` of the article at `base_url`, ready for any feed.

    Addresses become absolute. Scripts, styles, event handlers, form controls, comments and what is
    for screen readers alone (readers drop it, and validators complain) go; a box of a task list
    becomes a sign, and an embedded page or player a link to it, so that no text is
    lost. Ids stay, and so do footnotes. Remembered, as one article stands in several feeds.
    """
    from selectolax.lexbor import LexborHTMLParser

    html = plain(html)
    tree = LexborHTMLParser(html)
    body = tree.body
    if body is None:  # only a frameset has no body
        return ""
    if _TOUCHED.search(html):
        _link_embedded(tree, body, base_url)
        _check_boxes(body)
        for node in _inner_first(body, _DROPPED):
            node.decompose()
        for node in [node for node in body.traverse() if node.is_comment_node]:
            node.decompose()
        body.unwrap_tags(_UNWRAPPED, delete_empty=True)
    if _PULLED in html:
        for node in body.css("aside.pull-quote[aria-hidden]"):
            node.decompose()  # which a reader would show as a sentence said twice
    for node in body.traverse():
        _mend_attributes(node, base_url)
    found = body.inner_html or ""
    # A character reference (&#2;) has become its character only now.
    return plain(found) if "&#" in html else found


def _inner_first(body: LexborNode, selector: str) -> list[LexborNode]:
    """What `selector` finds, each before what holds it: with a node goes all that it holds."""
    return body.css(selector)[::-1]


def _link_embedded(tree: LexborHTMLParser, body: LexborNode, base_url: str) -> None:
    for node in _inner_first(body, "iframe, embed, object"):
        address = node.attributes.get("data" if node.tag == "object" else "src")
        if address:
            url = absolute(address, base_url)
            link = tree.create_node("a")
            link.attrs["href"] = url
            link.inner_html = escape(node.attributes.get("title") or url)
            node.replace_with(link)
        elif node.tag == "object":
            node.unwrap(delete_empty=True)  # its fallback is the content
        else:
            node.decompose()


def _check_boxes(body: LexborNode) -> None:
    for node in _inner_first(body, "input[type=checkbox]"):
        node.replace_with("☑" if "checked" in node.attributes else "☐")


def _mend_attributes(node: LexborNode, base_url: str) -> None:
    for name, value in node.attributes.items():
        if name.startswith(("on", "aria-")) or name in _REFUSED:
            del node.attrs[name]
        elif name in _ADDRESSES and value is not None:
            url = absolute(value, base_url)
            if url.lower().startswith(_SCRIPTED):
                del node.attrs[name]
            else:
                node.attrs[name] = url
        elif name in _SETS and value is not None:
            node.attrs[name] = _absolute_set(value, base_url)


def _absolute_set(srcset: str, base_url: str) -> str:
    candidates = (match.groups(default="") for match in _CANDIDATE.finditer(srcset))
    return ", ".join(f"{absolute(url, base_url)} {size}".strip() for url, size in candidates)
