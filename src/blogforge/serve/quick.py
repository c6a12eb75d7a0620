"""The quick way from a saved file to a page: only what shows that file is made again.

It goes for the text of a post or page and what stands in its front matter beside it. Whatever else
a change may mean (another address, other lists, related articles, a mistake) is for a whole
edition, which follows in any case.
"""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import structs

from blogforge.billboard import put_up
from blogforge.content.articles import Rendering, brief_as_made
from blogforge.content.frontmatter import parse_post, parse_standalone
from blogforge.content.markdown import render
from blogforge.content.texts import typographic
from blogforge.contents import link_targets
from blogforge.digest import digest_bytes
from blogforge.gallery import Files
from blogforge.ledger import Ledger
from blogforge.model import Document, Page, Post, Standalone, Targets
from blogforge.pictures.looks import is_shown
from blogforge.site.assemble import card_of
from blogforge.site.media import media_urls, resolve_image
from blogforge.textfile import decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from blogforge.edition import Edition
    from blogforge.model import Article, Brief, Card, Site

D = TypeVar("D", bound=Document)

MOST = 2  # files; more come from a program that may not have ended
# What a document's own page and its cards show. All else decides which pages there are, and what is
# listed on them.
_SHOWN = frozenset(
    {
        *("digest", "title", "dek", "image", "extra", "updated"),
        *("kicker", "type", "dateline", "key_points", "sources"),
    }
)


def quick(
    edition: Edition, root: Path, paths: Collection[str], targets: Targets | None = None
) -> Edition | None:
    """`edition` with the files `paths` of the site in `root` as they are now.

    None where that takes a whole edition. `targets` are those of the edition, if they are known.
    """
    if len(paths) > MOST:
        return None
    for path in sorted(paths):
        known: list[Document] = [*edition.reading.posts, *edition.reading.standalones]
        before = next((document for document in known if document.path == path), None)
        if before is None or (root / path).is_symlink():
            return None
        try:
            changed = _with(edition, root, before, targets or targets_of(edition))
        except Exception:  # noqa: BLE001  (the whole way tells of it, if it is still there then)
            return None
        if changed is None:
            return None
        edition = changed
    return edition


def _with(edition: Edition, root: Path, before: Document, targets: Targets) -> Edition | None:
    """The edition with the file of one document, which was `before`, read again."""
    config, path = edition.config, before.path
    data = read_bytes(root / path, path)
    parse = parse_post if isinstance(before, Post) else parse_standalone
    source, parsed = parse(path, decode(data, path), digest_bytes(data), config)
    after = _as_remembered(typographic(parsed, config))
    of_site = _of_site(edition.site, path)
    if of_site is None or not _same_place(before, after):
        return None
    shown = _as_in_site(after, of_site, edition)
    entities = edition.reading.entities
    rendering = Rendering({path: source}, targets, config, edition.key, entities)
    article = render(source, shown, rendering.targets, config, entities)
    media = {target for target, _ in article.resolved} & set(edition.reading.media)
    if media - edition.site.media.keys() or not _pictures_known(article, edition):
        return None
    brief = brief_as_made(article, shown, rendering)
    site = _replaced(edition.site, shown, article, brief)
    if site.posters and (before.title, before.dek) != (after.title, after.dek):
        files = Files(root, edition.inputs.theme.assets.files, Ledger(), {})
        site = structs.replace(site, posters=put_up(site, files).posters)
    return _edition_of(edition, before, after, site)


def _pictures_known(article: Article, edition: Edition) -> bool:
    """Whether all pictures of an article are of the edition's, so that none is to be looked at."""
    enabled = edition.config.images.enabled
    named = filter(is_shown, article.pictures)
    return not enabled or edition.site.pictures.keys() >= set(named)


def _as_remembered(document: D) -> D:
    """A document as a whole edition has it, which reads all of them from JSON."""
    return msgspec.json.decode(msgspec.json.encode(document), type=type(document))


def _of_site(site: Site, path: str) -> Document | None:
    documents = (*site.posts, *site.unlisted, *site.standalones)
    return next((document for document in documents if document.path == path), None)


def _same_place(before: Document, after: Document) -> bool:
    """Whether two readings of a file are in the same place of the same site."""
    image = (before.image.src if before.image else None, after.image.src if after.image else None)
    shown = {name: getattr(before, name) for name in _SHOWN & set(before.__struct_fields__)}
    return image[0] == image[1] and structs.replace(after, **shown) == before


def _as_in_site(after: Document, of_site: Document, edition: Edition) -> Document:
    """A document as a site has it, with what only others' files decide."""
    settled: dict[str, Any] = {"translation_of": of_site.translation_of}
    if after.image:
        media = media_urls(edition.reading.media, edition.config)
        settled["image"] = resolve_image(after.image, after.path, media, edition.config)
    return structs.replace(after, **settled)


def targets_of(edition: Edition) -> Targets:
    """What bodies may link to; no file that is quickly shown changes that."""
    site = edition.site
    media = media_urls(edition.reading.media, edition.config)
    return link_targets(site.documents, media, edition.schedule)


# ---------------------------------------------------------------- put together


def _replaced(site: Site, shown: Document, article: Article, brief: Brief) -> Site:
    """The site with one document and its article in place of what it had."""
    changes: dict[str, Any] = {
        "articles": ChainMap({shown.path: article}, site.articles),  # type: ignore[arg-type]
        "briefs": site.briefs | {shown.path: brief},
    }
    if isinstance(shown, Standalone):
        changes["standalones"] = _swapped(site.standalones, shown)
    else:
        assert isinstance(shown, Post)
        changes["posts"] = _swapped(site.posts, shown)
        changes["unlisted"] = _swapped(site.unlisted, shown)
        changes["cards"] = site.cards | {shown.path: _card(site, shown, article)}
    return structs.replace(site, **changes)


def _card(site: Site, post: Post, article: Article) -> Card:
    persons = [site.authors[key] for key in site.bylines[post.path]]
    url = site.cards[post.path].section_url
    group = next((g for g in site.groups if g.kind == "section" and g.url == url), None)
    return card_of(post, article.excerpt, persons, group)


def _swapped(documents: tuple[D, ...], new: D) -> tuple[D, ...]:
    return tuple(new if document.path == new.path else document for document in documents)


def _edition_of(edition: Edition, before: Document, after: Document, site: Site) -> Edition:
    reading = edition.reading
    if isinstance(after, Post):
        reading = structs.replace(reading, posts=_swapped(reading.posts, after))
    elif isinstance(after, Standalone):
        reading = structs.replace(reading, standalones=_swapped(reading.standalones, after))
    return edition._replace(
        reading=reading,
        site=site,
        inputs=edition.inputs.of(site),
        pages=edition.pages if before.title == after.title else _retitled(edition.pages, after),
    )


def _retitled(pages: tuple[Page, ...], after: Document) -> tuple[Page, ...]:
    return tuple(
        structs.replace(page, title=after.title) if page.origin == after.path else page
        for page in pages
    )
