"""What a build did, in words and as JSON."""

import io
import json
import sys
from datetime import UTC, datetime

import pytest

from blogforge import summary
from blogforge.build import Report
from blogforge.errors import Location, Problem
from blogforge.model import Skipped
from blogforge.output.publish import Tally
from blogforge.printing import clock

UNTIL = datetime(2027, 1, 1, 9, tzinfo=UTC)
REPORT = Report(
    output="public",
    posts=2,
    pages=Tally(written=3, unchanged=40, removed=1, changes=(("a/b", "new"), ("c", "removed: x"))),
    skipped=(
        Skipped(path="posts/d.md", reason="draft"),
        Skipped(path="posts/s.md", reason="scheduled", until=UNTIL),
    ),
    warnings=(Problem("doubtful", Location("posts/a.md", 4), level="warning"),),
    next_change_at=UNTIL,
    timezone="Europe/Paris",
    rendered={"a/b": "card:posts/a.md changed", "d": "config:title changed"},
    seconds=1.23456,
)
NOTHING = Report(
    output="public",
    posts=1,
    pages=Tally(written=0, unchanged=12, removed=0),
    skipped=(),
    warnings=(),
    next_change_at=None,
    timezone="UTC",
    rendered={},
    seconds=0.004,
)


def test_the_summary_names_every_post_that_was_not_published() -> None:
    assert summary.as_text(REPORT) == (
        "Published 2 posts to public in 1.23 s\n"
        "  pages: 2 rendered, 3 written, 40 unchanged, 1 removed\n"
        "  2 sources not published:\n"
        "    posts/d.md: draft\n"
        "    posts/s.md: scheduled until 2027-01-01 10:00 CET\n"
        "  next change by time alone: 2027-01-01 10:00 CET"
    )


def test_a_moment_that_the_zone_does_not_have_is_told_in_its_own() -> None:
    last = datetime(9999, 12, 31, 23, 30, tzinfo=UTC)
    assert clock(last, "Europe/Paris") == "9999-12-31 23:30 UTC"


def test_the_summary_says_no_more_than_there_is() -> None:
    assert summary.as_text(NOTHING) == (
        "Published 1 post to public in 0.00 s\n"
        "  pages: 0 rendered, 0 written, 12 unchanged, 0 removed"
    )


def test_the_explanation_comes_before_the_summary() -> None:
    lines = summary.as_text(REPORT, explain=True).splitlines()
    assert lines[:4] == [
        "a/b: card:posts/a.md changed",
        "c: removed: x",
        "d: config:title changed (its bytes are the same)",
        "Published 2 posts to public in 1.23 s",
    ]


def test_json_is_one_object_with_these_keys() -> None:
    assert json.loads(summary.as_json(REPORT)) == {
        "posts": 2,
        "pages": {"rendered": 2, "written": 3, "unchanged": 40, "removed": 1},
        "skipped": [
            {"path": "posts/d.md", "reason": "draft", "until": None},
            {"path": "posts/s.md", "reason": "scheduled", "until": "2027-01-01T09:00:00Z"},
        ],
        "warnings": ["posts/a.md:4: doubtful"],
        "next_change_at": "2027-01-01T09:00:00Z",
        "output": "public",
        "seconds": 1.235,
    }


def test_json_explains_within_the_object() -> None:
    assert json.loads(summary.as_json(REPORT, explain=True))["changes"] == [
        {"path": "a/b", "why": "card:posts/a.md changed"},
        {"path": "c", "why": "removed: x"},
        {"path": "d", "why": "config:title changed (its bytes are the same)"},
    ]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("patience", "shown"), [(0.0, True), (1000.0, False)])
def test_a_bar_is_for_a_terminal_and_for_work_that_takes_long(
    patience: float, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "_PATIENCE", patience)
    monkeypatch.setattr(sys, "stderr", terminal := _Terminal())
    monkeypatch.setenv("TERM", "xterm")
    with summary.progress_bar() as progress:
        for done in range(1, 4):
            progress("pages", done, 3)
    assert ("pages" in terminal.getvalue()) is shown


def test_a_pipe_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "_PATIENCE", 0.0)
    monkeypatch.setattr(sys, "stderr", pipe := io.StringIO())
    with summary.progress_bar() as progress:
        progress("pages", 1, 1)
    assert pipe.getvalue() == ""
