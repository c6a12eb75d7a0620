"""A file's text -> its source and its validated front matter.

Front matter stands between a first line `---` and a line `---` or `...`; its keys are those of
`content.matter`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from blogforge import urls
from blogforge.branches import home_of
from blogforge.content.fields import Fields
from blogforge.content.matter import PageMatter, PostMatter
from blogforge.content.places import FRONT_LINE
from blogforge.content.prose import keep_comments
from blogforge.errors import ContentError, Location, Problem
from blogforge.model import Post, Source, Standalone
from blogforge.strict_yaml import parse
from blogforge.textfile import excerpt
from blogforge.validation import convert

if TYPE_CHECKING:
    from blogforge.config import Config

M = TypeVar("M", bound=PageMatter)

_CLOSING = re.compile(r"\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-(.*))?", re.ASCII | re.DOTALL)
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)  # beside a problem, never in a post


class Parts(NamedTuple):
    """A file in two: its front matter, which begins at line 2, and its body."""

    front: str
    body: str
    body_line: int


def split(text: str, path: str) -> Parts:
    """The parts of `text`, the file `path`. Raises ContentError where a fence is missing."""
    first = text.partition("\n")[0]
    if first.rstrip() != "---":
        raise ContentError([_no_front_matter(text, path)])
    start = len(first) + 1
    closing = _CLOSING.search(text, start - 1)
    if closing is None:
        message = "the front matter opens here and never closes"
        hint = "end it with a line '---'"
        raise ContentError([Problem(message, Location(path, 1, 1), hint, excerpt(first))])
    front = text[start : closing.start() + 1]
    return Parts(front, text[closing.end() + 1 :], FRONT_LINE + front.count("\n") + 1)


def parse_post(path: str, text: str, digest: str, config: Config) -> tuple[Source, Post]:
    """The file `path` of posts/, whose text is `text`.

    The date and the slug come from the file's name (for `NAME/index.md`, the folder's) where the
    front matter does not give them. Raises ContentError with everything that is wrong.
    """
    parts = split(text, path)
    fields = _fields(path, parts, config, PostMatter)
    dated, name = _dated_name(path)
    date, slug, section = _date(fields, dated), fields.slug(name), fields.section()
    post = Post(
        path=path,
        digest=digest,
        url=_permalink(fields, date, slug, section),
        slug=slug,
        title=fields.title(),
        dek=fields.dek(),
        lang=fields.language(),
        image=fields.image(),
        status=fields.status(),
        aliases=fields.aliases(),
        canonical=fields.canonical(),
        template=fields.template(),
        extra=fields.extra(),
        date=date,
        updated=fields.updated(),
        kicker=fields.text("kicker"),
        authors=fields.authors(),
        section=section,
        tags=fields.tags(),
        story=fields.story(),
        type=fields.matter.type,
        dateline=fields.text("dateline"),
        embargo=fields.moment("embargo"),
        expires=fields.moment("expires"),
        corrections=fields.corrections(),
        sources=fields.sources(),
        key_points=fields.words("key_points"),
        related=fields.related(),
        translation_of=fields.matter.translation_of.strip(),
        ignored=fields.ignored(),
        id=fields.text("id", "guid"),
    )
    return _source(path, digest, parts, fields), post


def parse_standalone(
    path: str, text: str, digest: str, config: Config
) -> tuple[Source, Standalone]:
    """The file `path` of pages/; pages/legal/imprint.md is at /legal/imprint/.

    Raises ContentError with everything that is wrong.
    """
    parts = split(text, path)
    fields = _fields(path, parts, config, PageMatter)
    *folders, name = _page_names(path)
    if not name:
        fields.add((), "a page cannot take the place of the home page", "rename the file")
    slug = fields.slug(name) if name else ""
    for folder in folders:
        if not urls.slugify(folder):
            fields.add((), f"the folder '{folder}' gives no address", "rename it")
    segments = [*map(urls.slugify, folders), slug]
    page = Standalone(
        path=path,
        digest=digest,
        url=_page_url(segments, fields),
        slug=slug,
        title=fields.title(),
        dek=fields.dek(),
        lang=fields.language(),
        image=fields.image(),
        status=fields.status(),
        aliases=fields.aliases(),
        canonical=fields.canonical(),
        template=fields.template(),
        extra=fields.extra(),
        updated=fields.updated(),
        translation_of=fields.matter.translation_of.strip(),
        ignored=fields.ignored(),
    )
    return _source(path, digest, parts, fields), page


def _no_front_matter(text: str, path: str) -> Problem:
    if text.lstrip().startswith("---"):
        line = len(text[: text.index("---")].split("\n"))
        message = "the front matter does not begin in the first line"
        return Problem(message, Location(path, line, 1), "delete what stands before it")
    first = text.partition("\n")[0]
    hint = "begin the file with '---', 'title: …' and '---', each on its own line"
    message = "there is no front matter, so the title is missing"
    if first.rstrip() == "+++":
        message = "front matter in TOML is not read"
        hint = "blogforge reads YAML front matter between lines '---'"
    return Problem(message, Location(path, 1, 1), hint, excerpt(first))


def _fields(path: str, parts: Parts, config: Config, kind: type[M]) -> Fields[M]:
    written = parse(parts.front, path, FRONT_LINE)
    if written.values is None:
        written = replace(written, values={})
    if not isinstance(written.values, dict):
        message = "front matter is not 'name: value' lines"
        raise ContentError([written.problem(message, (), "write 'title: …'")])
    written, lost = keep_comments(written)
    matter, problems = convert(written, kind)
    return Fields(matter or kind(), written, config, lost + problems)


def source_of(path: str, digest: str, parts: Parts) -> Source:
    """The source in a file of these parts."""
    return Source(
        path=path,
        digest=digest,
        body=parts.body,
        body_line=parts.body_line,
        front=parts.front,
    )


def _source(path: str, digest: str, parts: Parts, fields: Fields[M]) -> Source:
    """The source of a file whose fields have been read and are without problems."""
    if fields.problems:
        raise ContentError(fields.problems)
    return source_of(path, digest, parts)


def _dated_name(path: str) -> tuple[str, str]:
    """The date in a post's name, or "", and the rest of the name."""
    folder, _, file = path.rpartition("/")
    name = file.rpartition(".")[0] or file
    if name == "index":
        name = folder.rpartition("/")[2] if "/" in folder else ""
    if dated := _DATED_NAME.fullmatch(name):
        return dated[1], dated[2] or ""
    return "", name


