"""Liquid in a body: what Jekyll would have put there, where that is plain; else text.

https://jekyllrb.com/docs/liquid/ has its tags and filters. Nothing is run.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from blogforge.importers.embeds import fenced, frame
from blogforge.importers.figures import figure, fitted, plain
from blogforge.importers.found import link_to
from blogforge.importers.marks import marked
from blogforge.importers.values import block, first, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from blogforge.importers.jekyll.config import JekyllSite
    from blogforge.importers.marks import Marks

_SIGN = re.compile(
    r"\{%-?\s*(?P<tag>[\w-]+)(?P<rest>(?:(?!\{%).)*?)-?%\}"
    r"|\{\{-?(?P<value>(?:(?!\{\{).)*?)-?\}\}",
    re.S,
)
_BASE = re.compile(
    r"(?:\{\{-?[ ]*site\.(?:baseurl|url)[ ]*-?\}\}){1,2}/?(?=\{%-?\s*(?:post_url|link)\b)"
)
_ARGUMENT = re.compile(r"""([\w-]+)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_BLOCKS = ("raw", "comment", "highlight")
_IMAGES = {"image", "img", "picture", "asset"}
_PICTURE = re.compile(r"(?:^|[/_-])(?:figure|image|img|picture|photo)s?(?:[._-]|$)", re.I)


def _image(rest: str) -> str:
    """The picture of a tag such as `{% image "src", "alt" %}`, in HTML: it may stand in some."""
    src = re.search(r"[^\s\"',]+\.(?:png|jpe?g|gif|svg|webp|avif)\b", rest, re.I)
    if src is None or "{" in src[0]:
        return ""
    address = src[0] if re.match(r"https?://|/", src[0]) else f"/{src[0]}"
    alt = re.sub(r"^[\s\d\"',]+", "", rest[src.end() :]).rstrip("\"', ")
    return f'<img src="{escape(address)}" alt="{escape(alt)}">'


class Liquid:
    """What one document's Liquid becomes; `marks` tell what is lost."""

    def __init__(
        self,
        site: JekyllSite,
        values: dict[str, Any],
        post_named: Callable[[str], str],
        marks: Marks,
    ) -> None:
        self.site = site
        self.values = values
        self.post_named = post_named
        self.marks = marks
        self.pending = ""
        self.unended: set[str] = set()

    def markdown(self, body: str) -> str:
        """The body without Liquid, as far as it can be said without running it."""
        body = _BASE.sub("", body)
        parts, at = [], 0
        while sign := _SIGN.search(body, at):
            parts.append(body[at : sign.start()])
            start, at = sign.start(), sign.end()
            self.pending = ""
            if sign["tag"] in _BLOCKS and (end := self._end(body, sign["tag"], at)):
                made = self._block(sign["tag"], sign["rest"], body[at : end.start()])
                at = end.end()
            elif sign["tag"]:
                made = self._tag(sign["tag"], sign["rest"].strip(), sign[0])
            else:
                made = self._value(sign["value"].strip(), sign[0])
            parts.append(
                fitted(
                    marked(self.pending, made), body[max(start - 3, 0) : start], body[at : at + 3]
                )
            )
        return "".join([*parts, body[at:]])

    def _end(self, body: str, tag: str, at: int) -> re.Match[str] | None:
        if tag in self.unended:
            return None
        found = re.compile(rf"\{{%-?\s*end{tag}\s*-?%\}}").search(body, at)
        if found is None:
            self.unended.add(tag)
        return found

    def _note(self, what: str) -> None:
        self.pending += self.marks.at(what)

    def _block(self, tag: str, rest: str, inner: str) -> str:
        if tag == "raw":
            return inner
        if tag == "comment":
            self._note("a comment for editors is dropped")
            return ""
        language, *options = rest.split()
        if options:
            self._note(f"options of code are dropped: {' '.join(options)}")
        return fenced(inner, language)

    def _tag(self, tag: str, rest: str, written: str) -> str:
        if tag in {"post_url", "link"}:
            return self._link(tag, rest.strip("\"'"), written)
        if tag in {"include", "include_relative", "include_cached"}:
            return self._include(rest, written)
        if tag == "gist":
            self._note("gist: an embedded post became a link")
            return f"[Gist on GitHub](https://gist.github.com/{'/'.join(rest.split()[:1])})"
        if tag in {"youtube", "vimeo"} and rest:
            self._note(f"stays as HTML: {tag}")
            return frame(tag, rest.split(maxsplit=1)[0].strip("\"'"))
        if tag in {"tweet", "twitter"} and rest.startswith("http"):
            self._note(f"{tag}: an embedded post became a link")
            return f"[Post on X]({rest.split(maxsplit=1)[0]})"
        if tag in _IMAGES and (image := _image(rest)):
            self._note(f"stays as HTML: {tag}")
            return image
        self._note(f"the tag '{tag}' of Liquid stays as text")
        return self.marks.words(written)

    def _link(self, tag: str, name: str, written: str) -> str:
        path, _, fragment = name.partition("#")
        found = self.post_named(path) if tag == "post_url" else path.lstrip("/")
        if found:
            return link_to(found) + (f"#{fragment}" if fragment else "")
        self._note(f"'{name}' names no post; its tag stays as text")
        return self.marks.words(written)

    def _include(self, rest: str, written: str) -> str:
        name, arguments = [*rest.split(maxsplit=1), "", ""][:2]
        name = name.strip("\"',")
        said = {key.lower(): a or b or c for key, a, b, c in _ARGUMENT.findall(arguments)}
        src = first(said, ("src", "url", "image_path", "image", "file", "path", "image_url"))[1]
        if not (_PICTURE.search(name) and src and "{" not in src):
            self._note(f"the include '{name}' is the old theme's own; it stays as text")
            return self.marks.words(written)
        self._note(f"the include '{name}' became a picture")
        caption = plain(first(said, ("caption", "description", "title", "text"))[1])
        alt = plain(first(said, ("alt",))[1]) or caption
        credit = plain(first(said, ("credit", "attribution", "source"))[1])
        src = src if src.startswith(("http://", "https://", "/")) else f"/{src}"
        return f"\n\n{figure(src, alt, caption, credit, said.get('link', ''))}\n\n"

    def _value(self, expression: str, written: str) -> str:
        start, *filters = (part.strip() for part in expression.split("|"))
        found = self._variable(start)
        for each in filters:
            name = each.partition(":")[0].strip()
            if found is None or name not in {"relative_url", "absolute_url", "prepend"}:
                found = None
                break
            if name == "prepend":
                before = self._variable(each.partition(":")[2].strip())
                found = None if before is None else before + found
            else:
                origin = self.site.url if name == "absolute_url" else ""
                found = f"{origin}{self.site.base}/{found.lstrip('/')}"
        if found is None:
            self._note(f"'{expression}' of Liquid stays as text")
            return self.marks.words(written)
        return found

    def _variable(self, name: str) -> str | None:
        """What a literal, `site.…` or `page.…` says; None where that is nothing plain."""
        if literal := re.fullmatch(r"\"([^\"]*)\"|'([^']*)'", name):
            return literal[1] or literal[2] or ""
        where, _, path = name.partition(".")
        if name in {"site.baseurl", "site.url"}:
            return self.site.base if path == "baseurl" else self.site.url
        value: Any = {"site": self.site.values, "page": self.values}.get(where)
        for step in path.split("."):
            value = block(value).get(step)
        return text(value) or None
