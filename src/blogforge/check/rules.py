"""Every rule of `check`, by name; what a finding itself says of its level does not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.check import (
    anchors,
    authors,
    code,
    copies,
    corrected,
    dates,
    descriptions,
    doubled,
    elements,
    elsewhere,
    empty,
    files,
    groups,
    headings,
    house,
    images,
    languages,
    leftovers,
    link_texts,
    links,
    quotations,
    sections,
    stories,
    tables,
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
        name="dead-anchor",
        level="warning",
        summary="A link leads to a place on a page that the page does not have.",
        find=anchors.dead,
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
        name="doubled-word",
        level="notice",
        summary="A word stands there twice in a row.",
        of_document=doubled.doubled,
    ),
    Rule(
        name="doubtful-date",
        level="warning",
        summary="Dates are not in order, or so far ahead that a digit may be wrong.",
        find=dates.doubtful,
    ),
    Rule(
        name="doubtful-link",
        level="warning",
        summary="A link leads to where no reader can follow.",
        find=elsewhere.doubtful,
    ),
    Rule(
        name="empty-article",
        level="warning",
        summary="A published post says nothing.",
        of_document=empty.empty,
    ),
    Rule(
        name="empty-heading",
        level="warning",
        summary="A heading has no words.",
        of_document=headings.empty,
    ),
    Rule(
        name="empty-link",
        level="warning",
        summary="A link has no text.",
        of_document=link_texts.empty,
    ),
    Rule(
        name="empty-section",
        level="notice",
        summary="A section of blogforge.yaml has no post.",
        find=groups.empty_section,
    ),
    Rule(
        name="file-name-date",
        level="warning",
        summary="A post's date is not the one in its file's name.",
        find=dates.in_file_name,
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
        name="insecure-link",
        level="notice",
        summary="A link to this site goes by http, and the site by https.",
        find=elsewhere.insecure,
        mends=True,
    ),
    Rule(
        name="large-picture",
        level="warning",
        summary="A picture's file is larger than any reader needs.",
        find=files.large,
    ),
    Rule(
        name="lonely-story",
        level="notice",
        summary="A story has one post only.",
        find=groups.lonely_story,
    ),
    Rule(
        name="long-dek",
        level="notice",
        summary="A dek is cut off on cards.",
        find=house.long_dek,
    ),
    Rule(
        name="long-title",
        level="notice",
        summary="A title is cut off where it is shared.",
        find=house.long_title,
    ),
    Rule(
        name="missing-author",
        level="notice",
        summary="A post has no author.",
        find=house.author,
    ),
    Rule(
        name="missing-bio",
        level="notice",
        summary="Nothing is said of an author.",
        find=groups.author_without_bio,
    ),
    Rule(
        name="missing-dek",
        level="notice",
        summary="A post has no dek.",
        find=house.dek,
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
        name="missing-section",
        level="notice",
        summary="A post has no section.",
        find=house.section,
    ),
    Rule(
        name="mixed-content",
        level="warning",
        summary="A page that comes by https shows something that comes by http.",
        find=elsewhere.mixed,
    ),
    Rule(
        name="moved-outside-link",
        level="notice",
        summary="A page of another site has moved for good. Found with --external.",
        mends=True,
    ),
    Rule(
        name="near-duplicate",
        level="warning",
        summary="Two posts are nearly the same.",
        find=copies.nearly_the_same,
    ),
    Rule(
        name="old-draft",
        level="notice",
        summary="A draft has been lying for a year.",
        find=dates.old_draft,
    ),
    Rule(
        name="placeholder",
        level="warning",
        summary="A mark of unfinished work was left in the text.",
        of_document=leftovers.placeholders,
    ),
    Rule(
        name="poor-description",
        level="notice",
        summary="A picture's description does not say what it shows.",
        of_document=descriptions.poor,
    ),
    Rule(
        name="same-title",
        level="notice",
        summary="Two posts have one title.",
        find=copies.same_title,
    ),
    Rule(
        name="single-tag",
        level="off",
        summary="A tag has one post only.",
        find=groups.single_tag,
    ),
    Rule(
        name="skipped-heading",
        level="notice",
        summary="A heading leaves a level out.",
        of_document=headings.skipped,
    ),
    Rule(
        name="small-picture",
        level="notice",
        summary="A post's picture is too small for the cards of search engines and networks.",
        find=files.small,
    ),
    Rule(
        name="table-header",
        level="notice",
        summary="A table does not say what is in its columns.",
        of_document=tables.headless,
    ),
    Rule(
        name="tag-spelling",
        level="warning",
        summary="A tag is spelled in two ways.",
        find=tags.spellings,
        mends=True,
    ),
    Rule(
        name="tracking-link",
        level="notice",
        summary="A link tells where its readers come from.",
        find=elsewhere.tracking,
        mends=True,
    ),
    Rule(
        name="unchecked-outside-link",
        level="notice",
        summary="Whether a page of another site is there cannot be told. Found with --external.",
    ),
    Rule(
        name="unclosed-tag",
        level="warning",
        summary="An HTML tag is not closed, or closes nothing.",
        of_document=elements.unclosed,
    ),
    Rule(
        name="undated-correction",
        level="notice",
        summary="A correction in the text has no date.",
        of_document=corrected.undated,
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
        name="unnamed-code",
        level="off",
        summary="A block of code does not say its language.",
        of_document=code.unnamed,
    ),
    Rule(
        name="unsourced-quote",
        level="notice",
        summary="A quotation does not say whose it is.",
        of_document=quotations.unsourced,
    ),
    Rule(
        name="unused-author",
        level="notice",
        summary="An author of authors.yaml has no post.",
        find=groups.unused_author,
    ),
    Rule(
        name="unused-file",
        level="notice",
        summary="Nobody uses a file.",
        find=files.unused,
    ),
    Rule(
        name="unused-story",
        level="warning",
        summary="A story of blogforge.yaml is told by no post.",
        find=stories.unused,
    ),
    Rule(
        name="vague-link",
        level="notice",
        summary="A link's text does not say where it leads.",
        of_document=link_texts.vague,
    ),
)
OF_DOCUMENTS: Mapping[str, DocumentFinder] = {
    rule.name: rule.of_document for rule in _RULES if rule.of_document
}
# Those that look at other sites, and only when asked to.
OUTSIDE = frozenset({"dead-outside-link", "moved-outside-link", "unchecked-outside-link"})
RULES: Mapping[str, Rule] = {rule.name: rule for rule in _RULES}
