"""A page of Hugo -> an item: its front matter in our words, its body in our Markdown."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from blogforge.errors import Location, Problem
from blogforge.importers.attributes import without_attributes
from blogforge.importers.emoji import with_emoji
from blogforge.importers.found import Item, Origin
from blogforge.importers.hugo.addresses import address, aliases
from blogforge.importers.hugo.embeds import Embeds
from blogforge.importers.hugo.files import beside
from blogforge.importers.hugo.lists import containers
from blogforge.importers.hugo.matter import Told
from blogforge.importers.hugo.shortcodes import without_shortcodes
from blogforge.importers.marks import Marks, unmarked
from blogforge.importers.names import inner_html, last_part, title_of
from blogforge.importers.values import block, flag, lowered, text

if TYPE_CHECKING:
    from blogforge.importers.found import Note, Status
    from blogforge.importers.hugo.config import HugoSite
    from blogforge.importers.hugo.content import Content, Page
    from blogforge.importers.hugo.references import References
    from blogforge.importers.source import Source

_BREAK = re.compile(r"<!--\s*more\s*-->")
_PAGE_SECTIONS = {"page", "pages"}


class Reading:
    """The pages of one site on their way to items. `problems` grows as they are read."""

    def __init__(
        self,
        source: Source,
        site: HugoSite,
        content: Content,
        references: References,
        undated: str = "",
    ) -> None:
        self.source = source
        self.site = site
        self.content = content
        self.references = references
        self.undated = undated
        self.problems: list[Problem] = []
        self.containers = containers(filter(self._in_a_section, content.pages))
        self.names = {
            (page.language.tag, page.logical): text(page.values.get("title"))
            for page in content.pages
            if page.list
        }
        self.originals = self._originals()

    def told(self, page: Page) -> Told:
        """What its front matter tells."""
        return Told(page, self.site, self.undated)

    def unpublished(self, page: Page) -> str:
        """Why the old site made no page of it, or ""."""
        if fault := self.told(page).fault:
            return f"{fault}; or import with --date"
        build = lowered(block(page.values.get("build") or page.values.get("_build")))
        if flag(page.values.get("headless")):
            return "it is a headless bundle: the old site has no page of it"
        if text(build.get("render")) in {"never", "false"}:
            return "its 'build' says that no page is made of it"
        return ""

    def item(self, page: Page) -> Item:
        """The page in our words."""
        told = self.told(page)
        old = address(page, self.site, told.date)
        body, notes = self._body(page)
        post = bool(told.date) and self._in_a_section(page)
        if not told.date and self._in_a_section(page):
            told.note("it has no date: a page, not a post")
        image, used = told.image(self.source)
        name = page.logical.rpartition("/")[2] or "home"
        return Item(
            key=page.path,
            origin=Origin(path=page.path),
            kind="post" if post else "page",
            old=old,
            title=told.title or title_of(page.body if page.html else "", name),
            dek=told.dek,
            date=told.date if post else "",
            updated=told.updated,
            authors=told.authors if post else (),
            section=(told.section or self._section(page)) if post else "",
            tags=told.tags if post else (),
            story=told.story if post else "",
            slug=told.slug or last_part(old) or name,
            aliases=aliases(page, self.site, old),
            language=page.language.tag if page.language != self.site.default else "",
            status=self._status(page),
            embargo=told.embargo if post else "",
            expires=told.expires if post else "",
            image=image,
            canonical=told.canonical,
            translation_of=self.originals.get(page.path, ""),
            body=body,
            line=page.line,
            form="html" if page.html else "markdown",
            files=beside(self.source, self.site, self.content, page, old),
            references=(page.path, page.logical),
            extra=told.extra(used, post=post),
            notes=(*told.notes, *notes),
        )

    def _body(self, page: Page) -> tuple[str, tuple[Note, ...]]:
        marks = Marks()
        body = unmarked(page.body)
        if page.html:
            body = inner_html(body)
        else:
            body = without_attributes(body, marks, kramdown=False)
            body = with_emoji(body) if self.site.emoji else body
        body = without_shortcodes(body, Embeds(page, self.site, self.references, marks).markdown)
        return marks.settled(_BREAK.sub("", body), html=page.html)

    def _in_a_section(self, page: Page) -> bool:
        """Whether it is one of a list's articles, and no page such as /about/."""
        if page.list or not page.section or page.section in _PAGE_SECTIONS:
            return False
        main = self.site.main_sections
        return page.section in main if main else text(page.values.get("type")) != "page"

    def _section(self, page: Page) -> str:
        """The section by the folder it lies in: the first that is not only where all posts lie."""
        parts = page.logical.split("/")[:-1]
        for depth, part in enumerate(parts):
            place = "/".join(parts[: depth + 1])
            if place not in self.containers:
                title = self.names.get((self.site.default.tag, place)) or self.names.get(
                    (page.language.tag, place)
                )
                return title or part.replace("-", " ").capitalize()
        return ""

    def _status(self, page: Page) -> Status:
        build = lowered(block(page.values.get("build") or page.values.get("_build")))
        if flag(page.values.get("draft")):
            return "draft"
        if text(build.get("list")) in {"never", "false"} or flag(page.values.get("private")):
            return "unlisted"
        return "published"

    def _originals(self) -> dict[str, str]:
        """For each translation, the page that it translates: by `translationKey`, or its path."""
        versions: defaultdict[str, list[Page]] = defaultdict(list)
        for page in self.content.pages:
            if not page.list and not self.unpublished(page):
                key = text(page.values.get("translationkey"))
                versions[f"key {key}" if key else page.logical].append(page)
        found = {}
        for name, versions_of_one in versions.items():
            pages = sorted(
                versions_of_one, key=lambda page: self.site.languages.index(page.language)
            )
            seen = {pages[0].language.tag}
            for page in pages[1:]:
                if page.language.tag in seen:
                    self._doubled(page, name)
                else:
                    seen.add(page.language.tag)
                    found[page.path] = pages[0].path
        return found

    def _doubled(self, page: Page, name: str) -> None:
        message = f"two pages in one language have the {name}: this one is joined to none"
        self.problems.append(Problem(message, Location(page.path)))
