"""The files of a Pelican site: articles, pages and the rest."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from blogforge.errors import BlogforgeError, MachineError
from blogforge.importers.found import LeftOut, Note, Origin, unread
from blogforge.importers.pelican.config import metadata
from blogforge.importers.pelican.header import of_html, of_markdown
from blogforge.importers.pelican.rst import converted
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.importers.pelican.config import PelicanSite
    from blogforge.importers.source import Source

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
HTML = (".html", ".htm")
RST = (".rst", ".rest")
_OTHER = (".adoc", ".asciidoc", ".asc", ".org", ".ipynb", ".textile")
CONTENT = (*MARKDOWN, *HTML, *RST, *_OTHER)


class Document(Value, frozen=True, kw_only=True):
    """An article or page. `below`: its path below the content. `values`: keys in lower case."""

    path: str
    below: str
    page: bool
    values: dict[str, str]
    body: str
    line: int = 0
    html: bool = False
    notes: tuple[Note, ...] = ()


class Documents(Value, frozen=True, kw_only=True):
    """What the site's files are. `counted`: those of content, by their names."""

    counted: int
    found: tuple[Document, ...]
    others: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def documents_of(source: Source, site: PelicanSite) -> Documents:
    """Every file of the content folder."""
    found: list[Document] = []
    others: list[str] = []
    left_out: list[LeftOut] = []
    files = list(_files(source, site))
    for path, below in files:
        if not _is_content(site, below):
            others.append(path)
            continue
        end = posixpath.splitext(path)[1].lower()
        if end in _OTHER:
            reason = f"{end} is no Markdown: export it as Markdown, HTML or reStructuredText first"
            left_out.append(LeftOut(origin=Origin(path=path), what="page", reason=reason))
            continue
        try:
            found.append(_document(source, site, path, below))
        except MachineError:  # docutils is missing: a matter of this machine
            raise
        except BlogforgeError as error:
            left_out.append(unread(path, error))
    return Documents(
        counted=sum(_is_content(site, below) for _, below in files),
        found=tuple(found),
        others=tuple(others),
        left_out=tuple(left_out),
    )


def _files(source: Source, site: PelicanSite) -> Iterator[tuple[str, str]]:
    """Each file with its path below the content; nothing of the theme and of what was built."""
    for path in source.files(below=site.content):
        below = path[len(site.content) :].lstrip("/")
        if site.content or not below.startswith(("output/", "theme/", "themes/", "plugins/")):
            yield path, below


def _is_content(site: PelicanSite, below: str) -> bool:
    """Whether Pelican reads the file; files of its STATIC_PATHS are copied as they are."""
    if not below.lower().endswith(CONTENT):
        return False
    copied = [*site.folders("STATIC_PATHS"), *site.folders("ARTICLE_EXCLUDES")]
    return not any(folder and f"{below}/".startswith(f"{folder}/") for folder in copied)


def _document(source: Source, site: PelicanSite, path: str, below: str) -> Document:
    content = source.text(path)
    end = posixpath.splitext(path)[1].lower()
    notes: tuple[Note, ...] = ()
    line = 1
    if end in RST:
        read = converted(content, path)
        values, body, notes = read.values, read.body, read.notes
    else:
        headed = of_html(content) if end in HTML else of_markdown(content, path, source)
        values, body, line = headed.values, headed.body, headed.line
    stem = posixpath.splitext(posixpath.basename(path))[0]
    told = metadata(site) | site.of_name(stem) | {k: v for k, v in values.items() if v}
    pages = site.folders("PAGE_PATHS")
    return Document(
        path=path,
        below=below,
        page=any(folder and below.startswith(f"{folder}/") for folder in pages),
        values=told,
        body=body,
        line=line,
        html=end not in MARKDOWN,
        notes=notes,
    )
