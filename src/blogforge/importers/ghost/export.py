"""A Ghost export as it is written: tables of rows, put together by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from blogforge.errors import ConfigError, ContentError, Location

if TYPE_CHECKING:
    from blogforge.importers.source import Source

Row = dict[str, Any]
PLACEHOLDER = b"__GHOST_URL__"


class BodyError(ValueError):
    """Why the text of a post cannot be read."""


class Export:
    """The tables of one export. `path` is its file in the source."""

    def __init__(self, path: str, tables: dict[str, Any]) -> None:
        self.path = path
        self._tables = tables

    def rows(self, table: str) -> list[Row]:
        """The rows of a table; none where the export does not have it."""
        rows = self._tables.get(table)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def by_id(self, table: str, key: str = "id") -> dict[str, Row]:
        """The rows of a table by the value of `key`."""
        return {text(row, key): row for row in self.rows(table)}

    def joined(self, table: str, other: str, key: str) -> dict[str, list[Row]]:
        """The rows of `other` of each post, in the order that `table` gives them."""
        rows = self.by_id(other)
        found: dict[str, list[Row]] = {}
        for pair in sorted(self.rows(table), key=lambda row: int(row.get("sort_order") or 0)):
            if row := rows.get(text(pair, key)):
                found.setdefault(text(pair, "post_id"), []).append(row)
        return found

    def settings(self) -> dict[str, str]:
        """The site's settings by name."""
        return {text(row, "key"): text(row, "value") for row in self.rows("settings")}


def text(row: Row, key: str) -> str:
    """A value as text; "" for what is not there, or is no single value."""
    value = row.get(key)
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def exports(source: Source, url: str) -> list[Export]:
    """The exports in `source`; Ghost's word for the site's address is replaced by `url`.

    Raises ConfigError where there is none, ContentError for a file that is no JSON.
    """
    found = []
    for path in source.files(".json"):
        tables = _tables(source.read(path), path, url, sole=bool(source.only))
        if tables is not None:
            found.append(Export(path, tables))
    if not found:
        raise ConfigError.of(
            f"there is no export of Ghost in '{source.name}'",
            hint="in Ghost, choose Settings, Migration tools, Export",
        )
    return found


def _tables(data: bytes, path: str, url: str, *, sole: bool) -> dict[str, Any] | None:
    """The tables in a file; None where it is something else, such as redirects.json."""
    try:
        document = msgspec.json.decode(data.replace(PLACEHOLDER, url.encode()))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if not sole and b'"posts"' not in data:
            return None
        message = f"this is no JSON: {error}"
        raise ContentError.of(message, Location(path), "export it again") from error
    if isinstance(document, dict) and isinstance(document.get("db"), list) and document["db"]:
        document = document["db"][0]
    tables = document.get("data", document) if isinstance(document, dict) else None
    return tables if isinstance(tables, dict) and isinstance(tables.get("posts"), list) else None
