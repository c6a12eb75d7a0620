"""What a ranking remembers changes nothing but the time it takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from blogforge.content.terms import packed
from blogforge.digest import digest_value
from blogforge.model import Post, RelatedChoice, Terms
from blogforge.settings import RelatedConfig
from blogforge.site import candidates, ranking, similarity
from blogforge.site.corpus import Corpus
from blogforge.site.related import rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from blogforge.site.bags import Places

EPOCH = datetime(2012, 1, 1, tzinfo=UTC)
FOUR = RelatedConfig(limit=4)


def outcome(
    corpus: Corpus, memory: bytes = b"", how: RelatedConfig = FOUR
) -> tuple[Mapping[str, tuple[str, ...]], bytes]:
    """All blocks, and what the next ranking may begin with."""
    found = rank(corpus, how, memory)
    return found.blocks, found.memory()


class Desk:
    """A newsroom at work: posts that are written, edited, moved and taken away at random."""

    def __init__(self, seed: int, posts: int) -> None:
        self.chance = Random(seed)
        self.posts: dict[str, Post] = {}
        self.terms: dict[str, Terms] = {}
        self.choices: dict[str, RelatedChoice] = {}
        self.shown: dict[str, frozenset[str]] = {}
        self.unlisted: set[str] = set()
        self.links: dict[str, tuple[str, ...]] = {}
        for _ in range(posts):
            self.write()
            self.link()

    def corpus(self) -> Corpus:
        posts = list(self.posts.values())
        self.chance.shuffle(posts)
        return Corpus(
            posts=tuple(post for post in posts if post.path not in self.unlisted),
            unlisted=tuple(post for post in posts if post.path in self.unlisted),
            terms=self.terms,
            choices=self.choices,
            shown=self.shown,
            versions={path: digest_value(terms) for path, terms in self.terms.items()},
            links=self.links,
        )

    def some(self, most: int = 3) -> tuple[str, ...]:
        return tuple(
            self.chance.choices(list(self.posts) or ["nobody"], k=self.chance.randint(0, most))
        )

    def one(self) -> str:
        return self.chance.choice(list(self.posts))

    def act(self) -> None:
        acts = [self.write, self.write]
        if self.posts:
            acts += [self.edit, self.edit, self.edit, self.delete, self.rename, self.redate]
            acts += [self.translate, self.speak, self.choose, self.show, self.hide, self.copy]
            acts += [self.link, self.link, self.retitle, self.republish]
        self.chance.choice(acts)()

    def write(self) -> None:
        path = f"p{self.chance.randrange(10**6)}"
        day = timedelta(days=self.chance.randrange(600))
        lang = self.chance.choice(["en"] * 4 + ["fr"])
        self.posts[path] = Post(
            path=path, digest="", url="", slug="", title=self.title(), lang=lang, date=EPOCH + day
        )
        self.terms[path] = self.text()

    def text(self) -> Terms:
        subject = self.chance.randrange(4)
        words = [f"s{subject}x{self.zipf(12)}" for _ in range(self.chance.randrange(12))]
        words += [f"w{self.zipf(40)}" for _ in range(self.chance.randrange(6))]
        return packed({word: self.chance.choice([1, 4, 8, 30]) for word in words})

    def zipf(self, most: int) -> int:
        return int(most ** self.chance.random())

    def edit(self) -> None:
        path = self.one()
        old = dict(zip(self.terms[path].words.split(), self.terms[path].counts, strict=True))
        for word in list(old)[: self.chance.randrange(2)]:
            del old[word]
        self.terms[path] = packed({**old, f"w{self.zipf(40)}": 4})

    def copy(self) -> None:
        self.terms[self.one()] = self.terms[self.one()]

    def delete(self) -> None:
        path = self.one()
        for kept in (self.posts, self.terms, self.choices, self.shown, self.links):
            kept.pop(path, None)
        self.unlisted.discard(path)

    def rename(self) -> None:
        path, name = self.one(), f"q{self.chance.randrange(10**6)}"
        self.posts[name] = replace(self.posts.pop(path), path=name)
        self.terms[name] = self.terms.pop(path)

    def redate(self) -> None:
        self.change(date=EPOCH + timedelta(days=self.chance.randrange(600)))

    def translate(self) -> None:
        self.change(translation_of=self.chance.choice(["", self.one()]))

    def title(self) -> str:
        """Of no series, or an issue of one of two."""
        number = self.chance.randrange(100)
        names = ("", f"Of {number}", f"The week no. {number}", f"The month no. {number % 3}")
        return self.chance.choice(names)

    def retitle(self) -> None:
        self.change(title=self.title())

    def republish(self) -> None:
        self.change(canonical=self.chance.choice(["", "https://a.example/", "https://b.example/"]))

    def speak(self) -> None:
        self.change(lang=self.chance.choice(["en", "fr", "en-GB"]))

    def change(self, **fields: object) -> None:
        path = self.one()
        self.posts[path] = replace(self.posts[path], **fields)

    def choose(self) -> None:
        show = self.chance.random() < 0.8
        self.choices[self.one()] = RelatedChoice(pin=self.some(), exclude=self.some(), show=show)

    def show(self) -> None:
        self.shown[self.one()] = frozenset(self.some())

    def link(self) -> None:
        self.links[self.one()] = self.some(6)

    def hide(self) -> None:
        self.unlisted ^= {self.one()}


@pytest.fixture(params=["as it is", "short lists", "narrow"])
def bounds(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a few posts reach."""
    monkeypatch.setattr(ranking, "_MANY", 2.0)  # even where everything is touched
    if request.param != "as it is":
        monkeypatch.setattr(similarity, "POSTINGS", 3)
        monkeypatch.setattr(candidates, "CELLS", 300)
    if request.param == "narrow":
        monkeypatch.setattr(similarity, "COMMON_COUNT", 2)
        monkeypatch.setattr("blogforge.site.corpus.WINDOW", 1)


