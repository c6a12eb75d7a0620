"""The whole site as the rules read it that look at more than one document."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from blogforge.check.addresses import Addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from blogforge.check.notes import Notes
    from blogforge.check.referrals import Referral
    from blogforge.edition import Edition
    from blogforge.model import Document


class Proof:
    """An edition with what was noted of its documents, by path. `root`: the site's folder."""

    def __init__(self, edition: Edition, notes: Mapping[str, Notes], root: Path) -> None:
        self.edition = edition
        self.notes = notes
        self.root = root

    @cached_property
    def addresses(self) -> Addresses:
        """Every address of the tree."""
        return Addresses(self.edition)

    def referrals(self) -> Iterator[tuple[Document, Referral]]:
        """Every place where a body names an address, with its document."""
        for document in self.edition.site.documents:
            for referral in self.notes[document.path].referrals:
                yield document, referral
