"""Markdown to HTML by one of two engines, neither of which loses a word."""

from __future__ import annotations

import re
import threading
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from markdown.blockparser import BlockParser
    from markdown.blockprocessors import BlockProcessor
    from markdown.preprocessors import Preprocessor
    from markdown.treeprocessors import Treeprocessor

Engine = Literal["markdown", "commonmark"]

_ANY_FOOTNOTE = re.compile(r"^[ \t>]*\[\^([^\]\n]+)\]:", re.M)  # in a list too, or in code
_REFERRING = re.compile(r"<p>(?:<sup class=\"footnote-ref\">.*?</sup>|\[\^[^\]]+\]|\s)*</p>\s*")

# One entry of an attribute list. Python-Markdown takes any words in braces for attributes, and
# the prose "**total** {sic, the ministry}" would be lost.
_ATTRIBUTE = r"""(?:[.\#][^\s}="']+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s}"'=]+))"""
_ATTRIBUTES = rf"\{{:?[ ]*({_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*)[ ]*\}}"


_FACTS_LINE = re.compile(r"\A([ ]{0,3}>[ ]?\[!FACTS\][^\n]*)(?=\n[ ]{0,3}>)", re.I)


def to_html(body: str, engine: Engine) -> str:
    """The HTML of a Markdown body. RecursionError where Python-Markdown meets hostile nesting."""
    return _with_python_markdown(body) if engine == "markdown" else _with_comrak(body)


def _with_python_markdown(body: str) -> str:
    engine = _own.engine
    if engine is None:
        engine = python_markdown()
    _own.engine = None  # an exception leaves a state behind that reset() does not clear
    html = engine.reset().convert(body)
    _own.engine = engine
    return html


class _Own(threading.local):
    """A thread's own engine, which is made once and has a state while it converts."""

    engine: Markdown | None = None


_own = _Own()


def python_markdown() -> Markdown:
    """Python-Markdown with our extensions and mendings."""
    from markdown import Markdown

    from blogforge.content.emphasis import SoundEmphasis
    from blogforge.content.signs import search_where_there_are_signs

    engine = Markdown(extensions=["extra", "sane_lists"], output_format="html")
    engine.treeprocessors.register(_strict_attributes(engine), "attr_list", 8)
    engine.parser.blockprocessors.register(_separate_quotes(engine.parser), "quote", 20)
    engine.inlinePatterns.register(SoundEmphasis(engine), "em_strong", 60)
    engine.preprocessors.register(_whole_blocks(engine), "html_block", 20)
    search_where_there_are_signs(engine)
    return engine


def _whole_blocks(engine: Markdown) -> Preprocessor:
    """Blocks with Markdown in HTML, of which one that is never closed goes to the body's end.

    Python-Markdown closes the innermost element of the outermost's name only, and drops the rest.
    """
    from markdown.extensions.md_in_html import HtmlBlockPreprocessor, HTMLExtractorExtra

    class WholeBlocks(HtmlBlockPreprocessor):
        def run(self, lines: list[str]) -> list[str]:
            extractor = HTMLExtractorExtra(engine)
            extractor.feed("\n".join(lines))
            extractor.close()
            # The type stubs do not know the attribute.
            still_open: list[str] = extractor.mdstack  # type: ignore[attr-defined]
            while still_open:
                extractor.handle_endtag(still_open[0])
            return "".join(extractor.cleandoc).split("\n")

    return WholeBlocks(engine)


def _strict_attributes(engine: Markdown) -> Treeprocessor:
    """Attribute lists made of classes, ids and key=value only."""
    from markdown.extensions.attr_list import AttrListTreeprocessor

    patterns = {
        "BASE_RE": _ATTRIBUTES,
        "HEADER_RE": re.compile(rf"[ ]+{_ATTRIBUTES}[ ]*$"),
        "BLOCK_RE": re.compile(rf"\n[ ]*{_ATTRIBUTES}[ ]*$"),
        "INLINE_RE": re.compile(rf"^{_ATTRIBUTES}"),
    }
    strict = type("StrictAttributes", (AttrListTreeprocessor,), patterns)
    processor: Treeprocessor = strict(engine)
    return processor


def _separate_quotes(parser: BlockParser) -> BlockProcessor:
    """Block quotes parted by a blank line stay two, as in CommonMark: each has its own source.

    And a list may follow a fact box's marker at once.
    """
    from markdown.blockprocessors import BlockQuoteProcessor

    class SeparateQuotes(BlockQuoteProcessor):
        def run(self, parent: Element, blocks: list[str]) -> None:
            blocks[0] = _FACTS_LINE.sub(r"\1\n>", blocks[0], count=1)
            super().run(parent, blocks)

        def lastChild(self, parent: Element) -> None:  # noqa: N802
            """No quote to go on with."""

    return SeparateQuotes(parser)


@cache
def _comrak() -> Callable[[str], str]:
    import comrak

    extensions = comrak.ExtensionOptions()
    extensions.table = extensions.strikethrough = extensions.autolink = True
    extensions.tasklist = extensions.footnotes = True
    rendering = comrak.RenderOptions()
    rendering.unsafe_ = True  # raw HTML is dropped otherwise; sanitizing is another's work

    def convert(body: str) -> str:
        return comrak.render_markdown(body, extension_options=extensions, render_options=rendering)

    return convert


def _with_comrak(body: str) -> str:
    html = _comrak()(body)
    labels = dict.fromkeys(_ANY_FOOTNOTE.findall(body)) if "[^" in body else {}
    if len(labels) <= html.count('<li id="fn-'):
        return html
    return _with_every_footnote(body, html, list(labels))


def _with_every_footnote(body: str, html: str, labels: list[str]) -> str:
    """The HTML with the footnotes that nothing refers to, which comrak leaves out.

    A last paragraph refers to all of them, and is taken away again; a first one does where an
    open block at the end of the body would swallow the last. With neither, they stand in code.
    """
    references = " ".join(f"[^{label}]" for label in labels)
    extended = _comrak()(f"{body}\n\n{references}\n")
    notes = extended.find('<section class="footnotes"')
    start = extended.rfind("<p>", 0, notes) if notes >= 0 else -1
    if start >= 0 and _REFERRING.fullmatch(extended, start, notes):
        return extended[:start] + extended[notes:]
    extended = _comrak()(f"{references}\n\n{body}")
    first = _REFERRING.match(extended)
    return extended[first.end() :] if first else html