@pytest.mark.usefixtures("bounds")
@settings(max_examples=40, deadline=None, suppress_health_check=[])
@given(st.integers(0, 2**32), st.integers(0, 60), st.lists(st.integers(1, 3), max_size=8))
def test_from_memory_is_from_nothing(seed: int, posts: int, steps: list[int]) -> None:
    desk = Desk(seed, posts)
    _, memory = outcome(desk.corpus())
    for step in steps:
        for _ in range(step):
            desk.act()
        corpus = desk.corpus()
        blocks, memory = outcome(corpus, memory)
        assert (blocks, memory) == outcome(corpus)


def test_from_memory_is_from_nothing_where_little_is_touched() -> None:
    desk = Desk(1, 300)
    memory = rank(desk.corpus(), FOUR).memory()
    for _ in range(30):
        desk.edit()
        blocks, memory = outcome(desk.corpus(), memory)
        assert (blocks, memory) == outcome(desk.corpus())


def test_posts_without_words_are_remembered_too() -> None:
    words: dict[str, dict[str, int]] = {"a": {}}
    memory = rank(corpus_of(words), FOUR).memory()
    for more in ({}, {"c": {"oil": 4}}, {"a": {"oil": 4}}):
        corpus = corpus_of({**words, **more})
        assert outcome(corpus, memory) == outcome(corpus)


def test_an_edit_chooses_few_blocks_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[int] = []

    def counted(index: candidates.Index, subjects: Places) -> Iterator[candidates.Pools]:
        chosen.append(len(subjects))
        return candidates.pools(index, subjects)

    monkeypatch.setattr(ranking, "pools", counted)
    words = {f"p{n}": {f"subject{n // 10}x{m}": 4 for m in range(n % 10 + 2)} for n in range(400)}
    corpus = corpus_of(words)
    memory = rank(corpus, FOUR).memory()
    rank(corpus, FOUR, memory)
    words["p7"] = {**words["p7"], "unheard-of": 4}
    rank(corpus_of(words), FOUR, memory)
    assert chosen[0] == 400
    assert chosen[1] == 0
    assert 1 <= chosen[2] <= 10


def corpus_of(words: Mapping[str, Mapping[str, int]]) -> Corpus:
    """Posts of one day."""
    terms = {path: packed(counts) for path, counts in words.items()}
    return Corpus(
        posts=tuple(
            Post(path=path, digest="", url="", slug="", title="", lang="en", date=EPOCH)
            for path in words
        ),
        terms=terms,
        choices={},
        versions={path: digest_value(one) for path, one in terms.items()},
    )


def test_a_pin_that_becomes_a_copy_of_a_neighbour_replaces_it() -> None:
    brent = {f"x{n}": 4 for n in range(40)}
    words = {
        "me": {"oil": 4},
        "brent": {**brent, "oil": 4},
        "barrel": {**brent, **{f"y{n}": 4 for n in range(80)}},
        "pin": {"rain": 4},
        **{f"z{n}": {f"z{n}": 4} for n in range(12)},
        **{f"o{n}": {f"o{n}": 40, "oil": 1} for n in range(4)},
    }
    choices = {"me": RelatedChoice(pin=("pin",))}
    before = rank(replace(corpus_of(words), choices=choices), FOUR)
    after = replace(corpus_of({**words, "pin": brent}), choices=choices)
    assert before.blocks["me"] == ("pin", "brent", "o0", "o1")
    assert "brent" not in rank(after, FOUR).blocks["me"]
    assert outcome(after, before.memory()) == outcome(after)


