"""The signs without which a step of Python-Markdown finds nothing, so that it need not search.

What comes out is the same. Imported only when that engine is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from markdown.blockprocessors import BlockProcessor

# By the names under which they are registered: each pattern needs one of its signs in the text.
_OF_BLOCKS = {
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("\n",),
    "hr": ("--", "- -", "-  -", "__", "_ _", "_  _", "**", "* *", "*  *"),
    "deflist": (": ",),
    "quote": (">",),
    "footnote": ("[^",),
    "abbr": ("*[",),
    "reference": ("]:",),
}
_OF_PATTERNS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}


def search_where_there_are_signs(engine: Markdown) -> None:
    """Let an engine's steps, all of them registered, look for their signs first."""
    for name, signs in _OF_BLOCKS.items():
        processor = engine.parser.blockprocessors[name]
        processor.test = _tested(processor, signs)  # type: ignore[method-assign, assignment]
    engine.treeprocessors.register(_SignedInline(engine), "inline", 20)


def _has_one(text: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110  # any() takes three times as long
        if sign in text:
            return True
    return False


def _tested(processor: BlockProcessor, signs: tuple[str, ...]) -> Callable[[Element, str], bool]:
    test = processor.test

    def signed(parent: Element, block: str) -> bool:
        return _has_one(block, signs) and test(parent, block)

    return signed


class _SignedInline(InlineProcessor):
    """Applies the inline patterns that have a sign in the text, and asks the others nothing.

    Where Python-Markdown calls its private method in another way, that method is not reached and
    all patterns are searched for as ever.
    """

    def __init__(self, engine: Markdown) -> None:
        super().__init__(engine)
        patterns = engine.inlinePatterns
        named = {patterns.get_index_for_name(name): signs for name, signs in _OF_PATTERNS.items()}
        self.signed = [(pattern, named.get(i, ("",))) for i, pattern in enumerate(patterns)]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        start = 0
        while patternIndex < len(self.signed):
            pattern, signs = self.signed[patternIndex]
            matched = False
            if _has_one(data, signs):
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, data, patternIndex, start
                )
            if not matched:
                patternIndex += 1  # noqa: N806
                start = 0
        return data
