"""A file is read again exactly when its stamp cannot prove that it is as it was."""

import os
from pathlib import Path

import pytest

from blogforge.digest import digest_bytes
from blogforge.ledger import TICK, Entry, Ledger
from blogforge.stamps import source_stamp

LONG_AGO = 1_300_000_000 * 10**9


def write(file: Path, text: str, mtime_ns: int = LONG_AGO) -> str:
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(mtime_ns, mtime_ns))
    return digest_bytes(text.encode())


def carried(ledger: Ledger, *, trust: bool = True) -> Ledger:
    """The ledger of the next build."""
    return Ledger(ledger.entries(), trust=trust)


def test_a_file_with_the_same_stamp_is_not_read_again(tmp_path: Path) -> None:
    first, file = Ledger(), tmp_path / "a"
    digest = write(file, "one")
    assert first.digest("a", file) == digest
    write(file, "two")  # the same size, inode and time: nothing that a stamp could show
    assert carried(first).digest("a", file) == digest
    assert carried(first, trust=False).digest("a", file) == digest_bytes(b"two")


@pytest.mark.parametrize(
    ("text", "mtime_ns"), [("longer", LONG_AGO), ("two", LONG_AGO + 1)], ids=["size", "time"]
)
def test_a_file_with_another_stamp_is_read(tmp_path: Path, text: str, mtime_ns: int) -> None:
    first, file = Ledger(), tmp_path / "a"
    write(file, "one")
    first.digest("a", file)
    assert carried(first).digest("a", file) != write(file, text, mtime_ns)
    assert carried(first).digest("a", file) == digest_bytes(text.encode())


def test_another_file_in_its_place_is_read(tmp_path: Path) -> None:
    first, file = Ledger(), tmp_path / "a"
    write(file, "one")
    first.digest("a", file)
    digest = write(tmp_path / "b", "two")
    (tmp_path / "b").replace(file)
    assert carried(first).digest("a", file) == digest


def test_a_file_that_was_just_written_is_read_once_more(tmp_path: Path) -> None:
    file = tmp_path / "a"
    now = LONG_AGO + TICK
    write(file, "one", LONG_AGO)
    racy, settled = Ledger(clock=lambda: now), Ledger(clock=lambda: now + 1)
    racy.digest("a", file)
    before = settled.digest("a", file)
    digest = write(file, "two", LONG_AGO)  # within the same tick of the file system's clock
    assert carried(racy).digest("a", file) == digest
    assert carried(settled).digest("a", file) == before


def test_a_link_is_what_it_leads_to(tmp_path: Path) -> None:
    first, file, link = Ledger(), tmp_path / "a", tmp_path / "link"
    write(file, "one")
    link.symlink_to(file)
    first.digest("link", link)
    digest = write(file, "other")
    assert carried(first).digest("link", link) == digest


def test_only_what_was_asked_for_is_remembered(tmp_path: Path) -> None:
    first, file = Ledger(), tmp_path / "a"
    digest = write(file, "one")
    first.digest("a", file)
    second = carried(first)
    assert second.unchanged("a", source_stamp(file)) == digest
    assert second.unchanged("b", source_stamp(file)) == ""
    assert second.entries() == [Entry("a", source_stamp(file), digest, settled=True)]
    assert carried(first).entries() == []
