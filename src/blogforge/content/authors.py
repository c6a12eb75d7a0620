"""authors.yaml -> the people who write."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from blogforge.content.fields import collapsed
from blogforge.errors import ContentError, Problem
from blogforge.faults import image_fault, link_fault
from blogforge.model import Author, Link
from blogforge.strict_yaml import KeyPath, Written, parse
from blogforge.urls import slugify
from blogforge.validation import convert

AUTHORS_FILE = "authors.yaml"


class LinkEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of an author's `links:`."""

    title: Annotated[str, Meta(description="What readers click on, such as Website.")]
    url: Annotated[str, Meta(description="A whole URL, a path of the site, or mailto:.")]


class AuthorEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An author, under the id that posts name."""

    name: Annotated[str, Meta(description="As the byline prints it; the id otherwise.")] = ""
    sort_name: Annotated[
        str,
        Meta(description="As bibliographies file it, 'Kaboret, Inès'; no comma: a desk or agency."),
    ] = ""
    bio: Annotated[str, Meta(description="A sentence or two; Markdown stays as it is.")] = ""
    handle: Annotated[str, Meta(description="On social networks, such as @name.")] = ""
    image: Annotated[
        str, Meta(description="Path of an image in static/ or, as posts/…, beside posts; a URL.")
    ] = ""
    links: Annotated[
        tuple[LinkEntry, ...] | dict[str, str],
        Meta(description="Blocks of title and url, or 'title: url' lines."),
    ] = ()


def parse_authors(text: str, path: str = AUTHORS_FILE) -> dict[str, Author]:
    """The authors in `text` by id, in its order. Raises ContentError with everything wrong."""
    written = parse(text, path)
    values = {} if written.values is None else written.values
    if not isinstance(values, dict):
        hint = "write 'id:', and below it, indented, 'name: …'"
        raise ContentError([written.problem("authors are not 'id: …' blocks", (), hint)])
    authors: dict[str, Author] = {}
    problems: list[Problem] = []
    for key, value in values.items():
        if not slugify(key):
            message = f"the id '{key}' has no letter or digit for an address"
            problems.append(written.problem(message, (key,), "write a name"))
            continue
        entry, wrong = convert(written, AuthorEntry, (key,), {} if value is None else value)
        problems += wrong
        if entry:
            authors[key] = _author(key, entry, written, problems)
    if problems:
        raise ContentError(problems)
    return authors


def _author(key: str, entry: AuthorEntry, written: Written, problems: list[Problem]) -> Author:
    image = entry.image.strip()
    if fault := image_fault(image):
        message = f"the image of '{key}' {fault.message}"
        problems.append(written.problem(message, (key, "image"), fault.hint))
    return Author(
        id=key,
        name=collapsed(entry.name) or key,
        sort_name=collapsed(entry.sort_name),
        bio=entry.bio.strip(),
        handle=entry.handle.strip(),
        image=image,
        links=tuple(_links(key, entry, written, problems)),
    )


def _links(key: str, entry: AuthorEntry, written: Written, problems: list[Problem]) -> list[Link]:
    pairs: list[tuple[KeyPath, str, str]]
    if isinstance(entry.links, dict):
        pairs = [((key, "links", title), title, url) for title, url in entry.links.items()]
    else:
        pairs = [
            ((key, "links", index, "url"), link.title, link.url)
            for index, link in enumerate(entry.links)
        ]
    for at, title, url in pairs:
        if fault := link_fault(url.strip()):
            message = f"the link '{collapsed(title)}' of '{key}' {fault.message}"
            problems.append(written.problem(message, at, fault.hint))
    return [Link(title=collapsed(title), url=url.strip()) for _, title, url in pairs]
