from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from blogforge.errors import ContentError, Location
from blogforge.model import Post, RelatedChoice, Skipped
from blogforge.site.choices import resolve_choices, with_translations

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
        ("lybia-mali", "'lybia-mali' is no post", "did you mean 'libya-mali'?"),
        ("zzz", "'zzz' is no post", "write the file name, path or slug of a published post"),
        ("me", "'me' is this post itself", "take it out"),
    ],
)
def test_names_of_nothing(key: str, spelling: str, message: str, hint: str) -> None:
    choices, (problem,) = resolve_choices(site(**{key: (spelling, "drought")}))
    assert problem.message == f"related: {key} {message}"
    assert (problem.location, problem.hint, problem.level) == (Location(ME), hint, "error")
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


@pytest.mark.parametrize(
    ("spelling", "message"),
    [
        ("quiet", "related: pin 'quiet' is not shown: posts/quiet.md is unlisted"),
        ("soon.md", "related: pin 'soon.md' is not shown: posts/soon.md is scheduled"),
    ],
)
def test_hidden_posts_warn_where_they_are_pinned(spelling: str, message: str) -> None:
    unlisted = [post("posts/quiet.md", "quiet")]
    skipped = [Skipped(path="posts/soon.md", reason="scheduled")]
    choices, (problem,) = resolve_choices(site(pin=(spelling,)), unlisted, skipped)
    assert choices[ME].pin == ()
    assert (problem.message, problem.level) == (message, "warning")
    assert resolve_choices(site(exclude=(spelling,)), unlisted, skipped)[1] == ()


def test_unlisted_posts_choose_too() -> None:
    quiet = post("posts/quiet.md", "quiet", pin=("drought",))
    assert resolve_choices(site(), [quiet])[0] == {quiet.path: RelatedChoice(pin=(BUNDLE,))}


def test_translations_name_their_original_as_pins_do() -> None:
    original, translation = post(MALI, "libya-mali"), post(ME, "me")
    for spelling in (MALI, "2012-03-21-libya-mali", "libya-mali"):
        named = replace(translation, translation_of=spelling)
        assert with_translations([original, named])[1].translation_of == MALI


def test_an_original_that_is_not_published_counts_as_none() -> None:
    named = replace(post(ME, "me"), translation_of=MALI)
    (found,) = with_translations([named], [Skipped(path=MALI, reason="draft")])
    assert found.translation_of == ""


@pytest.mark.parametrize("spelling", ["lybia-mali", "me"])
def test_a_translation_of_nothing_is_an_error(spelling: str) -> None:
    named = replace(post(ME, "me"), translation_of=spelling)
    with pytest.raises(ContentError) as caught:
        with_translations([post(MALI, "libya-mali"), named])
    (problem,) = caught.value.problems
    assert problem.location == Location(ME)
    assert problem.key == ("translation_of",)
    assert problem.hint
