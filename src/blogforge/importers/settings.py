"""What a source says of its site -> blogforge.yaml, for a folder that has none."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import yaml

from blogforge.errors import Location, Problem
from blogforge.faults import language_fault, site_url_fault, timezone_fault, with_slash
from blogforge.importers.documents import one_line
from blogforge.importers.names import path_of
from blogforge.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.importers.found import Found, Instructions, Item

_PATTERNS = (
    "/{year}/{month}/{day}/{slug}/",
    "/{year}/{month}/{slug}/",
    "/{year}/{slug}/",
    "/{section}/{slug}/",
    "/{section}/{year}/{month}/{day}/{slug}/",
    "/{slug}/",
)
_FOLDER = re.compile(r"[a-z][a-z-]*")
_OTHER_LANGUAGE = 0.1  # the share of items from which a language gets a front page of its own


def configuration(found: Found, instructions: Instructions) -> tuple[str, list[Problem]]:
    """The text of blogforge.yaml, and what in the source could not be used for it."""
    problems: list[Problem] = []
    given = {key: value for key, value in found.settings.items() if value}
    url = _checked("url", instructions.url or given.get("url", ""), site_url_fault, problems)
    zone = instructions.timezone or given.get("timezone", "")
    language = instructions.language or given.get("language", "") or _most_common(found.items)
    values: dict[str, Any] = {
        "title": one_line(given.get("title", "")) or urlsplit(url).netloc or "Untitled",
        "url": with_slash(url) if url else "https://example.org/",
        "dek": one_line(given.get("dek", "")),
        "language": _checked("language", language, language_fault, problems) or "en",
        "timezone": _checked("timezone", zone, timezone_fault, problems) or "UTC",
    }
    values["permalink"] = given.get("permalink") or permalink(found.items, values["url"])
    if engine := given.get("markdown"):
        values["markdown"] = {"engine": engine}
    values["languages"] = given.get("languages") or _languages(found.items, values)
    values["sections"] = list(_sections(found))
    values["stories"] = [
        {"name": one_line(taxon.name), "dek": one_line(taxon.dek)}
        for taxon in found.taxa
        if taxon.kind == "story" and taxon.dek and slugify(taxon.name)
    ]
    values["menu"] = given.get("menu", [])
    kept = {key: value for key, value in values.items() if value}
    return as_yaml(kept), problems


def as_yaml(values: dict[str, Any]) -> str:
    """Settings as blogforge.yaml has them."""
    dumped: str = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10**9)
    return dumped


def permalink(items: tuple[Item, ...], url: str) -> str:
    """The pattern by which most posts keep the address that they had."""
    base = urlsplit(url).path
    counts: Counter[str] = Counter()
    for item in items:
        if item.kind == "post" and item.old and re.match(r"\d{4}-\d\d-\d\d", item.date):
            path = unquote(path_of(item.old))
            if path.startswith(base):
                counts.update(_matching(item, path.removeprefix(base.rstrip("/"))))
    return max(counts, key=lambda pattern: (counts[pattern], len(pattern)), default=_PATTERNS[0])


def _matching(item: Item, path: str) -> Iterator[str]:
    """The patterns that give a post its old path, with a folder in front where it has one."""
    year, month, day = item.date[:10].split("-")
    path = path.removesuffix("index.html").rstrip("/").removesuffix(".html")
    slug = path.rpartition("/")[2]
    if not slug:
        return
    fields = {"year": year, "month": month, "day": day, "slug": slug}
    section = slugify(one_line(item.section).casefold())
    first, _, rest = path.lstrip("/").partition("/")
    for pattern in _PATTERNS:
        if "{section}" in pattern and not section:
            continue
        filled = pattern.format(**fields, section=section)
        if filled.rstrip("/") == path:
            yield pattern
        elif filled.strip("/") == rest and first != section and _FOLDER.fullmatch(first):
            yield f"/{first}{pattern}"


def _sections(found: Found) -> Iterator[dict[str, str]]:
    """The sections that posts stand in, the fullest first, with what the source says of them."""
    deks = {taxon.name: taxon.dek for taxon in found.taxa if taxon.kind == "section"}
    used = Counter(item.section for item in found.items if slugify(item.section))
    seen: set[str] = set()
    for name, _ in used.most_common():
        key = slugify(one_line(name).casefold())
        if key not in seen:
            seen.add(key)
            dek = one_line(deks.get(name, ""))
            yield {"name": one_line(name)} | ({"dek": dek} if dek else {})


def _languages(items: tuple[Item, ...], values: dict[str, Any]) -> dict[str, dict[str, str]]:
    counts = Counter(item.language for item in items if item.language)
    main = values["language"].lower()
    return {
        tag: {"title": values["title"]}
        for tag, count in counts.most_common()
        if count >= _OTHER_LANGUAGE * len(items)
        and tag.lower().partition("-")[0] != main.partition("-")[0]
        and not language_fault(tag)
    }


def _most_common(items: tuple[Item, ...]) -> str:
    counts = Counter(item.language for item in items if item.language)
    return next((tag for tag, _ in counts.most_common(1)), "")


def _checked(name: str, value: str, fault_of: Any, problems: list[Problem]) -> str:
    fault = fault_of(value) if value else None
    if fault:
        message = f"the source's {name} {fault.message}; it was left out"
        where = Location("blogforge.yaml")
        problems.append(Problem(message, where, fault.hint, level="warning"))
        return ""
    return value
