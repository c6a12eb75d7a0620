"""Two folders change places."""

import errno
import sys
from pathlib import Path

import pytest

from blogforge.output import switch as switching
from blogforge.output.switch import exchange, switch
from blogforge.output.sync import sync


@pytest.fixture
def new(tmp_path: Path) -> Path:
    (tmp_path / "work" / "next").mkdir(parents=True)
    (tmp_path / "work" / "next" / "new").touch()
    return tmp_path / "work" / "next"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "old").touch()
    return tmp_path / "public"


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def refuse(_one: str, _other: str) -> bool:
    return False


@pytest.mark.parametrize("refused", [False, True])
def test_the_new_tree_takes_the_place_of_the_old(
    refused: bool, new: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if refused:
        monkeypatch.setattr(switching, "exchange", refuse)
    switch(new, output)
    assert names(output) == ["new"]
    assert names(new) == ["old"]
    assert names(new.parent) == ["next"]


def test_where_there_was_no_tree_there_is_one_then(new: Path, tmp_path: Path) -> None:
    switch(new, tmp_path / "public")
    assert names(tmp_path / "public") == ["new"]
    assert names(new.parent) == []


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="no such call elsewhere")
def test_here_is_an_exchange_in_one_step(new: Path, output: Path) -> None:
    """Whoever runs the tests on a disk that cannot exchange sees the other tests only."""
    assert exchange(str(new), str(output))


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="no such call elsewhere")
def test_an_exchange_that_fails_is_an_error(new: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        exchange(str(new), str(tmp_path / "nothing"))
    assert caught.value.filename == str(tmp_path / "nothing")
    assert names(new) == ["new"]


def test_a_second_rename_that_fails_is_taken_back(
    new: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switching, "exchange", refuse)
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self == new:
            raise OSError(errno.EIO, "no")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="no"):
        switch(new, output)
    assert names(output) == ["old"]
    assert names(new) == ["new"]


def test_all_is_brought_to_the_disk(tmp_path: Path) -> None:
    sync(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync(tmp_path / "nothing")


def test_a_platform_without_such_a_call_does_without(
    new: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not exchange(str(new), str(output))
    sync(output)
