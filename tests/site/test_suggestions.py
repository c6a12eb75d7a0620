"""Stories that nobody named, in invented corpora where the truth is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from blogforge.content.terms import BODY, terms
from blogforge.model import Post, RelatedChoice
from blogforge.site.corpus import Corpus
from blogforge.site.suggestions import GAP, LEAST, Suggestion, suggest

EPOCH = datetime(2012, 1, 1, 9, tzinfo=UTC)
MALI = "tuareg azawad bamako sanogo kidal gao timbuktu junta mnla ansar"
DAM = "dam nile reservoir turbine khartoum addis salini spillway blue filling"
STRAIT = "strait tanker barrel hormuz embargo tehran insurance crude fleet mine"
STORIES = {"mali": MALI, "dam": DAM, "strait": STRAIT}
IN_LETTERS = str.maketrans("0123456789-", "abcdefghij ")  # numbered titles would be a series
COLUMN = "readers letters editor reply write postcard stamp envelope address signed"


class Desk:
    """An invented publication: its posts, and the words of each."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.words: dict[str, str] = {}

    def publish(self, name: str, day: float, words: str, **fields: Any) -> None:
        """A post of a name; most of its words are those given."""
        path = f"posts/{name}.md"
        given: dict[str, Any] = {"title": name.translate(IN_LETTERS), "lang": "en", **fields}
        date = EPOCH + timedelta(days=day)
        self.posts.append(
            Post(path=path, digest="", url=f"/{name}/", slug=name, date=date, **given)
        )
        self.words[path] = words

    def noise(self, name: str, day: float, random: Random) -> None:
        """A post about what nobody else writes of."""
        self.publish(name, day, " ".join(f"{name}{n}x" for n in range(8)) + filler(random))

    def story(self, name: str, day: float, random: Random, **fields: Any) -> None:
        """Another post of one of `STORIES`; its name begins with that one's."""
        words = random.sample(STORIES[name.partition("-")[0]].split(), 7)
        own = " ".join(f"{name.replace('-', '')}{n}x" for n in range(6))
        self.publish(name, day, f"{' '.join(words * 3)} {own}{filler(random)}", **fields)

    def corpus(self) -> Corpus:
        found = {
            post.path: terms([(BODY, self.words[post.path])], post.lang) for post in self.posts
        }
        return Corpus(posts=tuple(self.posts), terms=found, choices={})


def filler(random: Random) -> str:
    return "".join(f" common{random.randrange(40)}w" for _ in range(15))


def newsroom(seed: int = 1) -> Desk:
    """Three stories at once, a letters page each week, and much else."""
    random, desk = Random(seed), Desk()
    for number in range(5):
        for place, name in enumerate(STORIES):
            desk.story(f"{name}-{number}", number * 20 + place * 3 + random.random(), random)
    for week in range(8):
        words = " ".join([COLUMN] * 3) + filler(random)
        title = f"Letters, {week + 3} March"
        desk.publish(f"letters-{week}", week * 7, words, title=title)
    for number in range(60):
        desk.noise(f"noise-{number}", number * 2 + random.random(), random)
    return desk


def found(desk: Desk) -> set[frozenset[str]]:
    """What is suggested, by the names of posts."""
    return {names(suggestion) for suggestion in suggest(desk.corpus())}


def names(suggestion: Suggestion) -> frozenset[str]:
    return frozenset(path[len("posts/") : -len(".md")] for path in suggestion.paths)


TRUTH = {frozenset(f"{name}-{number}" for number in range(5)) for name in STORIES}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_stories_are_found_and_nothing_else(seed: int) -> None:
    assert found(newsroom(seed)) == TRUTH


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_posts_makes_no_difference(random: Random) -> None:
    corpus = newsroom().corpus()
    shuffled = random.sample(corpus.posts, len(corpus.posts))
    assert suggest(replace(corpus, posts=tuple(shuffled))) == suggest(corpus)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_no_post_is_in_two_suggestions_nor_has_a_story(data: st.DataObject) -> None:
    corpus = newsroom().corpus()
    paths_of_posts = st.sampled_from([post.path for post in corpus.posts])
    told = data.draw(st.dictionaries(paths_of_posts, st.sampled_from("abc")))
    posts = tuple(replace(post, story=told.get(post.path, "")) for post in corpus.posts)
    suggestions = suggest(replace(corpus, posts=posts))
    paths = [path for suggestion in suggestions for path in suggestion.paths]
    assert len(paths) == len(set(paths))
    assert not told.keys() & set(paths)
    for suggestion in suggestions:
        assert {told[path] for path in suggestion.told} == {suggestion.story} - {""}
        assert suggestion.told or len(suggestion.paths) >= LEAST


def test_shares_of_words_add_up_to_the_cohesion() -> None:
    for suggestion in suggest(newsroom().corpus()):
        shares = [share for _, share in suggestion.ties]
        assert sum(shares) == pytest.approx(suggestion.cohesion)
        assert shares == sorted(shares, reverse=True)
        name = min(names(suggestion)).partition("-")[0]
        strongest = {stem for stem, _ in suggestion.ties[:5]}
        assert strongest <= set(terms([(BODY, STORIES[name])], "en").words.split())


def test_the_surest_come_first() -> None:
    cohesions = [suggestion.cohesion for suggestion in suggest(newsroom().corpus())]
    assert cohesions == sorted(cohesions, reverse=True)
    assert len(cohesions) == 3


