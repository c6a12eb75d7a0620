from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from blogforge.content.terms import BODY, terms
from blogforge.settings import RelatedConfig
from blogforge.site import related
from blogforge.site.corpus import Corpus
from blogforge.site.repeats import Titles, works_of
from tests.invented import day, post

if TYPE_CHECKING:
    from blogforge.model import Post

A, B = "posts/a.md", "posts/b.md"
DAY = timedelta(days=1)


def rank(words: dict[str, str], *posts: Post, limit: int = 4) -> dict[str, tuple[str, ...]]:
    """Blocks by name, a day between posts that are not given; beside them, old posts about nothing.

    Posts without words have one of their own.
    """
    made = [*(posts or (post(name, date=day(1) + n * DAY) for n, name in enumerate(words)))]
    made += (post(f"old{n}", date=day(1) - (n + 1) * DAY) for n in range(40))
    counted = {
        one.path: terms([(BODY, words.get(one.slug, f"own{one.slug}"))], one.lang) for one in made
    }
    corpus = Corpus(posts=tuple(made), terms=counted, choices={})
    blocks = related.rank(corpus, RelatedConfig(limit=limit)).blocks
    slugs = {one.path: one.slug for one in made}
    return {slugs[path]: tuple(slugs[other] for other in block) for path, block in blocks.items()}


# ---------------------------------------------------------------- works


def works(*posts: Post) -> list[set[str]]:
    """The posts by work."""
    found: dict[str, set[str]] = {}
    for one, work in zip(posts, works_of(posts), strict=True):
        found.setdefault(work, set()).add(one.slug)
    return sorted(found.values(), key=min)


def test_a_translation_of_a_translation_is_of_the_same_work() -> None:
    chain = (post("c", translation_of=B), post("b", translation_of=A), post("a"), post("d"))
    assert works(*chain) == works(*chain[::-1]) == [{"a", "b", "c"}, {"d"}]


def test_translations_of_what_is_not_published_are_of_one_work() -> None:
    assert works(post("c", translation_of=A), post("b", translation_of=A)) == [{"b", "c"}]


def test_two_that_have_their_original_at_one_address_are_of_one_work() -> None:
    url = "https://elsewhere.example/a"
    found = works(post("a", canonical=url), post("b", canonical=url), post("c", translation_of=B))
    assert found == [{"a", "b", "c"}]


def test_a_post_may_be_the_original_of_another_on_the_same_site() -> None:
    original = post("a")
    again = post("b", canonical=f"https://dispatch.example{original.url}")
    assert len(set(works_of([original, again], "https://dispatch.example"))) == 1
    assert len(set(works_of([original, again], "https://other.example"))) == 2


def test_what_an_unlisted_post_says_makes_no_two_others_one() -> None:
    url = "https://elsewhere.example/a"
    listed = (post("b", canonical=url), post("a"))
    both = post("u", translation_of=A, canonical=url, status="unlisted")
    again = post("v", translation_of="posts/u.md", status="unlisted")
    assert works(*listed) == [{"a"}, {"b"}]
    assert works(*listed, both, again) == [{"a"}, {"b", "u", "v"}]


def test_an_unlisted_post_is_of_the_work_of_its_original() -> None:
    original = post("a", status="unlisted")
    again = post("b", canonical=f"https://dispatch.example{original.url}")
    assert len(set(works_of([again, original], "https://dispatch.example"))) == 1


def test_posts_that_translate_each_other_are_of_one_work() -> None:
    assert works(post("a", translation_of=B), post("b", translation_of=A)) == [{"a", "b"}]


def test_of_a_chain_of_translations_one_is_shown() -> None:
    posts = (
        post("a", date=day(2)),
        post("b", date=day(3), lang="fr", translation_of=A),
        post("c", date=day(4), lang="de", translation_of=B),
        post("d", date=day(5)),
        post("e", date=day(1)),
    )
    blocks = rank({}, *posts)
    assert not {"a", "b"} & {*blocks["c"]}
    assert len({"a", "b", "c"} & {*blocks["d"]}) == 1


