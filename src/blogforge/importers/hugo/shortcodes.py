"""Hugo's shortcodes in a body: found, paired and handed to what makes Markdown of them.

https://gohugo.io/content-management/shortcodes/ has their grammar.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import field

from blogforge.importers.figures import fitted
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

_TAG = re.compile(
    r"\{\{(?P<open>[<%])(?P<comment>/\*)?\s*(?P<close>/)?\s*(?P<name>[\w./-]*?)"
    r"(?P<rest>(?:\s(?:\"(?:\\.|[^\"\\])*\"|`[^`]*`|(?!\{\{[<%])[^\"`])*?)?)"
    r"\s*(?P<single>/)?\s*(?P<end>\*/)?[>%]\}\}"
)
_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w-]+)\s*=\s*)?(?:"(?P<quoted>(?:\\.|[^"\\])*)"|`(?P<raw>[^`]*)`|(?P<bare>[^\s"`=]+))""",
    re.S,
)
_DEEPEST = 50
_ESCAPE = re.compile(r"\\(.)")


class Shortcode(Value, frozen=True, kw_only=True):
    """One call: `inner` is None for one without an end. `text`: its tags as written.

    `positional` and `named`: its arguments. `before`: the character in front of it.
    """

    name: str
    positional: tuple[str, ...] = ()
    named: dict[str, str] = field(default_factory=dict)
    inner: str | None = None
    text: str
    closing: str = ""
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
        self.ends = _ends(self.tags)

    def text(self) -> str:
        return self._between(0, len(self.tags), 0, len(self.body))

    def _between(self, first: int, last: int, start: int, end: int) -> str:
        """The text from `start` to `end`, in which the tags `first` to `last` stand."""
        parts, at, index = [], start, first
        while index < last:
            tag = self.tags[index]
            parts.append(self.body[at : tag.start()])
            closing = self.ends.get(index)
            if tag["comment"] or not tag["name"] or tag["close"]:
                parts.append(_escaped(tag) if tag["comment"] else tag[0])
            elif closing is None:
                parts.append(self._fitted(self._call(tag, None, ""), tag, tag))
            else:
                last_tag = self.tags[closing]
                inner = self._between(index + 1, closing, tag.end(), last_tag.start())
                parts.append(self._fitted(self._call(tag, inner, last_tag[0]), tag, last_tag))
                index, tag = closing, last_tag
            at = tag.end()
            index += 1
        return "".join([*parts, self.body[at:end]])

    def _fitted(self, call: Shortcode, first: re.Match[str], last: re.Match[str]) -> str:
        start, end = first.start(), last.end()
        before, after = self.body[max(start - 3, 0) : start], self.body[end : end + 3]
        return fitted(self.made(call), before, after)

    def _call(self, tag: re.Match[str], inner: str | None, closing: str) -> Shortcode:
        positional, named = arguments(tag["rest"])
        return Shortcode(
            name=tag["name"].removesuffix(".html"),
            positional=positional,
            named=named,
            inner=inner,
            text=tag[0],
            closing=closing,
            before=self.body[max(tag.start() - 1, 0) : tag.start()],
        )


def _ends(tags: list[re.Match[str]]) -> dict[int, int]:
    """For each tag that is ended, the one that ends it: the first that is not another's.

    Nothing is ended that is nested deeper than anybody nests.
    """
    found: dict[int, int] = {}
    waiting: list[int] = []
    names: Counter[str] = Counter()
    for place, tag in enumerate(tags):
        if tag["comment"] or tag["single"] or not tag["name"]:
            continue
        if not tag["close"]:
            waiting.append(place)
            names[tag["name"]] += 1
        elif names[tag["name"]]:
            while True:  # those that opened since stand alone
                opening = waiting.pop()
                names[tags[opening]["name"]] -= 1
                if tags[opening]["name"] == tag["name"]:
                    break
            found[opening] = place
    return _shallow(found)


def _shallow(ends: dict[int, int]) -> dict[int, int]:
    """The pairs around which there are fewer than `_DEEPEST` others."""
    kept: dict[int, int] = {}
    around: list[int] = []
    for opening, end in sorted(ends.items()):
        while around and around[-1] < opening:
            around.pop()
        if len(around) < _DEEPEST:
            kept[opening] = end
            around.append(end)
    return kept


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
