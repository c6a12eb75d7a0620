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
import shutil
import subprocess
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import msgspec

from blogforge.digest import digest_bytes
from blogforge.errors import MachineError
from blogforge.output.machine import machine_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# The extended one knows where words end in Chinese and Japanese.
_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
_HINT = "install it: pip install 'blogforge[search]'; or write 'search: false' in blogforge.yaml"
_AGAIN = "build again; if it goes on, write 'search: false' in blogforge.yaml and tell us"
_PATIENCE = 600.0  # seconds for one answer; the index of 100,000 articles takes two minutes
_PIECE = 65_536  # bytes
_INDEX, _SAID = "index", "stderr"  # in the work folder
_ENTRY = "pagefind-entry.json"
_SCRIPTS = ("pagefind.js", "pagefind-worker.js")
_SIGNATURE = b"pagefind_dcd"  # with which what is compressed begins
# A pull quote says again what stands in the text; a footnote's number is no word.
_UNHEARD = ('[aria-hidden="true"]', ".footnote-ref")


class Record(NamedTuple):
    """What an index knows of a document: the address that it gives back, and HTML to search."""

    url: str
    html: str


class _FailedError(Exception):
    """pagefind did not do what it was asked for; says why."""


class Pagefind(NamedTuple):
    """The program, and the release of which it is."""

    program: str
    release: str


def installed() -> Pagefind:
    """The pagefind of this installation. Raises MachineError where there is none."""
    for package in _PACKAGES:
        spec = find_spec(package)
        for folder in (spec and spec.submodule_search_locations) or ():
            for program in sorted(Path(folder).glob("pagefind*")):
                if os.access(program, os.X_OK) and program.is_file():
                    return Pagefind(str(program), f"{package} {_release(package)}")
    raise MachineError.of("search is on, and pagefind is not installed", hint=_HINT)


def _release(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def index(pagefind: Pagefind, records: Iterable[Record], work: Path) -> dict[str, bytes]:
    """The files of the index of `records`, by path.

    Of results that are as good as each other, readers get the first record first. `work` is a
    folder that nobody else uses. Raises MachineError where pagefind fails.
    """
    with _scratch(work), machine_errors(work):
        try:
            with _service(pagefind, work) as ask:
                ask(type="NewIndex", config={"exclude_selectors": _UNHEARD})
                for record in records:
                    ask(
                        type="AddFile",
                        index_id=0,
                        file_path=None,
                        url=record.url,
                        file_contents=record.html,
                    )
                ask(type="WriteFiles", index_id=0, output_path=str(work / _INDEX))
        except _FailedError as error:
            message = f"pagefind could not make the search index: {error}"
            raise MachineError.of(message, hint=_AGAIN) from error
        return dict(_files(work / _INDEX))


@contextmanager
def _scratch(work: Path) -> Iterator[None]:
    """A new folder, which is gone afterwards."""
    with machine_errors(work):
        if work.exists():  # of a build that was killed
            shutil.rmtree(work)
        work.mkdir(parents=True)
    try:
        yield
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _service(pagefind: Pagefind, work: Path) -> Iterator[_Ask]:
    """Asks a pagefind that runs meanwhile."""
    # It would read settings where it stands, and from its environment.
    environment = {name: value for name, value in os.environ.items() if "PAGEFIND" not in name}
    said = work / _SAID
    with (
        said.open("wb") as stderr,
        subprocess.Popen(
            [pagefind.program, "--service"],
            cwd=work,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
        ) as process,
    ):
        assert process.stdin
        assert process.stdout
        try:
            yield _Ask(process.stdin, process.stdout)
        except _FailedError as error:
            lines = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise _FailedError(lines[-1] if lines else str(error)) from error
        finally:
            process.kill()


class _Ask(NamedTuple):
    """Asks for one thing and waits until it is done."""

    questions: IO[bytes]
    answers: IO[bytes]

    def __call__(self, **payload: object) -> None:
        question = msgspec.json.encode({"message_id": 0, "payload": payload})
        try:
            self.questions.write(base64.b64encode(question) + b",")
            self.questions.flush()
        except BrokenPipeError as error:
            raise _FailedError("it has ended") from error
        answer: dict[str, Any] = msgspec.json.decode(base64.b64decode(self._answer()))["payload"]
        if answer["type"] == "Error":
            raise _FailedError(answer["message"])

    def _answer(self) -> bytes:
        answer = b""
        while not answer.endswith(b","):
            ready, _, _ = select.select([self.answers], [], [], _PATIENCE)
            if not ready:
                raise _FailedError(f"it has said nothing for {_PATIENCE:.0f} s")
            piece = os.read(self.answers.fileno(), _PIECE)
            if not piece:
                raise _FailedError("it has ended")
            answer += piece
        return answer[:-1]


# ---------------------------------------------------------------- what it wrote


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files that a browser needs, by path."""
    entry = msgspec.json.decode((folder / _ENTRY).read_bytes())
    for language in entry["languages"].values():
        old = folder / f"pagefind.{language['hash']}.pf_meta"
        filters, meta = _in_order(_read(old), folder)
        yield from filters.items()
        language["hash"] = f"{language['hash'].rpartition('_')[0]}_{digest_bytes(meta)[:10]}"
        yield f"pagefind.{language['hash']}.pf_meta", _packed(meta)
        program = f"wasm.{language['wasm'] or 'unknown'}.pagefind"
        yield program, (folder / program).read_bytes()
    yield _ENTRY, msgspec.json.encode(entry)
    for name in _SCRIPTS:
        yield name, (folder / name).read_bytes()
    for kind in ("fragment", "index"):
        for file in sorted((folder / kind).iterdir()):
            yield f"{kind}/{file.name}", file.read_bytes()


def _in_order(meta: bytes, folder: Path) -> tuple[dict[str, bytes], bytes]:
    """The filters as files, and the index of all, both in an order that is always the same.

    pagefind writes filters and their values as a hash table has them, in another order each time.
    """
    import cbor2

    parts = cbor2.loads(meta)
    files: dict[str, bytes] = {}
    for one in sorted(parts[3]):
        name, values = cbor2.loads(_read(folder / "filter" / f"{one[1]}.pf_filter"))
        data = cbor2.dumps([name, sorted(values)])
        one[1] = f"{one[1].rpartition('_')[0]}_{digest_bytes(data)[:10]}"
        files[f"filter/{one[1]}.pf_filter"] = _packed(data)
    parts[3].sort()
    return files, cbor2.dumps(parts)


def _read(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE)


def _packed(data: bytes) -> bytes:
    return gzip.compress(_SIGNATURE + data, mtime=0)


def without_program(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index that is searched by the program of another one."""
    own = (name for name in files if name not in _SCRIPTS and not name.startswith("wasm."))
    return {name: files[name] for name in own}
