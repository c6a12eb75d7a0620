"""SARIF as its schema wants it, and alerts that a code host knows again."""

import json
from importlib import import_module
from typing import Any

import pytest

from blogforge.check import RULES
from blogforge.check.sarif import as_sarif
from blogforge.errors import Level, Location, Problem
from tests.browser import required

PROBLEMS = (
    Problem(
        "no title", Location("posts/a b.md", 2, 1), "write 'title: …'", "date: x", rule="build"
    ),
    Problem("a dead link", Location("posts/é.md", 6), level="warning", rule="dead-link"),
    Problem("odd", level="notice", rule="tag-spelling"),
)


def run_of(*problems: Problem) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(as_sarif(problems))["runs"][0]
    return run


def fingerprints(*problems: Problem) -> list[str]:
    results = run_of(*problems)["results"]
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]


@pytest.mark.parametrize("problems", [PROBLEMS, ()])
def test_it_is_what_the_schema_describes(problems: tuple[Problem, ...]) -> None:
    try:  # made of the schema of the specification, and strict
        model = import_module("pydantic_sarif.model")
    except ImportError:
        if required():
            raise
        pytest.skip("no pydantic-sarif here")
    kind = model.StaticAnalysisResultsFormatSarifVersion210JsonSchema
    log = kind.model_validate_json(as_sarif(problems))
    assert len(log.runs[0].results) == len(problems)
    with pytest.raises(ValueError, match="colour"):
        kind.model_validate_json('{"version": "2.1.0", "runs": [], "colour": 1}')


def test_a_result_says_what_is_where() -> None:
    error, warning, notice = run_of(*PROBLEMS)["results"]
    assert error["message"] == {"text": "no title. write 'title: …'"}
    assert error["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "posts/a%20b.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 2, "startColumn": 1},
            }
        }
    ]
    assert warning["locations"][0]["physicalLocation"]["region"] == {"startLine": 6}
    assert "locations" not in notice
    assert [result["level"] for result in (error, warning, notice)] == ["error", "warning", "note"]


def test_every_rule_is_listed_with_its_page() -> None:
    run = run_of(*PROBLEMS)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["build", *RULES]
    for rule in rules:
        assert rule["helpUri"].endswith(f"/rules/{rule['id']}/")
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}\n")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def dead(line: int, text: str = "[x](/gone/)", level: Level = "warning") -> Problem:
    where = Location("posts/a.md", line, 5)
    return Problem("a dead link", where, excerpt=text, rule="dead-link", level=level)


def test_an_alert_is_known_again_when_lines_move() -> None:
    assert fingerprints(dead(6)) == fingerprints(dead(60, level="error"))
    assert fingerprints(dead(6)) != fingerprints(dead(6, "[y](/gone/)"))


def test_alike_alerts_of_a_file_are_told_apart() -> None:
    first, second = fingerprints(dead(6), dead(9))
    assert first != second
    assert [first] == fingerprints(dead(6))
