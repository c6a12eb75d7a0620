"""The build's memory: what a build may take from the one before. It may be deleted at any time.

Tables are read whole and written whole; parts of articles one by one, as few builds need all. Every
value stands beside the digest of its bytes: what does not agree is damaged, and damaged memory is
no memory.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar
from zlib import crc32

import msgspec

from blogforge import __version__
from blogforge.digest import digest_bytes
from blogforge.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

T = TypeVar("T")

STATE_FILE = "state.sqlite"
# Other releases lay out what they remember in other ways.
_FORMAT = crc32(__version__.encode()) >> 1  # SQLite's user_version has 31 bits
_PAGE = 32_768  # bytes; tables are megabytes, and a chain of small pages is slow to follow
_SCHEMA = f"""
create table tables (name text primary key, digest text, data blob);
create table parts (name text primary key, digest text, data blob) without rowid;
pragma user_version = {_FORMAT};
"""
_SUFFIXES = ("", "-wal", "-shm")
_WAIT = 10.0  # seconds for another process that looks at the memory
# Failures of the machine; every other one says that the file is no memory of ours.
# Source: https://www.sqlite.org/rescode.html
_MACHINE = {
    sqlite3.SQLITE_BUSY: "another program holds it",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; is the folder ours to write?",
    sqlite3.SQLITE_FULL: "the disk is full; make room and build again",
    sqlite3.SQLITE_IOERR: "the disk failed",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
    sqlite3.SQLITE_PERM: "its folder is not ours to write",
    sqlite3.SQLITE_READONLY: "its folder is not ours to write",
}


class DamagedStateError(Exception):
    """What the memory holds is not what was put there."""


class _ForeignStateError(DamagedStateError):
    """The memory is another release's."""


class State:
    """The memory in the folder `folder`. A context manager; what is put is kept by `commit`.

    `damaged`: there was one that could not be used, and it was forgotten.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / STATE_FILE
        self._connection: sqlite3.Connection | None = None
        self._shelf = Shelf(self._file)
        self.damaged = False

    def __enter__(self) -> Self:
        try:
            self._database  # noqa: B018  (damage shows at once)
        except DamagedStateError as error:
            self.forget(damaged=not isinstance(error, _ForeignStateError))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()

    @property
    def _database(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _opened(self._file)
        return self._connection

    def release(self) -> None:
        """Let go of the file until it is needed again: a connection must not be forked."""
        self._shelf.close()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def forget(self, *, damaged: bool = False) -> None:
        """Begin anew."""
        self.damaged = damaged
        self.release()
        for suffix in _SUFFIXES:
            Path(f"{self._file}{suffix}").unlink(missing_ok=True)

    def table(self, name: str, kind: type[T]) -> T | None:
        """The table `name`; None where there is none. Raises DamagedStateError."""
        data = self.blob(name)
        if data is None:
            return None
        try:
            return msgspec.json.decode(data, type=kind)
        except msgspec.MsgspecError as error:
            raise DamagedStateError(name) from error

    def blob(self, name: str) -> bytes | None:
        """The bytes of the table `name`; None where there is none. Raises DamagedStateError."""
        return _checked(self._database, "select digest, data from tables where name = ?", name)

    def put(self, name: str, value: object) -> None:
        """Replace the table `name`."""
        self.put_blob(name, msgspec.json.encode(value))

    def put_blob(self, name: str, data: bytes) -> None:
        """Replace the bytes of the table `name`."""
        row = (name, digest_bytes(data), data)
        with _explained(self._file):
            self._database.execute("insert or replace into tables values (?, ?, ?)", row)

    def drop(self, names: Iterable[str]) -> None:
        """Forget tables."""
        with _explained(self._file):
            rows = ((name,) for name in names)
            self._database.executemany("delete from tables where name = ?", rows)

    @property
    def shelf(self) -> Shelf:
        """Where parts stand, as far as they are committed."""
        return self._shelf

    def put_parts(self, parts: Mapping[str, bytes]) -> None:
        """Remember parts by name."""
        rows = ((name, digest_bytes(data), data) for name, data in parts.items())
        with _explained(self._file):
            self._database.executemany("insert or replace into parts values (?, ?, ?)", rows)

    def drop_parts(self, names: Iterable[str]) -> None:
        """Forget parts."""
        with _explained(self._file):
            rows = ((name,) for name in names)
            self._database.executemany("delete from parts where name = ?", rows)

    def commit(self) -> None:
        """Keep what was put, and let go of the file."""
        with _explained(self._file):
            self._database.commit()
        self.release()


class Shelf:
    """The parts of a memory, read one by one; it pickles, and opens the file in each process."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opened: tuple[int, sqlite3.Connection] | None = None

    def __getstate__(self) -> Path:
        return self._file

    def __setstate__(self, file: Path) -> None:
        self._file = file
        self._opened = None

    def __getitem__(self, name: str) -> bytes:
        """The part `name`. Raises KeyError, or DamagedStateError."""
        query = "select digest, data from parts where name = ?"
        data = _checked(self._connection(), query, name)
        if data is None:
            raise KeyError(name)
        return data

    def close(self) -> None:
        """Let go of the file until a part is asked for."""
        if self._opened is not None and self._opened[0] == os.getpid():
            self._opened[1].close()
            self._opened = None

    def _connection(self) -> sqlite3.Connection:
        process = os.getpid()  # a connection does not survive a fork
        if self._opened is None or self._opened[0] != process:
            self._opened = (
                process,
                sqlite3.connect(
                    f"{self._file.absolute().as_uri()}?mode=ro",
                    uri=True,
                    timeout=_WAIT,
                    check_same_thread=False,
                ),
            )
        return self._opened[1]


def _opened(file: Path) -> sqlite3.Connection:
    """The database, with its tables. Raises DamagedStateError."""
    with _explained(file):
        connection = sqlite3.connect(file, timeout=_WAIT, isolation_level="IMMEDIATE")
        try:
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute(f"pragma page_size = {_PAGE}")
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    with closing(connection.execute("pragma user_version")) as cursor:
        version = cursor.fetchone()[0]
    if version == 0:
        connection.executescript(_SCHEMA)
    elif version != _FORMAT:
        raise _ForeignStateError(version)


def _checked(connection: sqlite3.Connection, query: str, name: str) -> bytes | None:
    """The bytes that a row holds; None where there is no row. Raises DamagedStateError."""
    with _explained(name), closing(connection.execute(query, (name,))) as cursor:
        row: tuple[Any, Any] | None = cursor.fetchone()
    if row is None:
        return None
    digest, data = row
    if not isinstance(data, bytes) or digest_bytes(data) != digest:
        raise DamagedStateError(name)
    return data


@contextmanager
def _explained(what: object) -> Iterator[None]:
    """SQLite's errors as ours: MachineError for those of the machine, else DamagedStateError."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _MACHINE:
            message = f"cannot use the build's memory {what}: {error}"
            raise MachineError.of(message, hint=_MACHINE[code]) from error
        raise DamagedStateError(f"{what}: {error}") from error