def _page_names(path: str) -> tuple[str, ...]:
    """The names from which a page's address is made; the last is "" for the home page's."""
    file = PurePosixPath(path).with_suffix("")
    names = file.parts[1:]
    return (names[:-1] or ("",)) if names[-1] == "index" else names


def _date(fields: Fields[PostMatter], dated: str) -> datetime:
    """The post's date; where that is a problem, any."""
    written = fields.written.values.get("date")
    if written is None and dated:
        return fields.moment_at(("date",), dated) or _NO_DATE
    if written is None or not str(written).strip():
        hint = "write 'date: 2012-03-21', or begin the file's name with it"
        fields.add(("date",), "'date' is missing", hint)
    return fields.moment("date") or _NO_DATE


def _page_url(segments: list[str], fields: Fields[PageMatter]) -> str:
    """The address of a page; one of a further language is below it, in whatever folder it is."""
    base = fields.config.base_path
    home = home_of(fields.language(), fields.config)
    below = base + urls.encode("".join(f"{segment}/" for segment in segments))
    return below if below.startswith(home) else home + below.removeprefix(base)


def _permalink(fields: Fields[PostMatter], date: datetime, slug: str, section: str) -> str:
    pattern = fields.config.permalink
    key = urls.slugify(section.casefold())
    if "{section}" in pattern and not section:
        message = f"'section' is missing, and the permalink {pattern} needs it"
        fields.add(("section",), message, "write 'section: …'")
    parts = {
        "year": f"{date.year:04}",
        "month": f"{date.month:02}",
        "day": f"{date.day:02}",
        "slug": slug,
        "section": key,
    }
    home = home_of(fields.language(), fields.config)
    return home.rstrip("/") + urls.encode(urls.fill(pattern, parts))
