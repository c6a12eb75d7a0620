"""The people of a Jekyll site: `_data/authors.yml`, or a collection of authors."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from blogforge.errors import BlogforgeError
from blogforge.importers import matter
from blogforge.importers.found import Person
from blogforge.importers.values import block, first, lowered, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.importers.jekyll.config import JekyllSite
    from blogforge.importers.source import Source

_DATA = tuple(
    f"_data/{name}{end}" for name in ("authors", "people") for end in (".yml", ".yaml", ".json")
)
_LINKS = ("website", "web", "url", "uri", "homepage", "linkedin", "mastodon")


def people_of(source: Source, site: JekyllSite) -> tuple[Person, ...]:
    """Everybody the site tells of; faults of their files are problems of the source."""
    found: dict[str, Person] = {}
    try:
        for key, values in _told(source, site):
            found.setdefault(key, _person(key, lowered(values)))
    except BlogforgeError as error:
        source.problems.extend(error.problems)
    return tuple(found.values())


def _told(source: Source, site: JekyllSite) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from ((key, block(each)) for key, each in block(site.values.get("authors")).items())
    for name in filter(source.holds, _DATA):
        content = source.text(name)
        json = name.endswith(".json")
        values = matter.from_json(content, name) if json else matter.from_yaml(content, name)[0]
        yield from ((key, block(each)) for key, each in block(values).items())
    for path in source.files(".md", ".markdown"):
        if path.startswith(("_authors/", "_people/")):
            read = matter.split(source.text(path), path)
            key = text(read.values.get("short_name")) or posixpath.splitext(path)[0].split("/")[-1]
            yield key, {"bio": " ".join(read.body.split()), **read.values}


def _person(key: str, values: dict[str, Any]) -> Person:
    return Person(
        id=key,
        name=first(values, ("name", "display_name", "title"))[1] or key,
        bio=first(values, ("bio", "description", "about"))[1],
        handle=first(values, ("twitter", "twitter_username"))[1],
        image=first(values, ("avatar", "picture", "image", "photo"))[1],
        links=tuple(
            (name, text(values[name]))
            for name in _LINKS
            if text(values.get(name)).startswith(("http://", "https://"))
        ),
    )
