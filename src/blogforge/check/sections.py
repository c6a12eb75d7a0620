"""Sections that blogforge.yaml does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.branches import branches
from blogforge.errors import Location, Problem
from blogforge.site.groups import group_key
from blogforge.validation import did_you_mean, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.proof import Proof


def unknown(proof: Proof) -> Iterator[Problem]:
    """A post's section that is not among `sections:`, where there are any."""
    site = proof.edition.site
    known = [section for config in branches(site.config) for section in config.sections]
    names = [*dict.fromkeys(section.name for section in known)]
    keys = {group_key(name) for section in known for name in (section.name, section.key) if name}
    if not keys:
        return
    for post in (*site.posts, *site.unlisted):
        if post.section and group_key(post.section) not in keys:
            yield Problem(
                f"the section '{post.section}' is not in blogforge.yaml",
                Location(post.path),
                did_you_mean(post.section, names) or f"write {one_of(names)}, or add it there",
                level="warning",
                key=("section",),
            )
