"""What a body's links and media point to."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec.structs import replace

from blogforge.content.find import is_markdown
from blogforge.content.meant import meant, surely_meant
from blogforge.content.places import offset_of, problem_at
from blogforge.errors import Edit
from blogforge.urls import in_markup, local_url, place_of, rooted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.errors import Level, Problem
    from blogforge.model import Source, Targets

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_PARTS = re.compile(r"([^?#]*)(.*)", re.S)
_BY_NAME = "*/"  # in front of a file name that was found wherever it stands
_BEFORE_HREF = ("](", "](<", '="', "]: ")
_SILENT = frozenset({"expired", "withdrawn"})
_UNPUBLISHED = "!"  # in front of the reason why a target has no URL, which itself begins with "/"


def is_current(resolved: Iterable[tuple[str, str]], targets: Targets) -> bool:
    """Whether each path that a body refers to still gets the answer that it got.

    `resolved` is what `Links` has recorded: a path and its URL, `!draft` (or another reason) for a
    target that is not published, and "" for none.
    """
    urls = targets.urls
    for path, answer in resolved:
        if urls.get(path) != answer and _answer(path, targets) != answer:
            return False
    return True


class Links:
    """Resolves the references of one body; gathers what it found and what is wrong."""

    def __init__(self, source: Source, targets: Targets, base_path: str, origin: str = "") -> None:
        self.source = source
        self.targets = targets
        self.base_path = base_path
        self._origin = origin
        self.folder = posixpath.dirname(source.path)
        self.resolved: dict[str, str] = {}
        self.addresses: set[str] = set()  # of this site's pages that it links to by URL
        self.pictures: set[str] = set()  # places of this site where it has an image from
        self.problems: list[Problem] = []

    def picture(self, url: str) -> None:
        """Record the address of an image, as it stands in the HTML, where it is of this site."""
        if place := local_url(url, self.base_path, self._origin):
            self.pictures.add(place)

    def link(self, href: str) -> str | None:
        """The href to write; None where only the link's text is to stay."""
        path, rest = _split(href)
        if _SCHEME.match(href) or not is_markdown(path):
            url = self.media(href)
            if local := local_url(url, self.base_path, self._origin):
                self.addresses.add(place_of(local, self.base_path))
            return url
        return self._document(unquote(path), rest, href)

    def media(self, reference: str) -> str:
        """A `src`, or an href that is not to a post, resolved where it is a file of the site."""
        if _SCHEME.match(reference):
            return reference
        if reference.startswith("/"):
            return rooted(reference, self.base_path)
        path, rest = _split(reference)
        if not path:
            return reference
        full = self._relative(unquote(path))
        if full.startswith("../"):
            return reference
        url = self._look_up(full)
        return url + rest if url else reference

    def media_set(self, srcset: str) -> str:
        """A `srcset`: references, each with a width or density, parted by commas."""
        if "data:" in srcset:
            return srcset  # whose commas part nothing
        entries = [entry.split(None, 1) for entry in srcset.split(",")]
        return ", ".join(" ".join([self.media(entry[0]), *entry[1:]]) for entry in entries if entry)

    def _relative(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(self.folder, path))

    def _look_up(self, path: str) -> str:
        self.resolved[path] = answer = _answer(path, self.targets)
        return "" if answer.startswith(_UNPUBLISHED) else answer

    def _document(self, path: str, rest: str, href: str) -> str | None:
        candidates = [posixpath.normpath(path.lstrip("/"))]
        if not path.startswith("/"):
            candidates.insert(0, self._relative(path))
        if "/" not in path:
            candidates.append(_BY_NAME + path)
        for candidate in dict.fromkeys(candidates):
            if url := self._look_up(candidate):
                return url + rest
        unpublished = self.targets.unpublished
        hidden = next((c for c in candidates if c in unpublished), "")
        if not hidden and "/" not in path:
            hidden = _only([p for p in self.targets.names.get(path, ()) if p in unpublished])
        if not hidden and path.startswith("/"):
            return rooted(href, self.base_path)  # a static file, perhaps
        if not hidden:
            # Nobody sees more than a dead link, so the rest of the site need not wait for it.
            self._report(
                href,
                f"links to {path}, which is not a file of this site",
                self._suggestion(path),
                level="warning",
                instead=self._instead(path, rest),
            )
            return href
        if unpublished[hidden] in _SILENT:
            return None
        reason = unpublished[hidden]
        message = f"links to {hidden}, which is not published ({reason})"
        self._report(href, message, "publish that post, or take the link out")
        return href

    def _report(
        self, href: str, message: str, hint: str, level: Level = "error", instead: str = ""
    ) -> None:
        # the engines encode what the author may have written plain
        spellings = (href, unquote(href))
        offsets = [offset_of(self.source.body, each, _BEFORE_HREF) for each in spellings]
        found = [*filter(lambda each: each[0] >= 0, zip(offsets, spellings, strict=True))]
        offset, written = found[0] if found else (-1, "")
        problem = problem_at(self.source, offset, message, hint, level)
        edit = Edit(written, instead) if written and instead else None
        self.problems.append(replace(problem, edit=edit))

    def _instead(self, missing: str, rest: str) -> str:
        """The link to the one file that can be meant, or ""."""
        path = surely_meant(posixpath.basename(missing), self.targets.names)
        return in_markup(posixpath.relpath(path, self.folder or ".")) + rest if path else ""

    def _suggestion(self, missing: str) -> str:
        names = self.targets.names
        name = meant(posixpath.basename(missing), names)
        if not name:
            return "a link to a post is its path from this file, or its file name"
        return f"did you mean '{posixpath.relpath(names[name][-1], self.folder or '.')}'?"


def _answer(path: str, targets: Targets) -> str:
    """What a body is told of a path, or of the one file that has the name behind `*/`."""
    if not path.startswith(_BY_NAME):
        return targets.urls.get(path) or _reason(path, targets)
    named = targets.names.get(path.removeprefix(_BY_NAME), ())
    if url := targets.urls.get(_only([p for p in named if p in targets.urls])):
        return url
    return _reason(_only([p for p in named if p in targets.unpublished]), targets)


def _reason(path: str, targets: Targets) -> str:
    reason = targets.unpublished.get(path)
    return _UNPUBLISHED + reason if reason else ""


def _only(paths: list[str]) -> str:
    return paths[0] if len(paths) == 1 else ""


def _split(reference: str) -> tuple[str, str]:
    match = _PARTS.match(reference)
    assert match is not None  # the pattern matches anything
    return match[1], match[2]
