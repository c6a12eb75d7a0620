"""Why nothing was fetched."""

from __future__ import annotations

from typing import Literal

# refused: by us, for where it leads; broken: what came is no answer of HTTP.
Kind = Literal[
    "refused",
    "unknown-host",
    "unreachable",
    "tls",
    "timeout",
    "too-large",
    "redirects",
    "broken",
]


class Unfetched(Exception):  # noqa: N818  (named for what happened)
    """An address gave no answer, or none that we take: of what kind, and why, in words."""

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
