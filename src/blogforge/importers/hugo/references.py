"""What `ref` and `relref` mean: https://gohugo.io/methods/page/ref/."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from blogforge.importers.found import link_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.importers.hugo.content import Page

_END = re.compile(r"(?:/?_?index)?(?:\.[a-z]{2,3}(?:-\w+)?)?\.(?:md|markdown|html|htm)$", re.I)


class References:
    """The pages by the names under which other pages know them."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.by_path: dict[tuple[str, str], Page] = {}
        self.by_name: dict[tuple[str, str], list[Page]] = defaultdict(list)
        for page in pages:
            key = _key(page.logical)
            self.by_path.setdefault((page.language.tag, key), page)
            self.by_name[page.language.tag, key.rpartition("/")[2]].append(page)

    def destination(self, reference: str, page: Page, language: str) -> str:
        """Where `reference`, written in `page`, leads; "" where to nothing or to several."""
        path, _, fragment = reference.partition("#")
        anchor = f"#{fragment}" if fragment else ""
        if not path:
            return anchor
        found = self.found(path, page, language)
        return link_to(found.path) + anchor if found else ""

    def found(self, path: str, page: Page, language: str) -> Page | None:
        """The page that `path` means: from the top, else beside `page`, else the one so named."""
        name = _key(_END.sub("", path.replace("\\", "/")))
        beside = page.logical if page.list or page.bundle else posixpath.dirname(page.logical)
        near = posixpath.normpath(posixpath.join(_key(beside), name)).strip("/.")
        places = [name.strip("/")] if path.startswith("/") else [near, name.strip("/")]
        for place in places:
            if result := self.by_path.get((language, place)):
                return result
        named = self.by_name.get((language, name.rpartition("/")[2]), [])
        return named[0] if len(named) == 1 and "/" not in name.strip("/") else None


def _key(logical: str) -> str:
    return logical.lower()
