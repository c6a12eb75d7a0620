"""The files of a Jekyll site: posts, drafts, documents of collections, pages and the rest."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from blogforge.errors import BlogforgeError
from blogforge.importers import matter
from blogforge.importers.found import LeftOut, Origin, unread
from blogforge.importers.jekyll.config import Collection
from blogforge.importers.values import lowered
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.importers.jekyll.config import JekyllSite
    from blogforge.importers.source import Source

MARKDOWN = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd")
HTML = (".html", ".htm")
_OTHER = (".textile", ".adoc", ".asciidoc", ".org", ".rst")
CONTENT = (*MARKDOWN, *HTML, *_OTHER)
_DATED = re.compile(r"(\d{4}|\d{2})-(\d{1,2})-(\d{1,2})-(.+)")
_TEMPLATE = re.compile(r"\{%-?\s*for\s[^%]*\b(?:site|paginator)\.|\{\{-?\s*content\b")


class Document(Value, frozen=True, kw_only=True):
    """A file that Jekyll makes a page of.

    `kind`: "posts", "drafts", "pages" or a collection's name. `name`: the file's, without its
    date and end; `day`: the date in it. `above`: the folders over `_posts`, which are categories.
    `values`: front matter with the site's defaults, keys in lower case; `own`: as written.
    """

    path: str
    kind: str
    name: str
    day: str = ""
    above: tuple[str, ...] = ()
    collection: Collection | None = None
    values: dict[str, Any]
    own: dict[str, Any]
    body: str
    line: int
    html: bool = False


class Documents(Value, frozen=True, kw_only=True):
    """What the site's files are. `counted`: those of content, by their names and first bytes."""

    counted: int
    found: tuple[Document, ...]
    others: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def documents_of(source: Source, site: JekyllSite) -> Documents:
    """Every file of the site that Jekyll reads or copies."""
    found: list[Document] = []
    others: list[str] = []
    left_out: list[LeftOut] = []
    counted = 0
    for path, kind, collection in _placed(source, site):
        if not _is_content(source, path, kind):
            others.append(path)
            continue
        counted += 1
        try:
            document = _document(source, site, path, kind, collection)
        except BlogforgeError as error:
            left_out.append(unread(path, error))
            continue
        if reason := _unreadable(document):
            left_out.append(LeftOut(origin=Origin(path=path), what="page", reason=reason))
        else:
            found.append(document)
    return Documents(
        counted=counted, found=tuple(found), others=tuple(others), left_out=tuple(left_out)
    )


def _placed(source: Source, site: JekyllSite) -> Iterator[tuple[str, str, Collection | None]]:
    """Each file with its kind; not those of templates, data and the like."""
    for path in source.files():
        folders = posixpath.dirname(path).split("/")
        collection = next(
            (each for each in site.collections if path.startswith(f"{each.folder}/")), None
        )
        if "_posts" in folders:
            yield path, "posts", None
        elif "_drafts" in folders:
            yield path, "drafts", None
        elif collection:
            yield path, collection.name, collection
        elif not site.excluded(path) and not any(
            part.startswith(("_", "#", "~")) for part in path.split("/")
        ):
            yield path, "pages", None


def _is_content(source: Source, path: str, kind: str) -> bool:
    if not path.lower().endswith(CONTENT):
        return False
    if kind in {"posts", "drafts"}:
        return True
    with source.path(path).open("rb") as file:
        return file.read(8).removeprefix(b"\xef\xbb\xbf").startswith(b"---")


def _document(
    source: Source, site: JekyllSite, path: str, kind: str, collection: Collection | None
) -> Document:
    read = matter.split(source.text(path), path)
    source.problems.extend(read.problems)
    stem, end = posixpath.splitext(posixpath.basename(path))
    dated = _DATED.fullmatch(stem) if kind != "pages" else None
    day = ""
    if dated:
        year = dated[1] if len(dated[1]) == 4 else f"20{dated[1]}"
        day = f"{year}-{dated[2]:0>2}-{dated[3]:0>2}"
    above = re.split(r"(?:^|/)_(?:posts|drafts)(?:/|$)", posixpath.dirname(path))[0]
    return Document(
        path=path,
        kind=kind,
        name=dated[4] if dated else stem,
        day=day,
        above=tuple(filter(None, above.split("/"))) if kind in {"posts", "drafts"} else (),
        collection=collection,
        values=lowered(site.defaults(path, kind)) | lowered(read.values),
        own=read.values,
        body=read.body,
        line=read.line,
        html=end.lower() in HTML,
    )


def _unreadable(document: Document) -> str:
    """Why a document is no page of ours, or ""."""
    end = posixpath.splitext(document.path)[1].lower()
    if end in _OTHER:
        return f"{end} is no Markdown: export it as Markdown or HTML first"
    if document.kind == "pages" and _TEMPLATE.search(document.body):
        return "it is a template of the old theme, which lists posts: blogforge makes its own lists"
    if document.kind == "pages" and document.name == "404":
        return "blogforge makes a page for wrong addresses itself"
    if document.collection and not document.collection.output:
        return f"the collection '{document.collection.name}' has no pages on the old site"
    return ""
