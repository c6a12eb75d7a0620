"""How commands print what several of them print."""

from __future__ import annotations

import msgspec


def counted(number: int, noun: str) -> str:
    """1, "post" -> "1 post"; 2 -> "2 posts"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def to_json(value: object) -> str:
    """A value as JSON that people can read, too."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
