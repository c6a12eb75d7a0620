"""Types and Markdown in words: what all pages of the reference have in common."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

from msgspec import inspect as types

from blogforge.content.matter import DATE_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PATTERNS = {DATE_PATTERN: "date", "^https?://": "URL"}
GENERATED = (
    "<!-- Made from the code by `python -m docs.making reference`: write there, not here. -->"
)
_NAMES: dict[type, str] = {
    types.StrType: "text",
    types.BoolType: "true or false",
    types.DateTimeType: "a moment",
    types.AnyType: "anything",
    types.NoneType: "nothing",
}


def page(title: str, dek: str, *parts: str) -> str:
    """A page of the reference."""
    return (
        "\n\n".join((f"# {title}", dek, *(part.strip() for part in parts if part.strip()))) + "\n"
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing where it has no rows."""
    lines = [_row(cells) for cells in rows]
    if not lines:
        return ""
    return "\n".join((_row(heads), "|" + "---|" * len(heads), *lines))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


def code(text: object) -> str:
    """`text` as code."""
    return f"`{text}`"


def described(kind: type | Any) -> str:
    """A docstring as Markdown, without its indents and what it says of types of parameters."""
    return (
        inspect.cleandoc(kind.__doc__ or "")
        .replace("\n\n", "\0")
        .replace("\n", " ")
        .replace("\0", "\n\n")
    )


def anchor(heading: str) -> str:
    """A heading's anchor, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def type_in_words(kind: types.Type, blocks: dict[type, str] | None = None) -> str:
    """What a value of that type is; `blocks`: the headings under which structs are described."""
    blocks = blocks or {}
    match kind:
        case types.Metadata(type=inner, extra_json_schema=schema):
            known = _PATTERNS.get((schema or {}).get("pattern", ""))
            return known or type_in_words(inner, blocks)
        case types.LiteralType(values=values):
            return " or ".join(map(code, values))
        case types.UnionType(types=members):
            words = [type_in_words(m, blocks) for m in members if not isinstance(m, types.NoneType)]
            return " or ".join(dict.fromkeys(words))
        case types.VarTupleType(item_type=item) | types.ListType(item_type=item):
            return f"list of {type_in_words(item, blocks)}"
        case types.DictType(value_type=value):
            return f"block of names, each with {type_in_words(value, blocks)}"
        case types.StructType(cls=cls):
            return f"[block](#{anchor(blocks[cls])})" if cls in blocks else "block"
        case types.IntType() | types.FloatType():
            return _number(kind)
    return _NAMES.get(type(kind), type(kind).__name__)


def _number(kind: types.IntType | types.FloatType) -> str:
    word = "whole number" if isinstance(kind, types.IntType) else "number"
    bounds = [
        f"{sign} {bound:g}"
        for sign, bound in (("≥", kind.ge), (">", kind.gt), ("≤", kind.le), ("<", kind.lt))
        if bound is not None
    ]
    return f"{word} {', '.join(bounds)}".strip()