def test_posts_may_join_a_story_that_exists() -> None:
    desk = newsroom()
    desk.posts = [
        replace(post, story="War in Mali" if post.slug in {"mali-0", "mali-2"} else "")
        for post in desk.posts
    ]
    (joining,) = (one for one in suggest(desk.corpus()) if one.story)
    assert joining.story == "war-in-mali"
    assert names(joining) == {"mali-1", "mali-3", "mali-4"}
    assert joining.told == ("posts/mali-0.md", "posts/mali-2.md")


def test_a_story_of_two_languages_takes_posts_of_either() -> None:
    desk = newsroom()
    french = {f"dam-{number}" for number in range(5)} | {f"noise-{n}" for n in range(30)}
    told = {"mali-0", "mali-1", "dam-0", "dam-1"}
    desk.posts = [
        replace(
            post,
            lang="fr" if post.slug in french else "en",
            story="Water and war" if post.slug in told else "",
        )
        for post in desk.posts
    ]
    joining = {names(one) for one in suggest(desk.corpus()) if one.story}
    assert joining == {
        frozenset(f"{name}-{number}" for number in (2, 3, 4)) for name in ("mali", "dam")
    }


def test_a_story_that_exists_may_have_the_titles_of_a_series() -> None:
    desk = newsroom()
    desk.posts = [
        replace(post, title=f"Mali, {post.slug[-1]} March", story="War in Mali")
        if post.slug in {"mali-0", "mali-1", "mali-2"}
        else post
        for post in desk.posts
    ]
    (joining,) = (one for one in suggest(desk.corpus()) if one.story)
    assert names(joining) == {"mali-3", "mali-4"}


def test_two_stories_stay_two() -> None:
    desk = newsroom()
    stories = {"mali-0": "North", "mali-1": "North", "mali-2": "South", "mali-3": "South"}
    desk.posts = [replace(post, story=stories.get(post.slug, "")) for post in desk.posts]
    told = [one.told for one in suggest(desk.corpus()) if one.story]
    assert told
    assert all(len({stories[path[6:-3]] for path in paths}) == 1 for paths in told)


@pytest.mark.parametrize("corpus", [Corpus(posts=(), terms={}, choices={}), Desk().corpus()])
def test_no_posts_tell_no_story(corpus: Corpus) -> None:
    assert suggest(corpus) == ()


def test_a_long_pause_ends_a_story() -> None:
    desk, random = newsroom(), Random(2)
    for number in range(3):
        desk.story(f"mali-late-{number}", 80 + 2 * GAP + number, random)
    late = frozenset(f"mali-late-{number}" for number in range(3))
    assert found(desk) == {*TRUTH, late}


def test_what_happens_on_one_day_is_no_story_in_time() -> None:
    desk, random = Desk(), Random(3)
    for number in range(5):
        desk.story(f"mali-{number}", number / 10, random)
    for number in range(60):
        desk.noise(f"noise-{number}", number, random)
    assert found(desk) == set()


def test_copies_count_once() -> None:
    desk = newsroom()
    for number in range(3):
        desk.publish(f"mali-again-{number}", 10 + number, desk.words["posts/mali-0.md"])
    assert found(desk) == TRUTH


def test_a_piece_that_was_only_copied_is_no_story() -> None:
    desk = newsroom()
    for number in range(4):
        desk.publish(f"notice-{number}", 10 + number, f"{COLUMN} {COLUMN} bazaar lantern")
    assert found(desk) == TRUTH


def test_a_translation_is_no_further_post() -> None:
    desk = newsroom()
    for number in range(5):
        original = f"posts/mali-{number}.md"
        fields = {"lang": "fr", "translation_of": original}
        desk.publish(f"mali-fr-{number}", number * 20, desk.words[original], **fields)
    assert found(desk) == TRUTH


def test_languages_do_not_mix() -> None:
    desk = newsroom()
    desk.posts = [
        replace(post, lang="fr") if post.slug in {"mali-3", "mali-4"} else post
        for post in desk.posts
    ]
    mali = frozenset({"mali-0", "mali-1", "mali-2"})
    assert mali in found(desk)
    assert not any({"mali-3", "mali-4"} & group for group in found(desk))


def test_unlisted_posts_and_the_editors_hand_make_no_difference() -> None:
    corpus = newsroom().corpus()
    hidden = replace(corpus.posts[0], path="posts/hidden.md", status="unlisted")
    mali = {post.path for post in corpus.posts if post.slug.startswith("mali")}
    kept = replace(
        corpus,
        unlisted=(hidden,),
        terms={**corpus.terms, hidden.path: corpus.terms["posts/mali-2.md"]},
        choices={path: RelatedChoice(exclude=tuple(sorted(mali - {path}))) for path in mali},
    )
    assert suggest(kept) == suggest(corpus)
    shown = {path: frozenset(mali - {path}) for path in mali}
    assert suggest(replace(corpus, shown=shown)) == suggest(corpus)


def test_what_a_review_ties_together_is_no_story() -> None:
    desk, random = Desk(), Random(5)
    vocabularies = [f"{word}a {word}e {word}i {word}o {word}u " for word in ("ban", "sol", "tir")]
    for number, words in enumerate(vocabularies):
        desk.publish(f"single-{number}", number * 5, words * 3 + filler(random))
    desk.publish("review", 20, "".join(vocabularies[:2]) * 3)
    for number in range(60):
        desk.noise(f"noise-{number}", number, random)
    assert found(desk) == set()


def test_a_story_has_no_more_posts_than_an_editor_can_read() -> None:
    desk, random = Desk(), Random(4)
    for number in range(100):
        desk.story(f"mali-{number}", number, random)
    for number in range(200):
        desk.noise(f"noise-{number}", number / 2, random)
    assert all(len(group) <= 40 for group in found(desk))
    assert found(desk)
