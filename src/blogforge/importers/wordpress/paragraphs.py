"""Text of WordPress's classic editor -> HTML: blank lines part paragraphs, line ends are breaks.

Source: wpautop, https://developer.wordpress.org/reference/functions/wpautop/. That one is a row of
substitutions; this is one pass that knows which element it is in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(
    r"""<!--|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)(?:[^<>"']|"[^"<]*"|'[^'<]*')*>""", re.DOTALL
)
_BREAK = re.compile(r"<!--\s*(more\b.*|nextpage|noteaser)\s*-->", re.DOTALL)
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_FLOW = {  # may have paragraphs
    *("div", "blockquote", "section", "article", "aside", "header", "footer", "nav", "details"),
    *("form", "fieldset", "address", "main", "center", "hgroup"),
}
_MIXED = {
    "li",
    "td",
    "th",
    "dd",
    "figure",
    "figcaption",
}  # may have paragraphs; a single one is bare text
_LINE = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "summary", "legend"}
_FRAME = {  # have no text of their own
    *("ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "map", "menu"),
}
_BLOCKS = _FLOW | _MIXED | _LINE | _FRAME
_EMPTY_BLOCKS = {"hr", "col", "area"}
_RAW_BLOCKS = {"pre", "script", "style", "textarea", "svg", "math", "object", "audio", "video"}
_RAW = _RAW_BLOCKS | {"iframe", "code"}  # nothing in them is looked into
_VOID = {"br", "img", "input", "wbr", "embed", "source", "track", "param", "link", "meta"}
_MOST_OPEN = 8  # inline elements; no author nests as many


class Token(NamedTuple):
    """A tag, a comment, or a whole element that is not looked into; `name` is "" for comments."""

    name: str
    ends: bool
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """The tags, comments and raw elements of `text` in their order."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    unclosed: set[str] = set()
    position = 0
    while match := _TAG.search(text, position):
        name = (match["name"] or "").lower()
        position = match.end()
        mark = "-->" if not name else f"</{name}"
        if (not name or (name in _RAW and not match["end"])) and mark not in unclosed:
            end = lower.find(mark, position)
            close = text.find(">", end + 2) if end >= 0 else -1
            if close < 0:
                unclosed.add(mark)
            else:
                position = close + 1
        yield Token(name, bool(match["end"]), text[match.start() : position], match.start())


def paragraphs(text: str) -> str:
    """`text` with `<p>` and `<br>` where WordPress puts them when it shows a classic post."""
    flow = _Flow()
    position = 0
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))
    for token in tokens(text):
        flow.inline(text[position : token.start])
        flow.tag(token)
        position = token.start + len(token.text)
    flow.inline(text[position:])
    flow.flush()
    return "".join(flow.out).strip()


class _Flow:
    """HTML as it is written: what is done, the blocks that are open, the run of inline content."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[str] = []
        self.run: list[str] = []
        self.carried: list[tuple[str, str]] = []  # inline elements open at the run's beginning

    def inline(self, text: str) -> None:
        if text:
            self.run.append(text)

    def tag(self, token: Token) -> None:
        name = token.name
        if _BREAK.fullmatch(token.text):
            self.flush()
        elif name in _RAW_BLOCKS or name in _EMPTY_BLOCKS:
            self.flush()
            self.out.append(token.text)
        elif name in _BLOCKS:
            self.flush()
            self._block(name, token.text, ends=token.ends)
        elif name == "code" and "\n" in token.text.strip():  # several lines of it
            self.flush()
            self.out.append(f"<pre>{token.text}</pre>")
        elif name == "br":
            self.run.append("\n")
        else:
            self.run.append(token.text.replace("\n", " ") if name else token.text)

    def _block(self, name: str, token: str, *, ends: bool) -> None:
        if not ends:
            self.open.append(name)
        elif name in self.open:
            while self.open.pop() != name:
                pass
        else:
            return  # it closes what was never opened
        self.out.append(token.replace("\n", " "))

    def flush(self) -> None:
        """Write the run of inline content as the paragraphs that it is."""
        text = "".join(self.run)
        self.run = []
        inside = self.open[-1] if self.open else ""
        parts = [part.strip() for part in _PARAGRAPHS.split(text.strip())]
        parts = [part for part in parts if part]
        if inside in _FRAME or not parts:
            self.out.append(text.strip())
            return
        whole = [self._completed(part).replace("\n", "<br>\n") for part in parts]
        bare = inside in _LINE or (inside in _MIXED and len(whole) == 1)
        self.out.append("<br>\n".join(whole) if bare else "".join(f"<p>{p}</p>\n" for p in whole))

    def _completed(self, part: str) -> str:
        """`part` with the inline elements that begin or end in another paragraph made whole."""
        before = "".join(token for _, token in self.carried)
        kept = []
        position = 0
        for token in tokens(part):
            kept.append(part[position : token.start])
            position = token.start + len(token.text)
            if self._carries(token):
                kept.append(token.text)
        kept.append(part[position:])
        after = "".join(f"</{name}>" for name, _ in reversed(self.carried))
        return before + "".join(kept) + after

    def _carries(self, token: Token) -> bool:
        """Remember an inline element that opens, forget one that closes; False if none was open."""
        name = token.name
        if not name or name in _VOID | _RAW or token.text.endswith("/>"):
            return True
        if not token.ends:
            if len(self.carried) < _MOST_OPEN:
                self.carried.append((name, token.text))
                return True
            return False
        if all(name != each for each, _ in self.carried):
            return False
        while self.carried.pop()[0] != name:
            pass
        return True
