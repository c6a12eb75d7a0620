"""The addresses that a site has already, which nothing that comes in may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.content.find import is_markdown
from blogforge.content.frontmatter import parse_post, parse_standalone
from blogforge.errors import ContentError
from blogforge.textfile import decode, read_bytes
from blogforge.urls import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.importers.home import Home


def standing(home: Home, files: Iterable[str]) -> Iterator[str]:
    """The places, old addresses among them, of what is in `files` of a site, by their paths.

    What its author has still to mend has none. Raises MachineError.
    """
    for path in files:
        if path.startswith("static/"):
            yield place_of(path.removeprefix("static"), "/")
        elif is_markdown(path):
            yield from _of_document(home, path)


def _of_document(home: Home, path: str) -> Iterator[str]:
    parse = parse_post if path.startswith("posts/") else parse_standalone
    try:
        text = decode(read_bytes(home.folder / path, path), path)
        _, document = parse(path, text, "", home.config)
    except ContentError:
        return
    for url in (document.url, *document.aliases):
        yield place_of(url, home.config.base_path)