@pytest.mark.parametrize("field", ["translation_of", "canonical"])
def test_who_is_a_version_of_a_version_no_longer_is_noticed(field: str) -> None:
    """Of the three only the one between changed, which resembles neither of the others."""
    words = {
        "me": {"oil": 4, "brent": 4},
        "between": {"rain": 4},
        "version": {"oil": 4, "brent": 4, "opec": 4},
        **{f"o{n}": {f"o{n}": 40, "oil": 1} for n in range(4)},
        **{f"z{n}": {f"z{n}": 4} for n in range(80)},
    }
    corpus = corpus_of(words)
    posts = {post.path: post for post in corpus.posts}
    url = "https://a.example/"
    posts["between"] = replace(posts["between"], translation_of="me", canonical=url)
    posts["version"] = replace(
        posts["version"], **{field: {"translation_of": "between", "canonical": url}[field]}
    )
    before = replace(corpus, posts=tuple(posts.values()))
    posts["between"] = replace(posts["between"], translation_of="", canonical="")
    after = replace(corpus, posts=tuple(posts.values()))
    memory = rank(before, FOUR).memory()
    assert "version" not in rank(before, FOUR).blocks["me"]
    assert rank(after, FOUR).blocks["me"][0] == "version"
    assert outcome(after, memory) == outcome(after)


def test_a_list_that_a_word_left_room_in_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that grows rarer takes another's place in a vector, and that one's list is renewed."""
    monkeypatch.setattr(similarity, "POSTINGS", 1)
    for module in (similarity, ranking):
        monkeypatch.setattr(module, "WIDTH", 8)
    words = {
        "me": {**{f"x{n}": 30 for n in range(7)}, "oil": 4, "rain": 5},
        "other": {**{f"y{n}": 30 for n in range(7)}, "oil": 2},
        **{f"z{n}": {f"z{n}": 4, **({"rain": 4} if n < 3 else {})} for n in range(14)},
    }
    memory = rank(corpus_of(words), FOUR).memory()
    after = corpus_of({**words, "z0": {"z0": 4}})
    assert outcome(after, memory) == outcome(after)


class Asked(dict[str, Terms]):
    """Terms that tell who was asked for."""

    def __getitem__(self, path: str) -> Terms:
        self.paths.append(path)
        return super().__getitem__(path)

    def __init__(self, terms: Mapping[str, Terms]) -> None:
        super().__init__(terms)
        self.paths: list[str] = []


def test_only_unknown_words_are_asked_for() -> None:
    desk = Desk(2, 30)
    memory = rank(desk.corpus(), FOUR).memory()
    path = desk.one()
    desk.terms[path] = packed({"unheard-of": 4})
    desk.redate()
    desk.rename()
    (renamed,) = [p for p, terms in desk.terms.items() if terms.words == "unheard-of"]
    asked = Asked(desk.terms)
    rank(replace(desk.corpus(), terms=asked), FOUR, memory)
    assert asked.paths == [renamed]


@pytest.mark.parametrize("place", [0, 19, 22, 30, -1])
def test_a_damaged_memory_is_none(place: int) -> None:
    desk = Desk(3, 30)
    blocks, intact = outcome(desk.corpus())
    damaged = bytearray(intact)
    damaged[place] ^= 1
    for memory in (bytes(damaged), intact[:-9], b"", b"anything"):
        asked = Asked(desk.terms)
        assert outcome(replace(desk.corpus(), terms=asked), memory) == (blocks, intact)
        assert len(asked.paths) == 30


@pytest.mark.parametrize("other", [RelatedConfig(limit=2), RelatedConfig(half_life=9)])
def test_a_memory_of_other_settings_is_one_of_words_alone(other: RelatedConfig) -> None:
    desk = Desk(4, 30)
    _, memory = outcome(desk.corpus())
    asked = Asked(desk.terms)
    corpus = replace(desk.corpus(), terms=asked)
    assert outcome(corpus, memory, other) == outcome(desk.corpus(), b"", other)
    assert not asked.paths


def test_without_versions_nothing_is_remembered() -> None:
    desk = Desk(5, 30)
    memory = rank(desk.corpus(), FOUR).memory()
    unknown = replace(desk.corpus(), versions={})
    desk.edit()
    assert outcome(unknown, memory) == outcome(unknown)
    assert rank(unknown, FOUR).memory() == b""
