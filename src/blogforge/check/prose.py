"""A body without its code, in the source and as readers see it."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.content.engines import Engine

_UNSEEN = ["pre", "code", "script", "style", "template", "textarea", "svg", "math"]
_FENCE = re.compile(r"^([ ]{0,3})(`{3,}|~{3,})([^\n]*)$", re.M)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_TICKS = re.compile(r"(?<!\\)`+")
_NOT_A_LINE_END = re.compile(r"[^\n]")


class Fences(NamedTuple):
    """The fenced code of a body: (start, end) of each, and where one begins that never closes."""

    blocks: tuple[tuple[int, int], ...]
    unclosed: int = -1


def seen(html: str) -> str:
    """The text of an article that readers see outside code."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    tree.strip_tags(_UNSEEN)
    return tree.body.text() if tree.body else ""


def fences(body: str, engine: Engine) -> Fences:
    """The fenced code of `body` outside lists and quotes, as the engine takes it.

    Sources: https://spec.commonmark.org/0.31.2/#fenced-code-blocks; Python-Markdown's
    fenced_code wants fences at the line's beginning, and the same at both ends.
    """
    blocks = []
    opening: re.Match[str] | None = None
    for match in _FENCE.finditer(body):
        indent, fence, rest = match.groups()
        if engine == "markdown" and indent:
            continue
        if opening is None:
            opening = None if fence[0] == "`" and "`" in rest else match
        elif not rest.strip() and _closes(fence, opening[2], engine):
            blocks.append((opening.start(), match.end()))
            opening = None
    return Fences(tuple(blocks), opening.start(2) if opening else -1)


def _closes(fence: str, opening: str, engine: Engine) -> bool:
    return fence == opening if engine == "markdown" else fence.startswith(opening)


def without_code(body: str, engine: Engine) -> str:
    """`body` with spaces in the place of fenced code, code spans and comments.

    What follows is where it was; indented code stays.
    """
    found = fences(body, engine)
    end = [(found.unclosed, len(body))] if found.unclosed >= 0 and engine == "commonmark" else []
    body = _blanked(body, [*found.blocks, *end])
    body = _blanked(body, _spans(body))
    return _blanked(body, (match.span() for match in _COMMENT.finditer(body)))


def _spans(body: str) -> Iterator[tuple[int, int]]:
    """Code spans: a run of backticks up to the next one of its length in the same paragraph."""
    if "`" not in body:
        return
    ends = [match.start() for match in _PARAGRAPH_END.finditer(body)]
    start = 0
    for end in [*ends, len(body)]:
        runs = [match.span() for match in _TICKS.finditer(body, start, end)]
        waiting: dict[int, deque[int]] = defaultdict(deque)
        for index, (opens, closes) in enumerate(runs):
            waiting[closes - opens].append(index)
        after = -1
        for index, (opens, closes) in enumerate(runs):
            same = waiting[closes - opens]
            same.popleft()
            if index > after and same:
                after = same[0]
                yield opens, runs[after][1]
        start = end


def _blanked(body: str, parts: Iterator[tuple[int, int]] | list[tuple[int, int]]) -> str:
    pieces = []
    done = 0
    for start, end in parts:
        pieces += [body[done:start], _NOT_A_LINE_END.sub(" ", body[start:end])]
        done = end
    return "".join([*pieces, body[done:]]) if pieces else body
