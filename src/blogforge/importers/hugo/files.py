"""Pictures and other files of a Hugo site, with the addresses by which bodies name them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from blogforge.importers.found import File
from blogforge.importers.hugo.addresses import urlized
from blogforge.importers.theme import is_theme
from blogforge.importers.values import flag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.importers.hugo.config import HugoSite
    from blogforge.importers.hugo.content import Content, Page
    from blogforge.importers.source import Source

_FOLDERS = ("static", "assets")


def files_of(source: Source, site: HugoSite, content: Content) -> tuple[File, ...]:
    """The files that belong to no bundle: of static/ and assets/, and among the content."""
    bundles = {page.folder for page in content.pages if page.bundle}
    return (
        *_static(source, site),
        *(
            _among_content(source, site, path)
            for path in content.others
            if not _inside(path, bundles)
        ),
    )


def beside(
    source: Source, site: HugoSite, content: Content, page: Page, old: str
) -> tuple[File, ...]:
    """The files of a page's bundle; of one in several languages, only the first has them."""
    if not page.bundle or _owner(site, content, page) != page.path:
        return ()
    return tuple(
        File(
            name=(name := path[len(page.folder) :].lstrip("/")),
            addresses=(name, posixpath.join(old, name), path),
            content=source.path(path),
        )
        for path in content.others
        if path.startswith(f"{page.folder}/")
    )


def _owner(site: HugoSite, content: Content, page: Page) -> str:
    """The page of a bundle beside which its files lie: a published one, if there is any."""
    pages = [each for each in content.pages if each.bundle and each.folder == page.folder]

    def rank(each: Page) -> tuple[bool, int]:
        return flag(each.values.get("draft")), site.languages.index(each.language)

    return min(pages, key=rank).path


def _inside(path: str, folders: set[str]) -> bool:
    above = posixpath.dirname(path)
    while above:
        if above in folders:
            return True
        above = posixpath.dirname(above)
    return False


def _static(source: Source, site: HugoSite) -> Iterator[File]:
    for folder in _FOLDERS:
        if source.holds_folder(folder):
            for path in source.files(below=folder):
                name = path[len(folder) + 1 :]
                if not is_theme(name):
                    yield File(
                        name=name,
                        addresses=tuple(dict.fromkeys([f"{site.base}/{name}", f"/{name}", path])),
                        content=source.path(path),
                    )


def _among_content(source: Source, site: HugoSite, path: str) -> File:
    language = next(
        (
            each
            for each in sorted(site.languages, key=lambda one: -len(one.folder))
            if path.startswith(f"{each.folder}/") or not each.folder
        ),
        site.default,
    )
    name = path[len(language.folder) :].lstrip("/")
    public = "/".join(urlized(part).lower() for part in name.split("/"))
    return File(
        name=name,
        addresses=(f"{site.base}{language.prefix}/{public}", f"/{name}", path),
        content=source.path(path),
    )
