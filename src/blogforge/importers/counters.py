"""Scripts, frames and pictures in bodies that sell something or count readers, and nothing else.

A site of blogforge fetches nothing from anybody of its own accord; an import brings none of it in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_STRANGERS = re.compile(
    r"adsbygoogle|googlesyndication|doubleclick|google-analytics|googletagmanager|googletagservices|"
    r"amazon-adsystem|taboola|outbrain|scorecardresearch|quantserve|statcounter|pixel\.wp\.com|"
    r"stats\.wp\.com|connect\.facebook\.net|facebook\.com/tr\b|addthis|sharethis|feedburner\.com/~|"
    r"feeds\.wordpress\.com/1\.0/"
)


def without_counters(html: str) -> tuple[str, int]:
    """`html`, a body, without what only advertises or counts, and how much that was."""
    if not _STRANGERS.search(html):
        return html, 0
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(html).body
    found = [node for node in body.css("script, iframe, img, ins") if _counts(node)] if body else []
    if body is None or not found:
        return html, 0
    for node in found:
        node.decompose()
    for node in body.css("noscript"):
        if not node.text(strip=True) and node.css_first("*:not(noscript)") is None:
            node.decompose()
    return body.inner_html or "", len(found)


def _counts(node: LexborNode) -> bool:
    told = f"{node.attributes.get('src') or ''} {node.attributes.get('class') or ''}"
    return bool(_STRANGERS.search(told + (node.text() if node.tag == "script" else "")))