# ---------------------------------------------------------------- series

FRAME = "notes of the infrastructure meeting agenda attendance minutes actions"
ISSUES = {f"meeting{n}": f"{FRAME} topic{n} subject{n}" for n in range(4)}
OTHERS = {"servers": "infrastructure servers budget", "travel": "meeting travel trains"}


def issues(title: str) -> dict[str, Post]:
    words = ISSUES | OTHERS
    return {
        name: post(name, date=day(n + 1), title=title.format(n + 1) if name in ISSUES else name)
        for n, name in enumerate(words)
    }


@pytest.mark.parametrize("title", ["Infrastructure Meeting No. {}", "Meeting of {} March 2012"])
def test_of_a_series_one_issue_is_shown(title: str) -> None:
    blocks = rank(ISSUES | OTHERS, *issues(title).values(), limit=2)
    assert {name for name in blocks["servers"] if name in ISSUES} == {blocks["servers"][0]}
    assert blocks["meeting1"][0] in ISSUES, "readers of one look for another"
    assert blocks["meeting1"][1] in OTHERS


def test_issues_under_titles_of_their_own_are_shown() -> None:
    posts = {
        name: one if name in OTHERS else post(name, date=one.date, title=f"Of {name}: {n * 'x'}")
        for n, (name, one) in enumerate(issues("{}").items())
    }
    assert set(rank(ISSUES | OTHERS, *posts.values(), limit=2)["servers"]) <= ISSUES.keys()


def test_a_series_whose_issues_have_little_in_common_is_none() -> None:
    words = {f"rust{n}": f"compiler release word{n} thing{n} other{n} more{n}" for n in range(3)}
    words["subject"] = "compiler release"
    posts = [post(name, title=f"Announcing Rust 1.{n}") for n, name in enumerate(words)]
    posts[-1] = post("subject", title="Of compilers")
    assert set(rank(words, *posts, limit=3)["subject"]) == {"rust0", "rust1", "rust2"}


def test_the_same_piece_edited_is_a_duplicate_of_itself() -> None:
    piece = "summit leaders agree ceasefire talks abuja delegates envoy"
    words = {
        "first": f"{piece} monday",
        "again": f"{piece} friday protests",
        "other": "summit abuja",
    }
    posts = [post(name, title="A Ceasefire", date=day(n + 1)) for n, name in enumerate(words)]
    posts[2] = post("other", title="The summit")
    assert rank(words, *posts)["first"][0] == "other"
    assert "again" not in rank(words, *posts)["first"]
    renamed = [posts[0], post("again", title="Another week"), posts[2]]
    assert rank(words, *renamed)["first"][:2] == ("again", "other")


def test_copies_do_not_keep_what_is_alike_out_of_sight() -> None:
    copy = "pre release testing of the compiler is available nightly tarball mirror"
    copies = {f"copy{n}": copy for n in range(24)}
    words = {"alike": "the compiler mirror"} | copies
    assert rank(words)["copy3"][0] == "alike"


def test_titles_are_compared_by_words() -> None:
    titles = Titles(
        [
            ("The Week No. 41", "en"),
            ("the week no. 42", "en"),
            ("The  week no. 42", "en"),
            ("Semaine du 3 mars", "fr"),
            ("Semaine du 10 avril", "fr"),
            ("41", "en"),
            ("42", "en"),
        ]
    )

    def pairs(one: int, other: int) -> tuple[bool, bool]:
        rows = np.array([one]), np.array([other])
        return bool(titles.same(*rows)[0]), bool(titles.alike(*rows)[0])

    assert pairs(0, 1) == (False, True)
    assert pairs(1, 2) == (True, True)
    assert pairs(3, 4) == (False, True)
    assert pairs(0, 3) == (False, False)
    assert pairs(5, 6) == (False, False), "numbers alone are no title that comes again"
