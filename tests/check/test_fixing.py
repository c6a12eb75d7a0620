"""`check --fix`: what is safe is mended, and nothing else changes, to the byte."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogforge.check import RULES, check
from blogforge.check.fixing import Mended, mended, write
from blogforge.errors import Edit, Location, Problem
from blogforge.options import Options
from tests.commands import run, tree
from tests.conftest import CONFIG, MakeSite

NOW = ("--now", "2026-01-01T00:00Z")
POST = "---\ntitle: On day {day}\ndate: 2024-01-0{day}\ntags: {tags}\n---\n\n{text}\n"
FILES = {
    "posts/a.md": POST.format(day=1, tags="[Mali, Côte d'Ivoire]", text="One."),
    "posts/2024-01-02-libya-mali.md": POST.format(day=2, tags="[Mali, Niger]", text="Two."),
    "posts/c.md": POST.format(
        day=3,
        tags="['MALI', \"niger\", 'Côte d''ivoire']",
        text="[a](libya-mali.md#top) and [b](Libya_Mali.md), [again](libya-mali.md#top),\n"
        "but not [c](2023-01-02-libya-mali.md) or [d](libya-malo.md).",
    ),
}
MENDED = POST.format(
    day=3,
    tags="['Mali', \"Niger\", 'Côte d''Ivoire']",
    text="[a](2024-01-02-libya-mali.md#top) and [b](2024-01-02-libya-mali.md), "
    "[again](2024-01-02-libya-mali.md#top),\n"
    "but not [c](2023-01-02-libya-mali.md) or [d](libya-malo.md).",
)


def test_what_is_safe_is_mended_and_stays_so(make_site: MakeSite) -> None:
    site = make_site(FILES)
    outcome = run(site, "check", "--fix", *NOW)
    assert (site / "posts/c.md").read_text("utf-8") == MENDED
    assert tree(site) == {
        **{path: text.encode() for path, text in FILES.items()},
        "blogforge.yaml": CONFIG.encode(),
        "posts/c.md": MENDED.encode(),
    }
    assert (outcome.status, outcome.err) == (0, "6 findings mended in 1 file\n")
    assert outcome.out.endswith("     2  build\n0 errors, 2 warnings\n")
    again = run(site, "check", "--fix", *NOW)
    assert again == (0, outcome.out, "0 findings mended in 0 files\n")
    assert (site / "posts/c.md").read_text("utf-8") == MENDED


def test_a_dry_run_shows_what_it_would_write(make_site: MakeSite) -> None:
    site = make_site(FILES)
    outcome = run(site, "check", "--fix", "--dry-run", *NOW)
    assert "--- a/posts/c.md\n+++ b/posts/c.md\n" in outcome.err
    assert "+tags: ['Mali', \"Niger\", 'Côte d''Ivoire']\n" in outcome.err
    assert outcome.err.endswith("5 findings would be mended in 1 file\n")
    assert (site / "posts/c.md").read_text("utf-8") == FILES["posts/c.md"]


def test_a_dry_run_of_nothing_is_a_mistake(make_site: MakeSite) -> None:
    outcome = run(make_site(FILES), "check", "--dry-run")
    assert (outcome.status, "--dry-run is for --fix" in outcome.err) == (2, True)


def test_what_is_ignored_is_not_mended(make_site: MakeSite) -> None:
    config = f"{CONFIG}check: {{ignore: [{{rule: tag-spelling}}, {{rule: build}}]}}\n"
    site = make_site(FILES, config)
    assert run(site, "check", "--fix", *NOW).err == "0 findings mended in 0 files\n"
    assert (site / "posts/c.md").read_text("utf-8") == FILES["posts/c.md"]


@pytest.mark.parametrize(
    ("end", "mark"), [("\r\n", b"\xef\xbb\xbf"), ("\r", b""), ("\n", b"\xef\xbb\xbf")]
)
def test_line_ends_and_byte_order_marks_stay(mark: bytes, end: str, make_site: MakeSite) -> None:
    def data(text: str) -> bytes:
        return mark + text.replace("\n", end).encode()

    site = make_site({path: data(text) for path, text in FILES.items()})
    run(site, "check", "--fix", *NOW)
    assert (site / "posts/c.md").read_bytes() == data(MENDED)


def problem(line: int, column: int, old: str, new: str) -> Problem:
    return Problem("wrong", Location("posts/a.md", line, column), edit=Edit(old, new))


@given(
    lines=st.lists(
        st.text(st.characters(exclude_characters="\r\n\x00", codec="utf-8")), min_size=1
    ),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    where=st.data(),
)
def test_no_byte_outside_of_an_edit_changes(
    lines: list[str], end: str, where: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    number = where.draw(st.integers(0, len(lines) - 1))
    column = where.draw(st.integers(0, len(lines[number])))
    length = where.draw(st.integers(0, len(lines[number]) - column))
    before, old, behind = (
        lines[number][:column],
        lines[number][column : column + length],
        lines[number][column + length :],
    )
    wanted = [*lines[:number], f"{before}NEW{behind}", *lines[number + 1 :]]
    folder = tmp_path_factory.mktemp("site")
    (folder / "posts").mkdir()
    (folder / "posts/a.md").write_bytes(end.join(lines).encode())
    found = [*mended(folder, [problem(number + 1, column + 1, old, "NEW")])]
    if old:
        assert [file.after for file in found] == [end.join(wanted).encode()]
    write(folder, found)
    assert (folder / "posts/a.md").read_bytes() == (
        found[0].after if found else end.join(lines).encode()
    )


def test_several_edits_of_a_line_and_none_over_another(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text("one two three")
    overlapping = problem(1, 5, "two three", "2 3")
    elsewhere = problem(1, 1, "two", "2")
    beyond = problem(9, 1, "one", "1")
    edits = [problem(1, 1, "one", "1"), problem(1, 5, "two", "2"), problem(1, 9, "three", "three!")]
    (file,) = mended(tmp_path, [*edits, overlapping, elsewhere, beyond])
    assert file.after == b"1 2 three!"
    assert set(file.left) == {overlapping, elsewhere, beyond}


def test_an_edit_that_would_take_in_another_is_left(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text("one two three")
    last, both = problem(1, 9, "three", "three!"), problem(1, 5, "two three", "2 3")
    (file,) = mended(tmp_path, [both, last])
    assert (file.after, file.done, file.left) == (b"one two three!", (last,), (both,))


def test_what_somebody_changes_meanwhile_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    file = tmp_path / "posts/a.md"
    file.write_text("one two three")
    found = [*mended(tmp_path, [problem(1, 1, "one", "1")])]
    file.write_text("one two three, and more")
    assert write(tmp_path, found) == []
    assert file.read_text("utf-8") == "one two three, and more"
    file.unlink()
    assert write(tmp_path, found) == []
    assert not file.exists()


def test_a_link_to_a_file_of_an_odd_name_still_leads_there(make_site: MakeSite) -> None:
    odd = "posts/2024-01-02-a \"b' (1 &copy.md"
    links = "[x](/old/) [y](</old/#top>) <a href='/old/'>h</a> [r]\n\n[r]: /old/\n\n"
    code = "`[x](/old/)`\n\n    [x](/old/)"
    old = POST.format(day=2, tags="[]\nslug: b\naliases: [/old/]", text="## Top")
    site = make_site({odd: old, "posts/c.md": POST.format(day=3, tags="[]", text=links + code)})
    outcome = run(site, "check", "--fix", *NOW)
    assert "dead-link" not in outcome.out
    assert (site / "posts/c.md").read_text("utf-8").count("%20%281%20%26copy.md") == 4
    assert code in (site / "posts/c.md").read_text("utf-8")


def front(value: str, new: str, key: tuple[str | int, ...], root: Path) -> list[Mended]:
    """What becomes of `a: VALUE` in front matter when "old" is to become `new`."""
    (root / "posts").mkdir()
    (root / "posts/a.md").write_text(f"---\na: {value}\n---\n\nold\n")
    column = 4 + re.search(r"['\"]?o", value).start()  # type: ignore[union-attr]  # it is there
    where = Location("posts/a.md", 2, column)
    return [*mended(root, [Problem("wrong", where, key=key, edit=Edit("old", new))])]


@pytest.mark.parametrize(
    ("value", "new", "after"),
    [
        ("old", "new", "new"),
        ("'old'", "new", "'new'"),
        ('"old"', "new", '"new"'),
        ("old", "it: is", "'it: is'"),
        ("old", "it's #1: new", "'it''s #1: new'"),
        ("old  # a note", "new", "new  # a note"),
        ("'old'", "it's", "'it''s'"),
        ('"o\\x6cd"', "a\\b", "'a\\b'"),
    ],
)
def test_front_matter_says_the_very_thing(value: str, new: str, after: str, tmp_path: Path) -> None:
    (file,) = front(value, new, ("a",), tmp_path)
    assert file.after.decode() == f"---\na: {after}\n---\n\nold\n"


@pytest.mark.parametrize(
    ("value", "new"), [("old and more", "new"), ("[old]", "new"), ("old", "a\nb")]
)
def test_front_matter_that_would_say_something_else_is_left(
    value: str, new: str, tmp_path: Path
) -> None:
    assert front(value, new, ("a",), tmp_path) == []


def test_a_files_rights_stay(make_site: MakeSite) -> None:
    site = make_site(FILES)
    (site / "posts/c.md").chmod(0o640)
    run(site, "check", "--fix", *NOW)
    assert (site / "posts/c.md").stat().st_mode & 0o777 == 0o640


# A post with faults of each rule that mends, and what it is to be.
FAULTS = {
    "build": ("[a](2024-01-02-Libya-Mali.md)", "[a](2024-01-02-libya-mali.md)"),
    "alias-link": (
        "[a](/old/mali/#top), [b](</old/mali/>) and\n[c]: /old/mali/\n[c] [d][c]",
        "[a](2024-01-02-libya-mali.md#top), [b](<2024-01-02-libya-mali.md>) and\n"
        "[c]: 2024-01-02-libya-mali.md\n[c] [d][c]",
    ),
    "insecure-link": (
        '<a href="http://dispatch.example/">a</a>',
        '<a href="https://dispatch.example/">a</a>',
    ),
    "tracking-link": (
        "[a](https://a.example/?utm_source=x&id=7&fbclid=1#b)",
        "[a](https://a.example/?id=7#b)",
    ),
}
ELSEWHERE = {"tag-spelling", "moved-outside-link"}  # tested above, and with other sites


def test_every_rule_that_mends_is_tried() -> None:
    mending = {name for name, rule in RULES.items() if rule.mends}
    assert mending <= FAULTS.keys() | ELSEWHERE


@pytest.mark.parametrize("rule", [name for name in FAULTS if name in {"build", *RULES}])
def test_what_is_mended_is_gone_and_nothing_else_has_come(rule: str, make_site: MakeSite) -> None:
    wrong, right = FAULTS[rule]
    target = POST.format(day=2, tags="[Mali]\naliases: [/old/mali/]", text="Two.")
    text = f"An [empty place](/nowhere/).\n\n{wrong}"
    site = make_site(
        {
            "posts/2024-01-02-libya-mali.md": target,
            "posts/c.md": POST.format(day=3, tags="[Mali]", text=text),
        }
    )
    before = {(p.rule, p.message) for p in check(site, Options(jobs=1))}
    run(site, "check", "--fix", *NOW)
    written = (site / "posts/c.md").read_text("utf-8")
    assert written == POST.format(day=3, tags="[Mali]", text=text.replace(wrong, right))
    after = {(p.rule, p.message) for p in check(site, Options(jobs=1))}
    assert after < before
    assert rule in {name for name, _ in before - after}
    assert rule not in {name for name, _ in after}
    assert run(site, "check", "--fix", *NOW).err == "0 findings mended in 0 files\n"
