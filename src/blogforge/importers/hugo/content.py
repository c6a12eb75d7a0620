"""The content of a Hugo site: pages, bundles and what lies beside them.

https://gohugo.io/content-management/page-bundles/ and …/multilingual/ have the rules.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from blogforge.errors import BlogforgeError
from blogforge.importers import matter
from blogforge.importers.found import LeftOut, Origin, unread
from blogforge.importers.hugo.config import Language
from blogforge.importers.values import block, lowered, text
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.importers.hugo.config import HugoSite
    from blogforge.importers.source import Source

MARKDOWN = (".md", ".markdown", ".mdown")
HTML = (".html", ".htm")
_OTHER = (".org", ".adoc", ".asciidoc", ".ad", ".rst", ".pandoc", ".pdc", ".mmark", ".rmd")
CONTENT = (*MARKDOWN, *HTML, *_OTHER)
_TAXONOMIES = {"tags": "tag", "categories": "section", "series": "story", "authors": "person"}


class Page(Value, frozen=True, kw_only=True):
    """A file of content.

    `logical`: its path below its language's content, without end, language and `index`:
    "news/libya-mali". `folder`: where it lies, in the source. `bundle`: the folder is its own.
    `list`: it speaks for a section or term. `values`: its front matter with what it inherits,
    keys in lower case; `own`: as written.
    """

    path: str
    language: Language
    logical: str
    folder: str
    bundle: bool = False
    list: bool = False
    values: dict[str, Any]
    own: dict[str, Any]
    body: str
    line: int
    html: bool = False

    @property
    def section(self) -> str:
        """The folder at the top that it stands in; "" for pages of the top."""
        above, _, _ = self.logical.partition("/")
        return above if self.list or "/" in self.logical else ""


class Content(Value, frozen=True, kw_only=True):
    """All pages, the other files (pictures and the like), and what cannot be read.

    `counted`: the files of content that there are, by their names.
    """

    counted: int
    pages: tuple[Page, ...]
    others: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def content_of(source: Source, site: HugoSite) -> Content:
    """Every file below the content folders of the site's languages."""
    pages: list[Page] = []
    others: list[str] = []
    left_out: list[LeftOut] = []
    files = list(_files(source, site))
    counted = sum(path.lower().endswith(CONTENT) for _, path in files)
    bundles = {
        path.rpartition("/")[0]
        for _, path in files
        if _name(path) == "index" and path.lower().endswith((*MARKDOWN, *HTML))
    }
    for language, path in files:
        if not path.lower().endswith(CONTENT):
            others.append(path)
        elif reason := _unreadable(path, bundles):
            left_out.append(LeftOut(origin=Origin(path=path), what="page", reason=reason))
        else:
            try:
                pages.append(_page(source, site, language, path))
            except BlogforgeError as error:
                left_out.append(unread(path, error))
    inherited = _inherited(pages)
    return Content(
        counted=counted, pages=tuple(inherited), others=tuple(others), left_out=tuple(left_out)
    )


def _files(source: Source, site: HugoSite) -> Iterator[tuple[Language, str]]:
    """The files of content with their folder's language, each once: a folder may hold another."""
    seen: set[str] = set()
    for language in sorted(site.languages, key=lambda each: -len(each.folder)):
        for path in source.files(below=language.folder):
            if path not in seen:
                seen.add(path)
                yield language, path


def _unreadable(path: str, bundles: set[str]) -> str:
    """Why a file of content is no page of ours, or ""."""
    end = PurePosixPath(path).suffix.lower()
    if end in _OTHER:
        return f"{end} is no Markdown: export it as Markdown or HTML first"
    if _name(path) not in {"index", "_index"}:
        for above in map(str, PurePosixPath(path).parents):
            if above in bundles:
                return f"it is a part of the bundle {above}, which only its old theme showed"
    return ""


def _name(path: str) -> str:
    """The file's name without its language and its end."""
    return path.rpartition("/")[2].split(".")[0]


def _page(source: Source, site: HugoSite, language: Language, path: str) -> Page:
    read = matter.split(source.text(path), path)
    parts = PurePosixPath(path)
    stem, _, tag = parts.stem.rpartition(".")
    if stem and tag.lower() in {each.tag for each in site.languages}:
        language = site.language(tag.lower())
    else:
        stem = parts.stem
    source.problems.extend(read.problems)
    below = str(parts.parent)[len(language.folder) :] if language.folder else str(parts.parent)
    if language.folder and not path.startswith(f"{language.folder}/"):
        below = str(parts.parent).partition("/")[2]
    below = below.strip("/").removeprefix(".")
    index = stem in {"index", "_index"}
    return Page(
        path=path,
        language=language,
        logical=below if index else f"{below}/{stem}".lstrip("/"),
        folder="" if str(parts.parent) == "." else str(parts.parent),
        bundle=stem == "index",
        list=stem == "_index",
        values=lowered(read.values),
        own=read.values,
        body=read.body,
        line=read.line,
        html=parts.suffix.lower() in HTML,
    )


def _inherited(pages: Iterable[Page]) -> Iterator[Page]:
    """Each page with what the lists above it hand down: https://gohugo.io/…/front-matter/#cascade."""
    pages = list(pages)
    cascades = {
        (page.language.tag, page.logical): _cascades(page.values.get("cascade"))
        for page in pages
        if page.list and page.values.get("cascade")
    }
    for page in pages:
        handed: dict[str, Any] = {}
        for above in _above(page.logical):
            for each in cascades.get((page.language.tag, above), []):
                if _meant(each, page):
                    handed |= {k: v for k, v in each.items() if k not in {"target", "_target"}}
        values = {**handed, **page.values} if handed else page.values
        yield replace(page, values=values)


def _above(logical: str) -> list[str]:
    parts = logical.split("/") if logical else []
    return ["", *("/".join(parts[: n + 1]) for n in range(len(parts)))]


def _cascades(value: Any) -> list[dict[str, Any]]:
    each = value if isinstance(value, list) else [value]
    return [lowered(block(one)) for one in each]


def _meant(cascade: dict[str, Any], page: Page) -> bool:
    target = lowered(block(cascade.get("target") or cascade.get("_target")))
    pattern, kind, tag = (text(target.get(key)) for key in ("path", "kind", "lang"))
    return (
        (not pattern or fnmatchcase(f"/{page.logical}", pattern.replace("**", "*")))
        and kind in {"", "section" if page.list else "page"}
        and tag in {"", page.language.tag}
    )


def taxonomy_of(page: Page, site: HugoSite) -> tuple[str, str]:
    """What a list page of a taxonomy speaks for: its kind and term; ("", "") for a section."""
    plural, _, term = page.logical.partition("/")
    configured = {text(each) for each in block(site.values.get("taxonomies")).values()}
    kind = _TAXONOMIES.get(plural) or ("tag" if plural in configured else "")
    return (kind, term) if kind and page.list else ("", "")
