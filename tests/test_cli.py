"""The command line: options, exit statuses, what is printed where."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from blogforge import __version__
from blogforge.cli import cli
from blogforge.errors import BlogforgeError, ContentError, MachineError
from tests.commands import pages, run, tree, untouched
from tests.conftest import CONFIG, MakeSite

NOW = ("--now", "2026-01-01T00:00Z")
FILES = {
    "posts/2024-05-01-grain.md": (
        "---\ntitle: Grain\ntags: [grain]\n---\n\nGrain and ships in the strait of grain.\n"
    ),
    "posts/2024-06-01-ships.md": (
        "---\ntitle: Ships\ntags: [grain]\n---\n\nShips with grain wait in the strait.\n"
    ),
    "posts/2024-07-01-notes.md": "---\ntitle: Notes\nstatus: draft\n---\n\nGrain notes.\n",
    "posts/2030-01-01-later.md": "---\ntitle: Later\n---\n\nGrain later.\n",
}


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site(FILES)


def commands(group: click.Group, name: str = "") -> Iterator[tuple[str, click.Command]]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name}{word} ")
        else:
            yield f"{name}{word}", command


COMMANDS = dict(commands(cli))


# ---------------------------------------------------------------- help


def test_the_commands_are_those_that_the_manual_describes(repository: Path) -> None:
    manual = (repository / "docs" / "cli.md").read_text()
    assert re.findall(r"^## blogforge ([a-z ]+)$", manual, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_manual_has_every_option(name: str, repository: Path) -> None:
    manual = (repository / "docs" / "cli.md").read_text()
    chapter = manual.partition(f"\n## blogforge {name}\n")[2].partition("\n## ")[0]
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert f"`{parameter.opts[0]}" in chapter


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_shows_an_example(name: str, tmp_path: Path) -> None:
    outcome = run(tmp_path, *name.split(), "--help")
    assert (outcome.status, outcome.err) == (0, "")
    assert re.search(rf"Examples?.*:\n +blogforge {name}\b", outcome.out)


def test_help_and_version(tmp_path: Path) -> None:
    assert "blogforge new site" in run(tmp_path, "-h").out
    assert run(tmp_path, "--version") == (0, f"blogforge, version {__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--frobnicate"],
        ["frobnicate"],
        ["build", "--jobs", "-1"],
        ["build", "--jobs", "many"],
        ["build", "nowhere"],
        ["check", "--format", "xml"],
        ["completion", "powershell"],
        ["related"],
        ["serve", "--port", "70000"],
        ["build", "--now", "yesterday"],
        ["build", "--now", "2026-02-30"],
        ["schema", "nothing.yaml"],
        ["related", "nothing"],
    ],
)
def test_a_wrong_command_line_is_status_2(arguments: list[str], site: Path) -> None:
    outcome = run(site, *arguments)
    assert outcome.status == 2
    assert outcome.out == ""
    assert outcome.err
    assert "Traceback" not in outcome.err
    assert not (site / "public").exists()


@pytest.mark.parametrize("arguments", [["build"], ["check"], ["related", "x"], ["serve"]])
def test_outside_a_site_the_way_into_one_is_shown(arguments: list[str], tmp_path: Path) -> None:
    outcome = run(tmp_path, *arguments)
    assert outcome.status == 2
    assert "there is no blogforge.yaml here" in outcome.err
    assert "blogforge new site DIR" in outcome.err
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- build


def test_a_build_tells_what_it_did(site: Path) -> None:
    outcome = run(site, "build", *NOW)
    assert outcome.status == 0
    assert outcome.err == ""
    assert re.fullmatch(
        r"Published 2 posts to public in [0-9.]+ s\n"
        r"  pages: (\d+) rendered, \1 written, 0 unchanged, 0 removed\n"
        r"  2 sources not published:\n"
        r"    posts/2024-07-01-notes\.md: draft\n"
        r"    posts/2030-01-01-later\.md: scheduled until 2030-01-01 00:00 UTC\n"
        r"  next change by time alone: 2030-01-01 00:00 UTC\n",
        outcome.out,
    )


def test_json_is_one_object_and_nothing_else(site: Path) -> None:
    made = json.loads(run(site, "build", "--json", *NOW).out)
    assert made.keys() == {
        "posts",
        "pages",
        "skipped",
        "warnings",
        "next_change_at",
        "output",
        "seconds",
    }
    assert made["posts"] == 2
    number = len(pages(site / "public"))
    assert made["pages"] == {"rendered": number, "written": number, "unchanged": 0, "removed": 0}
    assert made["skipped"] == [
        {"path": "posts/2024-07-01-notes.md", "reason": "draft", "until": None},
        {
            "path": "posts/2030-01-01-later.md",
            "reason": "scheduled",
            "until": "2030-01-01T00:00:00Z",
        },
    ]
    assert (made["warnings"], made["output"]) == ([], "public")
    assert 0 < made["seconds"] < 60
    again = json.loads(run(site, "build", "--json", "--explain", *NOW).out)
    unchanged = made["pages"]["written"]
    assert again["pages"] == {"rendered": 0, "written": 0, "unchanged": unchanged, "removed": 0}
    assert again["changes"] == []


def test_warnings_go_to_stderr_and_leave_json_alone(make_site: MakeSite) -> None:
    site = make_site({"posts/2024-01-01-a.md": "---\ntitle: A\n---\n\n[x](gone.md)\n"})
    outcome = run(site, "build", "--json", *NOW)
    assert outcome.status == 0
    assert json.loads(outcome.out)["warnings"]
    assert outcome.err.startswith("warning: posts/2024-01-01-a.md:5:5: ")


def test_many_warnings_are_cut_short(make_site: MakeSite) -> None:
    text = "\n".join(f"[x](gone-{n}.md)" for n in range(30))
    site = make_site({"posts/2024-01-01-a.md": f"---\ntitle: A\n---\n\n{text}\n"})
    lines = run(site, "build", *NOW).err.splitlines()
    assert sum(line.startswith("warning: ") for line in lines) == 20
    assert lines[-1] == "30 warnings in all: blogforge check lists them"


def test_explain_names_each_file_that_changes(site: Path) -> None:
    run(site, "build", *NOW)
    post = site / "posts" / "2024-05-01-grain.md"
    post.rename(site / "posts" / "2024-05-01-corn.md")
    lines = run(site, "build", "--explain", *NOW).out.splitlines()
    assert "2024/05/01/corn/index.html: new" in lines
    assert "2024/05/01/grain/index.html: removed: nothing makes it any more" in lines
    assert "index.html: what the plan says of it changed" in lines
    assert not any(line.startswith("robots.txt") for line in lines)


def test_drafts_and_future_publish_more(site: Path) -> None:
    assert "Published 4 posts" in run(site, "build", "--drafts", "--future", *NOW).out
    assert "Published 3 posts" in run(site, "build", "--drafts", *NOW).out
    assert "Published 3 posts" in run(site, "build", "--future", *NOW).out


def test_clean_writes_all_anew(site: Path) -> None:
    run(site, "build", *NOW)
    assert "0 unchanged" in run(site, "build", "--clean", *NOW).out


def test_output_is_from_where_one_stands(site: Path, tmp_path: Path) -> None:
    assert run(tmp_path, "build", "site", "--output", "www", *NOW).status == 0
    assert (tmp_path / "www" / "index.html").exists()
    assert not (site / "public").exists()


def test_jobs_do_not_change_a_byte(site: Path) -> None:
    for jobs in ("1", "2"):
        assert run(site, "build", "--jobs", jobs, "--output", jobs, *NOW).status == 0
    assert tree(site / "1") == tree(site / "2")


@pytest.mark.parametrize(
    ("now", "posts"),
    [
        ("2024-05-15", 1),
        ("2024-05-31 23:59", 1),
        ("2024-06-01", 2),
        ("2024-06-01T00:00", 2),
        ("2024-06-01T00:00:00Z", 2),
        ("2024-06-01T00:00+02:00", 1),
        ("2024-05-31T22:00:00-02:00", 2),
    ],
)
def test_now_is_a_moment_in_the_sites_zone(now: str, posts: int, site: Path) -> None:
    assert json.loads(run(site, "build", "--json", "--now", now).out)["posts"] == posts


def test_now_without_an_offset_is_in_the_sites_zone(make_site: MakeSite) -> None:
    site = make_site(FILES, config=f"{CONFIG}timezone: America/New_York\n")
    for now, posts in (("2024-06-01T03:59Z", 1), ("2024-06-01T04:00Z", 2), ("2024-06-01", 2)):
        assert json.loads(run(site, "build", "--json", "--now", now).out)["posts"] == posts


def test_source_date_epoch_is_the_moment_unless_now_says_otherwise(site: Path) -> None:
    epoch = {"SOURCE_DATE_EPOCH": "1715731200"}  # 2024-05-15
    assert json.loads(run(site, "build", "--json", environment=epoch).out)["posts"] == 1
    assert json.loads(run(site, "build", "--json", *NOW, environment=epoch).out)["posts"] == 2
    wrong = run(site, "build", environment={"SOURCE_DATE_EPOCH": "today"})
    assert wrong.status == 2
    assert "SOURCE_DATE_EPOCH is 'today'" in wrong.err


def test_a_pipe_gets_plain_text(site: Path) -> None:
    command = [sys.executable, "-m", "blogforge", "build", *NOW]
    environment = os.environ | {"TERM": "xterm-256color", "FORCE_COLOR": ""}
    made = subprocess.run(
        command, cwd=site, env=environment, capture_output=True, text=True, check=True
    )
    assert made.stderr == ""
    assert "\x1b" not in made.stdout
    assert "\r" not in made.stdout


def test_what_an_output_cannot_say_is_escaped(site: Path) -> None:
    (site / "posts/2012-03-22-zh.md").write_text("---\ntitle: 马里 war\n---\n", encoding="utf-8")
    made = subprocess.run(
        [sys.executable, "-m", "blogforge", "related", "zh", "--explain"],
        cwd=site,
        env=os.environ | {"PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert (made.returncode, made.stderr) == (0, b"")
    assert rb"\u9a6c\u91cc war" in made.stdout


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    made = subprocess.run(
        f"{sys.executable} -m blogforge schema | true; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode in {0, 141}, "0 where all was written before the reader left"
    assert made.stderr == ""


# ---------------------------------------------------------------- failing


@pytest.mark.parametrize("kind", [ContentError, MachineError])
def test_errors_have_their_own_exit_status(
    kind: type[BlogforgeError], site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise kind.of("something is wrong", hint="mend it")

    monkeypatch.setattr("blogforge.renewal.prepare", fail)
    outcome = run(site, "build")
    assert outcome == (kind.exit_status, "", "something is wrong\n  hint: mend it\n")


def test_a_full_disk_is_status_3(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(target: str, _: bytes, **__: object) -> None:
        raise OSError(28, "No space left on device", target)

    with untouched(site / "public"), monkeypatch.context() as full:
        full.setattr("blogforge.output.spare.write_new", fail)
        outcome = run(site, "build", *NOW)
    assert outcome.status == 3
    assert re.match(r"cannot write .*\.html: No space left on device\n  hint: ", outcome.err)


def test_our_own_faults_are_status_70(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr("blogforge.renewal.prepare", fail)
    with untouched(site / "public"):
        outcome = run(site, "build")
    assert outcome.status == 70
    assert "our fault: ZeroDivisionError('of ours')" in outcome.err
    assert "blogforge --debug" in outcome.err
    assert "Traceback" not in outcome.err
    debug = run(site, "--debug", "build")
    assert debug.status == 70
    assert "Traceback" in debug.err


def test_debug_shows_where_an_error_came_from_and_keeps_the_status(tmp_path: Path) -> None:
    outcome = run(tmp_path, "--debug", "build")
    assert outcome.status == 2
    assert "Traceback" in outcome.err
    assert outcome.err.rstrip().endswith("go to the site's folder")
    assert "Traceback" not in run(tmp_path, "build").err


@pytest.mark.parametrize("moment", ["prepare", "rendered"])
def test_ctrl_c_is_status_130_and_changes_nothing(
    moment: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"blogforge.renewal.{moment}", interrupt)
    with untouched(site / "public"):
        outcome = run(site, "build", *NOW)
    assert outcome.status == 130
    assert outcome.err.strip() == "interrupted; the published tree is whole"


# ---------------------------------------------------------------- related


@pytest.mark.parametrize(
    "name",
    ["2024-05-01-grain.md", "posts/2024-05-01-grain.md", "./posts/2024-05-01-grain.md", "grain"],
)
def test_related_takes_a_file_name_a_path_or_a_slug(name: str, site: Path) -> None:
    outcome = run(site, "related", name, *NOW)
    assert outcome.status == 0
    assert outcome.out.splitlines() == [
        "posts/2024-05-01-grain.md",
        "  1. Ships  [posts/2024-06-01-ships.md]",
    ]


def test_related_explains_by_scores_and_words(site: Path) -> None:
    head, columns, line, note = run(site, "related", "grain", "--explain", *NOW).out.splitlines()
    assert head == "posts/2024-05-01-grain.md: Grain"
    assert columns.split() == [
        *("place", "score", "cosine", "links", "recency", "days", "path", "title", "why", "terms")
    ]
    assert re.match(
        r"1 +0\.\d{3} +0\.\d{3} +0\.000 +0\.\d\d +\+31 +posts/2024-06-01-ships\.md +Ships ", line
    )
    assert line.index("Ships") == columns.index("title")
    assert note.startswith("score = (cosine + links) × recency")
    assert not (site / "public").exists()


def test_related_as_json(site: Path) -> None:
    (card,) = json.loads(run(site, "related", "grain", "--json", *NOW).out)
    assert (card["title"], card["url"]) == ("Ships", "/2024/06/01/ships/")
    explained = json.loads(run(site, "related", "grain", "--json", "--explain", *NOW).out)
    assert explained["candidates"][0]["path"] == "posts/2024-06-01-ships.md"


@pytest.mark.parametrize("colour", [True, False])
def test_related_is_a_table_on_a_terminal(colour: bool, site: Path) -> None:
    environment = {"TERM": "xterm-256color", "COLUMNS": "80"} | (
        {} if colour else {"NO_COLOR": "1"}
    )
    explain = ("related", "grain", "--explain", *NOW)
    out = run(site, *explain, environment=environment, terminal=True).out
    assert "─────" in out
    assert "posts/2024-06-01-ships.md" in out
    assert max(map(len, re.sub(r"\x1b\[[\d;]*m", "", out).splitlines())) <= 80
    assert bool(re.search(r"\x1b\[(\d;)?3\dm", out)) is colour
    plain = run(site, *explain, environment=environment).out
    assert "\x1b" not in plain


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("grian", "did you mean 'grain'?"),
        ("notes.md", "posts/2024-07-01-notes.md is not published (draft)"),
        ("2024-07-01-notes.md", "--drafts looks at drafts too"),
        ("2030-01-01-later.md", "posts/2030-01-01-later.md is not published (scheduled)"),
        ("2030-01-01-later.md", "--future looks at"),
        ("2024-05-01-grian.md", "did you mean '2024-05-01-grain'?"),
        ("posts/2024-05-01-grian.md", "did you mean 'posts/2024-05-01-grain'?"),
        ("", "write the file name, path or slug"),
    ],
)
def test_related_to_what_is_not_published_says_so(name: str, told: str, site: Path) -> None:
    outcome = run(site, "related", name if name != "notes.md" else "2024-07-01-notes.md", *NOW)
    assert outcome.status == 2
    assert told in outcome.err


def test_related_looks_at_drafts_when_asked(site: Path) -> None:
    assert run(site, "related", "2024-07-01-notes.md", "--drafts", *NOW).status == 0


# ---------------------------------------------------------------- schema, completion


def test_schemas_are_printed_all_or_one(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "schema").out)
    for name, schema in found.items():
        assert json.loads(run(tmp_path, "schema", name).out) == schema
    assert "blogforge.yaml" in found


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_ask_blogforge(shell: str, tmp_path: Path) -> None:
    outcome = run(tmp_path, "completion", shell)
    assert outcome.status == 0
    assert f"_BLOGFORGE_COMPLETE={shell}_complete" in outcome.out


@pytest.mark.parametrize(
    ("words", "offered"),
    [("blogforge bu", "build"), ("blogforge build --dr", "--drafts"), ("blogforge new ", "site")],
)
def test_completion_offers_commands_and_options(words: str, offered: str, tmp_path: Path) -> None:
    environment = {
        "_BLOGFORGE_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    assert f"plain,{offered}\n" in run(tmp_path, environment=environment).out
