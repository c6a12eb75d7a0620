"""Pelican's links by file: https://docs.getpelican.com/en/latest/content.html#linking-to-internal-content."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from blogforge.importers.found import link_to
from blogforge.importers.pelican.addresses import filled, rooted, slugified
from blogforge.importers.prose import outside_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from blogforge.importers.marks import Marks
    from blogforge.importers.pelican.config import PelicanSite

_WHAT = r"(?:%7B|[{|])(?P<what>filename|static|attach|category|tag|author|index)(?:%7D|[}|])"
# Where a destination ends is known by how it begins: `<…>`, `(… "title")`, a quote, or a space.
_IN_MARKDOWN = re.compile(
    rf"(?P<angle>(?<=<))?(?P<round>(?<=\())?(?P<quoted>(?<==[\"']))?{_WHAT}"
    r"(?P<value>(?(angle)[^<>\n#?]*|(?(round)(?:[^\s()\"'<>#?]|[ ](?![\"'(]))*"
    r"|(?(quoted)[^\"'\n#?]*|[^\s\"'<>()\[\]#?]*))))",
    re.I,
)
_IN_HTML = re.compile(rf"(?<==[\"']){_WHAT}(?P<value>[^\"'\n#?]*)", re.I)


class Links:
    """The links of one document, whose path below the content is `below`."""

    def __init__(
        self, site: PelicanSite, below: str, holds: Callable[[str], bool], marks: Marks
    ) -> None:
        self.site = site
        self.below = below
        self.holds = holds
        self.marks = marks

    def resolved(self, body: str, *, html: bool) -> str:
        """The body with links that name what they lead to."""
        if html:
            return _IN_HTML.sub(self._one, body)
        return outside_code(body, lambda part: _IN_MARKDOWN.sub(self._one, part))

    def _one(self, match: re.Match[str]) -> str:
        what, value = match["what"].lower(), unquote(match["value"])
        if what in {"category", "tag", "author"}:
            pattern = self.site.text(f"{what.upper()}_URL")
            return rooted(self.site, filled(pattern, {"slug": slugified(value)}, ""))
        if what == "index":
            return rooted(self.site, "")
        if not value:
            return match[0]
        above = "" if value.startswith("/") else posixpath.dirname(self.below)
        below = posixpath.normpath(posixpath.join(above, value.lstrip("/")))
        path = posixpath.join(self.site.content, below)
        if below.startswith("..") or not self.holds(path):
            mark = self.marks.at(f"'{match[0]}' leads to no file of the source")
            return quote("/" + posixpath.normpath(f"/{value}").lstrip("/")) + mark
        return link_to(path)
