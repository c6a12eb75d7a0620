from __future__ import annotations

import pickle

import pytest

from blogforge.errors import (
    BlogforgeError,
    ConfigError,
    ContentError,
    Location,
    MachineError,
    Problem,
)


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (Location("posts/a.md", 4, 1), "posts/a.md:4:1"),
        (Location("posts/a.md", 4), "posts/a.md:4"),
        (Location("posts/a.md"), "posts/a.md"),
        (Location("posts/a.md", 0, 3), "posts/a.md"),
    ],
)
def test_a_place(location: Location, shown: str) -> None:
    assert str(location) == shown


def test_a_problem_as_an_author_reads_it() -> None:
    problem = Problem(
        "unknown key 'taggs'", Location("posts/a.md", 4, 1), "did you mean 'tags'?", "taggs: [mali]"
    )
    assert str(problem) == (
        "posts/a.md:4:1: unknown key 'taggs'\n  4 | taggs: [mali]\n  hint: did you mean 'tags'?"
    )


def test_a_problem_without_a_place() -> None:
    assert str(Problem("the disk is full", excerpt="no line to show")) == "the disk is full"


def test_an_excerpt_needs_a_line() -> None:
    assert str(Problem("is empty", Location("a.md"), excerpt="what?")) == "a.md: is empty"


def test_an_error_has_all_problems_once_in_order() -> None:
    problems = [
        Problem("b", Location("posts/b.md", 1)),
        Problem("a", Location("posts/a.md", 10)),
        Problem("a", Location("posts/a.md", 9)),
        Problem("a", Location("posts/a.md", 9)),
        Problem("nowhere"),
    ]
    error = ContentError(problems)
    assert str(error).splitlines() == [
        "nowhere",
        "posts/a.md:9: a",
        "posts/a.md:10: a",
        "posts/b.md:1: b",
    ]
    assert str(ContentError(reversed(problems))) == str(error)


def test_an_error_of_one_problem() -> None:
    error = MachineError.of("cannot write", Location("a"), "make room")
    assert isinstance(error, MachineError)
    assert error.problems == (Problem("cannot write", Location("a"), "make room"),)


@pytest.mark.parametrize(
    ("kind", "status"), [(ContentError, 1), (ConfigError, 2), (MachineError, 3)]
)
def test_exit_statuses(kind: type[BlogforgeError], status: int) -> None:
    assert kind.exit_status == status


def test_an_error_passes_between_processes() -> None:
    error = ContentError.of("wrong", Location("a.md", 1, 2))
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(again) is ContentError
    assert again.problems == error.problems
