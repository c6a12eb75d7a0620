"""The body of a Ghost post: its HTML, or what that would have been made of."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from blogforge.importers.ghost import koenig, lexical, mobiledoc
from blogforge.importers.ghost.cards import Cards
from blogforge.importers.ghost.export import BodyError, Row, text

Form = Literal["html", "markdown"]


def body_of(post: Row) -> tuple[str, Form, list[str]]:
    """The body of a post, whether it is HTML or Markdown, and what was given up in it.

    The HTML is what readers saw, so it goes first; then Lexical, mobiledoc and the Markdown of
    Ghost's first years. Raises BodyError where one is there and cannot be read.
    """
    cards = Cards()
    if html := text(post, "html"):
        return koenig.html_of(html, cards), "html", cards.notes
    if written := text(post, "lexical"):
        root = _document(written, "lexical").get("root")
        return lexical.html_of(root if isinstance(root, dict) else {}, cards), "html", cards.notes
    if written := text(post, "mobiledoc"):
        return mobiledoc.html_of(_document(written, "mobiledoc"), cards), "html", cards.notes
    return text(post, "markdown"), "markdown", []


def _document(written: str, name: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(written)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BodyError(f"its {name} is no JSON: {error}") from error
    return found if isinstance(found, dict) else {}
