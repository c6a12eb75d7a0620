"""Every rule has a page, which says what the code says."""

import re
from pathlib import Path

import pytest

from blogforge.check import RULES
from blogforge.check.explain import page_of
from blogforge.check.rules import BUILD
from blogforge.install import DOCUMENTATION, rule_pages
from blogforge.strict_yaml import parse
from tests.commands import run
from tests.conftest import MakeSite

PAGES = rule_pages()


def test_every_page_has_its_rule_and_every_rule_its_page() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == {BUILD, *RULES}


@pytest.mark.parametrize("name", RULES)
def test_a_page_begins_with_what_the_code_says(name: str) -> None:
    rule = RULES[name]
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    title, summary, level, *_ = page.split("\n\n")
    assert (title, summary) == (f"# {name}", rule.summary)
    assert level.startswith(f"Level: {rule.level}, ")
    assert ("--fix" in page) == rule.mends
    headings = [line for line in page.split("\n") if line.startswith("## ")]
    assert headings[:2] == ["## What it finds", "## Why it matters"]
    assert "## How to mend it" in headings
    assert f"    {name}: {'warning' if rule.level == 'off' else 'off'}\n" in page


def test_the_pages_are_where_they_are_said_to_be(repository: Path) -> None:
    settings = parse((repository / "docs/site/blogforge.yaml").read_text("utf-8"), "x").values
    assert settings["url"] == DOCUMENTATION


def test_the_wheel_has_the_pages(repository: Path) -> None:
    assert '"docs/rules" = "blogforge/check/pages"' in (repository / "pyproject.toml").read_text()


@pytest.mark.parametrize("name", [BUILD, *RULES])
def test_an_explanation_is_the_page_with_whole_links(name: str) -> None:
    page, written = page_of(name), (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert f"[check.md]({DOCUMENTATION}check/)" in page or "(../check.md)" not in written
    prose = re.sub(r"(?ms)^```.*?^```$", "", page)
    assert re.findall(r"\]\((?!https://)", re.sub(r"`[^`]*`", "", prose)) == []
    assert page.count("\n") == written.count("\n")


def test_a_rule_is_explained(tmp_path: Path) -> None:
    outcome = run(tmp_path, "check", "--explain", "dead-link")
    assert outcome == (0, f"{page_of('dead-link')}\n{DOCUMENTATION}rules/dead-link/\n", "")
    assert "What it finds" in run(tmp_path, "check", "--explain", "dead-link", terminal=True).out


def test_a_rule_that_there_is_not_is_not_explained(tmp_path: Path) -> None:
    outcome = run(tmp_path, "check", "--explain", "ded-link")
    assert outcome.status == 2
    assert "did you mean 'dead-link'?" in outcome.err


def test_the_rules_are_listed(make_site: MakeSite) -> None:
    lines = run(make_site({}), "check", "--rules").out.splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)


def test_a_shell_completes_the_names_of_rules(tmp_path: Path) -> None:
    typed = {"COMP_WORDS": "blogforge check --only dead-", "COMP_CWORD": "3"}
    environment = {"_BLOGFORGE_COMPLETE": "bash_complete", **typed}
    completed = run(tmp_path, environment=environment).out.splitlines()
    assert completed == [f"plain,{name}" for name in RULES if name.startswith("dead-")]
