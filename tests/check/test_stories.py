"""Stories of blogforge.yaml that nobody tells."""

from blogforge.check import Wanted, check
from blogforge.errors import Problem
from blogforge.options import Options
from tests.conftest import CONFIG, MakeSite

ONLY = Wanted(("unused-story",))

STORIES = (
    CONFIG + "stories:\n  - name: The strait\n  - name: The war in Mali\n    dek: From its start.\n"
)


def found(make_site: MakeSite, *posts: str) -> tuple[Problem, ...]:
    files = {
        f"posts/{number}.md": f"---\ntitle: T{number}\ndate: 2024-01-01\n{lines}\n---\n\nText.\n"
        for number, lines in enumerate(posts)
    }
    return check(make_site(files, config=STORIES), Options(jobs=1), ONLY)


def test_a_story_without_posts_is_told_with_its_place(make_site: MakeSite) -> None:
    (problem,) = found(make_site, "story: The strait", "story: The war in Nali")
    assert str(problem.location) == "blogforge.yaml:5:11"
    assert problem.message == "no post has the story 'The war in Mali'"
    assert problem.hint == "did you mean 'The war in Nali'?"
    assert (problem.level, problem.rule) == ("warning", "unused-story")


def test_one_like_no_other_gets_advice(make_site: MakeSite) -> None:
    (problem,) = found(make_site, "story: the war in mali")
    assert problem.hint == "write 'story: The strait' in its posts, or take it away here"


def test_a_draft_may_be_the_first_of_its_story(make_site: MakeSite) -> None:
    draft = "status: draft\nstory: the Strait"
    assert found(make_site, draft, "story: THE WAR IN MALI") == ()
