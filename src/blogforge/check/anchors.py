"""Links to places of a page that it does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.check.referrals import LINKS
from blogforge.errors import ContentError
from blogforge.pages.render import render
from blogforge.pages.subjects import ArticleSubject
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from blogforge.check.addresses import Place
    from blogforge.check.proof import Proof
    from blogforge.errors import Problem
    from blogforge.model import Page

_TOP = ("", "top")  # https://html.spec.whatwg.org/#scroll-to-the-fragment
_NO_NAME = ("/", "!")  # what a script makes of it
_DIRECTIVE = ":~:"  # behind it, a text to be found: https://wicg.github.io/scroll-to-text-fragment/


def dead(proof: Proof) -> Iterator[Problem]:
    """A link to a fragment that is no element's id on the page where it leads."""
    ids = _Ids(proof)
    for document, referral in proof.referrals():
        if referral.tag not in LINKS or "#" not in referral.target:
            continue
        place = proof.addresses.place(referral.target, document.url)
        if place.redirect:
            place = proof.addresses.place(f"{place.redirect}#{place.fragment}")
        if not ids.missing(place):
            continue
        message = f"links to #{place.fragment}, which is nowhere on that page"
        hint = did_you_mean(place.fragment, ids.of_body(place)) or "take the fragment out"
        yield referral.problem(document.path, message, hint)


class _Ids:
    """The ids of pages; a page is made only for what its body does not have."""

    def __init__(self, proof: Proof) -> None:
        self._proof = proof
        self._made: dict[str, Collection[str]] = {}

    def of_body(self, place: Place) -> Collection[str]:
        """Those of the body of the article that is there."""
        subject = place.page.subject if place.page else None
        notes = self._proof.notes.get(subject.path) if isinstance(subject, ArticleSubject) else None
        return notes.ids if notes else ()

    def missing(self, place: Place) -> bool:
        """Whether the page there is one of this site's, and nothing on it has the name."""
        name = place.fragment.partition(_DIRECTIVE)[0]
        if place.page is None or name.casefold() in _TOP or name.startswith(_NO_NAME):
            return False
        if not place.page.path.endswith((".html", ".htm")) or name in self.of_body(place):
            return False
        if place.page.path not in self._made:
            self._made[place.page.path] = self._of_page(place.page)
        return name not in self._made[place.page.path]

    def _of_page(self, page: Page) -> Collection[str]:
        from selectolax.lexbor import LexborHTMLParser

        try:
            html = render(page, self._proof.edition.inputs).data
        except ContentError:  # which has been told
            return ()
        nodes = LexborHTMLParser(html).css("[id], a[name]")
        return {node.attributes.get("id") or node.attributes.get("name") or "" for node in nodes}
