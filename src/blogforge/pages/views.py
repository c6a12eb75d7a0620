"""What templates see. Every read goes through a view by its name, and the view records it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from markupsafe import Markup, escape

from blogforge.model import (
    Author,
    Body,
    Card,
    Document,
    Group,
    GroupKind,
    Post,
    Thread,
    Translation,
    Value,
    within,
)
from blogforge.pages.arguments import path_of, section_named
from blogforge.pages.article import ArticleView, article_of
from blogforge.pages.citing import Citation, Work, citations
from blogforge.pages.dressing import has_images, sized
from blogforge.pages.fragments import Fragment
from blogforge.pages.inputs import related_name
from blogforge.pages.messages import Message, filled
from blogforge.pages.metadata import canonical_url
from blogforge.pages.sharing import ShareLink, share_links
from blogforge.pages.wire import absolute
from blogforge.site.dates import direction
from blogforge.site.groups import by_name, group_key
from blogforge.site.pictures import picture_url
from blogforge.site.posters import FRONT
from blogforge.site.scopes import MOST, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from blogforge.config import Config
    from blogforge.images import Picture, Rendition, Shared
    from blogforge.pages.inputs import Inputs
    from blogforge.pages.marks import Brand
    from blogforge.posters.poster import Poster


class ConfigView:
    """`config` in a template: each setting is read, and recorded, by its own name."""

    __slots__ = ("_view",)

    def __init__(self, view: View) -> None:
        self._view = view

    def __getattr__(self, name: str) -> Any:
        view = self._view
        return view.read(f"config:{view.branch}/{name}" if view.branch else f"config:{name}")


class ThreadView(Value, frozen=True, kw_only=True):
    """Where an article stands in its story, as cards."""

    group: Group  #: the story
    earlier: tuple[Card, ...]  #: at most five, oldest first
    later: tuple[Card, ...]  #: at most five, oldest first
    whole: bool  #: these are all of the story


class View:
    """One page's window on the site; `reads` are the names that it read, in order.

    `branch`: the further language whose branch of the site it looks at, "" for the main one.
    """

    __slots__ = ("_inputs", "_keeps", "branch", "config", "lang", "reads")

    def __init__(self, inputs: Inputs, lang: str = "", branch: str = "") -> None:
        self.branch = branch
        self._inputs = inputs
        self._keeps = True
        self.lang = lang
        self.reads: dict[str, None] = {}
        self.config = ConfigView(self)

    def read(self, name: str) -> Any:
        """What stands behind `name`, recorded."""
        known = self._inputs.known
        value = known[name] if name in known else self._inputs.value(name)
        self.reads[name] = None
        return value

    def recall(self, key: tuple[object, ...]) -> str | None:
        """The fragment of that `key`, if it is known; its reads are then ours."""
        known = self._inputs.fragments.get((self.branch, self.lang, key))
        if known is None:
            return None
        self.reads.update(known.reads)
        return known.html

    def fragment(self, key: tuple[object, ...], held: object, make: Callable[[], str]) -> str:
        """What `make` returns, kept for that `key` and language; its reads are ours.

        `held` is what the key knows by identity. Of fragments within another only that is kept.
        """
        if not self._keeps:
            return make()
        reads, self.reads, self._keeps = self.reads, {}, False
        try:
            html = make()
            self._inputs.fragments.keep(
                (self.branch, self.lang, key), Fragment(html, self.reads, held)
            )
        finally:
            reads.update(self.reads)
            self.reads, self._keeps = reads, True
        return html

    def card(self, path: str) -> Card:
        """The card of the post at `path`."""
        card: Card = self.read(f"card:{path}")
        return card

    def cards(self, paths: Iterable[str]) -> tuple[Card, ...]:
        """The cards of the posts at `paths`, in that order."""
        return tuple(map(self.card, paths))

    def group(self, group_id: str) -> Group:
        """A group by its id, such as `tag:mali`."""
        group: Group = self.read(f"group:{group_id}")
        return group

    def groups(self, kind: GroupKind) -> tuple[Group, ...]:
        """The groups of a kind by name; sections in the order of the navigation."""
        groups: tuple[Group, ...] = self.read(f"groups:{within(self.branch, kind)}")
        return groups if kind == "section" else by_name(groups)

    def sections(self) -> tuple[Group, ...]:
        """The sections in the order of the navigation."""
        return self.groups("section")

    def latest(self, limit: int) -> tuple[Card, ...]:
        """The newest cards of the site, of the page's branch."""
        return self.cards(self.read(f"latest:{within(self.branch, str(limit))}"))

    def section(self, name: str, limit: int) -> tuple[Card, ...]:
        """The newest cards of a section; none for a section that the site does not have."""
        return self.cards(
            self.read(f"members:section:{within(self.branch, group_key(name))}:{limit}")
        )

    def related(
        self, article: ArticleView | Card, limit: int | None = None, section: str = ""
    ) -> tuple[Card, ...]:
        """The cards of the block "More from" under an article.

        At most `limit`, else as many as the configuration says; of a section, by name or key, else
        of all. Raises ValueError for a limit that is none, LookupError for an unknown section.
        """
        if limit is not None and (type(limit) is not int or not 1 <= limit <= MOST):
            raise ValueError(
                f"related: 'limit' must be a whole number from 1 to {MOST}, not {limit!r}"
            )
        key = self._inputs.scopes.section(section_named(section), self.branch)
        scope = Scope(limit=limit or 0, section=key)
        return self.cards(self.read(related_name(path_of("related", article), scope)))

    def thread(self, article: ArticleView | Card) -> ThreadView | None:
        """Where an article stands in its story; None where it is in none."""
        thread: Thread | None = self.read(f"thread:{path_of('thread', article)}")
        if thread is None:
            return None
        return ThreadView(
            group=thread.group,
            earlier=self.cards(thread.earlier),
            later=self.cards(thread.later),
            whole=thread.whole,
        )

    def citations(self, article: ArticleView | Card) -> tuple[Citation, ...]:
        """How to cite an article, in the styles of the configuration; a standalone page: none."""
        path = path_of("citations", article)
        post: Document = self.read(f"post:{path}")
        if not isinstance(post, Post):
            return ()
        work = Work(
            authors=self.read(f"authors:{path}"),
            title=post.title,
            publication=self.config.title,
            day=post.date.date(),
            url=canonical_url(self.as_config(), post),
            slug=post.slug,
            lang=post.lang,
        )
        return citations(work, self.config.cite)

    def share_links(self, article: ArticleView | Card) -> tuple[ShareLink, ...]:
        """Links by which readers pass an article on, to the services of the configuration."""
        document: Document = self.read(f"post:{path_of('share_links', article)}")
        address = canonical_url(self.as_config(), document)
        return share_links(document.title, address, self.config.share)

    def text(self, message: str, /, *, lang: str = "", **values: object) -> str:
        """A message of the interface in `lang`, the site's language unless given, as plain text."""
        return self.ntext(message, "", 1, lang=lang, **values)

    def ntext(self, one: str, many: str, num: int, /, *, lang: str = "", **values: object) -> str:
        """A message in the plural that `num` asks for; `%(num)s` in it is that number."""
        found = self._message(one, lang or self.config.language)
        return filled(found.form(one, many, num), {"num": num, **values})

    def say(self, message: str, /, *, lang: str = "", **values: object) -> Markup:
        """A message as HTML: marked as English where it is not translated."""
        return self.nsay(message, "", 1, lang=lang, **values)

    def nsay(self, one: str, many: str, num: int, /, *, lang: str = "", **values: object) -> Markup:
        """A message in a plural as HTML, marked as `say` does."""
        wanted = lang or self.config.language
        found = self._message(one, wanted)
        html = _escaped(found.form(one, many, num))
        if values or many:
            html = Markup(filled(html, {"num": num, **values}))  # which escapes the values
        said = found.language(wanted)
        if said == wanted:
            return html
        return Markup('<span lang="{}" dir="{}">{}</span>').format(said, direction(said), html)

    def _message(self, text: str, lang: str) -> Message:
        found: Message = self.read(f"message:{lang}:{text}")
        return found

    def data(self, name: str) -> Any:
        """What data/`name`.yaml says."""
        return self.read(f"data:{name}")

    def asset(self, name: str) -> str:
        """The URL of a static file, with its fingerprint."""
        url: str = self.read(f"asset:{name}")
        return url

    def brand(self) -> Brand:
        """The publication's logo and icon, and the fonts that the first screen needs."""
        brand: Brand = self.read("brand:")
        return brand

    def absolute(self, url: str) -> str:
        """`url` with scheme and host."""
        return absolute(url, self.config.origin) if url else ""

    def as_config(self) -> Config:
        """The configuration for functions that take one; what they read of it is recorded."""
        return cast("Config", self.config)

    def file(self, name: str) -> bytes:
        """The content of a copied file: `static:` and its name, or the path of one among posts."""
        self.read(f"file:{name}")
        return self._inputs.file_bytes(name)

    def picture(self, src: str) -> Picture | None:
        """The picture at an image's address; None where none of this site is there."""
        url = picture_url(src, self.as_config())
        return self.read(f"image:{url}") if url else None

    def shared(self, src: str) -> Shared | None:
        """The picture at an image's address as others may show it; None as for `picture`."""
        url = picture_url(src, self.as_config())
        return self.read(f"shared:{url}") if url else None

    def rendition(self, name: str, wanted: Rendition) -> bytes:
        """A rendition of the picture in the file of that name. Raises UnreadableError."""
        digest: str = self.read(f"file:{name}")
        return self._inputs.kept.rendition(wanted, digest, lambda: self._inputs.file_bytes(name))

    def poster(self, key: str) -> Poster | None:
        """The poster of a document, by path, or of a group, by id; else that of its front page."""
        own = self.read(f"poster:{key}") if key else None
        found: Poster | None = own or self.read(f"poster:{within(self.branch, FRONT)}")
        return found

    def drawn(self, poster: Poster) -> bytes:
        """A poster as a file. Raises UnknownFontError."""
        return self._inputs.drawn(poster)

    def feed_body(self, path: str) -> str:
        """The body of the article at `path` with pictures that feeds may carry."""
        body: Body = self.read(f"body:{path}")
        return sized(body.html, self.shared) if has_images(body.html) else body.html

    def author(self, key: str) -> Author:
        """An author by key."""
        author: Author = self.read(f"author:{key}")
        return author

    def article(self, path: str) -> ArticleView:
        """The article or standalone page whose source is at `path`."""
        return article_of(path, self)

    def translations(self, path: str) -> tuple[Translation, ...]:
        """Every language of the article of the post at `path`, none where it has but one."""
        found: tuple[Translation, ...] = self.read(f"translations:{path}")
        return found


@cache
def _escaped(text: str) -> Markup:
    return Markup(escape(text))
