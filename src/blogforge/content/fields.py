"""Front matter's fields -> the model's values, with everything that is wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from blogforge.content.dates import DateError, moment
from blogforge.content.matter import (
    IgnoreMatter,
    ImageMatter,
    PageMatter,
    PostMatter,
    RelatedMatter,
)
from blogforge.faults import Fault, address_fault, image_fault, language_fault
from blogforge.images import Image
from blogforge.model import Correction, Ignored, Reference, RelatedChoice
from blogforge.urls import slugify, unsafe_segment

if TYPE_CHECKING:
    from datetime import datetime

    from blogforge.config import Config
    from blogforge.errors import Problem
    from blogforge.model import Status
    from blogforge.strict_yaml import KeyPath, Written

M = TypeVar("M", bound=PageMatter)

_IDS = re.compile(r"[a-z0-9_-]+(, *[a-z0-9_-]+)+")
_TEMPLATE = re.compile(r"\w[\w.-]*\.html")


def collapsed(text: str) -> str:
    """`text` on one line, with single spaces."""
    return " ".join(text.split())


class Fields(Generic[M]):
    """One file's front matter on its way to the model. `problems` grows as fields are read."""

    def __init__(
        self, matter: M, written: Written, config: Config, problems: list[Problem]
    ) -> None:
        self.matter = matter
        self.written = written
        self.config = config
        self.problems = problems

    def add(self, at: KeyPath, message: str, hint: str = "") -> None:
        """Collect a problem with the value at `at`, or with the file where it is not written."""
        self.problems.append(self.written.problem(message, at, hint))

    def chosen(self, *names: str) -> str:
        """The one of a field's spellings that is written; its own name where none is."""
        if len(names) == 1:
            return names[0]
        found = [name for name in names if self.written.values.get(name) is not None]
        if len(found) > 1:
            message = f"'{found[1]}' says again what '{found[0]}' says"
            self.add((found[1],), message, f"keep '{names[0]}'")
        return found[0] if found else names[0]

    def text(self, *names: str) -> str:
        """A field of one line, under any of its spellings."""
        return collapsed(getattr(self.matter, self.chosen(*names)))

    def title(self) -> str:
        """The title, which must be there."""
        title = collapsed(self.matter.title)
        written = self.written.values.get("title")
        if not title and not isinstance(written, list | dict):
            fault = "is empty" if "title" in self.written.values else "is missing"
            self.add(("title",), f"'title' {fault}", "write 'title: …'")
        return title

    def dek(self) -> str:
        """The sentence under the title."""
        return self.text("dek", "summary", "excerpt", "description", "subtitle")

    def updated(self) -> datetime | None:
        """The last change, where it is given."""
        return self.moment("updated", "lastmod", "modified")

    def story(self: Fields[PostMatter]) -> str:
        """The story the post belongs to."""
        return next(iter(self.names("story")), "")

    def words(self, *names: str) -> tuple[str, ...]:
        """A field of one or more texts, each once, none empty."""
        return tuple(dict.fromkeys(word for _, word in self._entries(self.chosen(*names))))

    def names(self, *names: str) -> tuple[str, ...]:
        """Words that get pages of their own, so that each needs a letter or digit."""
        entries = self._entries(self.chosen(*names))
        for at, word in entries:
            if not slugify(word):
                self.add(at, f"'{word}' has no letter or digit for an address", "give it a name")
        return tuple(dict.fromkeys(word for _, word in entries))

    def authors(self: Fields[PostMatter]) -> tuple[str, ...]:
        """The authors; several ids in one text are an error ("Jane Doe, Adviser" is a name)."""
        name = self.chosen("authors", "author")
        value = getattr(self.matter, name)
        if isinstance(value, str) and _IDS.fullmatch(value.strip()):
            self.add((name,), f"'{name}' is one text with commas", f"write [{value.strip()}]")
        return self.names(name)

    def tags(self: Fields[PostMatter]) -> tuple[str, ...]:
        """The tags; several in one text are an error."""
        value = self.matter.tags
        if isinstance(value, str) and "," in value:
            self.add(("tags",), "'tags' is one text with commas", f"write [{value}]")
        return self.names("tags")

    def section(self: Fields[PostMatter]) -> str:
        """The section, of which a post has one."""
        name = self.chosen("section", "category", "categories")
        words = self.names(name)
        if len(words) > 1:
            hint = f"write 'section: {words[0]}', and the others under 'tags'"
            self.add((name,), "a post has one section, not several", hint)
        return words[0] if words else ""

    def moment(self, *names: str) -> datetime | None:
        """A date under any of its spellings; None where it is not written or wrong."""
        name = self.chosen(*names)
        return self.moment_at((name,), getattr(self.matter, name))

    def moment_at(self, at: KeyPath, text: str) -> datetime | None:
        """The date `text`, which stands at `at`."""
        if not text.strip():
            return None
        try:
            return moment(text, ZoneInfo(self.config.timezone))
        except DateError as error:
            self.add(at, f"'{at[-1]}' {error.message}", error.hint)
            return None

    def status(self) -> Status:
        """The status, with `draft: true` as another way to say draft."""
        status, draft = self.matter.status, self.matter.draft
        if draft is None:
            return status or "published"
        if status and draft != (status == "draft"):
            message = f"'draft: {str(draft).lower()}' contradicts 'status: {status}'"
            self.add(("draft",), message, "keep one of the two")
        return "draft" if draft else status or "published"

    def slug(self, name: str) -> str:
        """The slug as given, or else made of the file's `name`."""
        given = self.matter.slug.strip()
        if given:
            if reason := unsafe_segment(given):
                self.add(("slug",), f"'slug' {reason}", f"write {slugify(given) or 'my-post'}")
            return given
        if not (slug := slugify(name)):
            self.add(("slug",), "the file's name gives no address", "write 'slug: …'")
        return slug

    def aliases(self) -> tuple[str, ...]:
        """Paths from the site's root, each beginning with a slash, as characters (not encoded)."""
        paths = []
        for at, path in self._entries("aliases"):
            reasons = filter(None, map(unsafe_segment, path.strip("/").split("/")))
            if reason := next(reasons, ""):
                hint = "write a path from the site's root, such as /old/name/"
                self.add(at, f"the alias '{path}' has a part that {reason}", hint)
            paths.append("/" + path.lstrip("/"))
        return tuple(dict.fromkeys(paths))

    def image(self) -> Image | None:
        """The image; a text is its path."""
        given = self.matter.image
        if isinstance(given, str):
            self._check_image(("image",), given.strip())
            return Image(src=given.strip()) if given.strip() else None
        self._check_image(("image", "src"), given.src.strip())
        if not given.src.strip():
            self.add(("image", "src"), "'image.src' is empty", "write the picture's path")
        return _image(given)

    def canonical(self) -> str:
        """The address of the original, a whole URL."""
        return self._web(("canonical",), self.matter.canonical)

    def language(self) -> str:
        """The language, or that of its folder (posts/fr/) among the site's, or the site's."""
        given = self.matter.lang.strip()
        if given and (fault := language_fault(given)):
            self._fault(("lang",), fault)
        return given or self._language_of_folder() or self.config.language

    def _language_of_folder(self) -> str:
        folder = self.written.path.split("/")[1]
        return next((tag for tag in self.config.language_tags if tag.lower() == folder.lower()), "")

    def template(self) -> str:
        """The name of a template file, without a folder."""
        name = self.matter.template.strip()
        if name and (not _TEMPLATE.fullmatch(name) or ".." in name):
            self.add(("template",), "'template' must be a file name ending in .html", "story.html")
        return name

    def extra(self) -> dict[str, Any]:
        """The free fields, with their numbers and truth values."""
        return self.written.free(("extra",)) if self.matter.extra else {}

    def ignored(self) -> tuple[Ignored, ...]:
        """What `check` is not to tell of this file, entry by entry."""
        given = self.matter.check.ignore
        entries = (given,) if isinstance(given, str) else given
        blocks = (IgnoreMatter(rule=each) if isinstance(each, str) else each for each in entries)
        return tuple(Ignored(rule=each.rule.strip(), text=each.text) for each in blocks)

    def corrections(self: Fields[PostMatter]) -> tuple[Correction, ...]:
        """The corrections, each with its date, and an id of that."""
        found: list[Correction] = []
        days: Counter[str] = Counter()
        for index, each in enumerate(self.matter.corrections):
            at = ("corrections", index)
            date = self.moment_at((*at, "date"), each.date)
            if not each.date.strip() or not each.text.strip():
                self.add(at, "a correction needs a date and a text", "write both")
            elif date:
                day = f"{date.year:04}{date:%m%d}"
                days[day] += 1
                name = f"correction_{day}" + (f"_{days[day]}" if days[day] > 1 else "")
                found.append(Correction(date=date, text=each.text.strip(), id=name))
        return tuple(found)

    def sources(self: Fields[PostMatter]) -> tuple[Reference, ...]:
        """What the article rests on; a text is a title, or a URL for want of one."""
        found = []
        for index, each in enumerate(self.matter.sources):
            at = ("sources", index)
            if isinstance(each, str):
                text = collapsed(each)
                url = text if text.startswith(("http://", "https://")) else ""
                found.append(Reference(title=text, url=self._web(at, url)))
            else:
                text = collapsed(each.title)
                url = self._web((*at, "url"), each.url)
                archived = self._web((*at, "archived"), each.archived)
                found.append(Reference(title=text, url=url, archived=archived))
            if not text:
                self.add(at, "a source needs a title", "write 'title: …'")
        return tuple(found)

    def related(self: Fields[PostMatter]) -> RelatedChoice:
        """The editor's hand in "More from"."""
        given = self.matter.related
        if isinstance(given, RelatedMatter):
            return RelatedChoice(
                pin=self._posts("pin", given.pin), exclude=self._posts("exclude", given.exclude)
            )
        return RelatedChoice(show=given)

    def _posts(self, key: str, given: str | tuple[str, ...]) -> tuple[str, ...]:
        """The names of posts in `related.KEY`, each in its place."""
        names = (given,) if isinstance(given, str) else given
        for index, name in enumerate(names):
            if not name.strip():
                self.add(
                    ("related", key, index), f"'related.{key}' has an empty entry", "delete it"
                )
        return tuple(name.strip() for name in names)

    def _entries(self, name: str) -> list[tuple[KeyPath, str]]:
        """The texts of a field of one or more, with their places."""
        value: str | tuple[str, ...] = getattr(self.matter, name)
        if not value:
            return []
        if isinstance(value, str):
            entries: list[tuple[KeyPath, str]] = [((name,), value)]
        else:
            entries = [((name, index), word) for index, word in enumerate(value)]
        for at, word in entries:
            if not word.strip():
                self.add(at, f"'{name}' has an empty entry", "delete it")
        return [(at, collapsed(word)) for at, word in entries if word.strip()]

    def _web(self, at: KeyPath, url: str) -> str:
        url = url.strip()
        if url and (fault := address_fault(url)):
            self._fault(at, fault)
        return url

    def _check_image(self, at: KeyPath, src: str) -> None:
        if fault := image_fault(src):
            self.add(at, f"'{'.'.join(map(str, at))}' {fault.message}", fault.hint)

    def _fault(self, at: KeyPath, fault: Fault) -> None:
        where = f"'{at[-1]}'" if isinstance(at[-1], str) else "the source"
        self.add(at, f"{where} {fault.message}", fault.hint)


def _image(given: ImageMatter) -> Image:
    return Image(
        src=given.src.strip(),
        alt=collapsed(given.alt),
        caption=collapsed(given.caption),
        credit=collapsed(given.credit),
    )
