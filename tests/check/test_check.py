"""`check` as a whole: what stops a build, what is doubtful, and the command's exit status."""

import json

import pytest

from blogforge.check import check
from blogforge.options import Options
from tests.commands import run
from tests.conftest import CONFIG, MakeSite

GOOD = "---\ntitle: Good\ndate: 2024-01-01\n---\n\nFine.\n"
DOUBTFUL = "---\ntitle: Doubtful\ndate: 2024-01-01\n---\n\n[x](/gone/)\n"
WRONG = "---\ntitle: Wrong\ndate: 2024-01-32\n---\n"
NOW = ("--now", "2026-01-01T00:00Z")


def test_a_good_site_has_nothing_to_mend(make_site: MakeSite) -> None:
    outcome = run(make_site({"posts/a.md": GOOD}), "check", *NOW)
    assert outcome == (0, "nothing to mend\n", "")


def test_warnings_alone_are_no_failure(make_site: MakeSite) -> None:
    outcome = run(make_site({"posts/a.md": DOUBTFUL}), "check", *NOW)
    assert outcome.status == 0
    assert outcome.out.startswith("posts/a.md\n  6:5 warning: ")
    assert outcome.out.endswith("0 errors, 1 warning\n")


def test_errors_are_a_failure(make_site: MakeSite) -> None:
    outcome = run(make_site({"posts/a.md": WRONG, "posts/b.md": DOUBTFUL}), "check", *NOW)
    assert outcome.status == 1
    assert outcome.out.startswith("posts/a.md\n  3:7 error: ")
    assert "[build]" in outcome.out


def test_what_stops_a_build_has_the_rule_build(make_site: MakeSite) -> None:
    problems = check(make_site({"posts/a.md": WRONG}), Options(jobs=1))
    assert [(p.rule, p.level) for p in problems] == [("build", "error")]


def test_a_broken_template_does_not_hide_what_the_rules_find(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": DOUBTFUL, "templates/article.html": "{{ nothing }}"})
    problems = check(site, Options(jobs=1))
    assert [(p.rule, p.level) for p in problems] == [("dead-link", "warning"), ("build", "error")]


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_every_format_names_the_place(form: str, make_site: MakeSite) -> None:
    outcome = run(make_site({"posts/a.md": DOUBTFUL}), "check", "--format", form, *NOW)
    assert outcome.status == 0
    place = {
        "text": "posts/a.md\n  6:5 ",
        "sarif": '"startLine": 6',
        "json": '"line": 6',
        "github": "file=posts/a.md,line=6,col=5",
    }
    assert place[form] in outcome.out


def test_json_of_errors_is_json_too(make_site: MakeSite) -> None:
    outcome = run(make_site({"posts/a.md": WRONG}), "check", "--format", "json", *NOW)
    assert outcome.status == 1
    assert [row["rule"] for row in json.loads(outcome.out)] == ["build"]


def test_nothing_is_published(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": GOOD})
    before = sorted(site.rglob("*"))
    run(site, "check", *NOW)
    assert sorted(site.rglob("*")) == before


def test_drafts_are_looked_at_when_asked(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": DOUBTFUL.replace("date:", "status: draft\ndate:")})
    assert "dead-link" not in run(site, "check", *NOW).out
    assert "\n  7:5 warning: links to /gone/" in run(site, "check", "--drafts", *NOW).out


@pytest.mark.parametrize(
    ("arguments", "level", "status"),
    [
        ([], "warning", 0),
        ([], "error", 1),
        (["--strict"], "warning", 1),
        (["--strict"], "notice", 0),
        (["--strict", "--level", "error"], "warning", 0),
    ],
)
def test_the_exit_status_is_that_of_what_is_told(
    arguments: list[str], level: str, status: int, make_site: MakeSite
) -> None:
    config = f"{CONFIG}check: {{rules: {{dead-link: {level}}}}}\n"
    outcome = run(make_site({"posts/a.md": DOUBTFUL}, config), "check", *NOW, *arguments)
    assert outcome.status == status


def test_a_level_and_those_above_it_are_told(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": DOUBTFUL})
    assert "dead-link" in run(site, "check", "--level", "warning", *NOW).out
    assert run(site, "check", "--level", "error", *NOW) == (0, "nothing to mend\n", "")


def test_colours_are_for_terminals_alone(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": DOUBTFUL})
    assert "\x1b[33mwarning" in run(site, "check", *NOW, terminal=True).out
    assert "\x1b" not in run(site, "check", *NOW).out
    plain = run(site, "check", *NOW, terminal=True, environment={"NO_COLOR": "1"})
    assert "\x1b" not in plain.out


@pytest.mark.parametrize(
    ("form", "place"), [("github", "file=site/posts/a.md,"), ("json", '"posts/a.md"')]
)
def test_code_hosts_hear_of_files_from_where_the_command_runs(
    form: str, place: str, make_site: MakeSite
) -> None:
    site = make_site({"posts/a.md": DOUBTFUL})
    assert place in run(site.parent, "check", "site", "--format", form, *NOW).out
