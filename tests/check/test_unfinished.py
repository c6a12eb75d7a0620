"""Markdown that is printed as it stands."""

import time

import pytest

from blogforge.check import Wanted, check
from blogforge.check.prose import without_code
from blogforge.content.engines import Engine
from blogforge.errors import Problem
from blogforge.options import Options
from tests.conftest import CONFIG, MakeSite

ONLY = Wanted(("unfinished-markdown",))

both = pytest.mark.parametrize("engine", ["markdown", "commonmark"])
FRONT = "---\ntitle: A\ndate: 2024-01-01\n---\n\n"
MARKDOWN = CONFIG + "markdown:\n  engine: {}\n"
FENCED = "```\n{}\n```"


def found(make_site: MakeSite, body: str, engine: str = "markdown") -> tuple[Problem, ...]:
    site = make_site({"posts/a.md": f"{FRONT}{body}\n"}, config=MARKDOWN.format(engine))
    return check(site, Options(jobs=1), ONLY)


@both
@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "One[^1].\n\nTwo[^2].\n\n[^1]: Note.",
            (
                "8:4",
                "the footnote [^2] has no note, and is printed as it stands",
                "write the note, '[^2]: …', on a line of its own",
            ),
        ),
        (
            "One[^1].\n\n[^1]: Note.\n[^b]: Another.",
            (
                "9:1",
                "nothing refers to the note [^b]",
                "write [^b] where it belongs, or take the note out",
            ),
        ),
        (
            "> [!NOTE] Dates\n> Text.",
            (
                "6:3",
                "[!NOTE] makes no box, and is printed as it stands",
                "did you mean [!FACTS] or [!QUOTE]?",
            ),
        ),
        (
            "Text.\n\n```python\nx = 1\n\nMore.",
            (
                "8:1",
                "the code that begins here never ends",
                "close it with ``` on a line of its own",
            ),
        ),
        (
            "Text.\n\n~~~\nx = 1\n~~~ text",
            (
                "8:1",
                "the code that begins here never ends",
                "close it with ~~~ on a line of its own",
            ),
        ),
        (
            'See {{< figure src="a.png" >}}',
            (
                "6:5",
                "{{< figure … }} is another generator's, and is printed as it stands",
                "write Markdown or HTML instead",
            ),
        ),
        (
            "{% include a.html %}",
            (
                "6:1",
                "{% include … %} is another generator's, and is printed as it stands",
                "write Markdown or HTML instead",
            ),
        ),
        (
            "It is {{ site.title }}.",
            (
                "6:7",
                "{{ site.title … }} is another generator's, and is printed as it stands",
                "write Markdown or HTML instead",
            ),
        ),
    ],
)
def test_what_is_left_over_is_told_with_its_place(
    engine: str, body: str, told: tuple[str, str, str], make_site: MakeSite
) -> None:
    (problem,) = found(make_site, body, engine)
    place, message, hint = told
    assert str(problem.location) == f"posts/a.md:{place}"
    assert (problem.message, problem.hint) == (message, hint)
    assert (problem.level, problem.rule) == ("warning", "unfinished-markdown")


@both
def test_what_is_meant_so_is_left_alone(engine: str, make_site: MakeSite) -> None:
    bodies = [
        "One[^1] and again[^1].\n\n[^1]: Note.",
        "One[^1].\n\n[^1]: Note, and more[^2].\n[^2]: More.",
        "The pattern `[^a-z]`, and ``a ` [^b]``.",
        FENCED.format("[^1] and {% include a.html %}\n> [!NOTE]"),
        "Text:\n\n    {% include a.html %}\n",
        "Write `{% raw %}` and `{{< figure >}}`.",
        "<!-- {% include a.html %} -->\n\nText.",
        "> [!FACTS] Dates\n> Text.",
        "> [!facts]\n> Text.",
        "A [!NOTE] in prose.",
        "~~~\n```\n~~~",
        FENCED.format("x") + "\n\nText.\n\n" + FENCED.format("y"),
        "- item\n\n    ```\n    x\n    ```",
        "``` is how code begins.`",
        "{{ a }} and {% are signs.",
    ]
    posts = {
        f"posts/{number}.md": FRONT + f"Words.\n\n{body}\n" for number, body in enumerate(bodies)
    }
    assert check(make_site(posts, config=MARKDOWN.format(engine)), Options(jobs=1), ONLY) == ()


def test_a_longer_fence_closes_only_where_the_engine_thinks_so(make_site: MakeSite) -> None:
    body = "Text.\n\n```\nx = 1\n````\n\nText."
    assert len(found(make_site, body, "markdown")) == 1
    assert found(make_site, body, "commonmark") == ()


@pytest.mark.parametrize(
    "items", ["- one\n- two", "* one\n* two", "1. one\n2. two", "- **one** is\n- two\n- three"]
)
def test_a_list_that_is_printed_in_its_paragraph(items: str, make_site: MakeSite) -> None:
    body = f"Words.\n\nThree things\nare known:\n{items}\n"
    (problem,) = found(make_site, body)
    assert str(problem.location) == "posts/a.md:10:1"
    assert problem.message == "this list is printed inside the paragraph above it"
    assert problem.hint == "leave a blank line before the list"
    assert found(make_site, body, "commonmark") == ()


def test_lists_elsewhere_and_dashes_are_left_alone(make_site: MakeSite) -> None:
    bodies = [
        "Known:\n\n- one\n- two",
        "- one\ngoes on\n- two\n- three",
        "- one\n\n    goes on\n- two\n- three",
        "He said so\n- and left.",
        "In the year\n1968. It was spring.\nNobody knew.",
        "## Known\n- one\n- two",
        "> Known\n- one\n- two",
        "- one\n    - two\n    - three",
        "Term\n:   Known\n",
        FENCED.format("known:\n- one\n- two"),
        "<pre>\n\nknown:\n- one\n- two\n\n</pre>",
    ]
    posts = {
        f"posts/{number}.md": FRONT + f"Words.\n\n{body}\n" for number, body in enumerate(bodies)
    }
    assert check(make_site(posts, config=MARKDOWN.format("markdown")), Options(jobs=1), ONLY) == ()


@both
def test_what_is_left_of_a_body_is_where_it_was(engine: Engine) -> None:
    body = "a `b` c\n\n```\nd\n```\ne <!-- f\ng --> h ` i\n\nj ` k"
    left = without_code(body, engine)
    assert len(left) == len(body)
    assert left.count("\n") == body.count("\n")
    assert left.split() == ["a", "c", "e", "h", "`", "i", "j", "`", "k"]
    assert all(new in {old, " "} for old, new in zip(body, left, strict=True))


@both
@pytest.mark.parametrize("unit", ["[^", "`", "` ", "`` ` ", "> ", "<!--", "{{< ", "- a\n", "```\n"])
def test_hostile_bodies_take_no_time(engine: Engine, unit: str) -> None:
    from blogforge.check.unfinished import Body, _boxes, _fences, _footnotes, _lists, _shortcodes

    text = unit * 5_000
    started = time.perf_counter()
    body = Body(text, without_code(text, engine), text, engine)
    for find in (_footnotes, _boxes, _fences, _shortcodes, _lists):
        list(find(body))
    assert time.perf_counter() - started < 20
