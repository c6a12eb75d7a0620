"""What `languages:` says of what there is not, and menus that lead nowhere."""

from blogforge.check import Wanted, check
from blogforge.options import Options
from tests.conftest import CONFIG, MakeSite

ONLY = Wanted(("idle-translation", "dead-link"))

LANGUAGES = """\
sections: [{name: Africa}]
languages:
  fr:
    sections: {Afrca: {name: Afrique}, Asia: {name: Asie}}
    authors: {ana: {bio: Elle écrit.}}
    menu: [{title: Nulle part, url: /fr/nowhere/}]
"""
POSTS = {
    "posts/2026-03-01-a.md": "---\ntitle: A\nsection: Asie\nlang: fr\ndek: D.\n---\n\nUn mot.\n",
    "posts/2026-03-02-b.md": "---\ntitle: B\nsection: Asia\ndek: D.\n---\n\nA word.\n",
}


def test_words_for_nothing_are_told(make_site: MakeSite) -> None:
    config = CONFIG + LANGUAGES.replace("{name: Africa}", "{name: Africa}, {name: Asia}")
    dead, *idle = check(make_site(POSTS, config), Options(jobs=1), ONLY)[::-1]
    assert [(p.rule, p.location.line if p.location else 0) for p in idle] == [
        ("idle-translation", 7),
        ("idle-translation", 6),
    ]
    assert idle[1].hint == "did you mean 'Africa'?"
    assert dead.rule == "dead-link"
    assert "Nulle part" in dead.message


def test_a_section_may_be_named_in_its_language(make_site: MakeSite) -> None:
    problems = check(make_site(POSTS, CONFIG + LANGUAGES), Options(jobs=1), ONLY)
    assert "unknown-section" not in {problem.rule for problem in problems}
