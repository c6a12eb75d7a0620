from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from blogforge.errors import ConfigError, ContentError
from blogforge.model import Author, Group, GroupKind, Post
from blogforge.settings import SectionConfig, StoryConfig
from blogforge.site.groups import (
    Bylines,
    Groups,
    bylines,
    group_key,
    group_posts,
    newest_first,
)
from tests.invented import CONFIG, day, post

if TYPE_CHECKING:
    from blogforge.config import Config

NOBODY = Bylines(persons={}, keys={})


def grouped(*posts: Post, config: Config = CONFIG) -> Groups:
    return group_posts(newest_first(posts), NOBODY, config)


def of_kind(found: Groups, kind: GroupKind) -> list[Group]:
    return [group for group in found.groups if group.kind == kind]


def names(found: Groups, kind: GroupKind) -> list[str]:
    return [group.name for group in of_kind(found, kind)]


# ---------------------------------------------------------------- keys


@pytest.mark.parametrize(
    "spellings",
    [
        ("Mali", "mali", "MALI", " Mali "),
        ("Foreign Affairs", "foreign affairs", "Foreign  Affairs", "foreign-affairs"),
        ("Foreign Affairs", "Foreign\u00a0Affairs", "Foreign\u2003Affairs"),
        ("Côte d'Ivoire", "Co\u0302te d’Ivoire", "CÔTE D'IVOIRE"),
        ("ﬁnance", "finance", "Finance"),
        ("Mali", "Ma\u00adli", "\u200eMali\u200f", "Mali\ufeff"),
        ("Straße", "STRASSE", "strasse"),
        ("Ὀδυσσεύς", "ὀδυσσεύσ", "ὈΔΥΣΣΕΎΣ"),
        ("Ｍａｌｉ", "Mali"),
    ],
)
def test_spellings_of_one_name(spellings: tuple[str, ...]) -> None:
    assert len({group_key(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("C", "C++"), ("C", "C#"), ("R", "R&D"), ("Mali", "Malí"), ("مالي", "ماليه"), ("été", "ete")],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert group_key(one) != group_key(other)


@pytest.mark.parametrize("name", ["", " ", "!!!", "❤️", "☀️", "\u200d", "\u0301", "—"])
def test_nothing_to_make_a_key_of(name: str) -> None:
    assert group_key(name) == ""


@given(st.text())
@settings(max_examples=300)
def test_the_form_of_unicode_does_not_matter(name: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert group_key(unicodedata.normalize(form, name)) == group_key(name)


@given(st.text())
@settings(max_examples=300)
def test_case_does_not_matter(name: str) -> None:
    assert group_key(name.casefold()) == group_key(name)
    assert group_key(f"  {name}\t") == group_key(name)


# ---------------------------------------------------------------- sections, tags, stories


def test_spellings_are_one_group_in_the_most_frequent() -> None:
    spelled = ["mali", "Mali", "MALI", "Mali", "mali", "Mali"]
    found = grouped(*(post(f"p{i}", tags=(tag,)) for i, tag in enumerate(spelled)))
    (tag,) = of_kind(found, "tag")
    assert (tag.key, tag.name, tag.url) == ("mali", "Mali", "/tag/mali/")
    assert len(found.members["tag:mali"]) == 6


def test_equally_frequent_spellings_do_not_hang_on_the_order_of_posts() -> None:
    posts = [post(f"p{i}", tags=(tag,)) for i, tag in enumerate(["mali", "Mali", "MALI"])]
    assert {names(grouped(*order), "tag")[0] for order in permutations(posts)} == {"MALI"}


def test_a_post_is_in_a_group_once_however_often_it_says_so() -> None:
    found = grouped(post(tags=("Mali", "mali", "MALI")))
    assert found.members["tag:mali"] == ("posts/a.md",)


def test_members_are_newest_first() -> None:
    found = grouped(*(post(f"p{n}", date=day(n), section="Africa", story="War") for n in (2, 9, 4)))
    newest = ("posts/p9.md", "posts/p4.md", "posts/p2.md")
    assert found.members["section:africa"] == newest
    assert found.members["story:war"] == newest


def test_sections_stand_as_configured_and_then_by_size() -> None:
    config = replace(
        CONFIG,
        sections=(SectionConfig(name="World", dek="All of it."), SectionConfig(name="Europe")),
    )
    sections = ["Asia", "Africa", "Africa", "Zambia", "Africa", "Zambia", "europe"]
    found = grouped(*(post(f"p{i}", section=s) for i, s in enumerate(sections)), config=config)
    assert names(found, "section") == ["World", "Europe", "Africa", "Zambia", "Asia"]
    world = of_kind(found, "section")[0]
    assert (world.dek, found.members[world.id]) == ("All of it.", ())
    assert found.members["section:europe"] == ("posts/p6.md",)


def test_tags_of_one_size_stand_by_key() -> None:
    found = grouped(post(tags=("b", "c", "a")), post("x", tags=("c",)))
    assert names(found, "tag") == ["c", "a", "b"]


def test_a_name_in_another_script_keeps_it() -> None:
    (tag,) = of_kind(grouped(post(tags=("مالي",))), "tag")
    assert tag.key == "مالي"
    assert tag.url == "/tag/%D9%85%D8%A7%D9%84%D9%8A/"


def test_groups_stand_below_the_base_path() -> None:
    config = replace(CONFIG, url="https://x.example/blog/")
    found = grouped(post(tags=("Mali",), section="Africa"), config=config)
    assert {group.url for group in found.groups} == {
        "/blog/section/africa/",
        "/blog/tag/mali/",
        "/blog/2012/",
        "/blog/2012/03/",
    }


def test_names_without_letters_are_all_told_with_their_posts() -> None:
    posts = [post("a", tags=("!!!", "Mali")), post("b", section="❤️"), post("c", story="…")]
    with pytest.raises(ContentError) as caught:
        grouped(*posts)
    problems = caught.value.problems
    assert [p.location.path for p in problems if p.location] == [
        "posts/a.md",
        "posts/b.md",
        "posts/c.md",
    ]
    assert "the tag '!!!'" in problems[0].message
    assert "the section '❤️'" in problems[1].message


def test_a_story_has_the_name_and_dek_of_the_configuration() -> None:
    stories = (StoryConfig(name="The War", dek="From its start."), StoryConfig(name="The dam"))
    found = grouped(
        post(story="the war"), post("x", story="Salt"), config=replace(CONFIG, stories=stories)
    )
    salt, war = of_kind(found, "story")
    assert (war.name, war.dek, found.members[war.id]) == (
        "The War",
        "From its start.",
        ("posts/a.md",),
    )
    assert (salt.name, salt.dek) == ("Salt", "")


@pytest.mark.parametrize(
    ("key", "entry", "kind"),
    [("sections", SectionConfig, "section"), ("stories", StoryConfig, "story")],
)
def test_what_is_configured_twice_is_one(key: str, entry: Any, kind: str) -> None:
    config = replace(CONFIG, **{key: (entry(name="Mali"), entry(name="MALI "))})
    with pytest.raises(ConfigError, match=f"'MALI ' is the {kind} 'Mali' again"):
        grouped(post(), config=config)


@pytest.mark.parametrize(
    "wrong",
    [{"sections": (SectionConfig(name="→"),)}, {"stories": (StoryConfig(name="→"),)}],
)
def test_what_is_configured_needs_letters_too(wrong: dict[str, Any]) -> None:
    config = replace(CONFIG, **wrong)
    with pytest.raises(ConfigError) as caught:
        grouped(post(), config=config)
    (problem,) = caught.value.problems
    assert problem.location
    assert problem.location.path == "blogforge.yaml"


# ---------------------------------------------------------------- archive


def test_years_and_months_newest_first() -> None:
    dates = [datetime(2011, 12, 31, tzinfo=UTC), day(1), datetime(2012, 11, 2, tzinfo=UTC)]
    found = grouped(*(post(f"p{i}", date=date) for i, date in enumerate(dates)))
    archive = of_kind(found, "archive")
    assert [group.key for group in archive] == ["2012", "2012-11", "2012-03", "2011", "2011-12"]
    assert [group.name for group in archive][:3] == ["2012", "November 2012", "March 2012"]
    assert archive[1].url == "/2012/11/"
    assert found.members["archive:2012"] == ("posts/p2.md", "posts/p1.md")


def test_a_post_is_in_the_month_that_its_own_clock_said() -> None:
    date = datetime(2012, 4, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    assert "archive:2012-04" in grouped(post(date=date)).members


def test_months_are_named_in_the_language_of_the_site() -> None:
    french = replace(CONFIG, language="fr")
    assert "mars 2012" in names(grouped(post(), config=french), "archive")


@pytest.mark.parametrize("language", ["en-GB-oxendict", "tlh", "x-private", "zh-Hant-TW"])
def test_any_language_tag_has_months(language: str) -> None:
    assert len(names(grouped(post(), config=replace(CONFIG, language=language)), "archive")) == 2


def test_an_early_year_has_four_digits() -> None:
    found = grouped(post(date=datetime(988, 7, 1, tzinfo=UTC)))
    assert [group.key for group in of_kind(found, "archive")] == ["0988", "0988-07"]


def test_newest_first_and_then_by_path() -> None:
    posts = [post("b", date=day(2)), post("a", date=day(2)), post("c", date=day(3))]
    for order in permutations(posts):
        assert [p.slug for p in newest_first(order)] == ["c", "a", "b"]


# ---------------------------------------------------------------- authors

ANA = Author(id="ana", name="Ana Ruiz", bio="Ana writes.")


def wrote(*authors: str, known: tuple[Author, ...] = (ANA,), **fields: Any) -> Bylines:
    return bylines([post(authors=authors, **fields)], [], {a.id: a for a in known}, CONFIG)


@pytest.mark.parametrize("text", ["ana", "ANA", "Ana Ruiz", "ana ruiz", "Ana  RUIZ", "ana-ruiz"])
def test_an_author_is_known_by_id_or_name(text: str) -> None:
    found = wrote(text)
    assert found.persons == {"ana": replace(ANA, url="/author/ana/")}
    assert found.keys == {text: "ana"}


def test_who_is_not_listed_goes_by_the_text() -> None:
    found = wrote("Ben Okri")
    assert found.persons["ben-okri"] == Author(
        id="Ben Okri", name="Ben Okri", url="/author/ben-okri/"
    )


def test_spellings_of_one_who_is_not_listed_are_one() -> None:
    posts = [post("a", authors=("Ben Okri",)), post("b", authors=("ben okri",))]
    found = bylines(posts, [], {}, CONFIG)
    assert [person.name for person in found.persons.values()] == ["Ben Okri"]


def test_an_id_goes_before_another_authors_name() -> None:
    other = Author(id="editor", name="Ana")
    assert wrote("Ana", known=(other, ANA)).keys == {"Ana": "ana"}


def test_an_author_named_twice_is_in_the_byline_once() -> None:
    found = wrote("ana", "Ben", "Ana Ruiz")
    assert found.keys_of(post(authors=("ana", "Ben", "Ana Ruiz"))) == ("ana", "ben")


def test_an_author_of_unlisted_posts_has_no_page() -> None:
    listed = [post("a", authors=("ana",))]
    unlisted = [post("b", authors=("ana", "Ben"), status="unlisted")]
    found = bylines(listed, unlisted, {}, CONFIG)
    assert found.persons["ana"].url == "/author/ana/"
    assert found.persons["ben"].url == ""
    groups = group_posts(listed, found, CONFIG)
    assert [group.key for group in of_kind(groups, "author")] == ["ana"]


def test_authors_pages_stand_by_key_with_their_bios() -> None:
    posts = newest_first(
        [post("a", authors=("Zoe", "ana")), post("b", authors=("ana",), date=day(9))]
    )
    found = group_posts(posts, bylines(posts, [], {"ana": ANA}, CONFIG), CONFIG)
    ana, zoe = of_kind(found, "author")
    assert (ana.name, ana.dek, zoe.name) == ("Ana Ruiz", "Ana writes.", "Zoe")
    assert found.members["author:ana"] == ("posts/b.md", "posts/a.md")


def test_an_author_without_letters_is_a_located_error() -> None:
    with pytest.raises(ContentError) as caught:
        wrote("***")
    (problem,) = caught.value.problems
    assert str(problem.location) == "posts/a.md"
    assert "the author '***'" in problem.message
