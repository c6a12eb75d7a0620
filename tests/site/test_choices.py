from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from blogforge.errors import ContentError, Location
from blogforge.model import Post, RelatedChoice
from blogforge.site.choices import Hidden, Surroundings, resolve_choices, with_translations

ME = "posts/2012-05-01-me.md"
MALI = "posts/2012-03-21-libya-mali.md"
BUNDLE = "posts/sahel/drought/index.md"


def post(path: str, slug: str, **choice: tuple[str, ...]) -> Post:
    return Post(
        path=path,
        digest="",
        url="",
        slug=slug,
        title=slug,
        lang="en",
        date=datetime(2012, 1, 1, tzinfo=UTC),
        related=RelatedChoice(**choice),  # type: ignore[arg-type]  # pin or exclude
    )


def site(**choice: tuple[str, ...]) -> list[Post]:
    return [post(ME, "me", **choice), post(MALI, "libya-mali"), post(BUNDLE, "drought-2012")]


@pytest.mark.parametrize(
    ("spelling", "path"),
    [
        (MALI, MALI),
        ("2012-03-21-libya-mali.md", MALI),
        ("2012-03-21-libya-mali", MALI),
        ("posts/2012-03-21-libya-mali", MALI),
        ("./posts/2012-03-21-libya-mali.md", MALI),
        ("libya-mali", MALI),
        (" libya-mali ", MALI),
        (BUNDLE, BUNDLE),
        ("drought", BUNDLE),
        ("drought/index.md", BUNDLE),
        ("sahel/drought/", BUNDLE),
        ("drought-2012", BUNDLE),
    ],
)
def test_spellings_of_a_post(spelling: str, path: str) -> None:
    choices, problems = resolve_choices(site(pin=(spelling,), exclude=()))
    assert not problems
    assert choices == {ME: RelatedChoice(pin=(path,))}


def test_posts_without_a_choice_are_left_out_and_show_is_kept() -> None:
    assert resolve_choices(site()) == ({}, ())
    hidden = replace(site()[0], related=RelatedChoice(show=False))
    assert resolve_choices([hidden])[0] == {ME: RelatedChoice(show=False)}


def test_unicode_forms_of_a_name_are_one() -> None:
    posts = [post(ME, "me", exclude=("re\u0301colte",)), post("posts/r\u00e9colte.md", "x")]
    assert resolve_choices(posts)[0][ME].exclude == ("posts/r\u00e9colte.md",)


@pytest.mark.parametrize("key", ["pin", "exclude"])
@pytest.mark.parametrize(
    ("spelling", "message", "hint"),
    [
        ("LIBYA-MALI.MD", "'LIBYA-MALI.MD' is no post", "did you mean 'libya-mali'?"),
        (
            "https://example.org/2012/03/21/libya-mali/",
            "'https://example.org/2012/03/21/libya-mali/' is no post",
            "did you mean 'libya-mali'?",
        ),
        ("lybia-mali", "'lybia-mali' is no post", "did you mean 'libya-mali'?"),
        ("zzz", "'zzz' is no post", "write the file name, path or slug of a published post"),
        ("me", "'me' is this post itself", "take it out"),
    ],
)
def test_names_of_nothing(key: str, spelling: str, message: str, hint: str) -> None:
    choices, (problem,) = resolve_choices(site(**{key: (spelling, "drought")}))
    assert problem.message == f"related: {key} {message}"
    assert (problem.location, problem.hint, problem.level) == (Location(ME), hint, "error")
    assert problem.key == ("related", key, 0)
    assert getattr(choices[ME], key) == (BUNDLE,)


def test_every_problem_is_told() -> None:
    _, problems = resolve_choices(site(pin=("zzz", "yyy"), exclude=("xxx",)))
    assert len(problems) == 3


def test_a_name_of_two_posts() -> None:
    posts = [*site(pin=("mali",)), post("posts/a/mali.md", "x"), post("posts/b/mali.md", "y")]
    _, (problem,) = resolve_choices(posts)
    assert problem.message == "related: pin 'mali' names 2 posts"
    assert problem.hint == "write one of posts/a/mali.md, posts/b/mali.md"


def test_a_whole_path_is_that_post_even_if_it_ends_another() -> None:
    posts = [
        *site(pin=("posts/mali",)),
        post("posts/mali.md", "x"),
        post("posts/posts/mali.md", "y"),
    ]
    assert resolve_choices(posts)[0][ME].pin == ("posts/mali.md",)


