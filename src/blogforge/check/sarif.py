"""Problems as SARIF 2.1.0, which code hosts show as alerts and keep from run to run.

Sources: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; what GitHub reads of it:
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from blogforge import __version__
from blogforge.check.explain import address_of, page_of
from blogforge.check.rules import BUILD, RULES
from blogforge.digest import digest_value
from blogforge.install import DOCUMENTATION
from blogforge.printing import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogforge.errors import Location, Problem
    from blogforge.settings import Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"  # the checkout, as GitHub has it
_LEVELS: dict[Severity, str] = {
    "error": "error",
    "warning": "warning",
    "notice": "note",
    "off": "none",
}


def as_sarif(problems: Sequence[Problem]) -> str:
    """A SARIF log of one run, with every rule and its page."""
    names = [BUILD, *RULES]
    seen: Counter[str] = Counter()
    run = {
        "tool": {
            "driver": {
                "name": "blogforge",
                "version": __version__,
                "informationUri": DOCUMENTATION,
                "rules": [_rule(name) for name in names],
            }
        },
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder of the site."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, names, seen) for problem in problems],
    }
    return to_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rule(name: str) -> dict[str, Any]:
    level: Severity = RULES[name].level if name in RULES else "error"
    summary = RULES[name].summary if name in RULES else "What a build itself tells."
    page = page_of(name)
    return {
        "id": name,
        "shortDescription": {"text": summary},
        "helpUri": address_of(name),
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[level], "enabled": level != "off"},
    }


def _result(problem: Problem, names: list[str], seen: Counter[str]) -> dict[str, Any]:
    rule = problem.rule or BUILD
    text = f"{problem.message}. {problem.hint}" if problem.hint else problem.message
    return {
        "ruleId": rule,
        "ruleIndex": names.index(rule),
        "level": _LEVELS[problem.level],
        "message": {"text": text},
        **({"locations": [_location(problem.location)]} if problem.location else {}),
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(problem, seen)},
    }


def _location(location: Location) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(location.path), "uriBaseId": _ROOT},
    }
    if location.line:
        column = {"startColumn": location.column} if location.column else {}
        place["region"] = {"startLine": location.line, **column}
    return {"physicalLocation": place}


def _fingerprint(problem: Problem, seen: Counter[str]) -> str:
    """What a finding is known by while lines come and go above it; alike ones are counted."""
    path = problem.location.path if problem.location else ""
    known = digest_value((problem.rule, path, problem.message, problem.excerpt))
    seen[known] += 1
    return f"{known}:{seen[known]}"
