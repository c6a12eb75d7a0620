"""The destinations of links and images in a Markdown body, wherever they stand but in code."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    # A destination, whether it is an image's, and its line -> what to write, None to leave it.
    Rewrite = Callable[[str, bool, int], str | None]

_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})([^\n]*)")
_INDENTED = re.compile(r"(?:[ ]{4}|\t)")
_LIST = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])[ \t]|[ ]{0,3}\[\^")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
_RAW = re.compile(r"<(!--|(?:pre|code|script|style|textarea)\b)", re.I)
_LONGEST = 4000  # characters of a destination
_LABEL_END = re.compile(r"(?<!\\)(?:\\\\)*\]\([ \t]*\n?[ \t]*")
_ANGLED = re.compile(r"<([^<>\n]*)>")
_BARE = re.compile(
    r"(?:\\.|[^\s()\\<]|\((?:\\.|[^\s()\\])*\))(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*"
)
_LINK_END = re.compile(r"""\s*(?:"[^"]*"|'[^']*'|\([^()]*\))?\s*\)""")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*(?=\S)", re.M)
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>", re.I)
_TAG = re.compile(r"<[a-zA-Z][\w-]*(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>")
_ATTRIBUTE = re.compile(
    r"""(?P<name>\b(?:href|src|poster|data-src|srcset))\s*=\s*(?P<quote>["'])(?P<value>.*?)(?P=quote)""",
    re.S | re.I,
)
_IMAGE_TAGS = re.compile(r"<(?:img|source|video|audio)\b", re.I)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def rewritten(body: str, rewrite: Rewrite) -> str:
    """`body` with each destination as `rewrite` has it; all else is as it was, byte for byte."""
    hidden = _hidden(body)
    pieces: list[str] = []
    done = 0
    for start, end, new in sorted(_changes(body, hidden, rewrite)):
        if start < done:
            continue  # inside of what is written already
        pieces += [body[done:start], new]
        done = end
    return "".join([*pieces, body[done:]])


def _hidden(body: str) -> str:
    """`body` with its code made spaces, so that everything else stands where it stood."""
    text = _CODE_SPAN.sub(_spaces, _without_blocks(body))
    pieces: list[str] = []
    done = 0
    for start, end in _raw_code(text):
        pieces += [text[done:start], _spaces_for(text[start:end])]
        done = end
    return "".join([*pieces, text[done:]])


def _raw_code(text: str) -> Iterator[tuple[int, int]]:
    """Where comments and code in HTML begin and end; what is never closed is none."""
    lower = text.lower()
    unclosed: set[str] = set()
    at = 0
    while match := _RAW.search(text, at):
        closing = "-->" if match[1] == "!--" else f"</{match[1].lower()}"
        end = -1 if closing in unclosed else lower.find(closing, match.end())
        at = match.end()
        if end < 0:
            unclosed.add(closing)
        else:
            at = end + len(closing)
            yield match.start(), at


def _spaces(match: re.Match[str]) -> str:
    return _spaces_for(match[0])


def _spaces_for(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _without_blocks(body: str) -> str:
    lines: list[str] = []
    fence = ""
    blank_before, in_list = True, False
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            closing = mark and mark[1].startswith(fence) and not mark[2].strip()
            fence = "" if closing else fence
            lines.append(" " * len(line))
            continue
        if mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
            lines.append(" " * len(line))
            continue
        if line.strip() and not line[0].isspace():
            in_list = _LIST.match(line) is not None
        in_code = not in_list and blank_before and _INDENTED.match(line)
        lines.append(" " * len(line) if in_code else line)
        blank_before = not line.strip() or bool(in_code)
    return "\n".join(lines)


def _changes(body: str, hidden: str, rewrite: Rewrite) -> Iterator[tuple[int, int, str]]:
    """The places to write anew: start, end, and the text."""
    yield from _inline(body, hidden, rewrite)
    for match in _DEFINITION.finditer(hidden):
        yield from _destination(body, hidden, match.end(), rewrite, image=False)
    for match in _AUTOLINK.finditer(hidden):
        new = rewrite(match[1], False, _line(body, match.start()))
        if new is not None:
            yield match.start(), match.end(), f"[{_text(match[1])}]({new})"
    for match in _TAG.finditer(hidden):
        yield from _attributes(body, match, rewrite)


def _inline(body: str, hidden: str, rewrite: Rewrite) -> Iterator[tuple[int, int, str]]:
    for match in _LABEL_END.finditer(hidden):
        image = _is_image(hidden, match.start() + match[0].index("]"))
        for start, end, new in _destination(body, hidden, match.end(), rewrite, image=image):
            if _LINK_END.match(hidden, end, end + _LONGEST):
                yield start, end, new


def _is_image(text: str, closing: int) -> bool:
    """Whether the bracket that closes at `closing` was opened by `![`."""
    depth = 0
    for at in range(closing, max(-1, closing - 2000), -1):
        if text[at] == "]":
            depth += 1
        elif text[at] == "[":
            depth -= 1
            if depth == 0:
                return at > 0 and text[at - 1] == "!"
    return False


def _destination(
    body: str, hidden: str, at: int, rewrite: Rewrite, *, image: bool
) -> Iterator[tuple[int, int, str]]:
    match = _ANGLED.match(hidden, at, at + _LONGEST) or _BARE.match(hidden, at, at + _LONGEST)
    if match is None:
        return
    angled = match.re is _ANGLED
    written = body[match.start(1) : match.end(1)] if angled else body[match.start() : match.end()]
    new = rewrite(unescape(_ESCAPE.sub(r"\1", written)), image, _line(body, at))
    if new is not None:
        yield match.start(), match.end(), new


def _attributes(body: str, tag: re.Match[str], rewrite: Rewrite) -> Iterator[tuple[int, int, str]]:
    shows = _IMAGE_TAGS.match(tag[0]) is not None
    for match in _ATTRIBUTE.finditer(tag[0]):
        start = tag.start() + match.start("value")
        line = _line(body, start)
        name, value = match["name"].lower(), unescape(match["value"])
        image = shows and name != "href"
        new = _set(value, rewrite, line) if name == "srcset" else rewrite(value, image, line)
        if new is not None:
            escaped = new.replace("&", "&amp;").replace(match["quote"], "&quot;")
            yield start, tag.start() + match.end("value"), escaped


def _set(value: str, rewrite: Rewrite, line: int) -> str | None:
    entries = [entry.split(None, 1) for entry in value.split(", ")]
    new = [[rewrite(entry[0], True, line) or entry[0], *entry[1:]] for entry in entries if entry]
    joined = ", ".join(" ".join(entry) for entry in new)
    return joined if joined != value else None


def _text(address: str) -> str:
    return re.sub(r"([\\\[\]*_`])", r"\\\1", address)


def _line(body: str, at: int) -> int:
    return bisect_left(_line_ends(body), at) + 1


@lru_cache(maxsize=1)
def _line_ends(body: str) -> list[int]:
    return [match.start() for match in re.finditer("\n", body)]
