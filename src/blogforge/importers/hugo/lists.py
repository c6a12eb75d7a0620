"""Hugo's `_index` files: what they say of sections, tags, stories and authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.importers.found import Person, Taxon
from blogforge.importers.hugo.addresses import address, aliases
from blogforge.importers.hugo.content import taxonomy_of
from blogforge.importers.values import block, lowered, text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from blogforge.importers.hugo.config import HugoSite
    from blogforge.importers.hugo.content import Page

_CONTAINERS = {"post", "posts", "blog", "article", "articles", "blogs", "entries", "stories"}
_SHORT = 400  # characters of a body that is a list's dek


class Lists:
    """What list pages tell of people and taxa: it grows as they are read.

    `containers`: folders that are no section. `names`: what each is called in further languages.
    """

    def __init__(self, site: HugoSite, pages: Iterable[Page], containers: Collection[str]) -> None:
        self.site = site
        self.containers = containers
        self.titles = {
            page.logical: text(page.values.get("title"))
            for page in pages
            if page.list and page.language == site.default
        }
        self.people: tuple[Person, ...] = ()
        self.taxa: tuple[Taxon, ...] = ()
        self.names: dict[str, dict[str, dict[str, str]]] = {}

    def become(self, page: Page) -> str:
        """What became of a list page, as the reason why it is no page of ours; "" for others."""
        if not page.list:
            return ""
        title = text(page.values.get("title"))
        kind, term = taxonomy_of(page, self.site)
        if kind == "person" and term:
            self.people += (_person(page, term),)
            return f"its words stand in authors.yaml, at {term}"
        body = page.body.strip()
        if body and (len(body) > _SHORT or "\n\n" in body or not page.logical):
            return ""
        if not page.logical or page.logical in self.containers:
            return "blogforge makes the front page and the archive, which list all posts"
        dek = text(page.values.get("description") or page.values.get("summary")) or body
        return self._taxon(page, kind or "section", title, " ".join(dek.split()))

    def _taxon(self, page: Page, kind: str, title: str, dek: str) -> str:
        name = title or page.logical.rpartition("/")[2]
        if page.language != self.site.default:
            original = self.titles.get(page.logical) or name
            told = {"name": name, "dek": dek}
            of_language = self.names.setdefault(page.language.tag, {})
            of_language[original] = {key: value for key, value in told.items() if value}
            return f"its title and dek are those of '{original}' in {page.language.tag}"
        old = address(page, self.site, "")
        self.taxa += (
            Taxon(
                kind="tag" if kind == "tag" else "story" if kind == "story" else "section",
                name=name,
                dek=dek,
                addresses=(old, *aliases(page, self.site, old)),
            ),
        )
        return f"its title and dek are those of '{name}', whose list blogforge makes"


def _person(page: Page, term: str) -> Person:
    values = page.values
    parameters = lowered(block(values.get("params")))
    told = {**parameters, **values}
    links = tuple(
        (name, text(told[name]))
        for name in ("website", "url", "linkedin", "mastodon", "github")
        if text(told.get(name)).startswith(("http://", "https://"))
    )
    return Person(
        id=term,
        name=text(values.get("title")) or text(values.get("name")) or term,
        bio=" ".join(page.body.split()) or text(told.get("bio")) or text(told.get("description")),
        handle=text(told.get("twitter")),
        links=links,
    )


def containers(posts: Iterable[Page]) -> set[str]:
    """The folders that are no section: `posts` and the like, and those in which all posts lie."""
    folders = [page.logical.split("/")[:-1] for page in posts]
    paths = {"/".join(parts[: n + 1]) for parts in folders for n in range(len(parts))}
    common = "/".join(_common(folders))
    return {
        path
        for path in paths
        if path.rpartition("/")[2].lower() in _CONTAINERS or f"{common}/".startswith(f"{path}/")
    }


def _common(folders: list[list[str]]) -> list[str]:
    """The folders in which all of them lie."""
    common: list[str] = []
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return common
