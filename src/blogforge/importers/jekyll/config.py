"""What a Jekyll site's `_config.yml` says: https://jekyllrb.com/docs/configuration/."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from msgspec import field

from blogforge.importers import matter
from blogforge.importers.moments import zone
from blogforge.importers.names import web_address
from blogforge.importers.values import block, entries, flag, text, texts
from blogforge.value import Value

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from blogforge.importers.source import Source

CONFIGURATIONS = ("_config.yml", "_config.yaml", "_config.toml")
# https://jekyllrb.com/docs/permalinks/#built-in-formats
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


class Collection(Value, frozen=True, kw_only=True):
    """A collection: `folder` has its documents, which are pages if it has `output`."""

    name: str
    folder: str
    output: bool = False
    permalink: str = ""


class JekyllSite(Value, frozen=True, kw_only=True):
    """The settings that matter for an import. `base`: the site's path on its host."""

    values: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    base: str = ""
    language: str = "en"
    permalink: str = _STYLES["date"]
    pages_end_in_slash: bool = False
    collections: tuple[Collection, ...] = ()
    break_at: str = ""

    @property
    def zone(self) -> ZoneInfo | None:
        """In which a time is that names no zone; None where nobody knows."""
        return zone(text(self.values.get("timezone")))

    def defaults(self, path: str, kind: str) -> dict[str, Any]:
        """The front matter that the site gives a document of `kind` ("posts", "pages"…)."""
        found: list[tuple[int, int, dict[str, Any]]] = []
        for each in entries(self.values.get("defaults")):
            scope = block(block(each).get("scope"))
            below, of_kind = text(scope.get("path")).strip("/"), text(scope.get("type"))
            inside = not below or f"{path}/".startswith(f"{below}/") or fnmatchcase(path, below)
            if inside and of_kind in {"", kind, kind.rstrip("s")}:
                found.append((len(below), bool(of_kind), block(block(each).get("values"))))
        merged: dict[str, Any] = {}
        for _, _, values in sorted(found, key=lambda one: one[:2]):
            merged |= values
        return merged

    def excluded(self, path: str) -> bool:
        """Whether Jekyll leaves the file alone."""
        names = texts(self.values.get("exclude")) + _EXCLUDED
        return any(
            f"{path}/".startswith(f"{name.strip('/')}/") or fnmatchcase(path, name)
            for name in names
        )


# Jekyll's own, and what lies in repositories beside a site.
_EXCLUDED = (
    *("Gemfile", "Gemfile.lock", "node_modules", "vendor", "_site", "*.gemspec", "Rakefile"),
    *("package.json", "package-lock.json", "yarn.lock", "Makefile", "Dockerfile", "CNAME"),
    *("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt", "CONTRIBUTING.md", "CHANGELOG.md"),
)


def site_of(source: Source, url: str, language: str) -> JekyllSite:
    """The site's settings; `url` and `language` where it does not say them.

    Raises ContentError for a `_config.yml` that cannot be read.
    """
    values: dict[str, Any] = {}
    for name in CONFIGURATIONS:
        if source.holds(name):
            content = source.text(name)
            toml = name.endswith(".toml")
            values = (
                matter.from_toml(content, name)
                if toml
                else block(matter.from_yaml(content, name)[0])
            )
            break
    permalink = text(values.get("permalink")) or "date"
    pattern = _STYLES.get(permalink, permalink)
    locale = text(values.get("lang")) or text(values.get("locale"))
    return JekyllSite(
        values=values,
        url=web_address(text(values.get("url")), url),
        base=("/" + text(values.get("baseurl")).strip("/")).rstrip("/"),
        language=language or locale.replace("_", "-").partition("-")[0].lower() or "en",
        permalink=pattern,
        pages_end_in_slash=pattern.endswith("/") or permalink == "pretty",
        collections=_collections(values, pattern),
        break_at=text(values.get("excerpt_separator")),
    )


def _collections(values: dict[str, Any], pattern: str) -> tuple[Collection, ...]:
    above = text(values.get("collections_dir")).strip("/")
    written = values.get("collections")
    named = {name: {} for name in texts(written)} if isinstance(written, list) else block(written)
    end = "/" if pattern.endswith("/") else ":output_ext"
    return tuple(
        Collection(
            name=name,
            folder=f"{above}/_{name}".lstrip("/"),
            output=flag(block(said).get("output")),
            permalink=text(block(said).get("permalink")) or f"/:collection/:path{end}",
        )
        for name, said in named.items()
        if name not in {"posts", "drafts"}
    )
