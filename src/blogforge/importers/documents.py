"""An item -> the text of its file: front matter in house style, and its body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from blogforge.content.dates import PATTERN
from blogforge.textfile import ILLEGAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blogforge.images import Image
    from blogforge.importers.found import Item

_DATE = re.compile(PATTERN, re.ASCII)
# What strict YAML refuses in a file, or what nobody sees and no editor shows.
_UNSEEN = re.compile(ILLEGAL.pattern + "|[\x7f-\x9f\u2028\u2029\ufeff]")
_LONGEST_KEY = 100  # characters; YAML has another notation for long ones
_LIKE_NUMBER = re.compile(r"[-+.]?[0-9]|[-+]?\.[0-9]")


def document(item: Item, body: str, rest: Mapping[str, Any]) -> str:
    """The file of `item`: its fields, those of `rest` (aliases and the like), and `body`."""
    lines = [line for key, value in _fields(item, rest) for line in _lines(key, value)]
    front = "\n".join(lines)
    body = clean(body).strip("\n")
    return f"---\n{front}\n---\n\n{body}\n" if body.strip() else f"---\n{front}\n---\n"


def clean(text: str) -> str:
    """`text` without the characters that no feed may hold."""
    return _UNSEEN.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n\n"))


def one_line(text: str) -> str:
    """`text` on one line, with single spaces and nothing unseen."""
    return " ".join(clean(text).split())


def as_yaml(value: object) -> str:
    """`value` as one line of YAML that says the same to any reader."""
    dumped = yaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**9,
        default_flow_style=True,
    )
    return dumped.removesuffix("\n").removesuffix("\n...")


def _fields(item: Item, rest: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The keys of the front matter in their order; those without a value are left out."""
    post = item.kind == "post"
    values: dict[str, Any] = {
        "title": one_line(item.title),
        "date": item.date if post else "",
        "updated": item.updated,
        "dek": one_line(item.dek),
        "kicker": one_line(item.kicker) if post else "",
        "authors": [*item.authors] if post else [],
        "section": one_line(item.section) if post else "",
        "tags": list(dict.fromkeys(filter(None, map(one_line, item.tags)))) if post else [],
        "story": one_line(item.story) if post else "",
        "image": _image(item.image),
        "status": "" if item.status == "published" else item.status,
        "embargo": item.embargo if post else "",
        "expires": item.expires if post else "",
        "slug": "",
        "aliases": [],
        "canonical": item.canonical,
        "lang": item.language,
        "translation_of": "",
        "id": item.id if post else "",
        "corrections": [
            {"date": date, "text": one_line(text)} for date, text in item.corrections if post
        ],
        "sources": [*item.sources] if post else [],
        "key_points": [*map(one_line, item.key_points)] if post else [],
        "related": {"pin": [*item.pin]} if item.pin and post else {},
        "extra": item.extra,
    } | dict(rest)
    return ((key, value) for key, value in values.items() if value)


def _image(image: Image | None) -> dict[str, str] | str:
    if image is None or not image.src:
        return ""
    said = {
        "src": image.src,
        "alt": one_line(image.alt),
        "caption": one_line(image.caption),
        "credit": one_line(image.credit),
    }
    known = {key: value for key, value in said.items() if value}
    return image.src if len(known) == 1 else known


def _lines(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, str) and _DATE.fullmatch(value):
        yield f"{key}: {value}"  # plain, as our reader has it
    elif isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        yield from _list(key, value)
    elif isinstance(value, list | dict):
        yield f"{key}:"
        block = yaml.dump(
            plain(value),
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=10**9,
            default_flow_style=False,
        )
        yield from (f"  {line}" for line in block.rstrip("\n").split("\n"))
    else:
        yield f"{key}: {as_yaml(value)}"


def _list(key: str, entries: list[str]) -> Iterator[str]:
    """Short entries on one line, others one a line."""
    inline = as_yaml(entries)
    if len(inline) <= 80:
        yield f"{key}: {inline}"
    else:
        yield f"{key}:"
        yield from (f"  - {as_yaml(entry)}" for entry in entries)


def plain(value: Any, depth: int = 0) -> Any:
    """Free data as strict YAML has it: text keys, no dates, no more than 20 levels."""
    if depth > 20:
        return clean(str(value))
    if isinstance(value, dict):
        found: dict[str, Any] = {}
        for key, item in value.items():
            found[_free(one_line(str(key))[:_LONGEST_KEY], found)] = plain(item, depth + 1)
        return found
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return clean(str(value))


def _free(key: str, taken: dict[str, Any]) -> str:
    """A key that is there once, and says something."""
    key = key or "unnamed"
    return _free(f"{key}_", taken) if key in taken else key


class _Dumper(yaml.SafeDumper):
    """YAML without aliases, and with quotes around what looks like a number."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True

    def represent_text(self, data: str) -> yaml.ScalarNode:
        style = '"' if "\n" in data else "'" if _LIKE_NUMBER.match(data) else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(str, _Dumper.represent_text)
