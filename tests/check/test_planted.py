"""A site with a hundred planted faults: each is found at its line and column, and nothing else.

In planted/, ⟦rule⟧ stands right before the fault that the rule is to find; ⟦one other⟧ is two.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blogforge.check import RULES, check
from blogforge.check.rules import OUTSIDE
from blogforge.options import Options
from tests.pictures import picture

PLANTED = Path(__file__).parent / "planted"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
MARK = re.compile("⟦(.*?)⟧")
PICTURES = {
    "posts/small.png": (1199, 8),
    "posts/gate.png": (1300, 8),
    "posts/for-a-draft.png": (9, 9),
    "posts/nobodys.png": (9, 9),
    "static/nobodys.jpg": (9, 9),
    "posts/wide.png": (6001, 8),
}
OF_FILES = {
    ("posts/nobodys.png", 0, 0, "unused-file"),
    ("static/nobodys.jpg", 0, 0, "unused-file"),
    ("posts/wide.png", 0, 0, "large-picture"),
}

Fault = tuple[str, int, int, str]  # path, line, column, rule


def cleared(path: str, text: str) -> tuple[str, set[Fault]]:
    """A text without its marks, and the faults that they announce."""
    faults: set[Fault] = set()
    lines = text.split("\n")
    for number in range(1, len(lines) + 1):
        while mark := MARK.search(lines[number - 1]):
            lines[number - 1] = MARK.sub("", lines[number - 1], count=1)
            faults |= {(path, number, mark.start() + 1, rule) for rule in mark[1].split()}
    return "\n".join(lines), faults


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[Fault]]:
    site = tmp_path_factory.mktemp("planted")
    faults = set(OF_FILES)
    for file in PLANTED.rglob("*.*"):
        path = file.relative_to(PLANTED).as_posix()
        text, announced = cleared(path, file.read_text(encoding="utf-8"))
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
        faults |= announced
    (site / "static").mkdir(exist_ok=True)
    for path, (width, height) in PICTURES.items():
        kind = "JPEG" if path.endswith("jpg") else "PNG"
        (site / path).write_bytes(picture(width, height, kind))
    return site, faults


def found(site: Path) -> set[Fault]:
    problems = check(site, Options(jobs=1, now=NOW))
    places = ((p.location, p.rule) for p in problems)
    return {(at.path, at.line, at.column, rule) if at else ("", 0, 0, rule) for at, rule in places}


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
def test_each_fault_is_found_at_its_place_and_nothing_else(
    engine: str, planted: tuple[Path, set[Fault]]
) -> None:
    site, faults = planted
    settings = site / "blogforge.yaml"
    written, _, _ = settings.read_text(encoding="utf-8").partition("markdown:")
    settings.write_text(f"{written}markdown: {{engine: {engine}}}\n", encoding="utf-8")
    told = found(site)
    assert sorted(faults - told) == []
    assert sorted(told - faults) == []


def test_there_are_a_hundred_of_nearly_every_rule(planted: tuple[Path, set[Fault]]) -> None:
    _, faults = planted
    assert len(faults) >= 100
    assert {rule for *_, rule in faults} == RULES.keys() - OUTSIDE
