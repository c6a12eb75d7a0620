"""Blocks of a length or section of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from blogforge.config import Config
from blogforge.content.terms import packed
from blogforge.digest import digest_value
from blogforge.model import Post, RelatedChoice, Site
from blogforge.pool.packing import packed as packed_for_workers
from blogforge.pool.packing import unpacked
from blogforge.settings import RelatedConfig, SectionConfig
from blogforge.site.corpus import Corpus
from blogforge.site.related import rank
from blogforge.site.scopes import Scope, Scopes
from tests.invented import site_of

EPOCH = datetime(2012, 1, 1, tzinfo=UTC)
WORDS = ("mali", "coup", "oil", "gas", "rain", "grain", "votes", "clinic")
SECTIONS = ("", "Africa", "africa", "Europe")
Sites = tuple[Site, Corpus]


@st.composite
def sites(draw: st.DrawFn, least: int = 1) -> Sites:
    paths = [f"posts/{number}.md" for number in range(draw(st.integers(least, 14)))]
    counts = st.dictionaries(st.sampled_from(WORDS), st.sampled_from([1, 4, 10]))
    some = st.lists(st.sampled_from(paths), max_size=3).map(tuple)
    choice = st.builds(RelatedChoice, pin=some, exclude=some, show=st.booleans())
    posts = [
        Post(
            path=path,
            digest="",
            url=f"/{path}/",
            slug=path,
            title=path,
            lang=draw(st.sampled_from(["en", "fr"])),
            date=EPOCH + timedelta(days=draw(st.integers(0, 400))),
            section=draw(st.sampled_from(SECTIONS)),
            status=draw(st.sampled_from(["published", "published", "unlisted"])),
        )
        for path in paths
    ]
    terms = {path: packed(draw(counts)) for path in paths}
    config = Config(title="A", url="https://a.example/", related=RelatedConfig(limit=3))
    site = site_of(posts, config)
    corpus = Corpus(
        posts=site.posts,
        unlisted=site.unlisted,
        terms=terms,
        choices=draw(st.dictionaries(st.sampled_from(paths), choice)),
        shown=draw(st.dictionaries(st.sampled_from(paths), some.map(frozenset))),
        versions={path: digest_value(one) for path, one in terms.items()},
    )
    return replace(site, related=rank(corpus, config.related).blocks), corpus


scopes = st.builds(
    Scope, limit=st.integers(0, 12), section=st.sampled_from(["", "africa", "europe"])
)


def members_of(corpus: Corpus, section: str) -> set[str]:
    return {post.path for post in corpus.posts if section in {"", post.section.lower()}}


@settings(max_examples=40, deadline=None)
@given(sites(), scopes)
def test_a_block_is_full_of_its_section_alone(made: Sites, scope: Scope) -> None:
    site, corpus = made
    found = Scopes(site, corpus, sections=("Africa", "Europe"))
    for post in (*site.posts, *site.unlisted):
        block = found.block(post.path, scope)
        choice = corpus.choices.get(post.path, RelatedChoice())
        barred = {post.path, *choice.exclude, *corpus.shown.get(post.path, ())}
        allowed = members_of(corpus, scope.section) - barred
        pins = tuple(pin for pin in dict.fromkeys(choice.pin) if pin in allowed)[: scope.limit or 3]
        assert set(block) <= allowed
        assert len(set(block)) == len(block)
        assert len(block) == (min(scope.limit or 3, len(allowed)) if choice.show else 0)
        assert not choice.show or block[: len(pins)] == pins


@settings(max_examples=20, deadline=None)
@given(sites(), scopes)
def test_a_smaller_block_is_the_beginning_of_the_usual_one(made: Sites, scope: Scope) -> None:
    found = Scopes(*made, sections=("Africa", "Europe"))
    usual = replace(scope, limit=0)
    for path in made[1].terms:
        if scope.limit <= 3:
            whole = made[0].related[path] if not scope.section else found.block(path, usual)
            assert found.block(path, scope) == whole[: scope.limit or 3]


def test_the_usual_block_costs_no_ranking() -> None:
    site, corpus = invented()
    found = Scopes(site, corpus)
    for limit in range(4):
        assert (
            found.block("posts/0.md", Scope(limit=limit))
            == site.related["posts/0.md"][: limit or 3]
        )
    assert not found.memories


@settings(max_examples=25, deadline=None)
@given(sites(), sites(), scopes)
def test_from_memory_is_from_nothing(before: Sites, after: Sites, scope: Scope) -> None:
    known = Scopes(*before, sections=("Africa", "Europe"))
    known.block("posts/0.md", scope)
    fresh = Scopes(*after, sections=("Africa", "Europe"))
    again = Scopes(*after, sections=("Africa", "Europe"), remembered=known.memories)
    usual = rank(after[1], after[0].config.related).memory
    seeded = Scopes(*after, sections=("Africa", "Europe"), usual=usual)
    for path in after[1].terms:
        assert again.block(path, scope) == fresh.block(path, scope) == seeded.block(path, scope)
    assert again.memories == fresh.memories == seeded.memories


def test_a_post_of_no_block_has_none_in_any_scope() -> None:
    site, corpus = invented()
    assert Scopes(site, corpus).block("pages/about.md", Scope(limit=9)) == ()
    assert Scopes(site, corpus).block("pages/about.md", Scope()) == ()


def test_a_section_is_known_by_key_or_name() -> None:
    found = Scopes(*invented())
    assert {found.section(name) for name in ("AFRICA", "africa", " Africa ")} == {"africa"}
    assert found.section("") == ""


@pytest.mark.parametrize(
    ("name", "hint"), [("afrika", ": did you mean 'Africa'?"), ("nowhere", ""), ("!", "")]
)
def test_an_unknown_section_is_an_error_with_a_suggestion(name: str, hint: str) -> None:
    found = Scopes(*invented())
    with pytest.raises(LookupError) as caught:
        found.section(name)
    assert str(caught.value) == f"there is no section '{name}'{hint}"
    with pytest.raises(LookupError):
        found.block("posts/0.md", Scope(section=name))


def test_a_section_without_a_published_post_is_empty() -> None:
    """Time takes the last post of a section away, and must not break a build."""
    site, corpus = invented()
    assert Scopes(site, corpus, sections=["Asia"]).block("posts/0.md", Scope(section="asia")) == ()
    sections = (SectionConfig(name="Culture"),)
    empty = site_of(site.posts, replace(site.config, sections=sections))
    assert Scopes(empty, corpus).block("posts/0.md", Scope(section="culture")) == ()


def test_a_worker_elsewhere_has_what_was_ranked_and_no_more() -> None:
    found = Scopes(*invented())
    asked, other = Scope(limit=9, section="africa"), Scope(limit=9)
    block = found.block("posts/0.md", asked)
    there = unpacked(packed_for_workers(found))
    assert there.block("posts/0.md", asked) == block != ()
    assert there.block("posts/0.md", Scope()) == found.block("posts/0.md", Scope())
    with pytest.raises(LookupError, match="not ranked here"):
        there.block("posts/0.md", other)


def invented() -> Sites:
    """Nine posts about three things, in two sections and none."""
    posts = [
        Post(
            path=f"posts/{n}.md",
            digest="",
            url="",
            slug=f"{n}",
            title=f"{n}",
            lang="en",
            date=EPOCH + timedelta(days=n),
            section=SECTIONS[n % 4],
        )
        for n in range(9)
    ]
    terms = {post.path: packed({WORDS[n % 3]: 4, f"own{n}": 4}) for n, post in enumerate(posts)}
    config = Config(title="A", url="https://a.example/", related=RelatedConfig(limit=3))
    site = site_of(posts, config)
    versions = {path: digest_value(one) for path, one in terms.items()}
    corpus = Corpus(posts=site.posts, terms=terms, choices={}, versions=versions)
    return replace(site, related=rank(corpus, config.related).blocks), corpus
