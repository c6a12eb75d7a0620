"""Hugo's shortcodes in a body: found, paired and handed to what makes Markdown of them.

https://gohugo.io/content-management/shortcodes/ has their grammar.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import field

from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

_TAG = re.compile(
    r"\{\{(?P<open>[<%])(?P<comment>/\*)?\s*(?P<close>/)?\s*(?P<name>[\w./-]*?)"
    r"(?P<rest>(?:\s(?:\"(?:\\.|[^\"\\])*\"|`[^`]*`|[^\"`])*?)?)"
    r"\s*(?P<single>/)?\s*(?P<end>\*/)?[>%]\}\}"
)
_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w-]+)\s*=\s*)?(?:"(?P<quoted>(?:\\.|[^"\\])*)"|`(?P<raw>[^`]*)`|(?P<bare>[^\s"`=]+))""",
    re.S,
)
_ESCAPE = re.compile(r"\\(.)")


class Shortcode(Value, frozen=True, kw_only=True):
    """One call: `inner` is None for one without an end. `text`: its tags as written.

    `positional` and `named`: its arguments. `line`: of the body, from 1. `before`: the character
    in front of it.
    """

    name: str
    positional: tuple[str, ...] = ()
    named: dict[str, str] = field(default_factory=dict)
    inner: str | None = None
    text: str
    closing: str = ""
    line: int = 1
    before: str = ""

    def argument(self, name: str, position: int = 0) -> str:
        """An argument by its name, or else by its place; "" where it is not there."""
        if name in self.named:
            return self.named[name]
        at = self.positional[position : position + 1]
        return at[0] if at and not self.named else ""


def without_shortcodes(body: str, made: Callable[[Shortcode], str]) -> str:
    """A body with what `made` returns in the place of each shortcode, the inner ones first."""
    return _Body(body, made).text()


class _Body:
    def __init__(self, body: str, made: Callable[[Shortcode], str]) -> None:
        self.body = body
        self.made = made
        self.tags = list(_TAG.finditer(body))

    def text(self) -> str:
        return self._between(0, len(self.tags), 0, len(self.body))

    def _between(self, first: int, last: int, start: int, end: int) -> str:
        """The text from `start` to `end`, in which the tags `first` to `last` stand."""
        parts, at, index = [], start, first
        while index < last:
            tag = self.tags[index]
            parts.append(self.body[at : tag.start()])
            closing = self._closing(index, last)
            if tag["comment"] or not tag["name"] or tag["close"]:
                parts.append(_escaped(tag) if tag["comment"] else tag[0])
            elif closing is None:
                parts.append(self.made(self._call(tag, None, "")))
            else:
                inner = self._between(index + 1, closing, tag.end(), self.tags[closing].start())
                parts.append(self.made(self._call(tag, inner, self.tags[closing][0])))
                index, tag = closing, self.tags[closing]
            at = tag.end()
            index += 1
        return "".join([*parts, self.body[at:end]])

    def _closing(self, index: int, last: int) -> int | None:
        """The tag that ends the one at `index`; None where it stands alone."""
        opening = self.tags[index]
        if opening["single"] or opening["close"] or opening["comment"]:
            return None
        depth = 0
        for place in range(index + 1, last):
            tag = self.tags[place]
            if tag["name"] != opening["name"] or tag["comment"] or tag["single"]:
                continue
            if not tag["close"]:
                depth += 1
            elif depth == 0:
                return place
            else:
                depth -= 1
        return self._first_closing(index, last) if depth else None

    def _first_closing(self, index: int, last: int) -> int | None:
        """Where openings outnumber ends, an end belongs to the nearest opening before it."""
        name = self.tags[index]["name"]
        for place in range(index + 1, last):
            if self.tags[place]["name"] == name:
                return place if self.tags[place]["close"] else None
        return None

    def _call(self, tag: re.Match[str], inner: str | None, closing: str) -> Shortcode:
        positional, named = arguments(tag["rest"])
        return Shortcode(
            name=tag["name"].removesuffix(".html"),
            positional=positional,
            named=named,
            inner=inner,
            text=tag[0],
            closing=closing,
            line=self.body.count("\n", 0, tag.start()) + 1,
            before=self.body[max(tag.start() - 1, 0) : tag.start()],
        )


def arguments(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The arguments of a shortcode by place and by name."""
    positional: list[str] = []
    named: dict[str, str] = {}
    for match in _ARGUMENT.finditer(text):
        quoted = match["quoted"]
        value = _ESCAPE.sub(r"\1", quoted) if quoted is not None else match["raw"] or match["bare"]
        if match["key"]:
            named[match["key"].lower()] = value or ""
        else:
            positional.append(value or "")
    return tuple(positional), named


def _escaped(tag: re.Match[str]) -> str:
    """A shortcode that is only shown (`{{</* x */>}}`), as Hugo shows it."""
    return tag[0].replace("/*", "", 1)[::-1].replace("/*", "", 1)[::-1]
