"""Articles as a book: EPUB 3.3, which readers of EPUB 2 open, too."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

import msgspec

from blogforge.build import output_folder
from blogforge.config import load_config
from blogforge.digest import digest_value
from blogforge.epub.binding import Title, bound
from blogforge.epub.package import packed
from blogforge.errors import ConfigError
from blogforge.lending import looked_at
from blogforge.model import Value
from blogforge.output.single import refuse_amid, write_file
from blogforge.posters.covers import cover
from blogforge.posters.poster import Poster
from blogforge.site.dates import date_in_words, direction, span_in_words
from blogforge.site.parts import part_in
from blogforge.site.posters import FRONT
from blogforge.site.wanted import Wanted, in_own_language, wanted_group, wanted_posts
from blogforge.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogforge.edition import Edition
    from blogforge.model import Post, Site
    from blogforge.options import Options
    from blogforge.pages.inputs import Inputs


class Book(Value, frozen=True, kw_only=True):
    """A book with its articles, by the paths of their posts, and its bytes."""

    title: str
    identifier: str
    lang: str
    articles: tuple[str, ...]
    data: bytes

    @property
    def name(self) -> str:
        """A name for its file."""
        return f"{slugify(self.title) or 'book'}.epub"


def epub(root: Path, options: Options, wanted: Wanted, title: str = "") -> Book:
    """The book of what is `wanted` of the site in the folder `root`, called `title`.

    Raises ConfigError where nothing is, and what `prepare` and templates raise.
    """
    return looked_at(root, options, partial(_book, wanted, title))


def write(book: Book, path: Path, root: Path, options: Options) -> None:
    """Write a book of the site in `root`. Raises ConfigError and MachineError as `single` does."""
    refuse_amid(path, root, output_folder(root, load_config(root), options))
    write_file(path, book.data)


def _book(wanted: Wanted, name: str, edition: Edition) -> Book:
    wanted = in_own_language(wanted, edition.site)
    everything = wanted.posts and not wanted.lang  # whose names are unique in the whole site
    site = edition.site if everything else part_in(edition.site, wanted.lang)
    posts = _in_order(site, wanted, wanted_posts(site, wanted))
    if not posts:
        hint = "ask for another section, story, month or time"
        raise ConfigError.of("there is no such article for a book", hint=hint)
    title = _title(site, wanted, posts, name)
    title = msgspec.structs.replace(title, cover=_cover(title, posts, site, edition.inputs))
    moment = max(post.modified for post in posts)
    return Book(
        title=title.name,
        identifier=title.identifier,
        lang=title.lang,
        articles=tuple(post.path for post in posts),
        data=packed(bound(title, posts, site, edition.inputs), moment),
    )


def _cover(title: Title, posts: Sequence[Post], site: Site, inputs: Inputs) -> bytes:
    """A cover as the site's social cards are drawn, with its own fonts if it has such."""
    theme, brand = site.config.theme, site.config.title
    shown = title.name.removeprefix(f"{brand}, ").removeprefix(f"{brand}: ")  # it is said above
    style = site.posters.get(FRONT) or Poster(title="", look=theme.look, accent=theme.accent)
    poster = msgspec.structs.replace(
        style,
        title=shown,
        kicker=title.subtitle.replace("\u2009", " "),  # which few fonts have
        brand="" if shown == brand else brand,
        rtl=direction(title.lang) == "rtl",
    )
    names = dict.fromkeys(line.name for post in posts for line in site.cards[post.path].byline)
    files = inputs.theme.assets.files
    own = [(files[face.name], face.digest) for face in style.typefaces]
    return cover(poster, list(names), own)


def _by_section(wanted: Wanted) -> bool:
    """Whether articles stand under their sections: not those of a story, or named one by one."""
    return not (wanted.story or wanted.section or wanted.posts)


def _in_order(site: Site, wanted: Wanted, posts: Sequence[Post]) -> list[Post]:
    """Oldest first, as a story is told; by section in the order of the navigation."""
    ordered = sorted(posts, key=lambda post: (post.date, post.path))
    if _by_section(wanted):
        sections = [group.id for group in site.groups if group.kind == "section"]
        place = {path: index for index, id_ in enumerate(sections) for path in site.members[id_]}
        ordered.sort(key=lambda post: place.get(post.path, len(sections)))
    return ordered


def _title(site: Site, wanted: Wanted, posts: Sequence[Post], name: str) -> Title:
    config = site.config
    languages = {post.lang for post in posts}
    lang = languages.pop() if len(languages) == 1 else config.language
    first, last = (f(post.date.date() for post in posts) for f in (min, max))
    span = span_in_words(first, last, lang) if first != last else date_in_words(first, lang)
    dek = config.dek
    if wanted.story:
        group = wanted_group(site, "story", wanted.story)
        called, dek = group.name, group.dek
    elif wanted.month:
        called, span = f"{config.title}, {wanted_group(site, 'archive', wanted.month).name}", ""
    elif wanted.section:
        called = f"{config.title}: {wanted_group(site, 'section', wanted.section).name}"
    elif len(posts) == 1:
        called, dek = posts[0].title, posts[0].dek
    else:
        called = config.title
    choice = digest_value((config.url, wanted))
    return Title(
        name=name or called,
        subtitle=span,
        dek=dek,
        identifier=uuid5(NAMESPACE_URL, f"{config.url}#{choice}").urn,
        lang=lang,
        by_section=_by_section(wanted) and len({post.section for post in posts}) > 1,
    )
