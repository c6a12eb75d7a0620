"""Sections, stories, tags and authors of which readers get little."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from blogforge.config import CONFIG_FILE
from blogforge.content.authors import AUTHORS_FILE
from blogforge.errors import Location, Problem
from blogforge.site.groups import group_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.proof import Proof
    from blogforge.strict_yaml import KeyPath


def empty_section(proof: Proof) -> Iterator[Problem]:
    """A section of blogforge.yaml that no post is in, not even one that is yet to appear."""
    edition = proof.edition
    used = {group_key(post.section) for post in edition.reading.posts}
    for index, section in enumerate(edition.config.sections):
        if used.isdisjoint(map(group_key, (section.name, section.key or section.name))):
            message = f"no post is in the section '{section.name}'"
            hint = "readers find an empty page in the navigation: take it away until there is one"
            yield _problem(CONFIG_FILE, ("sections", index, "name"), message, hint)


def lonely_story(proof: Proof) -> Iterator[Problem]:
    """A story of one post, which has nothing before or after it."""
    posts = proof.edition.reading.posts
    told = Counter(group_key(post.story) for post in posts if post.story)
    for post in posts:
        if post.story and told[group_key(post.story)] == 1:
            message = f"the story '{post.story}' has no other post"
            hint = "'blogforge stories --suggest' may know one; or take the story away"
            yield _problem(post.path, ("story",), message, hint)


def single_tag(proof: Proof) -> Iterator[Problem]:
    """A tag that only one post has."""
    posts = proof.edition.reading.posts
    used = Counter(group_key(tag) for post in posts for tag in post.tags)
    for post in posts:
        for index, tag in enumerate(post.tags):
            if used[group_key(tag)] == 1:
                message = f"no other post has the tag '{tag}'"
                hint = "a tag leads to more of its kind: use one that others have"
                yield _problem(post.path, ("tags", index), message, hint)


def author_without_bio(proof: Proof) -> Iterator[Problem]:
    """An author of authors.yaml of whom readers learn nothing."""
    for author in proof.edition.reading.authors.values():
        if not author.bio.strip():
            message = f"nothing is said of {author.name}"
            hint = "write 'bio: …', a sentence below the articles"
            yield _problem(AUTHORS_FILE, (author.id,), message, hint)


def unused_author(proof: Proof) -> Iterator[Problem]:
    """An author of authors.yaml who has written no post, not even one that is yet to appear."""
    reading = proof.edition.reading
    named = {group_key(text) for post in reading.posts for text in post.authors}
    for author in reading.authors.values():
        if named.isdisjoint(map(group_key, (author.id, author.name))):
            message = f"no post is by {author.name}"
            hint = "take the entry away, unless posts are to come"
            yield _problem(AUTHORS_FILE, (author.id,), message, hint)


def _problem(path: str, key: KeyPath, message: str, hint: str) -> Problem:
    return Problem(message, Location(path), hint, level="warning", key=key)
