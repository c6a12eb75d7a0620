"""Every rule of `check`, by name; what a finding itself says of its level does not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.check import (
    authors,
    descriptions,
    empty,
    images,
    languages,
    links,
    sections,
    stories,
    tags,
    unfinished,
)
from blogforge.check.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blogforge.check.rule import DocumentFinder

BUILD = "build"  # the rule of what a build itself tells
_RULES = (
    Rule(
        name="alias-link",
        level="notice",
        summary="A link leads to an old address, which redirects.",
        find=links.through_alias,
        mends=True,
    ),
    Rule(
        name="dead-link",
        level="warning",
        summary="A link leads to an address of this site where there is nothing.",
        find=links.dead,
    ),
    Rule(
        name="dead-outside-link",
        level="warning",
        summary="A link leads to a page of another site that is gone. Found with --external.",
    ),
    Rule(
        name="empty-article",
        level="warning",
        summary="A published post says nothing.",
        of_document=empty.empty,
    ),
    Rule(
        name="idle-ignore",
        level="warning",
        summary="What is to be ignored is not there, or no rule has the name.",
    ),
    Rule(
        name="idle-translation",
        level="warning",
        summary="A further language has words for a section, story or author that nobody names.",
        find=languages.idle,
    ),
    Rule(
        name="missing-description",
        level="warning",
        summary="A picture has no text for those who cannot see it.",
        of_document=descriptions.missing,
    ),
    Rule(
        name="missing-image",
        level="warning",
        summary="A picture is not there.",
        find=images.missing,
    ),
    Rule(
        name="moved-outside-link",
        level="notice",
        summary="A page of another site has moved for good. Found with --external.",
        mends=True,
    ),
    Rule(
        name="tag-spelling",
        level="warning",
        summary="A tag is spelled in two ways.",
        find=tags.spellings,
        mends=True,
    ),
    Rule(
        name="unchecked-outside-link",
        level="notice",
        summary="Whether a page of another site is there cannot be told. Found with --external.",
    ),
    Rule(
        name="unfinished-markdown",
        level="warning",
        summary="Markdown did not work, and is printed as it stands.",
        of_document=unfinished.unfinished,
    ),
    Rule(
        name="unknown-author",
        level="warning",
        summary="An author is not in authors.yaml.",
        find=authors.unknown,
    ),
    Rule(
        name="unknown-section",
        level="warning",
        summary="A section is not in blogforge.yaml.",
        find=sections.unknown,
    ),
    Rule(
        name="unused-story",
        level="warning",
        summary="A story of blogforge.yaml is told by no post.",
        find=stories.unused,
    ),
)
OF_DOCUMENTS: Mapping[str, DocumentFinder] = {
    rule.name: rule.of_document for rule in _RULES if rule.of_document
}
# Those that look at other sites, and only when asked to.
OUTSIDE = frozenset({"dead-outside-link", "moved-outside-link", "unchecked-outside-link"})
RULES: Mapping[str, Rule] = {rule.name: rule for rule in _RULES}
