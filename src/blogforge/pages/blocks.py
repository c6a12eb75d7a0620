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


class Block(Value, frozen=True, kw_only=True):
    """A block by its name, from its first tag to its last."""

    name: str
    text: str


def blocks(source: str) -> tuple[Block, ...]:
    """The blocks of a template's source in their order; those within others too.

    What the template defines outside of them (imports, values, macros), they see wherever they are
    written anew: Jinja shares a template's names with those that extend it.
    """
    found: list[Block] = []
    opened: list[tuple[str, int]] = []
    for tag in _tags(source):
        if tag["word"] == "block" and tag["rest"].strip(" -+"):
            opened.append((tag["rest"].split(maxsplit=1)[0], tag.start()))
        elif tag["word"] == "endblock" and opened:  # else Jinja tells of it, as it renders
            name, start = opened.pop()
            found.append(Block(name=name, text=source[start : tag.end()].rstrip("\n")))
    return tuple(sorted(found, key=lambda block: source.index(block.text)))


def outermost(source: str) -> Iterator[tuple[str, int]]:
    """The blocks of a template that are in no other, each with its line."""
    depth = 0
    for tag in _tags(source):
        if tag["word"] == "block" and tag["rest"].strip(" -+"):
            if not depth:
                name = tag["rest"].split(maxsplit=1)[0]
                yield name, source.count("\n", 0, tag.start()) + 1
            depth += 1
        elif tag["word"] == "endblock" and depth:
            depth -= 1


def parent(source: str) -> str:
    """The name of the template that a template extends; "" if it extends none."""
    found = _PARENT.search(_COMMENT.sub("", source))
    return found[1] if found else ""


def _tags(source: str) -> Iterator[re.Match[str]]:
    """The tags of a template, outside of comments."""
    blank = _COMMENT.sub(lambda comment: " " * len(comment[0]), source)
    return _TAG.finditer(blank)
