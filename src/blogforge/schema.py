"""JSON Schemas (draft 2020-12) of what authors write, for editors.

They accept what blogforge accepts: other spellings, text where a block has a short form, numbers
and truth values where a text is wanted (YAML's plain scalars), and keys without a value.
"""

from __future__ import annotations

from typing import Any

import msgspec

from blogforge.config import Config
from blogforge.content.authors import AuthorEntry
from blogforge.content.entities import Spellings
from blogforge.content.matter import PageMatter, PostMatter

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS = ["string", "number", "boolean"]


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas of the site's YAML files, and of the front matter of posts and pages."""
    return {
        "blogforge.yaml": _schema(Config),
        "authors.yaml": _schema(dict[str, AuthorEntry | None]),
        "entities.yaml": _as_text(_schema(dict[str, Spellings | None])),
        "front matter": _required(_schema(PostMatter), "PostMatter", "title"),
        "front matter of pages": _required(_schema(PageMatter), "PageMatter", "title"),
    }


def _schema(kind: Any) -> dict[str, Any]:
    (schema,), definitions = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    definitions = {name: _lenient(definition) for name, definition in definitions.items()}
    return {"$schema": _DIALECT, **schema, "$defs": definitions}


def _required(schema: dict[str, Any], definition: str, *names: str) -> dict[str, Any]:
    schema["$defs"][definition]["required"] = list(names)
    return schema


def _lenient(definition: dict[str, Any]) -> dict[str, Any]:
    """A block's schema, so that it takes plain scalars as text and optional keys as empty."""
    required = definition.get("required", ())
    properties = {
        name: _as_text(schema) if name in required else _or_empty(_as_text(schema))
        for name, schema in definition.get("properties", {}).items()
    }
    return {**definition, "properties": properties}


def _as_text(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_as_text(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: value if key == "default" else _as_text(value) for key, value in schema.items()}
    if inner.get("type") == "string" and "pattern" not in inner:
        inner["type"] = _SCALARS
    return inner


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    notes: dict[str, Any] = {
        key: schema[key] for key in ("description", "default") if key in schema
    }
    rest = {key: value for key, value in schema.items() if key not in notes}
    return {**notes, "anyOf": [rest, {"type": "null"}]}
