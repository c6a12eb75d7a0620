"""Values of other generators' front matter, whatever their form: text, lists, switches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ON = {"true", "yes", "on", "1", "y"}


def text(value: Any) -> str:
    """A value as one line; "" for nothing, lists and blocks."""
    if value is None or isinstance(value, list | dict):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())


def texts(value: Any, separator: str = "") -> tuple[str, ...]:
    """The texts of a list, or of one text parted by `separator`, each once, none empty."""
    if isinstance(value, list):
        found = [text(each) for each in value]
    else:
        whole = text(value)
        found = [part.strip() for part in whole.split(separator)] if separator else [whole]
    return tuple(dict.fromkeys(each for each in found if each))


def flag(value: Any, *, otherwise: bool = False) -> bool:
    """A switch, as YAML 1.1 spells it; `otherwise` where nothing is written."""
    return text(value).lower() in _ON if text(value) else otherwise


def block(value: Any) -> dict[str, Any]:
    """A block of keys; {} for anything else."""
    return value if isinstance(value, dict) else {}


def entries(value: Any) -> list[Any]:
    """The entries of a list; [] for anything else."""
    return value if isinstance(value, list) else []


def lowered(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` with keys in lower case, as generators look them up that do not tell case."""
    return {str(key).lower(): value for key, value in values.items()}


def first(values: Mapping[str, Any], names: Iterable[str]) -> tuple[str, str]:
    """The name and text of the first of `names` that says anything; ("", "") for none."""
    for name in names:
        if found := text(values.get(name)):
            return name, found
    return "", ""


def bylines(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The authors that front matter names, each once, by id or name; a text is one of them."""
    found = []
    for key in ("authors", "author"):
        value = values.get(key)
        for each in value if isinstance(value, list) else [value]:
            found.append(text(each.get("name")) if isinstance(each, dict) else text(each))
    return tuple(dict.fromkeys(filter(None, found)))


def without(values: Mapping[str, Any], used: Iterable[str]) -> dict[str, Any]:
    """What is left of `values` for `extra`: no key of `used`, in any case, and nothing empty."""
    gone = {name.lower() for name in used}
    empty: tuple[Any, ...] = (None, "", [], {})
    return {
        key: value
        for key, value in values.items()
        if key.lower() not in gone and value not in empty
    }
