"""A Hugo site -> what it holds, in the words of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from blogforge.errors import Location, Problem
from blogforge.importers.found import Found, LeftOut, Origin
from blogforge.importers.hugo.addresses import urlized
from blogforge.importers.hugo.config import CONFIGURATIONS, site_of
from blogforge.importers.hugo.content import content_of
from blogforge.importers.hugo.files import files_of
from blogforge.importers.hugo.inference import inferred
from blogforge.importers.hugo.items import Reading
from blogforge.importers.hugo.lists import Lists
from blogforge.importers.hugo.references import References
from blogforge.importers.terms import with_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blogforge.importers.found import Instructions, Item
    from blogforge.importers.hugo.config import HugoSite, Language
    from blogforge.importers.source import Source
    from blogforge.importers.terms import Kind


def read(source: Source, instructions: Instructions) -> Found:
    """All pages of a Hugo site, or of its content folder alone.

    Raises ContentError where its configuration cannot be read.
    """
    source = source.site(*CONFIGURATIONS, "content")
    site = site_of(source, instructions.url, instructions.language)
    content = content_of(source, site)
    site, pages, inferences = inferred(site, list(content.pages))
    content = replace(content, pages=tuple(pages))
    reading = Reading(source, site, content, References(content.pages), instructions.date)
    lists = Lists(site, content.pages, reading.containers)
    items: list[Item] = []
    left_out = list(content.left_out)
    for page in content.pages:
        if reason := lists.become(page) or reading.unpublished(page):
            what = "section page" if page.list else "page"
            left_out.append(LeftOut(origin=Origin(path=page.path), what=what, reason=reason))
        else:
            items.append(reading.item(page))
    return Found(
        counted=content.counted,
        items=tuple(items),
        people=lists.people,
        taxa=with_terms(lists.taxa, items, _lists(site)),
        files=files_of(source, site, content),
        left_out=tuple(left_out),
        settings=_settings(site, lists),
        problems=tuple(
            dict.fromkeys([*source.problems, *inferences, *reading.problems, *_doubtful(items)])
        ),
    )


def _lists(site: HugoSite) -> dict[Kind, Callable[[str], str]]:
    """Where the lists of each kind were: https://gohugo.io/content-management/taxonomies/."""

    def of(plural: str) -> Callable[[str], str]:
        return lambda name: f"{site.base}/{plural}/{urlized(name).lower()}/"

    return {"section": of("categories"), "tag": of("tags"), "story": of("series")}


def _doubtful(items: list[Item]) -> Iterator[Problem]:
    """What is told of bylines with a comma: each may be one author with a role, or several."""
    found = [(item, name) for item in items for name in item.authors if "," in name]
    names = len({name for _, name in found})
    if found:
        item, name = found[0]
        said = f"{names} bylines have commas, as" if names > 1 else "a byline has commas:"
        yield Problem(
            f"{said} '{name}'; each stays one name",
            Location(item.origin.path),
            "write several authors as a list, and what somebody is in authors.yaml",
            level="warning",
        )


def _settings(site: HugoSite, lists: Lists) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "title": site.title,
        "dek": site.default.dek,
        "url": site.url,
        "language": site.default.tag,
        "timezone": site.timezone or "UTC",
    }
    found = {key: value for key, value in settings.items() if value}
    if len(site.languages) > 1:
        found["languages"] = {each.tag: _branch(each, lists) for each in site.languages[1:]}
    return found


def _branch(language: Language, lists: Lists) -> dict[str, Any]:
    """What blogforge.yaml says of a further language."""
    told = {
        "title": language.title,
        "dek": language.dek,
        "sections": lists.names.get(language.tag, {}),
    }
    return {key: value for key, value in told.items() if value}
