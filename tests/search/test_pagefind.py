"""pagefind: the same index for the same records, and what becomes of a build where it fails."""

import base64
from pathlib import Path

import pytest

from blogforge.errors import MachineError
from blogforge.search import pagefind
from blogforge.search.pagefind import Pagefind, Record, index, installed, without_program
from tests.searching import needs_pagefind

HTML = """\
<!doctype html><html lang="en"><body data-pagefind-body><h1>{n}</h1>
<i data-pagefind-ignore data-pagefind-filter="year">{year}</i>
<i data-pagefind-ignore data-pagefind-filter="author">{n}</i>
<p>Grain leaves the port.</p></body></html>
"""
RECORDS = [Record(f"/{n}/#date={n}", HTML.format(n=n, year=2000 + n % 7)) for n in range(30)]


ERROR = base64.b64encode(b'{"payload": {"type": "Error", "message": "odd"}}').decode()


@needs_pagefind
def test_the_same_records_make_the_same_bytes(tmp_path: Path) -> None:
    made = [index(installed(), RECORDS, tmp_path) for _ in range(4)]
    assert all(files == made[0] for files in made)


@needs_pagefind
def test_records_are_numbered_as_they_come(tmp_path: Path) -> None:
    forth = index(installed(), RECORDS, tmp_path)
    back = index(installed(), RECORDS[::-1], tmp_path)
    kinds = {name: name.partition("/")[0] for name in {*forth, *back}}
    assert {
        name for name, kind in kinds.items() if kind == "fragment"
    } <= forth.keys() & back.keys()
    assert any(name not in back for name in forth if kinds[name] == "index")


@needs_pagefind
def test_an_index_has_what_a_browser_needs_and_no_more(tmp_path: Path) -> None:
    files = index(installed(), RECORDS, tmp_path)
    kinds = {name.partition("/")[0] if "/" in name else name for name in files}
    (meta,) = (name for name in kinds if name.endswith(".pf_meta"))
    program = {"pagefind.js", "pagefind-worker.js", "wasm.en.pagefind"}
    rest = {"fragment", "index", "filter", "pagefind-entry.json", meta}
    assert kinds == program | rest
    assert files.keys() - without_program(files).keys() == program


def test_a_site_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "find_spec", lambda _name: None)
    with pytest.raises(MachineError, match=r'pip install "blogforge\[search\]"'):
        installed()


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("echo no room >&2; exit 1", "no room"),
        ("exit 0", "it has ended"),
        ("head -c 9 >/dev/null; exit 0", "it has ended"),
        (f"echo -n {ERROR},; cat", "odd"),
        ("echo -n e30=,; cat", "it says what nobody understands"),
        ("sleep 60", "it has said nothing"),
    ],
)
def test_why_it_failed_is_told(
    script: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagefind, "_PATIENCE", 0.3)
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    with pytest.raises(MachineError, match=f"could not make the search index: {why}"):
        index(Pagefind(str(program), "1"), RECORDS, tmp_path)


def test_a_program_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="nowhere"):
        index(Pagefind(str(tmp_path / "nowhere"), "1"), RECORDS, tmp_path)
