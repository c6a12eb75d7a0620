"""What no template does unnoticed: to name what is not there, and to print what is no text."""

from __future__ import annotations

from jinja2 import StrictUndefined
from jinja2.environment import TemplateModule
from msgspec import Struct

from blogforge.config import Config
from blogforge.pages.views import ConfigView
from blogforge.validation import did_you_mean

NO_MACRO = "has no macro"


class Strict(StrictUndefined):
    """What a template named and nobody knows; an error wherever it is used, in theme words."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, str(self._undefined_name)
        if isinstance(owner, TemplateModule):  # whose `__name__` is the template's
            return f"templates/{owner.__name__} {NO_MACRO} '{name}'"
        if self._undefined_hint or not isinstance(owner, Struct | ConfigView | dict):
            return super()._undefined_message
        hint = did_you_mean(name, _names(owner))
        return f"{_word(owner)} has no '{name}'" + (f": {hint}" if hint else "")


def _names(owner: Struct | ConfigView | dict[object, object]) -> tuple[str, ...]:
    if isinstance(owner, dict):
        return tuple(map(str, owner))
    return Config.__struct_fields__ if isinstance(owner, ConfigView) else owner.__struct_fields__


def _word(owner: object) -> str:
    """What the manual calls a value: article, card, config, paging."""
    if isinstance(owner, dict):
        return "this mapping"
    return f"the {type(owner).__name__.removesuffix('View').lower()}"


def printable(value: object) -> object:
    """What `{{ value }}` prints: text and numbers. Everything else raises TypeError.

    It would be Python's words for the value, and those may hold a memory address, so that no two
    builds agree.
    """
    kind = type(value)
    if kind.__str__ is not object.__str__ or isinstance(value, int | float):
        return value
    if hasattr(kind, "__html__"):
        return value
    if value is None:
        raise TypeError("this is none and cannot be printed: ask first, by {% if … %}")
    if callable(value):
        raise TypeError("this is a function and cannot be printed: call it, with (…) after it")
    raise TypeError(
        f"this is a {kind.__name__} and cannot be printed: name one of its fields, "
        "or go through it by {% for … %}"
    )
