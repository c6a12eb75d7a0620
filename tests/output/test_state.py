"""What is remembered is what was put there, or nothing."""

import pickle
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from blogforge.errors import MachineError
from blogforge.output.state import STATE_FILE, DamagedStateError, State


def remembered(folder: Path) -> None:
    with State(folder) as state:
        state.put("table", {"a": 1})
        state.put_parts({"posts/a.md": b"a", "posts/b.md": b"b"})
        state.commit()


def test_what_is_committed_is_remembered(tmp_path: Path) -> None:
    remembered(tmp_path)
    with State(tmp_path) as state:
        assert not state.damaged
        assert state.table("table", dict[str, int]) == {"a": 1}
        assert state.table("another", dict[str, int]) is None
        assert state.shelf["posts/b.md"] == b"b"
        with pytest.raises(KeyError):
            state.shelf["posts/c.md"]


def test_what_is_not_committed_is_forgotten(tmp_path: Path) -> None:
    remembered(tmp_path)
    with State(tmp_path) as state:
        state.put("table", {"a": 2})
        state.drop_parts(["posts/a.md"])
    with State(tmp_path) as state:
        assert state.table("table", dict[str, int]) == {"a": 1}
        assert state.shelf["posts/a.md"] == b"a"


def test_parts_are_replaced_and_dropped(tmp_path: Path) -> None:
    remembered(tmp_path)
    with State(tmp_path) as state:
        state.put_parts({"posts/a.md": b"new"})
        state.drop_parts(["posts/b.md"])
        state.commit()
        shelf = state.shelf
        assert shelf["posts/a.md"] == b"new"
        with pytest.raises(KeyError):
            shelf["posts/b.md"]


def test_a_shelf_goes_to_other_processes(tmp_path: Path) -> None:
    remembered(tmp_path)
    with State(tmp_path) as state:
        shelf = state.shelf
        assert shelf["posts/a.md"] == b"a"
        copy = pickle.loads(pickle.dumps(shelf))  # noqa: S301  (what we have just written)
        assert copy["posts/a.md"] == b"a"


def scribbled(file: Path) -> None:
    file.write_bytes(b"no database " * 1000)


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def foreign(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as other:
        other.execute("create table tables (other integer)")
    other.close()


def of_another_version(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("pragma user_version = 4711")
    other.close()


@pytest.mark.parametrize("damage", [scribbled, truncated, foreign, of_another_version])
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    remembered(tmp_path)
    damage(tmp_path / STATE_FILE)
    with State(tmp_path) as state:
        try:
            found = state.table("table", dict[str, int])
            assert state.damaged is (damage is not of_another_version)
            assert found is None
        except DamagedStateError:
            state.forget(damaged=True)
        assert state.table("table", dict[str, int]) is None
        state.put("table", {"a": 3})
        state.commit()
    with State(tmp_path) as state:
        assert state.table("table", dict[str, int]) == {"a": 3}


@pytest.mark.parametrize("table", ["tables", "parts"])
def test_bytes_that_changed_are_damage(tmp_path: Path, table: str) -> None:
    remembered(tmp_path)
    with sqlite3.connect(tmp_path / STATE_FILE) as other:
        other.execute(f"update {table} set data = ?", (b'{"a":7}',))
    other.close()
    with State(tmp_path) as state, pytest.raises(DamagedStateError):
        state.table("table", dict[str, int]) if table == "tables" else state.shelf["posts/a.md"]


def test_a_table_of_another_kind_is_damage(tmp_path: Path) -> None:
    remembered(tmp_path)
    with State(tmp_path) as state, pytest.raises(DamagedStateError):
        state.table("table", list[int])


def test_what_the_machine_does_not_let_us_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="cannot use the build's memory"), State(tmp_path / "no"):
        pass