def test_pinned_and_excluded() -> None:
    _, (problem,) = resolve_choices(site(pin=("drought",), exclude=("drought-2012",)))
    assert problem.message == f"related: '{BUNDLE}' is both pinned and excluded"
    assert problem.key == ("related", "exclude", 0)


HIDDEN = (
    Hidden("posts/2012-06-01-soon.md", "soon", "scheduled"),
    Hidden("posts/past.md", "past", "expired"),
    Hidden("posts/2012-06-01-notes.md", "notes", "draft"),
    Hidden("posts/wrong.md", "wrong", "withdrawn"),
    Hidden("posts/broken.md", "", "faulty"),
)


@pytest.mark.parametrize(
    ("spelling", "told", "level"),
    [
        ("soon", "posts/2012-06-01-soon.md is scheduled", "warning"),
        ("past.md", "posts/past.md is expired", "warning"),
        ("notes", "posts/2012-06-01-notes.md is a draft", "error"),
        ("posts/wrong.md", "posts/wrong.md is withdrawn", "error"),
        ("quiet", "posts/quiet.md is unlisted", "error"),
    ],
)
def test_pins_on_what_is_not_listed(spelling: str, told: str, level: str) -> None:
    unlisted, around = [post("posts/quiet.md", "quiet")], Surroundings(HIDDEN)
    choices, (problem,) = resolve_choices(site(pin=("drought", spelling)), unlisted, around)
    assert choices[ME].pin == (BUNDLE,)
    assert problem.message == f"related: pin '{spelling}' is not shown: {told}"
    assert (problem.level, problem.key) == (level, ("related", "pin", 1))
    assert bool(problem.hint) == (level == "error"), "the clock will mend the others"
    assert resolve_choices(site(exclude=(spelling,)), unlisted, around)[1] == ()


def test_a_pin_on_a_post_with_a_mistake_is_no_second_mistake() -> None:
    assert resolve_choices(site(pin=("broken.md",)), (), Surroundings(HIDDEN))[1] == ()


def test_more_pins_than_places() -> None:
    posts = site(pin=("drought", "libya-mali"))
    assert resolve_choices(posts, (), Surroundings(limit=2))[1] == ()
    choices, (problem,) = resolve_choices(posts, (), Surroundings(limit=1))
    assert choices[ME].pin == (BUNDLE, MALI)
    assert problem.message == f"related: pin '{MALI}' is not shown: 'related.limit' is 1"
    assert (problem.level, problem.key) == ("warning", ("related", "pin", 1))
    assert resolve_choices(posts, (), Surroundings(limit=0))[1] == (), "nobody wants blocks"


def test_a_pin_that_the_page_shows_already() -> None:
    around = Surroundings(limit=1, shown={ME: frozenset({BUNDLE})})
    _, (problem,) = resolve_choices(site(pin=("drought", "libya-mali")), (), around)
    assert problem.message.endswith(f"'{BUNDLE}' is not repeated: the page's story block shows it")
    assert (problem.level, problem.key) == ("warning", ("related", "pin", 0))


def test_unlisted_posts_choose_too() -> None:
    quiet = post("posts/quiet.md", "quiet", pin=("drought",))
    assert resolve_choices(site(), [quiet])[0] == {quiet.path: RelatedChoice(pin=(BUNDLE,))}


def test_translations_name_their_original_as_pins_do() -> None:
    original, translation = post(MALI, "libya-mali"), post(ME, "me")
    for spelling in (MALI, "2012-03-21-libya-mali", "libya-mali"):
        named = replace(translation, translation_of=spelling)
        assert with_translations([original, named])[1].translation_of == MALI


def test_an_original_need_not_be_published() -> None:
    for spelling in (MALI, "libya-mali"):
        named = replace(post(ME, "me"), translation_of=spelling)
        (found,) = with_translations([named], [Hidden(MALI, "libya-mali", "draft")])
        assert found.translation_of == MALI


@pytest.mark.parametrize("spelling", ["lybia-mali", "me"])
def test_a_translation_of_nothing_is_an_error(spelling: str) -> None:
    named = replace(post(ME, "me"), translation_of=spelling)
    with pytest.raises(ContentError) as caught:
        with_translations([post(MALI, "libya-mali"), named])
    (problem,) = caught.value.problems
    assert problem.location == Location(ME)
    assert problem.key == ("translation_of",)
    assert problem.hint
