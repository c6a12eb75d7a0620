"""Posts without what the other posts of the site have, or with too much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from blogforge.errors import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blogforge.check.proof import Proof
    from blogforge.model import Post

    Fault = Callable[[Post], str]  # what is wrong with a post, or ""

# Of twitter:title and twitter:description, the least that any service says that it shows:
# https://developer.x.com/en/docs/x-for-websites/cards/overview/markup.
# Search engines cut titles at about the same width, and cards of lists show five lines of a dek.
TITLE = 70
DEK = 200


def dek(proof: Proof) -> Iterator[Problem]:
    """A post without a dek."""
    hint = "write 'dek: …', the sentence that says why it is worth reading"
    return _exceptions(proof, "missing-dek", lambda p: "" if p.dek else "the post has no dek", hint)


def section(proof: Proof) -> Iterator[Problem]:
    """A post without a section."""
    hint = "write 'section: …'; the post is in no section's list and feed"
    message = "the post has no section"
    return _exceptions(proof, "missing-section", lambda p: "" if p.section else message, hint)


def author(proof: Proof) -> Iterator[Problem]:
    """A post without an author."""
    hint = "write 'authors: […]'; readers want to know who says so"
    message = "the post has no author"
    return _exceptions(proof, "missing-author", lambda p: "" if p.authors else message, hint)


def long_title(proof: Proof) -> Iterator[Problem]:
    """A title that cards of other sites cut off."""
    hint = "say it in fewer, or the rest in the dek"
    return _exceptions(proof, "long-title", lambda p: _too_long("title", p.title, TITLE), hint)


def long_dek(proof: Proof) -> Iterator[Problem]:
    """A dek that cards cut off."""
    hint = "say it in fewer: the article has room for the rest"
    return _exceptions(proof, "long-dek", lambda p: _too_long("dek", p.dek, DEK), hint)


def _too_long(what: str, text: str, most: int) -> str:
    long = width(text)
    return f"the {what} has {long} characters, and cards show {most}" if long > most else ""


def width(text: str) -> int:
    """How much room a text takes, in characters of Latin script: those of East Asia take two.

    Source: https://www.unicode.org/reports/tr11/.
    """
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 1 + (east_asian_width(c) in "WF") for c in text)


def _exceptions(proof: Proof, rule: str, fault: Fault, hint: str) -> Iterator[Problem]:
    """The faulty posts, unless most are so: that is the house's way, or a task of its own.

    A site whose settings name the rule hears of all.
    """
    posts = (*proof.edition.site.posts, *proof.edition.site.unlisted)
    faults = {post.path: message for post in posts if (message := fault(post))}
    if 2 * len(faults) > len(posts) and rule not in proof.edition.config.check.rules:
        return
    key = rule.partition("-")[2] if rule.startswith("long") else "title"
    for path, message in faults.items():
        yield Problem(message, Location(path), hint, level="warning", key=(key,))
