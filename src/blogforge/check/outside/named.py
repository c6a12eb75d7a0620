"""Every place where the site names an address of another site."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag, urlsplit

from blogforge.config import CONFIG_FILE
from blogforge.content.authors import AUTHORS_FILE
from blogforge.errors import Edit, Location, Problem
from blogforge.model import Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogforge.check.outside.answers import Answer
    from blogforge.check.proof import Proof
    from blogforge.check.referrals import Referral
    from blogforge.strict_yaml import KeyPath

# What a Markdown link's address may not have, and its spelling in an address.
_UNSAFE = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "()<>\"'` |\\"})


class Named(NamedTuple):
    """An address as it is `written` in the file at `path`: in its body, or at a key of its YAML.

    `url` is what is asked for: without the fragment. `day`: when the document appeared, 20120321.
    """

    url: str
    written: str
    path: str
    day: str = ""
    referral: Referral | None = None
    key: KeyPath = ()

    def problem(self, message: str, hint: str = "", instead: str = "") -> Problem:
        """A problem at this place; `instead` is what may be written there without a thought."""
        edit = Edit(self.written, instead) if instead else None
        if self.referral is None:
            where = Location(self.path)
            return Problem(message, where, hint, level="warning", key=self.key, edit=edit)
        return self.referral.problem(self.path, message, hint, edit)

    def whole(self, target: str) -> str:
        """An address in the place of this one, with the fragment that this one has."""
        fragment = urldefrag(self.written).fragment
        found = target if urldefrag(target).fragment or not fragment else f"{target}#{fragment}"
        return found.translate(_UNSAFE)

    def instead_of(self, answer: Answer) -> str:
        """What to do about a dead one."""
        if not answer.copy:
            return "correct it, or take it out"
        if self.key[:1] == ("sources",):
            return f"write beside it: 'archived: {answer.copy}', as it was on {answer.copied}"
        return f"link to the copy of {answer.copied}: {answer.copy}"


def named(proof: Proof, skip: Iterable[str] = ()) -> Iterator[Named]:
    """All of them, but those like a pattern of `skip`, and web addresses only."""
    patterns = tuple(skip)
    for place in _all(proof):
        web = place.url.lower().startswith(("http://", "https://"))
        skipped = any(fnmatchcase(place.url, pattern) for pattern in patterns)
        if web and not skipped and not proof.addresses.place(place.url).here:
            yield place


def _all(proof: Proof) -> Iterator[Named]:
    scheme = urlsplit(proof.edition.config.url).scheme
    for document, referral in proof.referrals():
        address = referral.target
        whole = f"{scheme}:{address}" if address.startswith("//") else address
        yield Named(
            url=urldefrag(whole).url,
            written=referral.written,
            path=document.path,
            day=f"{document.date:%Y%m%d}" if isinstance(document, Post) else "",
            referral=referral,
        )
    yield from _in_front_matter(proof)
    for index, item in enumerate(proof.edition.config.menu):
        yield _at(item.url, CONFIG_FILE, ("menu", index, "url"))
    for author in proof.edition.reading.authors.values():
        for index, link in enumerate(author.links):
            yield _at(link.url, AUTHORS_FILE, (author.id, "links", index, "url"))


def _in_front_matter(proof: Proof) -> Iterator[Named]:
    """Sources, of which one with a copy is not asked for; pictures; originals."""
    for document in proof.edition.site.documents:
        day = f"{document.date:%Y%m%d}" if isinstance(document, Post) else ""
        sources = document.sources if isinstance(document, Post) else ()
        for index, source in enumerate(sources):
            key = "archived" if source.archived else "url"
            at: KeyPath = ("sources", index, key)
            if source.title == source.url:  # the address is all there is
                at = ("sources", index)
            yield _at(source.archived or source.url, document.path, at, day)
        if document.canonical:
            yield _at(document.canonical, document.path, ("canonical",), day)
        if document.image:
            yield _at(document.image.src, document.path, ("image", "src"), day)


def _at(url: str, path: str, key: KeyPath, day: str = "") -> Named:
    return Named(url=urldefrag(url).url, written=url, path=path, day=day, key=key)
