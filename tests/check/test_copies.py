"""Posts that say the same: found, and told from what has to be alike."""

import random

import pytest

from blogforge.check import Wanted, check
from blogforge.check.likeness import overlap, resemblance, sequences, sketch
from blogforge.options import Options
from tests.conftest import MakeSite

WORDS = [f"word{n}" for n in range(3000)]


def text(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def post(title: str, body: str, day: int, more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2025-01-{day:02}\n{more}---\n\n{body}\n"


def found(make_site: MakeSite, *posts: str) -> list[tuple[str, str]]:
    files = {f"posts/{chr(97 + n)}.md": post for n, post in enumerate(posts)}
    wanted = Wanted(("near-duplicate",))
    problems = check(make_site(files), Options(jobs=1), wanted)
    return [(str(p.location), p.message) for p in problems]


def test_a_copy_is_told_once_with_what_it_is_a_copy_of(make_site: MakeSite) -> None:
    said = text(1)
    edited = said.replace(said[40:50], "something", 1)
    ((place, message),) = found(make_site, post("A", said, 2), post("B", edited, 1))
    assert place == "posts/a.md:2:8"  # the newer one
    assert message.startswith("the post is nearly the same as posts/b.md (9")


def test_many_copies_are_told_without_comparing_each_with_each(make_site: MakeSite) -> None:
    posts = [post(f"T{chr(97 + n)}", text(1), n + 1) for n in range(25)]
    assert len(found(make_site, *posts)) == 24


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (post("A", text(1), 1), post("B", text(2), 2)),
        (post("A", text(1), 1), post("B", text(1)[:1200] + text(2), 2)),
        (post("A", text(1, 20), 1), post("B", text(1, 20), 2)),
        (post("A", text(1), 1), post("B", text(1), 2, "translation_of: a.md\nlang: fr\n")),
        (
            post("A", text(1), 1),
            post("B", text(1), 2, "canonical: https://dispatch.example/2025/01/01/a/\n"),
        ),
        (post("The week 1", text(1), 1), post("The week 2", text(1), 2)),
    ],
)
def test_what_has_to_be_alike_is_left_alone(one: str, other: str, make_site: MakeSite) -> None:
    assert found(make_site, one, other) == []


@pytest.mark.parametrize("kept", [0, 100, 200, 270, 300])
def test_sketches_estimate_the_likeness(kept: int) -> None:
    ones, others = text(1).split(), text(2).split()
    one, other = " ".join(ones), " ".join([*ones[:kept], *others[kept:]])
    true = resemblance(sequences(one), sequences(other))
    assert overlap(sketch(one), sketch(other)) == pytest.approx(true, abs=0.2)
