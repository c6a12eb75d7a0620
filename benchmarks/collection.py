"""A test collection: the posts of a blog, and for those that link to others of them, to which.

The posts are read and rendered by blogforge without their links to each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec
from msgspec.structs import replace

from benchmarks.author_links import Addresses, links, without
from blogforge.config import load_config
from blogforge.content import dom
from blogforge.content.engines import to_html
from blogforge.content.enrich import enrich
from blogforge.content.find import POSTS
from blogforge.content.frontmatter import split
from blogforge.content.links import Links
from blogforge.content.read import read
from blogforge.content.tags import show_strays
from blogforge.edition import prepare
from blogforge.model import Targets
from blogforge.options import Options
from blogforge.past import no_memory

if TYPE_CHECKING:
    from datetime import datetime

    from benchmarks.blogs import Blog
    from blogforge.model import Post, Source
    from blogforge.site.corpus import Corpus

_GIVEN = "author-links.jsonl"
_ENGINE: Final = "commonmark"
_SETTINGS = f"""\
title: Collection
url: https://example.org
language: en
timezone: UTC
markdown: {{engine: {_ENGINE}}}
"""


class Doc(NamedTuple):
    """A post as plain text, by what its words are, and what its front matter says of it."""

    path: str
    title: str
    dek: str
    prose: str
    quoted: str
    code: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    section: str
    date: datetime
    lang: str


class Collection(NamedTuple):
    """A blog's posts by source path, and the links between them, which their texts have no more.

    `links`: the targets of each post that links to others. `corpus`: what blogforge ranks, with all
    links that were found; it must not count those of the very post whose block it makes.
    `mentions`: how many links have an address like a post's, and how many of these lead to one.
    """

    docs: dict[str, Doc]
    links: dict[str, frozenset[str]]
    corpus: Corpus
    mentions: tuple[int, int]


def load(blog: Blog, folder: Path) -> Collection:
    """The collection of the blog whose posts are in `folder`.

    There may stand the links that count, too, a line each: {"source": …, "target": …}, names of
    files. Without, they are those that are found in the posts.
    """
    with TemporaryDirectory() as temporary:
        root = Path(temporary)
        blog.write(folder, root / POSTS)
        (root / "blogforge.yaml").write_text(_SETTINGS, encoding="utf-8")
        reading = read(root, load_config(root))
        bodies = {post.path: reading.sources[post.path].body for post in reading.posts}
        addresses = Addresses({post.path: _names(post) for post in reading.posts}, blog.hosts)
        for path, body in bodies.items():
            _strip(root / path, path, body, addresses)
        edition = prepare(root, Options(future=True), memory=no_memory())
        sources = edition.reading.sources
        docs = {post.path: _doc(post, sources[post.path]) for post in edition.corpus.posts}
    found, mentions = _links(bodies, addresses)
    given = folder / _GIVEN
    corpus = replace(
        edition.corpus, links={source: tuple(sorted(targets)) for source, targets in found.items()}
    )
    return Collection(docs, _given(given) if given.exists() else found, corpus, mentions)


def _names(post: Post) -> set[str]:
    """What a post may be called in an address, by its file's name and by its front matter."""
    name = PurePosixPath(post.path).stem
    return {name, f"{post.date:%Y-%m-%d}-{post.slug}", f"{post.date:%Y-%m-%d}-{name[11:]}"}


def _strip(file: Path, path: str, body: str, addresses: Addresses) -> None:
    """Write a post without its links to other posts."""
    front = split(file.read_text(encoding="utf-8"), path).front
    file.write_text(f"---\n{front}---\n{without(body, addresses)}", encoding="utf-8")


def _links(
    bodies: Mapping[str, str], addresses: Addresses
) -> tuple[dict[str, frozenset[str]], tuple[int, int]]:
    hrefs = {path: [link.href for link in links(body)] for path, body in bodies.items()}
    keys = {path: list(filter(None, map(addresses.key, found))) for path, found in hrefs.items()}
    mentions = sum(map(len, keys.values()))
    targets = {path: list(filter(None, map(addresses.find, hrefs[path]))) for path in hrefs}
    others = {path: frozenset(found) - {path} for path, found in targets.items()}
    resolved = sum(map(len, targets.values()))
    return {path: found for path, found in others.items() if found}, (mentions, resolved)


def _given(file: Path) -> dict[str, frozenset[str]]:
    found = defaultdict(set)
    for line in file.read_bytes().splitlines():
        link = msgspec.json.decode(line)
        found[f"{POSTS}/{link['source']}"].add(f"{POSTS}/{link['target']}")
    return {source: frozenset(targets) for source, targets in found.items()}


def _doc(post: Post, source: Source) -> Doc:
    html = dom.guarded(show_strays(to_html(source.body, _ENGINE)))
    unresolved = Links(source, Targets(urls={}), "/")
    body = enrich(html, unresolved, slug=post.slug, lang=post.lang, typography=False)
    return Doc(
        path=post.path,
        title=post.title,
        dek=post.dek,
        prose=body.prose,
        quoted=body.quoted,
        code=body.code,
        tags=post.tags,
        authors=post.authors,
        section=post.section,
        date=post.date,
        lang=post.lang,
    )
