"""The pages that a publication has, from the plan of the sample one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from blogforge.edition import prepare
from blogforge.options import Options
from docs.making.assemble import REPOSITORY
from docs.making.templates import MOMENT
from docs.making.words import GENERATED, code, described, page, table

_DIGEST = re.compile(r"(?<=[./])[0-9a-f]{8,}(?=\.)")
_FOR_PROGRAMMERS = re.compile(r"; the page's subject .*|\. Raises .*")

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.model import Page


def pages() -> str:
    """What a publication consists of."""
    edition = prepare(REPOSITORY, Options(now=MOMENT))
    return page(
        "Pages and feeds",
        "What a publication consists of, and what makes it: pages by templates, everything else by "
        "functions.",
        GENERATED,
        "The addresses are those of the sample publication of this repository. [Feeds, and what "
        "machines are told](../feeds.md) says what stands in them.",
        "## Pages, by template",
        table(("kind", "template", "for example"), _by_template(edition.pages)),
        "## Feeds and files, by function",
        table(("for example", "is"), _by_function(edition.pages)),
    )


def _by_template(planned: Iterable[Page]) -> Iterator[tuple[str, str, str]]:
    found: dict[tuple[str, str], list[Page]] = {}
    for each in planned:
        if isinstance(each.render, str) and not each.branch:
            found.setdefault((each.kind, each.render), []).append(each)
    for (kind, template), alike in sorted(found.items()):
        yield code(kind), code(template), _example(alike)


def _by_function(planned: Iterable[Page]) -> Iterator[tuple[str, str]]:
    found: dict[tuple[str, str], list[Page]] = {}
    for each in planned:
        if not isinstance(each.render, str) and not each.branch:
            words = _FOR_PROGRAMMERS.sub(".", described(each.render).partition("\n\n")[0])
            folder = each.path.partition("/")[0] if "/" in each.path else ""
            key = words, folder if words.startswith(("A file", "A rendition")) else ""
            found.setdefault(key, []).append(each)
    yield from sorted((_example(alike), words) for (words, _), alike in found.items())


def _example(alike: list[Page]) -> str:
    shortest = min(alike, key=lambda each: (len(each.url), each.url))
    return code(_DIGEST.sub("…", shortest.url))
