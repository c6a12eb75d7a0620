"""The base of every frozen value."""

from __future__ import annotations

from msgspec import Struct


class Value(Struct, frozen=True, kw_only=True):
    """The base of the model: immutable, slotted, compared by content."""
