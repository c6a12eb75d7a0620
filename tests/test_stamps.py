"""A stamp changes with its file."""

import os
from pathlib import Path

import pytest

from blogforge.stamps import Stamp, stamp_of


def test_a_stamp_is_what_the_file_system_says(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"four")
    os.utime(file, ns=(1, 5_000_000_000))
    assert stamp_of(file) == Stamp(4, 5_000_000_000, file.stat().st_ino)


def test_a_link_has_a_stamp_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"four")
    (tmp_path / "b").symlink_to("a")
    assert stamp_of(tmp_path / "b") != stamp_of(tmp_path / "a")


def test_a_file_put_in_the_place_of_another_has_another_stamp(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_bytes(b"four")
        os.utime(tmp_path / name, ns=(1, 1))
    before = stamp_of(tmp_path / "a")
    (tmp_path / "b").replace(tmp_path / "a")
    assert stamp_of(tmp_path / "a") != before


def test_what_is_not_there_has_no_stamp(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        stamp_of(tmp_path / "a")
