"""What a Pelican site's `pelicanconf.py` says, read and never run.

https://docs.getpelican.com/en/latest/settings.html has the settings and their defaults.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from msgspec import field

from blogforge.errors import Location, Problem
from blogforge.importers.moments import zone
from blogforge.importers.names import path_of, web_address
from blogforge.importers.values import block, text, texts
from blogforge.value import Value

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from blogforge.importers.source import Source

CONFIGURATIONS = ("pelicanconf.py", "publishconf.py")  # the latter says what the public site has
_DEFAULTS: dict[str, Any] = {
    "PATH": "content",
    "PAGE_PATHS": ["pages"],
    "ARTICLE_PATHS": [""],
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
    "CATEGORY_URL": "category/{slug}.html",
    "TAG_URL": "tag/{slug}.html",
    "AUTHOR_URL": "author/{slug}.html",
    "DEFAULT_LANG": "en",
    "DEFAULT_CATEGORY": "misc",
    "USE_FOLDER_AS_CATEGORY": True,
    "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
    "SLUGIFY_SOURCE": "title",
}


class PelicanSite(Value, frozen=True, kw_only=True):
    """The settings that matter for an import.

    `values`: all that are plain. `content`: the folder of articles and pages; `base`: the site's
    path on its host.
    """

    values: dict[str, Any] = field(default_factory=dict)
    content: str = ""
    url: str = ""
    base: str = ""
    language: str = "en"

    def text(self, name: str) -> str:
        """A setting as text."""
        return text(self.values.get(name))

    def folders(self, name: str) -> tuple[str, ...]:
        """A setting that names folders below the content, without slashes at their ends."""
        value = self.values.get(name)
        listed = list(value) if isinstance(value, list | tuple) else [value]
        return tuple(text(each).strip("/") for each in listed if each is not None)

    @property
    def zone(self) -> ZoneInfo | None:
        """In which a time is that names no zone; None where nobody knows."""
        return zone(self.text("TIMEZONE"))

    def of_name(self, stem: str) -> dict[str, str]:
        """The metadata in a file's name, by FILENAME_METADATA."""
        try:
            match = re.match(self.text("FILENAME_METADATA"), stem)
        except (re.error, RecursionError):
            return {}
        return {
            key.lower(): value or "" for key, value in (match.groupdict() if match else {}).items()
        }


def site_of(source: Source, url: str, language: str) -> PelicanSite:
    """The site's settings; `url` and `language` where it does not say them."""
    values = dict(_DEFAULTS)
    for name in CONFIGURATIONS:
        if source.holds(name):
            values |= _assigned(source, name)
    folder = text(values["PATH"]).removeprefix("./").strip("/")
    address = text(values.get("SITEURL")) or url
    return PelicanSite(
        values=values,
        content=folder if source.holds_folder(folder) else "",
        url=web_address(address, url),
        base=path_of(address).rstrip("/"),
        language=language or text(values["DEFAULT_LANG"]),
    )


def _assigned(source: Source, name: str) -> dict[str, Any]:
    """The settings of a file that are plain values; of others, which they are is a problem."""
    try:
        module = ast.parse(source.text(name))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        message = f"this is no Python, so its settings are unknown: {error}"
        source.problems.append(Problem(message, Location(name)))
        return {}
    found: dict[str, Any] = {}
    for statement in module.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            setting = statement.targets[0].id
            try:
                found[setting] = ast.literal_eval(statement.value)
            except (ValueError, TypeError, RecursionError, MemoryError):
                if setting in _DEFAULTS or setting in {"SITEURL", "TIMEZONE"}:
                    message = f"{setting} is computed, and blogforge runs no code; taken as unset"
                    source.problems.append(Problem(message, Location(name, statement.lineno)))
    return found


def metadata(site: PelicanSite) -> dict[str, str]:
    """DEFAULT_METADATA, keys in lower case."""
    given = site.values.get("DEFAULT_METADATA")
    return {str(key).lower(): ", ".join(texts(value)) for key, value in block(given).items()}
