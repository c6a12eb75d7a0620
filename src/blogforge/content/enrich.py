"""One pass over the body's DOM, the same for both Markdown engines; docs/theme.md has the markup.

The body is parsed once, each node is entered and left once, and the result is written once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from blogforge.content import dom, figures, footnotes, headings, pull_quotes, quotes, tables
from blogforge.content.highlight import highlight
from blogforge.content.places import problem_at
from blogforge.content.typography import may_change, typeset, typeset_run
from blogforge.errors import Location, Problem

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from blogforge.content.links import Links
    from blogforge.model import Heading

# Text in these flows on; every other element begins and ends a run.
_INLINE = dom.names(
    "a abbr b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark"
    " math q rb rt ruby s samp small span strike strong sub sup svg time tt u var wbr"
)
_VERBATIM = dom.names("code pre kbd samp math svg") | dom.RAW
_UNSEEN = frozenset({"script", "style"})
# Not where an article's first paragraph or its contents are looked for.
_APART = dom.names("blockquote figure aside table details nav")
_COUNTED = _VERBATIM | _APART
_REFERRING = frozenset({"src", "poster", "srcset", "href"})
_CELLS = frozenset({"td", "th"})
# Elements whose end is no more than the end of a run.
_PLAIN = _INLINE - _VERBATIM - {"a"} | dom.names("li ul ol td th tr tbody thead dl dt dd hr")
_UNLINKED = "data-unlinked"  # on an `a` until it is left


_Piece = tuple[str, "LexborNode | None", bool]  # a text, its node, whether it is left as it is


class Enriched(NamedTuple):
    """What the pass makes of a body.

    `lead` is the first paragraph; `prose`, `quoted` and `code` are the texts by their kind, plain.
    """

    html: str
    toc: tuple[Heading, ...]
    lead: str
    prose: str
    quoted: str
    code: str


def enrich(  # noqa: PLR0913  (all but two are the document's)
    html: str, links: Links, *, slug: str, lang: str, typography: bool, dateline: str = ""
) -> Enriched:
    """Run the pass over guarded HTML (`dom.guarded`); what is wrong goes to `links.problems`.

    `dateline` opens the first paragraph, and is none of its text.
    """
    return _Pass(links, slug, lang, typography=typography).run(html, dateline)


class _Pass:
    """What the pass knows at the node where it stands."""

    def __init__(self, links: Links, slug: str, lang: str, *, typography: bool) -> None:
        self.links = links
        self.slug = slug
        self.lang = lang
        self.typography = typography
        self.pieces: list[_Piece] = []  # of the run: text that is set as one
        self.verbatim = self.unseen = self.marks = self.code = self.apart = 0
        self.quotes: list[str] = []  # what the block quotes around are: prose, quoted or pulled
        self.pulled: list[LexborNode] = []  # the pull quotes
        self.tables = 0
        self.ids = False  # whether an element has one
        self.lead = ""
        self.first: LexborNode | None = None  # the paragraph of the lead
        self.texts: dict[str, list[str]] = {"prose": [], "quoted": [], "code": [], "pulled": []}
        self.headings: list[headings.Found] = []
        self.references: list[LexborNode] = []
        self.notes: LexborNode | None = None

    def run(self, html: str, dateline: str) -> Enriched:
        first = last = dom.parse(html)
        for entering, tag, node in dom.walk(first):
            if not entering:
                self.leave(node, tag)
                continue
            last = node
            if tag == "-text":
                self.text(node)
            elif tag[0] != "-":
                self.enter(node, tag)
        self.flush()
        if swallowing := dom.unclosed(last):
            self.report_unclosed(swallowing)
            return Enriched("", (), "", "", "", "")
        if self.notes is not None:
            footnotes.normalize(self.notes, self.references, self.slug, self.lang)
        taken = first.parser.css("[id]") if self.headings and self.ids else ()
        toc = headings.settle(self.headings, [node.id or "" for node in taken], self.slug)
        texts = {kind: "\n".join(parts) for kind, parts in self.texts.items()}
        del texts["pulled"]
        if self.pulled:
            article = " ".join((texts["prose"], texts["quoted"]))
            texts["quoted"] += "\n" + pull_quotes.hide_repeated(self.pulled, article)
        if dateline:
            self.open(dateline)
        return Enriched(dom.serialize(first, last), toc, self.lead, **texts)

    # ------------------------------------------------------------ nodes

    def text(self, node: LexborNode) -> None:
        if self.unseen or self.marks:
            return
        self.pieces.append((node.text_content or "", node, self.verbatim > 0))

    def enter(self, node: LexborNode, tag: str) -> None:
        if tag not in _INLINE:
            self.flush()
        elif tag == "br":
            self.pieces.append(("\n", None, False))
        if tag in _COUNTED:
            self.count(tag, 1)
            if tag == "blockquote":
                self.quotes.append(self.kind_of(node))
        attributes = node.attributes
        if attributes:
            self.ids = self.ids or "id" in attributes
            self.enter_attributes(node, tag, attributes)
        if tag in _CELLS:
            tables.make_cell(node, attributes)

    def count(self, tag: str, step: int) -> None:
        """Know that the node where the pass stands is in one more, or one less, of an element."""
        if tag in _VERBATIM:
            self.verbatim += step
            self.code += step * (tag == "pre")
            self.unseen += step * (tag in _UNSEEN)
        else:
            self.apart += step
            self.tables += step * (tag == "table")

    def enter_attributes(
        self, node: LexborNode, tag: str, attributes: dict[str, str | None]
    ) -> None:
        if '"' in (names := "".join(attributes)) or "<" in names:
            self.report_unclosed(f"<{tag}")
        if tag == "a" and footnotes.is_mark(attributes):
            self.marks += 1
            if attributes.get("class") != footnotes.BACK:
                self.references.append(node)
        elif footnotes.is_container(tag, attributes):
            self.notes = node
            self.apart += 1
        elif not _REFERRING.isdisjoint(attributes):
            self.refer(node, tag, attributes)

    def leave(self, node: LexborNode, tag: str) -> None:
        text = "" if tag in _INLINE else self.flush()
        if tag in _PLAIN:
            return
        if tag in _COUNTED:
            self.count(tag, -1)
        if tag == "p":
            self.leave_paragraph(node, text)
        elif tag in headings.LEVELS:
            line = " ".join(text.split())
            self.headings.append(
                headings.Found(node, headings.LEVELS[tag], line, listed=not self.apart)
            )
        elif tag == "a":
            self.leave_anchor(node)
        elif tag == "blockquote":
            self.leave_quote(node)
        elif tag == "pre":
            self.leave_code(node)
        elif tag == "table" and not self.tables:
            tables.make_table(node)
        elif self.notes is not None and node.mem_id == self.notes.mem_id:
            self.apart -= 1

    # ------------------------------------------------------------ runs

    def flush(self) -> str:
        """End the run: set its text, count it, and return it."""
        pieces = self.pieces
        if not pieces:
            return ""
        self.pieces = []
        text = "".join([piece for piece, _, _ in pieces])
        if text.isspace() or not text:
            return ""
        if self.typography and not self.code and may_change(text, self.lang):
            text = self.set_run(pieces)
        kind = self.quotes[-1] if self.quotes else "prose"
        self.texts["code" if self.code else kind].append(text)
        return text

    def set_run(self, pieces: list[_Piece]) -> str:
        olds, nodes, frozen = zip(*pieces, strict=True)
        news = typeset_run(list(olds), list(frozen), self.lang)
        for node, old, new in zip(nodes, olds, news, strict=True):
            if node is not None and old != new:
                node.replace_with(new)
        return "".join(news)

    def typeset(self, text: str) -> str:
        return typeset(text, self.lang) if self.typography else text

    # ------------------------------------------------------------ elements

    def refer(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        """Aim what an element refers to at the site's own files."""
        for name in _REFERRING & attributes.keys():
            old = attributes[name] or ""
            if name == "srcset":
                new: str | None = self.links.media_set(old)
            elif name == "href" and tag in {"a", "area"}:
                new = self.links.link(old)
            else:
                new = self.links.media(old)
                if tag == "img":
                    self.links.picture(new)
            if new is None:
                dom.remove_attribute(node, "href")
                node.attrs[_UNLINKED] = None
            elif new != old:
                node.attrs[name] = new

    def leave_anchor(self, node: LexborNode) -> None:
        attributes = node.attributes
        if footnotes.is_mark(attributes):
            self.marks -= 1
        elif _UNLINKED in attributes:
            node.unwrap()

    def leave_paragraph(self, node: LexborNode, text: str) -> None:
        image = figures.image_alone(node) if not text else None
        if image is not None and (node.parent is None or node.parent.tag != "figure"):
            figures.make_figure(node, image, self.typeset)
        elif text and not self.lead and not self.apart:
            self.lead, self.first = text, node

    def leave_quote(self, node: LexborNode) -> None:
        self.quotes.pop()
        if (marked := quotes.fact_title(node)) is not None:
            quotes.make_fact_box(node, *marked, self.lang)
        elif (mark := pull_quotes.mark_of(node)) is not None:
            self.pulled.append(pull_quotes.make_pull_quote(node, mark))
        else:
            quotes.make_quote(node)

    def kind_of(self, quote: LexborNode) -> str:
        """As what the text of a block quote counts; one in a pull quote is part of that."""
        if "pulled" in self.quotes or pull_quotes.mark_of(quote) is not None:
            return "pulled"
        return "quoted" if quotes.fact_title(quote) is None else "prose"

    def leave_code(self, node: LexborNode) -> None:
        node.attrs["tabindex"] = "0"  # what scrolls must be reached by the keyboard
        code = node.first_child
        if code is None or code.tag != "code":
            return
        classes = code.attrs.sget("class").split()
        language = next((c[9:] for c in classes if c.startswith("language-")), "")
        html = highlight(language, code.text()) if language else None
        if html is not None:
            code.inner_html = html
            dom.wrapped(node, "div", "highlight")

    def open(self, dateline: str) -> None:
        """Let the first paragraph begin with the place that it was written in."""
        first = self.first.first_child if self.first is not None else None
        if first is None:
            where = Location(self.links.source.path)
            message = "'dateline' opens the first paragraph, and there is none"
            hint = "begin with a paragraph, or take it out"
            self.links.problems.append(
                Problem(message, where, hint, level="warning", key=("dateline",))
            )
            return
        place = first.parser.create_node("span")
        place.attrs["class"] = "dateline"
        place.insert_child(dateline)
        first.insert_before(place, move=True)
        first.insert_before(" — ")

    # ------------------------------------------------------------ problems

    def report_unclosed(self, opening: str) -> None:
        """A construct of raw HTML that has swallowed text behind it."""
        source = self.links.source
        offset = source.body.lower().rfind(opening)
        end = "-->" if opening == "<!--" else f"</{opening[1:]}>"
        hint = f"close it with {end}" if len(opening) > 1 else "close it"
        what = opening if opening == "<!--" or len(opening) == 1 else opening + ">"
        self.links.problems.append(
            problem_at(source, offset, f"{what} is never closed and hides the text behind it", hint)
        )
