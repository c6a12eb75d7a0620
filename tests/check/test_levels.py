"""Levels of rules by configuration, and what a site ignores."""

import pytest

from blogforge.check import RULES, Wanted, check
from blogforge.errors import ConfigError, Location
from blogforge.options import Options
from tests.commands import run
from tests.conftest import CONFIG, MakeSite

NOW = ("--now", "2026-01-01T00:00Z")
DEAD = "---\ntitle: T\ndate: 2024-01-01\n{more}---\n\n[x](/gone/) and [y](/lost/)\n"


def config(block: str) -> str:
    return f"{CONFIG}check:\n  {block}\n"


def found(make_site: MakeSite, block: str, more: str = "", *only: str) -> list[tuple[str, str]]:
    """Rule and level of what is found of two dead links, with a block `check:` and front matter."""
    site = make_site({"posts/a.md": DEAD.format(more=more)}, config(block) if block else CONFIG)
    return [(p.rule, p.level) for p in check(site, Options(jobs=1), Wanted(only))]


@pytest.mark.parametrize("level", ["notice", "warning", "error"])
def test_the_site_says_how_much_a_finding_matters(level: str, make_site: MakeSite) -> None:
    assert found(make_site, f"rules: {{dead-link: {level}}}") == [("dead-link", level)] * 2


def test_a_rule_that_is_off_finds_nothing(make_site: MakeSite) -> None:
    assert found(make_site, "rules: {dead-link: off}") == []


def test_a_rule_that_is_named_looks_even_if_it_is_off(make_site: MakeSite) -> None:
    outcome = found(make_site, "rules: {dead-link: off}", "", "dead-link")
    assert outcome == [("dead-link", "warning")] * 2


def test_only_the_rules_that_are_named_look(make_site: MakeSite) -> None:
    assert found(make_site, "", "", "tag-spelling") == []


def test_a_rule_that_there_is_not_is_told_where_it_is_written(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": DEAD.format(more="")}, config("rules: {tag-speling: off}"))
    with pytest.raises(ConfigError) as caught:
        check(site, Options(jobs=1))
    (problem,) = caught.value.problems
    assert problem.message == "there is no rule 'tag-speling'"
    assert problem.hint == "did you mean 'tag-spelling'?"
    assert problem.location == Location("blogforge.yaml", 4, 24)


def test_a_level_that_there_is_not_is_a_mistake_of_the_configuration(make_site: MakeSite) -> None:
    outcome = run(make_site({}, config("rules: {dead-link: fatal}")), "check", *NOW)
    assert outcome.status == 2
    assert "must be off, notice, warning or error, not 'fatal'" in outcome.err


def test_only_a_rule_that_there_is(make_site: MakeSite) -> None:
    with pytest.raises(ConfigError, match="did you mean 'dead-link'"):
        found(make_site, "", "", "deadlink")


@pytest.mark.parametrize(
    "block",
    [
        "ignore: [{rule: dead-link}]",
        "ignore: [{rule: dead-link, path: posts/*}]",
        "ignore: [{rule: dead-link, path: posts/a.md, text: /gone/}, {rule: dead-link, text: /lo}]",
    ],
)
def test_the_site_ignores_findings(block: str, make_site: MakeSite) -> None:
    assert found(make_site, block) == []


@pytest.mark.parametrize(
    "ignore",
    ["dead-link", "[dead-link]", "[{rule: dead-link, text: gone, reason: an old joke}]"],
)
def test_a_post_ignores_findings(ignore: str, make_site: MakeSite) -> None:
    assert found(make_site, "", f"check: {{ignore: {ignore}}}\n") == []


def test_one_finding_is_ignored_by_its_text(make_site: MakeSite) -> None:
    site = make_site(
        {
            "posts/a.md": "---\ntitle: T\ndate: 2024-01-01\ncheck:\n  ignore:\n"
            "    - {rule: dead-link, text: /gone/}\n---\n\n[x](/gone/)\n\n[y](/lost/)\n"
        }
    )
    (problem,) = check(site, Options(jobs=1))
    assert problem.excerpt == "[y](/lost/)"


def test_what_ignores_nothing_is_told_at_its_place(make_site: MakeSite) -> None:
    site = make_site(
        {
            "posts/a.md": DEAD.format(more="check:\n  ignore: [dead-link, tag-spelling]\n"),
            "posts/b.md": DEAD.format(more="check: {ignore: dead-lnk}\nslug: b\n").replace(
                "title: ", "title: B "
            ),
        },
        config("ignore: [{rule: dead-link, path: posts/b.md}, {rule: dead-link, path: nothing}]"),
    )
    told = {str(p.location): (p.rule, p.message, p.hint) for p in check(site, Options(jobs=1))}
    nothing = "'{}' finds nothing here that could be ignored"
    assert told == {
        "posts/a.md:5:23": ("idle-ignore", nothing.format("tag-spelling"), "take it out"),
        "posts/b.md:4:17": (
            "idle-ignore",
            "there is no rule 'dead-lnk' to ignore",
            "did you mean 'dead-link'?",
        ),
        "blogforge.yaml:4:56": ("idle-ignore", nothing.format("dead-link"), "take it out"),
    }


def test_what_is_not_published_ignores_what_is_found_all_the_same(make_site: MakeSite) -> None:
    ignore = "check: {ignore: [doubtful-date, dead-link]}\n"
    post = DEAD.format(more=ignore).replace("2024", "2099")
    assert check(make_site({"posts/a.md": post}), Options(jobs=1)) == ()
    post = post.replace(ignore, "")
    (problem,) = check(make_site({"posts/a.md": post}), Options(jobs=1))
    assert problem.rule == "doubtful-date"


def test_a_rule_that_does_not_look_leaves_its_ignores_alone(make_site: MakeSite) -> None:
    more = "check: {ignore: tag-spelling}\n"
    assert found(make_site, "rules: {tag-spelling: off, dead-link: off}", more) == []


def test_nothing_of_it_is_published(make_site: MakeSite) -> None:
    more = "check: {ignore: [{rule: dead-link, reason: a private thought}]}\n"
    site = make_site({"posts/a.md": DEAD.format(more=more)})
    run(site, "build", *NOW)
    assert (site / "public/index.html").exists()
    published = (file for file in (site / "public").rglob("*") if file.is_file())
    assert not [file for file in published if b"private thought" in file.read_bytes()]


def test_what_stops_a_build_cannot_be_ignored(make_site: MakeSite) -> None:
    template = {"templates/article.html": "{{ nothing }}", "posts/a.md": DEAD.format(more="")}
    site = make_site(template, config("ignore: [{rule: build}, {rule: dead-link}]"))
    assert {(p.rule, p.level) for p in check(site, Options(jobs=1))} == {
        ("build", "error"),
        ("idle-ignore", "warning"),
    }


def test_rules_stand_in_order_and_say_what_they_find() -> None:
    assert list(RULES) == sorted(RULES)
    for rule in RULES.values():
        assert rule.summary.endswith("."), rule.name
        assert len(rule.summary) <= 100, rule.name
