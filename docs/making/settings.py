"""What authors write in YAML, from the types that read it: one section a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from msgspec import NODEFAULT
from msgspec import inspect as types

from blogforge.config import Config
from blogforge.content.authors import AuthorEntry
from blogforge.content.matter import PageMatter, PostMatter
from docs.making.words import GENERATED, code, described, page, table, type_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msgspec import Struct


def settings() -> str:
    """blogforge.yaml."""
    return page(
        "Settings: blogforge.yaml",
        "Every key of `blogforge.yaml`, its type, and what holds unless it is given.",
        GENERATED,
        "Only what is marked as required must be there. [The site's folder and its settings]"
        "(../configuration.md) explains them in their context; `blogforge schema blogforge.yaml` "
        "prints the same as JSON Schema, for editors that complete and check while you type.",
        *_blocks(Config),
    )


def front_matter() -> str:
    """Front matter of posts and pages."""
    shared = {field.name for field in _struct(PageMatter).fields}
    return page(
        "Front matter",
        "Every key of the front matter of posts and pages, with its type.",
        GENERATED,
        "[Writing posts](../writing.md) shows them at work. In posts a `title` is required, and a "
        "date, which may stand in the file's name; in pages only the title.",
        "## Posts and pages",
        _fields(_struct(PageMatter), _headings(PostMatter), defaults=False),
        "## Posts only",
        _fields(_struct(PostMatter), _headings(PostMatter), defaults=False, but=shared),
        *_below(PostMatter, defaults=False),
    )


def authors() -> str:
    """authors.yaml and entities.yaml."""
    return page(
        "Authors and entities: authors.yaml, entities.yaml",
        "Who writes, under the id that posts name; and names that are spelled in several ways.",
        GENERATED,
        "## authors.yaml",
        "A block for each author under an id, which posts name (`authors: [ines]`):",
        _fields(_struct(AuthorEntry), _headings(AuthorEntry), defaults=False),
        *_below(AuthorEntry, defaults=False),
        "## entities.yaml",
        "A list of other spellings under each name: `Muammar Qaddafi: [Gaddafi, Qadhafi]`. "
        "[Names with several spellings](../writing.md#names-with-several-spellings) says what "
        "counts as one.",
    )


def fields_without_words() -> Iterator[str]:
    """The settings and keys of which no description says what they are."""
    for kind in (Config, PostMatter, AuthorEntry):
        for struct in (kind, *_headings(kind)):
            for field in _struct(struct).fields:
                if not _meaning(field):
                    yield f"{struct.__name__}.{field.name}"


# ---------------------------------------------------------------- a block


def _blocks(kind: type[Struct]) -> Iterator[str]:
    yield "## Top level"
    yield _fields(_struct(kind), _headings(kind))
    yield from _below(kind)


def _below(kind: type[Struct], *, defaults: bool = True) -> Iterator[str]:
    headings = _headings(kind)
    for struct, heading in headings.items():
        yield f"## {heading}"
        yield described(struct)
        yield _fields(_struct(struct), headings, defaults=defaults)


def _headings(kind: type[Struct]) -> dict[type[Struct], str]:
    """The blocks within `kind`, each with the place where it is described: the highest it has."""
    places = sorted(_nested(kind, ""), key=lambda found: found[1].count("."))
    highest: dict[type[Struct], str] = {}
    for struct, place in places:
        highest.setdefault(struct, place)
    return {
        struct: highest[struct] for struct, place in _nested(kind, "") if place == highest[struct]
    }


def _nested(kind: type[Struct], below: str) -> Iterator[tuple[type[Struct], str]]:
    """The blocks within a block, each with its place: `theme.logo`."""
    for field in _struct(kind).fields:
        place = f"{below}.{field.name}".lstrip(".")
        for struct, step in _structs(field.type):
            yield struct, place + step
            yield from _nested(struct, place + step)


def _structs(kind: types.Type, step: str = "") -> Iterator[tuple[type[Struct], str]]:
    match kind:
        case types.Metadata(type=inner):
            yield from _structs(inner, step)
        case types.StructType(cls=cls):
            yield cls, step
        case types.VarTupleType(item_type=item):
            yield from _structs(item, step + "[]")
        case types.DictType(value_type=value):
            yield from _structs(value, step + ".NAME")
        case types.UnionType(types=members):
            for member in members:
                yield from _structs(member, step)


def _struct(kind: type[Struct]) -> types.StructType:
    found = types.type_info(kind)
    assert isinstance(found, types.StructType)
    return found


def _fields(
    struct: types.StructType,
    headings: dict[type[Struct], str],
    *,
    defaults: bool = True,
    but: set[str] | None = None,
) -> str:
    heads = ("key", "value", *(("unless given",) if defaults else ()), "means")
    rows = [
        (
            code(field.encode_name),
            type_in_words(field.type, dict(headings)),
            *((_default(field),) if defaults else ()),
            _meaning(field),
        )
        for field in struct.fields
        if field.name not in (but or ())
    ]
    return table(heads, rows)


def _default(field: types.Field) -> str:
    if field.required:
        return "required"
    value = field.default
    if (
        value is NODEFAULT
        or value in (None, "", ())
        or not isinstance(value, (str, int, float, tuple))
    ):
        return ""
    plain: Any = list(value) if isinstance(value, tuple) else value
    if isinstance(plain, float) and plain.is_integer():
        plain = int(plain)
    return code(yaml.safe_dump(plain, default_flow_style=True, width=10**6).split("\n")[0])


def _meaning(field: types.Field) -> str:
    """What a field's description says, or the block that it is."""
    kind = field.type
    if isinstance(kind, types.Metadata) and (schema := kind.extra_json_schema or {}).get(
        "description"
    ):
        return str(schema["description"]).replace("<", "\\<")
    for struct, _ in _structs(kind):
        _, _, words = described(struct).partition("\n\n")[0].partition(" ")
        return words[:1].upper() + words[1:]
    return ""
