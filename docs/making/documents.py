"""A page of docs/ as a page of a site: its title as front matter, its links to what is there."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

import yaml

from blogforge.urls import slugify
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CODE = re.compile(r"^(```|~~~).*?^\1[^\n]*$|(?<!`)`[^`\n]+`", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]+)((?: +\"[^\"]*\")?)\)")
_LINKED = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ANCHOR_DROPS = re.compile(r"[^\w\- ]")  # as code hosts make anchors of headings
_TAKEN = {"search": "searching"}  # addresses that every site has a page of its own at
_DEK = 200  # characters; search engines show fewer


class Document(Value, frozen=True, kw_only=True):
    """A page of docs/: `path` below it, `body` without the title's line."""

    path: str
    title: str
    body: str

    @property
    def url(self) -> str:
        """The page's address, from the site's front page."""
        *folders, _ = self.path.split("/")
        return "".join(f"{part}/" for part in [*map(slugify, folders), self.slug])

    @property
    def slug(self) -> str:
        """The last part of the address."""
        name = slugify(self.path.rpartition("/")[2].removesuffix(".md"))
        return _TAKEN.get(name, name)

    @property
    def dek(self) -> str:
        """The first whole sentences of the first paragraph, as plain text."""
        first = self.body.strip().partition("\n\n")[0]
        if first.startswith(("#", "|", "```", "    ", "- ")):
            return ""
        sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", _plain(" ".join(first.split())))
        dek = sentences.pop(0).rstrip(":")
        while sentences and sentences[0][-1] in ".!?" and len(f"{dek} {sentences[0]}") <= _DEK:
            dek += f" {sentences.pop(0)}"
        return dek

    @property
    def anchors(self) -> dict[str, str]:
        """What code hosts call the page's headings -> their ids on the site."""
        headings = _HEADING.findall(_outside_code(self.body, lambda text: text, keep=False))
        plain = map(_plain, headings)
        return {
            _ANCHOR_DROPS.sub("", heading.lower()).replace(" ", "-"): slugify(heading)
            for heading in plain
        }


def read(path: str, text: str) -> Document:
    """The page at `path` below docs/. Raises ValueError where it does not begin with a title."""
    first, _, body = text.partition("\n")
    if not first.startswith("# "):
        raise ValueError(f"docs/{path}: the first line is not '# Title'")
    return Document(path=path, title=first.removeprefix("# ").strip(), body=body)


def as_page(document: Document, documents: Mapping[str, Document]) -> str:
    """The Markdown of `document` with front matter; `documents`: all of them, by path.

    A link to a file that is no part of the documentation becomes its text.
    """
    folder = posixpath.dirname(document.path)

    def link(found: re.Match[str]) -> str:
        mark, text, target, title = found.groups()
        path, _, anchor = target.partition("#")
        place = posixpath.normpath(posixpath.join(folder, path)) if path else document.path
        if "://" in target or target.startswith("mailto:"):
            return found[0]
        if place == "../README.md":
            return f"[{text}](/)"
        if mark or place in documents:
            anchors = documents[place].anchors if anchor else {}
            return (
                f"{mark}[{text}]({path}{'#' if anchor else ''}{anchors.get(anchor, anchor)}{title})"
            )
        return str(text)

    body = _outside_code(document.body, lambda text: _LINK.sub(link, text))
    front = {"title": document.title, "dek": document.dek, "slug": document.slug}
    said = yaml.safe_dump(front, allow_unicode=True, width=10**6, sort_keys=False)
    return f"---\n{said}---\n{body}"


def _plain(markdown: str) -> str:
    """The words of a line of Markdown."""
    return re.sub("[`*]", "", _LINKED.sub(r"\1", markdown))


def _outside_code(text: str, change: Callable[[str], str], *, keep: bool = True) -> str:
    """`text` with everything but its code changed; without the blocks of code unless kept."""
    parts, at = [], 0
    for code in _CODE.finditer(text):
        parts.append(change(text[at : code.start()]))
        parts.append(code[0] if keep or "\n" not in code[0] else "")
        at = code.end()
    return "".join([*parts, change(text[at:])])
