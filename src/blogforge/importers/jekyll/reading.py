"""A Jekyll site -> what it holds, in the words of ours."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from blogforge.importers.attributes import without_attributes
from blogforge.importers.emoji import with_emoji
from blogforge.importers.found import File, Found, Item, LeftOut, Origin
from blogforge.importers.jekyll.config import CONFIGURATIONS, site_of
from blogforge.importers.jekyll.documents import documents_of
from blogforge.importers.jekyll.liquid import Liquid
from blogforge.importers.jekyll.matter import Told
from blogforge.importers.jekyll.people import people_of
from blogforge.importers.jekyll.permalinks import address, slugified
from blogforge.importers.marks import Marks, unmarked
from blogforge.importers.names import heading_of, last_part, path_of, section_of, title_of
from blogforge.importers.terms import with_terms
from blogforge.importers.theme import is_theme
from blogforge.importers.values import block, flag, text, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from blogforge.importers.found import Instructions, Note
    from blogforge.importers.jekyll.config import JekyllSite
    from blogforge.importers.jekyll.documents import Document
    from blogforge.importers.source import Source
    from blogforge.importers.terms import Kind

_BREAK = re.compile(r"<!--\s*more\s*-->")
_FORMULAS = "formulas stay as text ($$…$$)"
_FORMULA = re.compile(r"\$\$.+?\$\$", re.S)


def read(source: Source, instructions: Instructions) -> Found:
    """All posts, drafts and pages of a Jekyll site.

    Raises ContentError where its `_config.yml` cannot be read.
    """
    source = source.site(*CONFIGURATIONS, "_posts")
    site = site_of(source, instructions.url, instructions.language)
    documents = documents_of(source, site)
    reading = Reading(site, documents.found, instructions.date)
    items: list[Item] = []
    left_out = list(documents.left_out)
    for document in documents.found:
        if reason := reading.kept_out(document):
            left_out.append(LeftOut(origin=Origin(path=document.path), what="page", reason=reason))
        else:
            items.append(reading.item(document))
    return Found(
        counted=documents.counted,
        items=tuple(_led_to(_joined(items), reading.leading, site.base)),
        people=people_of(source, site),
        taxa=with_terms((), items, _archives(site)),
        files=tuple(_files(source, site, documents.others)),
        left_out=tuple(left_out),
        settings=_settings(site),
        problems=tuple(dict.fromkeys(source.problems)),
    )


class Reading:
    """The documents of one site on their way to items.

    `leading`: old addresses that only lead to others, by those.
    """

    def __init__(self, site: JekyllSite, documents: Sequence[Document], undated: str) -> None:
        self.site = site
        self.leading: defaultdict[str, list[str]] = defaultdict(list)
        self.told = {document.path: Told(document, site) for document in documents}
        dates = [told.date for told in self.told.values() if told.document.kind == "posts"]
        self.undated = undated or max(dates, default="")
        self.names = {
            f"{document.day}-{document.name}": document.path
            for document in documents
            if document.kind == "posts"
        }
        plugins = {*texts(site.values.get("plugins")), *texts(site.values.get("gems"))}
        self.emoji = "jemoji" in plugins

    def kept_out(self, document: Document) -> str:
        """Why a document becomes no item, or ""."""
        target = next(iter(texts(document.values.get("redirect_to"))), "")
        if target:
            old = address(document, self.site, self._date(document), ())
            self.leading[target] += [old, *self._aliases(document)]
            return f"it only leads to {target}"
        if document.kind in {"posts", "drafts"} and not self._date(document):
            return "it has no date: import with --date"
        return ""

    def item(self, document: Document) -> Item:
        """The document in our words."""
        told = self.told[document.path]
        if document.kind == "posts" and not document.day:
            told.note("its name has no date, so Jekyll publishes nothing of it: a draft here")
        elif document.kind == "drafts" and not told.date:
            told.note("a draft without a date: it has that of the newest post until you set it")
        post = document.kind in {"posts", "drafts"} or bool(document.collection and told.date)
        date = self._date(document)
        old = address(document, self.site, date, told.categories)
        heading, rest = heading_of(document.body)
        if heading and not told.title:
            document = replace(document, body=rest)
        title = told.title or heading
        body, notes = self._body(document)
        section, *more = told.categories or [self._of_collection(document)]
        return Item(
            key=document.path,
            origin=Origin(path=document.path),
            kind="post" if post else "page",
            old=old if told.date or document.kind == "pages" else "",
            title=title or title_of(document.body if document.html else "", document.name),
            dek=told.dek,
            date=date if post else "",
            updated=told.updated,
            authors=told.authors if post else (),
            section=section_of(section) if post else "",
            tags=tuple(dict.fromkeys([*told.tags, *more])) if post else (),
            story=text(document.values.get("series")) if post else "",
            slug=text(document.values.get("slug")) or last_part(old) or document.name,
            aliases=self._aliases(document),
            language="" if told.language == self.site.language else told.language,
            status="draft" if document.kind == "posts" and not document.day else told.status,
            image=told.image,
            canonical=text(told.values.get("canonical_url") or told.values.get("canonical")),
            body=body,
            line=document.line,
            form="html" if document.html else "markdown",
            references=(document.path,),
            extra=told.extra(),
            notes=(*told.notes, *notes),
        )

    def _date(self, document: Document) -> str:
        told = self.told[document.path]
        return told.date or (self.undated if document.kind in {"posts", "drafts"} else "")

    def _of_collection(self, document: Document) -> str:
        return document.collection.name if document.collection else ""

    def _aliases(self, document: Document) -> tuple[str, ...]:
        found = (path_of(each) for each in texts(document.values.get("redirect_from")))
        return tuple(self.site.base + "/" + path.lstrip("/") for path in found)

    def _body(self, document: Document) -> tuple[str, tuple[Note, ...]]:
        marks = Marks()
        body = unmarked(document.body)
        if not document.html:
            body = without_attributes(body, marks, kramdown=True)
            body = with_emoji(body) if self.emoji else body
            mark = marks.at(_FORMULAS) if _FORMULA.search(body) else ""
            body = _FORMULA.sub(lambda formula: mark + formula[0], body, count=1)
        if flag(document.values.get("render_with_liquid"), otherwise=True):
            body = Liquid(self.site, document.values, self._post_named, marks).markdown(body)
        separator = text(document.values.get("excerpt_separator")) or self.site.break_at
        body = body.replace(separator, "", 1) if separator.strip() else body
        return marks.settled(_BREAK.sub("", body), html=document.html)

    def _post_named(self, name: str) -> str:
        """The file of the post that `post_url` names: with or without its folders."""
        name = name.strip("/")
        if found := self.names.get(name.rpartition("/")[2]):
            return found
        return next((path for path in self.told if path.startswith(f"{name}.")), "")


def _joined(items: Iterable[Item]) -> list[Item]:
    """Items with those in other languages that have the same `ref`, or the same file name."""
    items = list(items)
    groups: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        if name := item.extra.get("ref") or item.extra.get("translation_id"):
            groups[text(name)].append(item)
    originals: dict[str, str] = {}
    for group in groups.values():
        first, *others = sorted(group, key=lambda item: bool(item.language))
        seen = {first.language}
        for other in others:
            if other.language not in seen:
                originals[other.key] = first.key
                seen.add(other.language)
    return [
        replace(
            item,
            translation_of=originals.get(item.key, ""),
            extra={k: v for k, v in item.extra.items() if k not in {"ref", "translation_id"}},
        )
        for item in items
    ]


def _led_to(items: Iterable[Item], leading: dict[str, list[str]], base: str) -> Iterable[Item]:
    """Items with the addresses of pages that only led to them."""
    for item in items:
        more = [
            old
            for target, olds in leading.items()
            if (base + "/" + path_of(target).removeprefix(base).strip("/")).rstrip("/")
            == item.old.rstrip("/")
            for old in olds
        ]
        yield replace(item, aliases=(*item.aliases, *more)) if more else item


def _archives(site: JekyllSite) -> dict[Kind, Callable[[str], str]]:
    """Where the plugin jekyll-archives put the lists of categories and tags, if it was there."""
    settings = block(site.values.get("jekyll-archives"))
    patterns = block(settings.get("permalinks"))

    def of(kind: str) -> Callable[[str], str]:
        pattern = text(patterns.get(kind)) or f"/{kind}/:name/"
        return lambda name: site.base + pattern.replace(":name", slugified(name).lower())

    return {"section": of("category"), "tag": of("tag")} if settings else {}


def _files(source: Source, site: JekyllSite, paths: Iterable[str]) -> Iterable[File]:
    for path in paths:
        if not is_theme(path):
            addresses = dict.fromkeys([f"{site.base}/{path}", f"/{path}", path])
            yield File(name=path, addresses=tuple(addresses), content=source.path(path))


def _settings(site: JekyllSite) -> dict[str, Any]:
    told = {
        "title": text(site.values.get("title")),
        "dek": text(site.values.get("description")) or text(site.values.get("tagline")),
        "url": site.url + site.base if site.url else "",
        "language": site.language,
        "timezone": text(site.values.get("timezone")),
    }
    return {key: value for key, value in told.items() if value}
