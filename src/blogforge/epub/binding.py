"""Articles -> the files of a book: its pages, its contents, its package document."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from msgspec import structs

from blogforge.epub.documents import Document, document, properties, written
from blogforge.epub.pictures import Album, Resource
from blogforge.epub.references import Place, aim
from blogforge.model import Author, Value
from blogforge.pages.article import ArticleView
from blogforge.pages.context import PageView
from blogforge.pages.feed_html import feed_html
from blogforge.pages.metadata import publisher_name
from blogforge.pages.render import from_template
from blogforge.pages.views import View
from blogforge.pages.wire import absolute, plain
from blogforge.site.dates import direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogforge.model import Body, Post, Site
    from blogforge.pages.inputs import Inputs

XHTML = "application/xhtml+xml"
_NAV = "nav.xhtml"
_OWN_PAGES = ("cover.xhtml", "title.xhtml", "authors.xhtml", "colophon.xhtml")
_MOST_SUBJECTS = 20
_UNSEEN = "gif"  # what may flash, for all that anybody knows


class Title(Value, frozen=True, kw_only=True):
    """What a book is called. `identifier`: a URN, the same for the same choice of articles.

    `by_section`: it has parts. `cover`: an image, or empty.
    """

    name: str
    subtitle: str = ""
    dek: str = ""
    identifier: str
    lang: str
    by_section: bool = False
    cover: bytes = b""


class Chapter(Value, frozen=True, kw_only=True):
    """`chapter` in a template: an article and where it stands in the book."""

    file: str  #: its name in the book
    title: str  #: the headline
    lang: str  #: a BCP 47 tag
    section: str  #: its name; may be empty
    article: ArticleView  #: as on the site


class Part(Value, frozen=True, kw_only=True):
    """Chapters under one heading, which is empty where there is but one part."""

    name: str  #: empty where there is but one part
    chapters: tuple[Chapter, ...]  #: its articles


class BookView(Value, frozen=True, kw_only=True):
    """`book` in a template; `modified` is in UTC, as the package document has it."""

    title: str  #: of the book
    subtitle: str  #: may be empty
    dek: str  #: may be empty
    identifier: str  #: a URN
    lang: str  #: a BCP 47 tag
    direction: str  #: ltr or rtl
    date: datetime  #: of the newest article
    modified: str  #: in UTC, as the package document has it
    creators: tuple[str, ...]  #: names
    publisher: str  #: its name
    subjects: tuple[str, ...]  #: sections and tags
    rights: str  #: may be empty
    cover: str  #: a file of the book; may be empty
    parts: tuple[Part, ...]  #: its articles
    authors: tuple[Author, ...]  #: those of whom more than the name is known
    has_images: bool = False  #: there are pictures in it
    has_hazards: bool = False  #: something in it may flicker
    lacks_words: bool = False  #: a picture in it is not described
    manifest: tuple[tuple[str, str, str, str], ...] = ()  #: id, href, media type, properties
    spine: tuple[str, ...] = ()  #: the ids of its pages in their order


def bound(title: Title, posts: Sequence[Post], site: Site, inputs: Inputs) -> list[Resource]:
    """Every file of the book but `mimetype` and the container, in their order.

    `posts` in the order of reading. Raises ContentError for what is wrong in templates.
    """
    view = View(inputs, title.lang, site.config.branch)
    album = Album(view, site, inputs.theme.assets.files)
    cover = album.keep(title.cover, "png", "image/png") if title.cover else ""
    chapters = [_chapter(view, number, post) for number, post in enumerate(posts, 1)]
    book = _book(title, chapters, posts, view, cover)
    press = _Press(view, inputs, album)
    pages = [*press.front(book), *press.chapters(chapters)]
    book = structs.replace(book, has_images=bool(album.resources))
    pages += press.back(book)
    return list(press.files(book, pages))


def _chapter(view: View, number: int, post: Post) -> Chapter:
    article = view.article(post.path)
    return Chapter(
        file=f"article-{number:03}.xhtml",
        title=article.title,
        lang=article.lang,
        section=article.section,
        article=article,
    )


def _book(
    title: Title, chapters: Sequence[Chapter], posts: Sequence[Post], view: View, cover: str
) -> BookView:
    config = view.as_config()
    names = dict.fromkeys(byline.name for c in chapters for byline in c.article.byline)
    authors = {author.id: author for c in chapters for author in c.article.authors}
    tags = (name for post in posts for name in (post.section, *post.tags) if name)
    modified = max(post.modified for post in posts).astimezone(UTC)
    return BookView(
        title=title.name,
        subtitle=title.subtitle,
        dek=title.dek,
        identifier=title.identifier,
        lang=title.lang,
        direction=direction(title.lang),
        date=max(post.date for post in posts),
        modified=f"{modified.replace(tzinfo=None).isoformat('T', 'seconds')}Z",
        creators=tuple(names) or (publisher_name(config),),
        publisher=publisher_name(config),
        subjects=tuple(dict.fromkeys(tags))[:_MOST_SUBJECTS],
        rights=config.publisher.rights,
        cover=cover,
        parts=tuple(_parts(chapters, by_section=title.by_section)),
        authors=tuple(author for author in authors.values() if author.bio or author.links),
    )


def _parts(chapters: Sequence[Chapter], *, by_section: bool) -> Iterator[Part]:
    if not by_section:
        yield Part(name="", chapters=tuple(chapters))
        return
    for name, found in groupby(chapters, key=lambda chapter: chapter.section):
        yield Part(name=name, chapters=tuple(found))


class _Press:
    """Makes pages by the theme's templates."""

    def __init__(self, view: View, inputs: Inputs, album: Album) -> None:
        self._view = view
        self._inputs = inputs
        self._album = album

    def front(self, book: BookView) -> Iterator[Document]:
        if book.cover:
            yield self.page("cover.html", "cover.xhtml", book)
        yield self.page("title.html", "title.xhtml", book)
        yield self.page("nav.html", _NAV, book)

    def back(self, book: BookView) -> Iterator[Document]:
        if book.authors:
            yield self.page("authors.html", "authors.xhtml", book)
        yield self.page("colophon.html", "colophon.xhtml", book)

    def page(self, template: str, file: str, book: BookView) -> Document:
        html = self._from(template, book.lang, book.title, {"book": book})
        made = document(file, book.title, book.lang, html, self._album)
        chapters = (chapter.file for part in book.parts for chapter in part.chapters)
        places = {name: Place(name, {}) for name in (*_OWN_PAGES, *chapters)}
        aim(made.body, places | {file: Place(file, made.ids)}, file)
        return made

    def chapters(self, chapters: Sequence[Chapter]) -> list[Document]:
        """The pages of articles, which know each other's ids."""
        made = {}
        for chapter in chapters:
            url = absolute(chapter.article.url, self._view.config.url)
            made[url] = self._chapter(chapter, url)
        places = {url: Place(page.file, page.ids) for url, page in made.items()}
        for url, page in made.items():
            aim(page.body, places, url)
        return list(made.values())

    def _chapter(self, chapter: Chapter, url: str) -> Document:
        from markupsafe import Markup

        body: Body = self._view.read(f"body:{chapter.article.path}")
        html = Markup(feed_html(body.html, url))
        article = structs.replace(chapter.article, html=html)
        shown = {"chapter": structs.replace(chapter, article=article), "article": article}
        text = self._from("article.html", chapter.lang, chapter.title, shown)
        return document(chapter.file, chapter.title, chapter.lang, text, self._album)

    def _from(self, template: str, lang: str, title: str, names: dict[str, Any]) -> str:
        page = PageView(url="", kind="epub", title=title, lang=lang)
        context = {"page": page, "config": self._view.config, **names}
        self._view.lang = lang
        made = from_template(f"epub/{template}", self._view, self._inputs, lambda: context)
        return plain(made)

    def files(self, book: BookView, pages: Sequence[Document]) -> Iterator[Resource]:
        """The package document, which lists all others, then these."""
        texts = [Resource(href=p.file, type=XHTML, data=written(p)) for p in pages]
        style = self._from("style.css", book.lang, book.title, {"book": book}).encode()
        texts.append(Resource(href="style.css", type="text/css", data=style))
        images = list(self._album.resources.values())
        said = {page.file: properties(page) for page in pages}
        said |= {_NAV: "nav", book.cover: "cover-image"}
        ncx = Resource(href="toc.ncx", type="application/x-dtbncx+xml", data=b"")
        manifest = tuple(
            (_id(file.href), file.href, file.type, said.get(file.href, ""))
            for file in (ncx, *texts, *images)
        )
        whole = structs.replace(
            book,
            manifest=manifest,
            spine=tuple(_id(page.file) for page in pages),
            has_hazards=any(image.href.endswith(_UNSEEN) for image in images),
            lacks_words=any(_lacks_words(page) for page in pages),
        )
        for name, kind in (("package.opf", "application/oebps-package+xml"), (ncx.href, ncx.type)):
            data = self._from(name, book.lang, book.title, {"book": whole}).encode()
            yield Resource(href=name, type=kind, data=data)
        yield from (*texts, *images)


def _id(href: str) -> str:
    return "i-" + href.replace("/", "-")


def _lacks_words(page: Document) -> bool:
    """Whether there is an image without a description."""
    return any(not image.get("alt") for image in page.body.iter("img"))
