"""The blocks of a template, as text: what a template of a site's own can take the place of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"\{%[-+]?\s*(?P<word>\w+)(?P<rest>.*?)%\}\n?", re.DOTALL)
_PARENT = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)["']\s*-?%\}""")
# What opens something that a tag of its own ends; `set` does where nothing is assigned.
_PAIRS = {word: f"end{word}" for word in ("block", "macro", "for", "if", "call", "filter", "with")}
_CARRIED = ("import", "from", "set", "macro")


class Block(Value, frozen=True, kw_only=True):
    """A block by its name, from its first tag to its last."""

    name: str
    text: str


def blocks(source: str) -> tuple[Block, ...]:
    """The blocks of a template's source in their order; those within others too."""
    found: list[Block] = []
    opened: list[tuple[str, int]] = []
    for tag in _tags(source):
        if tag["word"] == "block":
            opened.append((tag["rest"].split()[0], tag.start()))
        elif tag["word"] == "endblock":
            name, start = opened.pop()
            found.append(Block(name=name, text=source[start : tag.end()].rstrip("\n")))
    return tuple(sorted(found, key=lambda block: source.index(block.text)))


def carried(source: str) -> str:
    """What a template defines outside its blocks: imports, values, macros.

    A template that extends it knows none of them in the blocks that it writes anew.
    """
    return "".join(_outside(source))


def parent(source: str) -> str:
    """The name of the template that a template extends; "" if it extends none."""
    found = _PARENT.search(_COMMENT.sub("", source))
    return found[1] if found else ""


def _outside(source: str) -> Iterator[str]:
    depth, start, kept = 0, 0, False
    for tag in _tags(source):
        word = tag["word"]
        if depth == 0:
            start, kept = tag.start(), word in _CARRIED
        depth += _opens(word, tag["rest"])
        depth -= word in _PAIRS.values() or word == "endset"
        if depth == 0 and kept:
            yield source[start : tag.end()]


def _opens(word: str, rest: str) -> bool:
    return word in _PAIRS or (word == "set" and "=" not in rest)


def _tags(source: str) -> Iterator[re.Match[str]]:
    """The tags of a template, outside of comments."""
    blank = _COMMENT.sub(lambda comment: " " * len(comment[0]), source)
    return _TAG.finditer(blank)
