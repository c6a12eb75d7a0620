"""Runs pagefind: records -> the files of an index, the same ones for the same records.

It is run as the service that its libraries for other languages talk to: what walks through a folder
numbers documents as the file system lists them, which is in another order on each machine. Source
of what is known of it and its files: https://github.com/Pagefind/pagefind, 1.5.
"""

from __future__ import annotations

import base64
import gzip
import os
import select
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import msgspec

from blogforge.digest import digest_bytes
from blogforge.errors import MachineError
from blogforge.output.machine import machine_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")  # the better one first
_ORDERS = "cbor2"
_HINT = 'install it: pip install "blogforge[search]"; or write "search: false" in blogforge.yaml'
_AGAIN = "build again; if it goes on, write 'search: false' in blogforge.yaml and tell us"
_PATIENCE = 600.0  # seconds for one answer; the index of 100,000 articles takes two minutes
_PIECE = 1_048_576  # bytes
_ENTRY = "pagefind-entry.json"
_SCRIPTS = ("pagefind.js", "pagefind-worker.js")
_SIGNATURE = b"pagefind_dcd"  # with which what is compressed begins
_FILTERS = 3  # where they stand in the table of an index's parts
# A pull quote says again what stands in the text; a footnote's number is no word.
_UNHEARD = ('[aria-hidden="true"]', ".footnote-ref")


class Record(NamedTuple):
    """What an index knows of a document: the address that it gives back, and HTML to search."""

    url: str
    html: str


class _File(msgspec.Struct, frozen=True):
    """A file as pagefind hands it over: its bytes in base64."""

    path: str
    content: bytes


class _Payload(msgspec.Struct, frozen=True):
    type: str
    message: str = ""
    files: list[_File] = []


class _Answer(msgspec.Struct, frozen=True):
    payload: _Payload


_answers = msgspec.json.Decoder(_Answer)


class _FailedError(Exception):
    """pagefind did not do what it was asked for; says why."""


class Pagefind(NamedTuple):
    """The program, and the releases of it and of what orders its files."""

    program: str
    release: str

    @property
    def extended(self) -> bool:
        """Whether it knows where words end that have no spaces between them."""
        return self.release.startswith(_PACKAGES[0])


def installed() -> Pagefind:
    """The pagefind of this installation. Raises MachineError where there is none."""
    for package in _PACKAGES if find_spec(_ORDERS) else ():
        spec = find_spec(package)
        for folder in (spec and spec.submodule_search_locations) or ():
            for program in sorted(Path(folder).glob("pagefind*")):
                if os.access(program, os.X_OK) and program.is_file():
                    return Pagefind(str(program), " ".join(map(_release, (package, _ORDERS))))
    raise MachineError.of("search is on, and pagefind is not installed", hint=_HINT)


def _release(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


def index(pagefind: Pagefind, records: Iterable[Record], folder: Path) -> dict[str, bytes]:
    """The files of the index of `records`, by path.

    Of results that are as good as each other, readers get the first record first. In `folder` there
    are no settings of pagefind's. Raises MachineError where it fails.
    """
    try:
        with machine_errors(pagefind.program), _service(pagefind, folder) as ask:
            ask(type="NewIndex", config={"exclude_selectors": _UNHEARD})
            for record in records:
                ask(
                    type="AddFile",
                    index_id=0,
                    file_path=None,
                    url=record.url,
                    file_contents=record.html,
                )
            # What it writes itself is not yet written when it says so.
            files = ask(type="GetFiles", index_id=0)
    except _FailedError as error:
        message = f"pagefind could not make the search index: {error}"
        raise MachineError.of(message, hint=_AGAIN) from error
    return dict(_needed({file.path: file.content for file in files}))


@contextmanager
def _service(pagefind: Pagefind, folder: Path) -> Iterator[_Ask]:
    """Asks a pagefind that runs meanwhile."""
    # It would read settings where it stands, and from its environment.
    environment = {name: value for name, value in os.environ.items() if "PAGEFIND" not in name}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [pagefind.program, "--service"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        assert process.stdin
        assert process.stdout
        try:
            yield _Ask(process.stdin, process.stdout)
        except _FailedError as error:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            raise _FailedError(lines[-1] if lines else str(error)) from error
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
            with suppress(BrokenPipeError):  # what it was still to be asked
                process.stdin.close()


class _Ask(NamedTuple):
    """Asks for one thing, waits until it is done, and returns the files that are handed over."""

    questions: IO[bytes]
    answers: IO[bytes]

    def __call__(self, **payload: object) -> list[_File]:
        question = msgspec.json.encode({"message_id": 0, "payload": payload})
        try:
            self.questions.write(base64.b64encode(question) + b",")
            self.questions.flush()
        except BrokenPipeError as error:
            raise _FailedError("it has ended") from error
        try:
            answer = _answers.decode(base64.b64decode(self._answer())).payload
        except ValueError as error:
            raise _FailedError(f"it says what nobody understands: {error}") from error
        if answer.type == "Error":
            raise _FailedError(answer.message)
        return answer.files

    def _answer(self) -> bytes:
        answer = bytearray()
        while not answer.endswith(b","):
            ready, _, _ = select.select([self.answers], [], [], _PATIENCE)
            if not ready:
                raise _FailedError(f"it has said nothing for {_PATIENCE:.0f} s")
            piece = os.read(self.answers.fileno(), _PIECE)
            if not piece:
                raise _FailedError("it has ended")
            answer += piece
        return bytes(answer[:-1])


# ---------------------------------------------------------------- what it made


def _needed(made: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files that a browser needs, by path, of those that pagefind made."""
    entry = msgspec.json.decode(made[_ENTRY])
    for language in entry["languages"].values():
        filters, meta = _in_order(made, f"pagefind.{language['hash']}.pf_meta")
        yield from filters.items()
        language["hash"] = _renamed(language["hash"], meta)
        yield f"pagefind.{language['hash']}.pf_meta", _packed(meta)
        program = f"wasm.{language['wasm'] or 'unknown'}.pagefind"
        yield program, made[program]
    yield _ENTRY, msgspec.json.encode(entry)
    for name, data in made.items():
        if name in _SCRIPTS or name.startswith(("fragment/", "index/")):
            yield name, data


def _in_order(made: Mapping[str, bytes], name: str) -> tuple[dict[str, bytes], bytes]:
    """The filters as files, and the table of all parts, both in an order that is always the same.

    pagefind writes filters and their values as a hash table has them, in another order each time.
    """
    import cbor2

    parts = cbor2.loads(_unpacked(made[name]))
    files: dict[str, bytes] = {}
    for part in sorted(parts[_FILTERS]):
        filter_, values = cbor2.loads(_unpacked(made[f"filter/{part[1]}.pf_filter"]))
        data = cbor2.dumps([filter_, sorted(values)])
        part[1] = _renamed(part[1], data)
        files[f"filter/{part[1]}.pf_filter"] = _packed(data)
    parts[_FILTERS].sort()
    return files, cbor2.dumps(parts)


def _renamed(name: str, data: bytes) -> str:
    """The name of a file whose content, by which it is named, is now `data`."""
    return f"{name.rpartition('_')[0]}_{digest_bytes(data)[:10]}"


def _unpacked(data: bytes) -> bytes:
    return gzip.decompress(data).removeprefix(_SIGNATURE)


def _packed(data: bytes) -> bytes:
    return gzip.compress(_SIGNATURE + data, mtime=0)


def without_program(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index that is searched by the program of another one."""
    own = (name for name in files if name not in _SCRIPTS and not name.startswith("wasm."))
    return {name: files[name] for name in own}
