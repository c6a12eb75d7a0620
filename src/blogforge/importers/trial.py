"""Documents tried before they are written: nothing that is imported stops a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.content.frontmatter import parse_post, parse_standalone
from blogforge.content.markdown import render
from blogforge.errors import ContentError
from blogforge.model import Source, Standalone, Targets

if TYPE_CHECKING:
    from blogforge.config import Config
    from blogforge.errors import Problem

_NOWHERE = Targets(urls={})


def unreadable(path: str, text: str, config: Config) -> str:
    """Why a document cannot be read as it would be written, or ""."""
    parse = parse_post if path.startswith("posts/") else parse_standalone
    try:
        parse(path, text, "", config)
    except ContentError as error:
        return "; ".join(problem.message for problem in error.problems)
    return ""


def stopping(body: str, config: Config) -> Problem | None:
    """What in a Markdown body would stop a build, at its line of the body, or None."""
    source = Source(path="posts/trial.md", digest="", body=body)
    document = Standalone(
        path=source.path, digest="", url="/trial/", slug="trial", title="Trial", lang="en"
    )
    try:
        render(source, document, _NOWHERE, config)
    except ContentError as error:
        return next(each for each in error.problems if each.level == "error")
    return None
