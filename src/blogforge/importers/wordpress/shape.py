"""The HTML of WordPress's blocks and editors, in the shapes that become Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.importers import pieces
from blogforge.importers.names import path_of
from blogforge.importers.wordpress import plugins
from blogforge.importers.wordpress.library import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bs4 import BeautifulSoup, Tag

    from blogforge.importers.wordpress.library import Attachment, Library

_ADDRESS = re.compile(r"https?://[^\s<>]+")
_UNSAID = ("wp-block-spacer", "wp-block-cover__background", "wp-block-footnotes")
_PLACED = re.compile(r"\b(align(left|right|center|none)|wp-image-\d+|size-\w+)\b")
_STYLED = re.compile(r"(?<!\S)(wp-|align|size-|has-|is-|blocks-gallery)\S+")
_NUMBER = re.compile(r"wp-image-(\d+)")


class Shape:
    """One body as a tree; `links` are the addresses that it showed what they lead to."""

    def __init__(self, html: str, library: Library, footnotes: Mapping[str, str]) -> None:
        from bs4 import BeautifulSoup

        self.tree: BeautifulSoup = BeautifulSoup(html, "html.parser")
        self.library = library
        self.footnotes = footnotes
        self.links: list[str] = []
        self._named: dict[str, list[Tag]] = {}
        for element in self.tree.find_all(True):
            for name in (element.name, *element.get_attribute_list("class")):
                self._named.setdefault(f"{name}", []).append(element)

    def html(self) -> str:
        """The body, changed."""
        self._remove()
        self._quotes()
        self._files_and_buttons()
        self._galleries()
        self._embeds()
        self._pictures()
        self._code()
        notes = self._notes_below()
        self._unstyle()
        return self.tree.decode(formatter="minimal") + plugins.footnotes(notes)

    def _remove(self) -> None:
        """Take out comments, and what has no words and is only seen."""
        from bs4 import Comment

        for comment in self.tree.find_all(string=lambda text: isinstance(text, Comment)):
            comment.extract()
        for each in self._all(*_UNSAID):
            each.decompose()

    def _quotes(self) -> None:
        """Pull quotes in the shape that blogforge gives them; verse as lines."""
        for figure in self._all("wp-block-pullquote"):
            figure.name, figure.attrs = "aside", {"class": "pull-quote"}
            for quote in figure.find_all("blockquote"):
                quote.unwrap()
        for verse in self._all("wp-block-verse"):
            for text in verse.find_all(string=re.compile("\n")):
                lines = str(text).split("\n")
                text.replace_with(*self._broken(lines))
            verse.name, verse.attrs = "p", {}

    def _broken(self, lines: list[str]) -> list[Tag | str]:
        parts: list[Tag | str] = []
        for number, line in enumerate(lines):
            parts += [self.tree.new_tag("br"), line] if number else [line]
        return parts

    def _files_and_buttons(self) -> None:
        for button in self._all("wp-block-file__button"):
            button.decompose()
        for file in self._all("wp-block-file"):
            for shown in file.find_all("object"):
                shown.decompose()
            file.name, file.attrs = "p", {}
            for link in file.find_all("a"):
                del link["id"], link["aria-describedby"]
        for button in self._all("wp-block-button"):
            button.name, button.attrs = "p", {}

    def _galleries(self) -> None:
        """Each picture of a gallery by itself, the gallery's own caption behind them."""
        for gallery in self._all("wp-block-gallery", "blocks-gallery-grid"):
            for caption in gallery.find_all("figcaption", class_="blocks-gallery-caption"):
                caption.name, caption.attrs = "p", {}
            for item in gallery.find_all(["ul", "li"]):
                item.unwrap()
            for caption in gallery.find_all("figcaption", recursive=False):
                caption.name = "p"
            gallery.unwrap()

    def _embeds(self) -> None:
        """Addresses that WordPress shows as what they lead to, as links."""
        for wrapper in self._all("wp-block-embed__wrapper"):
            self._link(wrapper)
        for paragraph in self._all("p"):
            if not paragraph.find(True, recursive=False):
                self._link(paragraph)
        for figure in self._all("wp-block-embed"):
            if figure.name == "figure" and not figure.find(
                ["iframe", "script", "blockquote", "img"]
            ):
                figure.name = "div"
                for caption in figure.find_all("figcaption"):
                    caption.name = "p"

    def _link(self, element: Tag) -> None:
        address = element.get_text().strip()
        if not _ADDRESS.fullmatch(address):
            return
        if player := pieces.player(address):
            element.clear()
            element.append(self._fragment(player))
        else:
            link = self.tree.new_tag("a", href=address)
            link.string = address
            element.clear()
            element.append(link)
            self.links.append(address)
        element.name = "p"

    def _pictures(self) -> None:
        """Pictures of the library with its descriptions; links to their own files go."""
        for image in self._all("img"):
            src = str(image.get("src") or "")
            number = _NUMBER.search(" ".join(image.get_attribute_list("class")))
            known = self.library.by_id.get(number[1]) if number else self.library.at(src)
            if known:
                self._whole(image, known)
            if known and not str(image.get("alt") or "").strip():
                image["alt"] = known.alt
            if known and known.credit and (figure := image.find_parent("figure")):
                self._credit(figure, known.credit)
            link = image.parent
            if link is not None and link.name == "a" and len(link.find_all(True)) == 1:
                href = str(link.get("href") or "")
                same = plain(href) == plain(src) and path_of(href)
                if same or (known and href.rstrip("/") == known.page.rstrip("/") != ""):
                    link.unwrap()

            self._apart(image)

    def _apart(self, image: Tag) -> None:
        """Give a picture of the library that stands beside text a paragraph of its own."""
        link = image.parent
        held = link if link is not None and link.name == "a" else image
        paragraph = held.parent
        placed = _PLACED.search(" ".join(image.get_attribute_list("class")))
        if (
            placed
            and paragraph is not None
            and paragraph.name == "p"
            and paragraph.get_text().strip()
        ):
            alone = self.tree.new_tag("p")
            paragraph.insert_before(alone)
            alone.append(held.extract())

    def _unstyle(self) -> None:
        """Take the classes away that only WordPress's styles know."""
        for element in self.tree.find_all(True):
            if "class" in element.attrs:
                names = " ".join(element.get_attribute_list("class"))
                kept = _STYLED.sub("", names).split()
                element["class"] = " ".join(kept)
                if not kept:
                    del element["class"]

    def _whole(self, image: Tag, known: Attachment) -> None:
        """Show the picture itself; WordPress names one of the sizes that it made of it."""
        for name in ("width", "height", "srcset", "sizes", "loading", "decoding"):
            del image[name]
        image["src"] = known.address

    def _credit(self, figure: Tag, credit: str) -> None:
        """Say whose a picture is under it, where its caption does not."""
        caption = figure.find("figcaption")
        if figure.find(class_="credit") or (caption and credit in caption.get_text()):
            return
        if caption is None:
            caption = self.tree.new_tag("figcaption")
            figure.append(caption)
        small = self.tree.new_tag("small", attrs={"class": "credit"})
        small.string = credit
        caption.extend([" ", small])

    def _code(self) -> None:
        """Name the language of code where its block does."""
        for block in self._all("pre"):
            language = str(block.get("data-language") or "")
            if not language:
                continue
            code = block.find("code") or block.wrap(self.tree.new_tag("pre"))
            if code is block.parent:
                block.name, code = "code", block
            code.attrs = {"class": f"language-{language}"}

    def _notes_below(self) -> list[str]:
        """The footnotes of the block editor, whose signs are changed to ours."""
        found = []
        for sign in self._all("sup"):
            if "data-fn" not in sign.attrs:
                continue
            text = self.footnotes.get(str(sign.get("data-fn")), "")
            found.append(text)
            sign.replace_with(self._fragment(plugins.reference(len(found))))
        return found

    def _fragment(self, html: str) -> Tag:
        from bs4 import BeautifulSoup

        return BeautifulSoup(html, "html.parser")

    def _all(self, *names: str) -> Iterator[Tag]:
        """The elements of those names or classes, as far as they are still there."""
        for name in names:
            for each in self._named.get(name, ()):
                if vars(each).get("parent") is not None:  # bs4's own look takes the whole tree
                    yield each
