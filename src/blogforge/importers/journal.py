"""What earlier imports wrote: by it a second one knows its own files, and the author's hand.

One line of JSON before a file is written and one when it is whole, so that an import cut off at
any moment is gone on with by the next.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from blogforge.output.machine import machine_errors
from blogforge.output.single import write_file
from blogforge.value import Value

if TYPE_CHECKING:
    from pathlib import Path

JOURNAL_FILE = ".blogforge-import"


class Entry(Value, frozen=True, kw_only=True):
    """A file that an import wrote: its path below the site's folder, and its bytes' digest."""

    path: str
    digest: str


class Journal:
    """The entries of one source, by the keys of what they were made from.

    `sources`: the names of the source, of which the first is written. `begun`: entries of which
    nobody knows whether their files were written.
    """

    def __init__(self, site: Path, sources: list[str], *, dry: bool = False) -> None:
        self.file = site / JOURNAL_FILE
        self.source = sources[0]
        self.dry = dry
        self.entries: dict[str, Entry] = {}
        self.begun: dict[str, Entry] = {}
        self.others: set[str] = set()  # paths of other sources
        self._whole = True
        for line in self._lines():
            entry = Entry(path=line["path"], digest=line["digest"])
            if line["source"] not in sources:
                self.others.add(entry.path)
            elif line.get("begun"):
                self.begun[line["key"]] = entry
            else:
                self.entries[line["key"]] = entry
                self.begun.pop(line["key"], None)

    def paths(self) -> dict[str, str]:
        """The path of each key."""
        return {key: entry.path for key, entry in (self.begun | self.entries).items()}

    def begin(self, key: str, entry: Entry) -> None:
        """Write down that what is called `key` is about to be written. Raises MachineError."""
        self._append(key, entry, begun=True)

    def add(self, key: str, entry: Entry) -> None:
        """Write down that what is called `key` is in a file now. Raises MachineError."""
        if self.entries.get(key) != entry or key in self.begun:
            self.entries[key] = entry
            self.begun.pop(key, None)
            self._append(key, entry)

    def tidy(self) -> None:
        """Keep the last line of each key only."""
        lines = {(line["source"], line["key"]): line for line in self._lines()}
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines.values())
        if not self.dry and self.file.exists() and text.encode() != self.file.read_bytes():
            write_file(self.file, text.encode())

    def _append(self, key: str, entry: Entry, **more: bool) -> None:
        if self.dry:
            return
        values = {"source": self.source, "key": key, "path": entry.path, "digest": entry.digest}
        line = json.dumps(values | more, ensure_ascii=False) + "\n"
        with machine_errors(self.file), self.file.open("a", encoding="utf-8") as file:
            file.write(line if self._whole else f"\n{line}")
        self._whole = True

    def _lines(self) -> list[dict[str, Any]]:
        if not self.file.exists():
            return []
        with machine_errors(self.file):
            text = self.file.read_text(encoding="utf-8", errors="replace")
        self._whole = not text or text.endswith("\n")
        lines = []
        for line in text.split("\n"):  # other line ends may stand in a key
            try:
                values = json.loads(line)
            except ValueError:
                continue  # cut off while it was written; its file is found again
            if isinstance(values, dict) and {"source", "key", "path", "digest"} <= values.keys():
                lines.append(values)
        return lines
