"""More from, on a dozen invented posts whose relations are plain to see."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from blogforge.content.terms import BODY, packed, terms
from blogforge.model import Post, RelatedChoice, Terms
from blogforge.settings import RelatedConfig
from blogforge.site import related
from blogforge.site.corpus import Corpus, Explanation
from blogforge.site.related import explain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from random import Random

T = TypeVar("T")

EPOCH = datetime(2012, 1, 1, tzinfo=UTC)
FOUR = RelatedConfig(limit=4)


def rank(corpus: Corpus, settings: RelatedConfig) -> dict[str, tuple[str, ...]]:
    return related.rank(corpus, settings).blocks


def post(path: str, day: float = 0, lang: str = "en", translation_of: str = "") -> Post:
    return Post(
        path=path,
        digest="",
        url=f"/{path}/",
        slug=path,
        title=path,
        lang=lang,
        date=EPOCH + timedelta(days=day),
        translation_of=translation_of,
    )


def corpus(
    words: Mapping[str, str],
    lang: Mapping[str, str] | None = None,
    **choices: RelatedChoice,
) -> Corpus:
    """Posts a day apart, in the order of time; their words, each as often as it stands there."""
    langs = lang or {}
    posts = tuple(post(path, day, langs.get(path, "en")) for day, path in enumerate(words))
    return Corpus(posts=posts, terms=counted(words, lang), choices=choices)


def counted(words: Mapping[str, str], lang: Mapping[str, str] | None = None) -> dict[str, Terms]:
    langs = lang or {}
    return {path: terms([(BODY, text)], langs.get(path, "en")) for path, text in words.items()}


NEWSROOM = {
    "coup": "the president army coup junta bamako mali soldiers",
    "revolt": "the tuareg revolt north mali azawad soldiers",
    "sanctions": "the junta sanctions ecowas border mali bamako",
    "ballot": "the ballot election candidates senegal dakar votes",
    "runoff": "the runoff election votes senegal dakar opposition",
    "pipeline": "the pipeline oil gas exports delta barrels",
    "refinery": "the refinery oil barrels fuel prices delta",
    "subsidy": "the fuel subsidy prices strike unions lagos",
    "drought": "the drought sahel harvest rains grain herds",
    "locusts": "the locusts harvest grain sahel swarms fields",
    "vaccine": "the vaccine clinic measles children doses nurses",
    "clinic": "the clinic nurses malaria children doses nets",
}


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("coup", "sanctions"),
        ("sanctions", "coup"),
        ("revolt", "coup"),
        ("ballot", "runoff"),
        ("runoff", "ballot"),
        ("pipeline", "refinery"),
        ("subsidy", "refinery"),
        ("drought", "locusts"),
        ("locusts", "drought"),
        ("vaccine", "clinic"),
        ("clinic", "vaccine"),
    ],
)
def test_the_obvious_comes_first(path: str, first: str) -> None:
    assert rank(corpus(NEWSROOM), FOUR)[path][0] == first


def test_a_block_is_filled_with_the_newest() -> None:
    assert rank(corpus(NEWSROOM), FOUR)["vaccine"] == ("clinic", "locusts", "drought", "subsidy")


def test_words_are_stemmed_in_the_language_of_the_post() -> None:
    words = {"a": "policies wheat", "b": "policy copper", "c": "weather", "d": "harvest"}
    assert rank(corpus(words), RelatedConfig(limit=1))["a"] == ("b",)
    unknown = dict.fromkeys(words, "tlh")
    assert rank(corpus(words, unknown), RelatedConfig(limit=1))["a"] == ("d",)


def test_a_word_of_most_posts_tells_nothing() -> None:
    words = {f"p{n}": f"mali only{n}" for n in range(30)} | {"x": "mali kidal", "y": "kidal"}
    block = explain("x", corpus(words), FOUR)
    assert [share.term for c in block.candidates for share in c.shares] == ["kidal"]


def test_of_two_alike_the_nearer_in_time_comes_first() -> None:
    posts = tuple(
        post(path, day) for path, day in {"far": 900, "old": -40, "me": 0, "x": 1}.items()
    )
    words = {"far": "mali coup", "old": "mali revolt", "me": "mali talks", "x": "rain"}
    both = Corpus(posts=posts, terms=counted(words), choices={})
    assert rank(both, FOUR)["me"] == ("old", "far", "x")


def test_what_age_takes_is_half_taken_at_the_half_life() -> None:
    posts = (post("me"), post("then", 100), post("ages", 36500), post("x"))
    words = {"me": "mali coup", "then": "mali oil", "ages": "mali rain", "x": "grain"}
    both = Corpus(posts=posts, terms=counted(words), choices={})
    block = explain("me", both, RelatedConfig(limit=4, half_life=100))
    recency = {candidate.path: candidate.recency for candidate in block.candidates}
    assert recency["then"] == pytest.approx(0.675)
    assert recency["ages"] == pytest.approx(0.35)


def test_the_recent_are_found_among_any_number_of_old_and_more_alike() -> None:
    old = {f"old{n}": f"mali coup junta x{n}" for n in range(60)}
    days = dict.fromkeys(old, -36500) | {"me": 0, "new": 1} | {f"z{n}": 0 for n in range(150)}
    words = old | {"me": "mali coup junta me", "new": "mali coup junta new one two"}
    both = Corpus(
        posts=tuple(post(path, day) for path, day in days.items()),
        terms=counted(words | {f"z{n}": f"rain{n}" for n in range(150)}),
        choices={},
    )
    assert rank(both, FOUR)["me"][0] == "new"


def test_equal_scores_go_by_date_then_by_path() -> None:
    posts = (post("me"), post("b", 5), post("a", 5), post("c", -5), post("d", 5))
    words = {"me": "mali", "a": "mali xx", "b": "mali yy", "c": "mali zz", "d": "rain"}
    both = Corpus(posts=posts, terms=counted(words), choices={})
    assert rank(both, FOUR)["me"] == ("a", "b", "c", "d")
    assert rank(both, RelatedConfig(limit=1))["d"] == ("a",)


# ---------------------------------------------------------------- links

LINKED = {
    "me": "mali coup junta",
    "near": "mali coup soldiers",
    "also": "mali junta border",
    "cited": "desert convoys",
    "again": "uranium mines",
    "noise": "rain grain",
    "other": "votes clinic",
}


def linked(**links: tuple[str, ...]) -> Corpus:
    return replace(corpus(LINKED), links=links)


def test_what_posts_alike_link_to_comes_before_what_is_only_new() -> None:
    assert rank(linked(), FOUR)["me"] == ("near", "also", "other", "noise")
    block = rank(linked(near=("cited",)), FOUR)["me"]
    assert block == ("near", "also", "cited", "other")


def test_two_links_speak_louder_than_one_and_many_of_a_post_softer() -> None:
    both = linked(near=("cited", "again"), also=("again",))
    assert rank(both, FOUR)["me"][2:] == ("again", "cited")
    many = linked(near=("cited",), also=("again", "noise", "other"))
    assert rank(many, FOUR)["me"][2] == "cited"


def test_the_links_of_a_post_itself_say_nothing() -> None:
    assert rank(linked(me=("cited",)), FOUR)["me"] == rank(linked(), FOUR)["me"]


@pytest.mark.parametrize("links", [("me",), ("near",), ("unheard-of",), ("fr",), ("quiet",)])
def test_links_that_say_nothing(links: tuple[str, ...]) -> None:
    words = LINKED | {"fr": "convois"}
    posts = replace(
        corpus(words, {"fr": "fr"}),
        unlisted=(post("quiet", 3),),
        terms=counted(words | {"quiet": "convoys"}, {"fr": "fr"}),
    )
    plain = rank(posts, FOUR)["me"]
    assert rank(replace(posts, links={"near": links}), FOUR)["me"] == plain


def test_the_links_of_unlisted_posts_say_nothing() -> None:
    words = LINKED | {"quiet": "mali coup"}
    posts = replace(corpus(LINKED), unlisted=(post("quiet", 3),), terms=counted(words))
    with_links = replace(posts, links={"quiet": ("cited",)})
    assert rank(with_links, FOUR) == rank(posts, FOUR)


def test_excludes_hold_against_links() -> None:
    barred = replace(linked(near=("cited",)), choices={"me": RelatedChoice(exclude=("cited",))})
    assert "cited" not in rank(barred, FOUR)["me"]


@pytest.mark.parametrize(
    "choice",
    [RelatedChoice(), RelatedChoice(pin=("cited",)), RelatedChoice(exclude=("cited",))],
)
def test_an_explanation_says_whose_links_count(choice: RelatedChoice) -> None:
    both = linked(near=("cited",), also=("again", "cited"), me=("cited",), noise=("cited",))
    chosen = replace(both, choices={"me": choice})
    found = {c.path: c for c in explain("me", chosen, FOUR).candidates}
    assert set(found["cited"].linking) == {"near", "also"}
    assert found["cited"].linked > found["again"].linked > 0
    assert found["near"].linked == 0


# ---------------------------------------------------------------- the editor


@pytest.mark.parametrize(
    ("choice", "block"),
    [
        (RelatedChoice(pin=("drought",)), ("drought", "sanctions")),
        (RelatedChoice(pin=("drought", "clinic", "ballot")), ("drought", "clinic")),
        (RelatedChoice(pin=("drought", "drought", "coup")), ("drought", "sanctions")),
        (RelatedChoice(pin=("unheard-of",)), ("sanctions", "revolt")),
        (RelatedChoice(exclude=("sanctions",)), ("revolt", "clinic")),
        (RelatedChoice(pin=("drought",), exclude=("drought",)), ("sanctions", "revolt")),
        (RelatedChoice(show=False, pin=("drought",)), ()),
    ],
)
def test_pins_come_first_and_excludes_never(choice: RelatedChoice, block: tuple[str, ...]) -> None:
    assert rank(corpus(NEWSROOM, coup=choice), RelatedConfig(limit=2))["coup"] == block


def test_what_the_page_already_shows_is_not_repeated() -> None:
    thread = frozenset({"sanctions", "revolt"})
    shown = replace(corpus(NEWSROOM), shown={"coup": thread})
    assert not thread & set(rank(shown, FOUR)["coup"])
    assert len(rank(shown, FOUR)["coup"]) == 4
    pinned = replace(shown, choices={"coup": RelatedChoice(pin=("revolt", "drought"))})
    assert rank(pinned, FOUR)["coup"][0] == "drought"
    assert not thread & set(rank(pinned, FOUR)["coup"])


def test_fewer_cards_where_only_the_thread_remains() -> None:
    small = corpus({path: NEWSROOM[path] for path in ("coup", "revolt", "sanctions")})
    shown = replace(small, shown={"coup": frozenset({"revolt"})})
    assert rank(shown, FOUR)["coup"] == ("sanctions",)


def test_unlisted_posts_have_a_block_and_are_in_none() -> None:
    words = NEWSROOM | {"quiet": "junta bamako ecowas"}
    listed = replace(corpus(NEWSROOM), terms=counted(words))
    blocks = rank(replace(listed, unlisted=(post("quiet", 3),)), FOUR)
    assert blocks["quiet"][0] == "sanctions"
    assert {path: block for path, block in blocks.items() if path != "quiet"} == rank(listed, FOUR)


# ---------------------------------------------------------------- languages, duplicates


def test_language_is_a_gate() -> None:
    words = {
        "coup-en": "mali coup junta",
        "coup-fr": "mali coup junta bamako",
        "pluie": "pluie sahel",
        "talks": "mali talks",
        "rain": "rain sahel",
        "word": "bamako mali junta coup x y z",
    }
    langs = {"coup-fr": "fr", "pluie": "fr-ML", "talks": "en-GB", "rain": "en_US"}
    blocks = rank(corpus(words, langs), FOUR)
    assert blocks["coup-en"] == ("word", "talks", "rain", "pluie")
    assert blocks["coup-fr"] == ("pluie", "word", "rain", "talks")


def test_of_near_duplicates_one_is_shown() -> None:
    wire = "summit leaders agree ceasefire talks abuja delegates envoy"
    words = NEWSROOM | {"wire": wire, "wire-again": wire, "summit": "summit leaders abuja oil"}
    block = rank(corpus(words), FOUR)["summit"]
    assert len({"wire", "wire-again"} & set(block)) == 1
    assert "wire-again" not in rank(corpus(words), FOUR)["wire"]


def test_duplicates_fill_a_block_before_it_stays_short() -> None:
    words = {"a": "mali coup", "b": "mali coup", "c": "mali coup", "d": "rain"}
    assert rank(corpus(words), FOUR)["a"] == ("d", "b", "c")
    assert rank(corpus(words), FOUR)["d"] == ("c", "b", "a")


def test_a_translation_is_a_duplicate_whatever_its_words() -> None:
    posts = (
        post("en", 9),
        post("fr", 9, "fr", translation_of="en"),
        post("de", 8, "de", translation_of="en"),
        post("old", 1, "fr"),
    )
    words = {"en": "harvest", "fr": "récolte", "de": "ernte", "old": "pluie"}
    blocks = rank(Corpus(posts=posts, terms=counted(words), choices={}), FOUR)
    assert blocks["en"] == ("old", "fr", "de")
    assert blocks["fr"] == ("old", "en", "de")
    assert blocks["old"] == ("fr", "en", "de")


def test_a_version_for_another_country_is_a_duplicate_too() -> None:
    posts = (post("gb", 9, "en-GB"), post("us", 9, "en-US", translation_of="gb"), post("x", 1))
    words = {"gb": "colour harvest lorry", "us": "color harvest truck", "x": "oil"}
    assert rank(Corpus(posts=posts, terms=counted(words), choices={}), FOUR)["gb"] == ("x", "us")


def test_of_the_newest_copies_one_fills_a_block() -> None:
    words = {"me": "", "a": "oil", "b": "rain", "copy": "mali coup", "copy-two": "mali coup"}
    assert rank(corpus(words), FOUR)["me"] == ("copy-two", "b", "a", "copy")


def test_variety_before_more_of_a_kind() -> None:
    near = "oil prices barrels brent futures traders opec"
    words = {
        "me": "nigeria oil prices barrels brent futures traders unions strike lagos",
        "brent": f"{near} london",
        "brent-two": f"{near} london vienna",
        "strike": "nigeria unions strike lagos wages",
        "drought": "rain harvest grain",
        "clinic": "vaccine doses clinic",
        "ballot": "votes candidates runoff",
        "revolt": "tuareg azawad kidal",
    }
    block = explain("me", corpus(words), RelatedConfig(limit=2))
    chosen, varied = block.candidates[:2]
    assert (chosen.path, varied.path) == ("brent", "strike")
    passed_over = next(c for c in block.candidates if c.path == "brent-two")
    assert passed_over.score > varied.score
    assert (passed_over.place, passed_over.like) == (0, "brent")
    assert passed_over.worth < varied.worth


@pytest.mark.parametrize("alone", ["", "全球"])
def test_posts_without_common_words_get_the_newest(alone: str) -> None:
    words = {"a": alone, "b": "", "c": "rain", "d": "oil", "e": "gas", "f": "coup"}
    assert rank(corpus(words), FOUR)["a"] == ("f", "e", "d", "c")


def test_no_posts_and_no_cards() -> None:
    assert rank(Corpus(posts=(), terms={}, choices={}), FOUR) == {}
    lone = Corpus(posts=(), unlisted=(post("a"),), terms={"a": packed({"oil": 4})}, choices={})
    assert rank(lone, FOUR) == {"a": ()}
    assert set(rank(corpus(NEWSROOM), RelatedConfig(limit=0)).values()) == {()}


def test_hundreds_of_copies_are_like_any_posts() -> None:
    words = dict.fromkeys((f"p{n:03}" for n in range(400)), "mali coup junta") | {"z": "rain"}
    block = rank(corpus(words), FOUR)["p000"]
    assert block[0] == "z"
    assert len(set(block)) == 4


# ---------------------------------------------------------------- explanations


def test_an_explanation_adds_up() -> None:
    block = explain("coup", corpus(NEWSROOM), FOUR)
    first = block.candidates[0]
    assert (first.path, first.place, first.by_score, first.reason) == ("sanctions", 1, 1, "alike")
    assert {share.term for share in first.shares} == {"junta", "bamako", "mali"}
    assert {share.term: share.posts for share in first.shares}["mali"] == 3
    assert [c.reason for c in block.candidates[:4]] == ["alike", "alike", "newest", "newest"]
    assert [c.days for c in block.candidates[:2]] == [2, 1]


def test_a_term_of_many_posts_is_no_reason() -> None:
    words = {"a": "the mali coup", "b": "the mali rain", "c": "the oil", "d": "the gas", "e": "sun"}
    (first, *_) = explain("a", corpus(words), FOUR).candidates
    assert {share.term: share.common for share in first.shares} == {"the": True, "mali": False}


def test_a_term_of_few_posts_is_a_reason_where_there_are_no_more() -> None:
    (first, *_) = explain(
        "a", corpus({"a": "mali coup", "b": "mali rain", "c": "oil"}), FOUR
    ).candidates
    assert [(share.term, share.posts, share.common) for share in first.shares] == [
        ("mali", 2, False)
    ]


def test_an_explanation_names_who_was_left_out_and_by_whom() -> None:
    choice = RelatedChoice(pin=("drought",), exclude=("sanctions",))
    shown = replace(corpus(NEWSROOM, coup=choice), shown={"coup": frozenset({"revolt"})})
    first, *_, excluded, repeated = explain("coup", shown, FOUR).candidates
    assert (first.path, first.place, first.reason) == ("drought", 1, "pinned")
    assert (excluded.path, excluded.place, excluded.reason) == ("sanctions", 0, "excluded")
    assert excluded.by_score == 2, "behind the pin"
    assert (repeated.path, repeated.reason) == ("revolt", "shown on the page")


def test_an_explanation_says_what_a_duplicate_repeats() -> None:
    wire = "summit leaders agree ceasefire talks abuja delegates envoy"
    words = NEWSROOM | {"wire": wire, "wire-again": wire, "summit": "summit leaders abuja oil"}
    of = {c.path: c for c in explain("summit", corpus(words), FOUR).candidates}
    shown, aside = (of[path] for path in ("wire-again", "wire"))
    assert (shown.place, aside.place, aside.reason, aside.like) == (1, 0, "duplicate", "wire-again")
    assert aside.likeness > 0.9
    own = {c.path: c for c in explain("wire", corpus(words), FOUR).candidates}
    assert (own["wire-again"].reason, own["wire-again"].like) == ("duplicate", "wire")


def test_an_explanation_says_which_issue_of_a_series_is_shown_instead() -> None:
    frame = "notes infrastructure meeting agenda attendance minutes"
    words = NEWSROOM | {
        "m1": f"{frame} rain",
        "m2": f"{frame} votes",
        "s": "infrastructure meeting",
    }
    posts = tuple(
        replace(one, title=f"Meeting {one.path[1]}") if one.path in {"m1", "m2"} else one
        for one in corpus(words).posts
    )
    series = replace(corpus(words), posts=posts)
    of = {c.path: c for c in explain("s", series, RelatedConfig(limit=2)).candidates}
    shown, aside = sorted((of["m1"], of["m2"]), key=lambda c: -c.place)
    assert (shown.place, aside.place, aside.reason, aside.like) == (1, 0, "duplicate", shown.path)
    assert 0.4 < aside.likeness < 0.9


def test_an_explanation_of_no_block() -> None:
    hidden = corpus(NEWSROOM, coup=RelatedChoice(show=False))
    assert explain("coup", hidden, FOUR) == Explanation(path="coup", show=False)
    with pytest.raises(KeyError):
        explain("unheard-of", hidden, FOUR)


# ---------------------------------------------------------------- laws

VOCABULARY = ["mali", "coup", "junta", "oil", "gas", "rain", "grain", "votes", "clinic"]


@st.composite
def any_corpus(draw: st.DrawFn) -> Corpus:
    size = draw(st.integers(1, 14))
    paths = [f"p{number}" for number in range(size)]
    listed = draw(st.integers(0, size))
    counts = st.dictionaries(st.sampled_from(VOCABULARY), st.sampled_from([1, 4, 10, 28]))
    some = st.lists(st.sampled_from(paths), max_size=4).map(tuple)
    choice = st.builds(
        RelatedChoice, pin=some, exclude=some, show=st.sampled_from([True, True, False])
    )
    posts = tuple(
        post(
            path,
            day=draw(st.integers(0, 400)),
            lang=draw(st.sampled_from(["en", "en-GB", "fr", "zh"])),
            translation_of=draw(st.sampled_from(["", "", "", *paths[:2]])),
        )
        for path in paths
    )
    return Corpus(
        posts=posts[:listed],
        unlisted=posts[listed:],
        terms={path: packed(draw(counts)) for path in paths},
        choices=draw(st.dictionaries(st.sampled_from(paths), choice)),
        shown=draw(st.dictionaries(st.sampled_from(paths), some.map(frozenset))),
        links=draw(st.dictionaries(st.sampled_from(paths), some)),
    )


@settings(max_examples=60, deadline=None)
@given(any_corpus(), st.integers(1, 6))
def test_a_block_is_full_and_has_nobody_twice_or_against_the_rules(
    corpus: Corpus, limit: int
) -> None:
    listed = {post.path for post in corpus.posts}
    blocks = rank(corpus, RelatedConfig(limit=limit))
    assert set(blocks) == {post.path for post in (*corpus.posts, *corpus.unlisted)}
    for path, block in blocks.items():
        choice = corpus.choices.get(path, RelatedChoice())
        allowed = listed - {path, *choice.exclude} - corpus.shown.get(path, frozenset())
        assert set(block) <= allowed
        assert len(set(block)) == len(block)
        assert len(block) == (min(limit, len(allowed)) if choice.show else 0)
        pins = tuple(pin for pin in dict.fromkeys(choice.pin) if pin in allowed)[:limit]
        assert not choice.show or block[: len(pins)] == pins


@settings(max_examples=40, deadline=None)
@given(any_corpus(), st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_does_not_matter(corpus: Corpus, chance: Random) -> None:
    def shuffled(items: Iterable[T]) -> tuple[T, ...]:
        mixed = list(items)
        chance.shuffle(mixed)
        return tuple(mixed)

    def mixed_words(terms: Terms) -> Terms:
        return packed(dict(shuffled(zip(terms.words.split(), terms.counts, strict=True))))

    mixed = replace(
        corpus,
        posts=shuffled(corpus.posts),
        unlisted=shuffled(corpus.unlisted),
        terms={path: mixed_words(corpus.terms[path]) for path in shuffled(corpus.terms)},
    )
    assert rank(mixed, FOUR) == rank(corpus, FOUR)


@settings(max_examples=25, deadline=None)
@given(any_corpus())
def test_explanations_say_what_rank_does(corpus: Corpus) -> None:
    listed = {post.path for post in corpus.posts}
    for path, block in rank(corpus, FOUR).items():
        candidates = explain(path, corpus, FOUR).candidates
        assert tuple(c.path for c in candidates[: len(block)]) == block
        places = [c.place for c in candidates]
        assert places == [*range(1, len(block) + 1), *[0] * (len(places) - len(block))]
        paths = [c.path for c in candidates]
        assert len(set(paths)) == len(paths)
        assert set(paths) <= listed - {path}
        for candidate in candidates:
            assert sum(share.share for share in candidate.shares) == candidate.cosine
            assert candidate.score == pytest.approx(
                (candidate.cosine + candidate.linked) * candidate.recency
            )
            assert candidate.reason != "duplicate" or candidate.like in {path, *block}
            if candidate.reason == "alike":
                worth = candidate.score * (1 - candidate.likeness)
                assert candidate.worth == worth


@settings(max_examples=25, deadline=None)
@given(any_corpus(), st.integers(1, 4))
def test_what_an_explanation_says_orders_the_block(corpus: Corpus, limit: int) -> None:
    settings = RelatedConfig(limit=limit)
    for path in rank(corpus, settings):
        candidates = explain(path, corpus, settings).candidates
        alike = [c for c in candidates if c.reason == "alike"]
        chosen = [c for c in alike if c.place]
        worths = [c.worth for c in chosen]
        assert worths == sorted(worths, reverse=True)
        passed_over = [c.worth for c in alike if not c.place]
        assert not passed_over or max(passed_over) <= min(worths, default=2)
        pins = sum(c.reason == "pinned" for c in candidates)
        by_score = sorted(alike, key=lambda c: -c.score)
        assert [c.by_score for c in by_score] == [pins + n for n in range(1, len(alike) + 1)]
        for candidate in candidates:
            assert not (candidate.reason == "excluded" and candidate.place)


def test_importing_costs_no_numpy() -> None:
    code = "import blogforge.site.related, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
