"""Blocks are full while there are posts, and those of the language come first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from blogforge.content.terms import packed
from blogforge.languages import primary
from blogforge.model import RelatedChoice
from blogforge.settings import RelatedConfig
from blogforge.site.candidates import pools
from blogforge.site.corpus import Corpus
from blogforge.site.filling import Filler
from blogforge.site.related import rank
from tests.invented import day, post

if TYPE_CHECKING:
    import pytest

    from blogforge.site.bags import Places
    from blogforge.site.candidates import Index

VOCABULARY = ("mali", "coup", "oil", "rain")
LANGUAGES = ("en", "en-GB", "fr", "zh", "ja", "th")


@st.composite
def sites(draw: st.DrawFn) -> Corpus:
    """Posts of which no two are copies; many have no words, or none in common with another."""
    names = [f"n{number}" for number in range(draw(st.integers(1, 30)))]
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3))
    posts = [
        post(name, date=day(1) + timedelta(days=draw(st.integers(0, 90))), lang=lang)
        for name in names
        for lang in [draw(st.sampled_from(languages))]
    ]
    words = st.dictionaries(st.sampled_from(VOCABULARY), st.just(1))
    terms = {
        one.path: packed(draw(words) | {f"own{one.slug}": 40} if draw(st.booleans()) else {})
        for one in posts
    }
    some = st.lists(st.sampled_from(posts), max_size=3).map(lambda few: tuple(p.path for p in few))
    choice = st.builds(RelatedChoice, pin=some, exclude=some)
    paths = [one.path for one in posts]
    listed = draw(st.integers(0, len(posts)))
    return Corpus(
        posts=tuple(posts[:listed]),
        unlisted=tuple(posts[listed:]),
        terms=terms,
        choices=draw(st.dictionaries(st.sampled_from(paths), choice, max_size=3)),
        shown=draw(st.dictionaries(st.sampled_from(paths), some.map(frozenset), max_size=3)),
    )


@settings(max_examples=80, deadline=None)
@given(sites(), st.integers(1, 9))
def test_a_block_is_full_and_its_language_comes_first(corpus: Corpus, limit: int) -> None:
    languages = {one.path: primary(one.lang) for one in (*corpus.posts, *corpus.unlisted)}
    listed = {one.path for one in corpus.posts}
    for path, block in rank(corpus, RelatedConfig(limit=limit)).blocks.items():
        choice = corpus.choices.get(path, RelatedChoice())
        allowed = listed - {path, *choice.exclude} - corpus.shown.get(path, frozenset())
        assert len(block) == min(limit, len(allowed))
        found = [other for other in block if other not in choice.pin]
        ours = [languages[other] == languages[path] for other in found]
        assert ours == sorted(ours, reverse=True)
        left = [other for other in allowed - {*block} if languages[other] == languages[path]]
        assert not (left and not all(ours)), "one of the language is left out for another's"


def test_posts_without_words_get_the_newest_of_their_language() -> None:
    posts = tuple(post(f"{n}", date=day(1 + n), lang=("en", "ja")[n % 2]) for n in range(12))
    corpus = Corpus(posts=posts, terms={one.path: packed({}) for one in posts}, choices={})
    blocks = rank(corpus, RelatedConfig(limit=4)).blocks
    assert blocks["posts/0.md"] == tuple(f"posts/{n}.md" for n in (10, 8, 6, 4))
    assert blocks["posts/11.md"] == tuple(f"posts/{n}.md" for n in (9, 7, 5, 3))
    few = rank(corpus, RelatedConfig(limit=8)).blocks["posts/0.md"]
    assert few[5:] == ("posts/11.md", "posts/9.md", "posts/7.md")


def test_whether_two_of_the_newest_are_copies_is_found_out_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However many blocks they fill."""
    asked: list[tuple[int, int]] = []
    known = Filler._repeats

    def counted(self: Filler, one: int, other: int) -> bool:
        if (one, other) not in self._known:
            asked.append((one, other))
        return known(self, one, other)

    monkeypatch.setattr(Filler, "_repeats", counted)
    posts = tuple(post(f"{n}", date=day(1) + timedelta(days=n)) for n in range(300))
    terms = {one.path: packed({}) for one in posts}
    rank(Corpus(posts=posts, terms=terms, choices={}), RelatedConfig(limit=4))
    assert len(asked) < 20


def test_what_is_behind_copies_is_looked_for_together(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def counted(index: Index, subjects: Places) -> object:
        looked.append(len(subjects))
        return pools(index, subjects)

    monkeypatch.setattr("blogforge.site.filling.pools", counted)
    copy = {f"x{n}": 4 for n in range(20)}
    posts = tuple(post(f"{n}", date=day(1) + timedelta(days=n)) for n in range(120))
    terms = {
        one.path: packed(copy if n < 40 else {f"own{n}": 4, "x1": 1}) for n, one in enumerate(posts)
    }
    blocks = rank(Corpus(posts=posts, terms=terms, choices={}), RelatedConfig(limit=4)).blocks
    assert looked == [40]
    assert not {f"posts/{n}.md" for n in range(40)} & {*blocks["posts/0.md"]}


def test_another_issue_of_a_series_comes_before_other_languages_and_before_copies() -> None:
    """A reader of one language has no use for another's, and none for what is just read."""
    week = {f"x{n}": 4 for n in range(40)}
    issues = {f"issue{n}": week | {f"own{n}": 4} for n in range(4)}
    words = issues | {"me": {"mali": 4}, "again": {"mali": 4}, "fr0": {"a": 4}, "fr1": {"b": 4}}
    posts = tuple(
        post(
            name,
            date=day(1) + timedelta(days=place),
            lang="fr" if name.startswith("fr") else "en",
            title=f"The week, no. {place}" if name in issues else name,
        )
        for place, name in enumerate(words)
    )
    terms = {f"posts/{name}.md": packed(counted) for name, counted in words.items()}
    corpus = Corpus(posts=posts, terms=terms, choices={})
    few, many = (rank(corpus, RelatedConfig(limit=limit)).blocks["posts/me.md"] for limit in (4, 7))
    assert {*few} == {f"posts/issue{n}.md" for n in range(4)}
    assert many == (*few, "posts/fr1.md", "posts/fr0.md", "posts/again.md")


def test_copies_of_others_come_before_copies_of_the_post() -> None:
    words = {"me": {"mali": 4}, "again": {"mali": 4}, "b": {"oil": 4}, "c": {"oil": 4}}
    posts = tuple(post(name, date=day(1 + place)) for place, name in enumerate(words))
    terms = {f"posts/{name}.md": packed(counted) for name, counted in words.items()}
    blocks = rank(Corpus(posts=posts, terms=terms, choices={}), RelatedConfig(limit=4)).blocks
    assert blocks["posts/me.md"] == ("posts/c.md", "posts/b.md", "posts/again.md")
