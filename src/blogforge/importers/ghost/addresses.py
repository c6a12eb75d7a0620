"""Where a Ghost site showed its posts: routes.yaml, older settings, and its redirects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from blogforge.errors import Location, Problem
from blogforge.importers.matter import from_yaml
from blogforge.importers.names import host_of, path_of
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blogforge.importers.source import Source

_ROUTES = ("routes.yaml", "settings/routes.yaml", "content/settings/routes.yaml")
_REDIRECTS = (
    *("redirects.json", "redirects.yaml", "data/redirects.json", "data/redirects.yaml"),
    *("content/data/redirects.json", "content/data/redirects.yaml"),
    *("content/settings/redirects.json", "content/settings/redirects.yaml"),
)
_FIELD = re.compile(r"\{(\w+)\}|:(\w+)")
_FILTER = re.compile(r"(primary_tag|tags?|featured):\[?'?([\w-]+)'?\]?")
_PLAIN = re.compile(r"/[^\\^$*+?()\[\]{}|]*")


class Collection(Value, frozen=True, kw_only=True):
    """A collection of routes.yaml: which posts, and the pattern of their addresses."""

    pattern: str
    key: str = ""
    value: str = ""


def collections(source: Source, settings: Mapping[str, str]) -> tuple[Collection, ...]:
    """The site's collections in their order; the last takes what no other does."""
    for path in _ROUTES:
        if source.holds(path):
            routes = _dict(from_yaml(source.text(path), path)[0])
            found = [_collection(each) for each in _dict(routes.get("collections")).values()]
            if any(found):
                return tuple(each for each in found if each)
    return (Collection(pattern=settings.get("permalinks") or "/{slug}/"),)


def address(found: tuple[Collection, ...], fields: Mapping[str, str], tags: tuple[str, ...]) -> str:
    """The path of a post whose slugs, date and so on are `fields`, and whose tags are `tags`."""
    for collection in found:
        if _takes(collection, fields, tags):
            path = _FIELD.sub(
                lambda match: fields.get(match[1] or match[2], ""), collection.pattern
            )
            return re.sub(r"/{2,}", "/", f"/{path}/")
    return ""


def redirects(source: Source) -> tuple[dict[str, list[str]], list[Problem]]:
    """The paths that lead to each path, and what cannot be kept: patterns, other sites."""
    kept: dict[str, list[str]] = {}
    problems = []
    for path in _REDIRECTS:
        for old, new in _pairs(source, path) if source.holds(path) else ():
            plain = re.sub(r"/\?\$$|\$$|/\?$", "", old.removeprefix("^")).replace("\\/", "/")
            if not _PLAIN.fullmatch(plain) or "$" in new or host_of(new):
                message = f"the redirect from {old} to {new} cannot be kept"
                hint = "let the web server do it"
                problems.append(Problem(message, Location(path), hint, level="warning"))
            else:
                ends = "" if plain.endswith("/") or "." in plain.rpartition("/")[2] else "/"
                kept.setdefault(path_of(new).strip("/"), []).append(plain + ends)
    return kept, problems


def _pairs(source: Source, path: str) -> list[tuple[str, str]]:
    text = source.text(path)
    if path.endswith(".json"):
        try:
            rows = msgspec.json.decode(text, type=list[dict[str, Any]])
        except (msgspec.DecodeError, RecursionError):
            rows = []
            source.problems.append(Problem("this is no list of redirects", Location(path)))
        return [(str(row.get("from", "")), str(row.get("to", ""))) for row in rows]
    groups = _dict(from_yaml(text, path)[0]).values()
    return [(str(old), str(new)) for group in groups for old, new in _dict(group).items()]


def _collection(value: object) -> Collection | None:
    route = _dict(value)
    pattern = route.get("permalink")
    if not isinstance(pattern, str):
        return None
    match = _FILTER.fullmatch(str(route.get("filter") or ""))
    return Collection(
        pattern=pattern, key=match[1] if match else "", value=match[2] if match else ""
    )


def _takes(collection: Collection, fields: Mapping[str, str], tags: tuple[str, ...]) -> bool:
    if not collection.key:
        return True
    if collection.key == "featured":
        return fields["featured"] == collection.value
    return collection.value in (tags[:1] if collection.key == "primary_tag" else tags)


def _dict(value: object) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}
