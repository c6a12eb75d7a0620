"""Pictures with what is said of them, as blogforge's Markdown writes them."""

from __future__ import annotations

import html
import re

_ANCHOR = re.compile(r"<a\b[^>]*\bhref=[\"']([^\"']+)[\"'][^>]*>(.*?)</a>", re.S)


_LONGEST_CAPTION = 5000


def figure(src: str, alt: str, caption: str = "", credit: str = "", link: str = "") -> str:
    """One line of Markdown: an image whose title is its caption and its credit."""
    words = " | ".join(part for part in (one_line(caption), one_line(credit)) if part)
    if credit and not caption:
        words = f"| {words}"
    title = ' "' + words.replace("\\", "\\\\").replace('"', '\\"') + '"' if words else ""
    image = f"![{bracketed(alt)}]({destination(src)}{title})"
    return f"[{image}]({destination(link)})" if link else image


def fitted(made: str, before: str, after: str) -> str:
    """What stands in the place of a tag: with a blank line around a block, and no second one."""
    if not made.startswith("\n\n"):
        return made
    missing = 2 - (len(before) - len(before.rstrip("\n")))
    above = "\n" * max(missing, 0) if before.strip("\n") else ""
    missing = 2 - (len(after) - len(after.lstrip("\n")))
    below = "\n" * max(missing, 0) if after.strip("\n") else ""
    return above + made.strip("\n") + below


def plain(words: str) -> str:
    """A caption's words without its HTML and Markdown; a link's address stands behind its words."""
    if len(words) > _LONGEST_CAPTION:
        return one_line(words)
    words = _ANCHOR.sub(r"\2 (\1)", words)
    words = re.sub(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)[^)]*\)", r"\1 (\2)", words)
    words = re.sub(r"</?[A-Za-z][^>]*>", "", words)
    words = re.sub(r"(\*\*?|__?)(?=\S)(.+?)(?<=\S)\1", r"\2", words)
    return one_line(html.unescape(words))


def destination(address: str) -> str:
    """An address as the destination of a link: in angle brackets where Markdown wants them."""
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def bracketed(words: str) -> str:
    """Words as they may stand between square brackets."""
    return re.sub(r"([\\\[\]])", r"\\\1", one_line(words))


def one_line(words: str) -> str:
    """Words with single spaces."""
    return " ".join(words.split())
