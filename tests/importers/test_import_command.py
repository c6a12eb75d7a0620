"""`blogforge import`, as one runs it."""

import builtins
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from blogforge.cli import cli, main
from blogforge.errors import MachineError

TEXT = (
    "How the guns came\n\nBy Jane Doe\n\nMarch 21, 2012\n\nThe convoys began to pass in summer.\n"
)


def test_an_article_is_moved_in_and_what_to_do_next_is_said(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    folder = tmp_path / "desk"
    run = CliRunner().invoke(
        cli, ["import", "text", str(tmp_path / "article.txt"), "--into", str(folder)]
    )
    assert run.exit_code == 0, run.output
    assert run.output.startswith("text: 1 found = 1 imported (1 post, 0 pages) + 0 left out\n")
    assert f"next: 'blogforge serve {folder}' shows it" in run.output
    assert len([*folder.glob("posts/*.md")]) == 1
    again = CliRunner().invoke(
        cli, ["import", "text", str(tmp_path / "article.txt"), "--into", str(folder), "--json"]
    )
    assert set(json.loads(again.output)["written"]["fates"].values()) == {"unchanged"}


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["hugo", "no/such/folder"], 2, "there is no 'no/such/folder'"),
        (["ghost", "https://desk.example/"], 2, "only a feed is read from an address"),
        (["drupal", "x"], 2, "'drupal' is not one of"),
    ],
)
def test_what_cannot_be_begun_is_told(
    arguments: list[str],
    status: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["blogforge", "import", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == status
    assert said in capsys.readouterr().err


def test_a_missing_library_is_named_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] == "httpcore":
            raise ModuleNotFoundError(name=name)
        return real(name, *rest, **named)

    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(builtins, "__import__", without)
    command = ["import", "text", str(tmp_path / "article.txt"), "--media"]
    run = CliRunner().invoke(cli, [*command, "--into", str(tmp_path / "desk")])
    assert isinstance(run.exception, MachineError)
    assert 'pip install "blogforge[import]"' in str(run.exception)


def test_no_site_is_begun_with_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "export"
    source.mkdir()
    (source / "ghost.json").write_text('{"db": []}', encoding="utf-8")
    folder = tmp_path / "desk"
    monkeypatch.setattr(
        "sys.argv", ["blogforge", "import", "hugo", str(source), "--into", str(folder)]
    )
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 1
    assert "has nothing that hugo writes" in capsys.readouterr().err
    assert not folder.exists()
