"""A sample site as its reader finds it, and its items by the end of their paths."""

from pathlib import Path
from typing import Any

from blogforge.importers import reader
from blogforge.importers.found import Found, Instructions, Item
from blogforge.importers.source import opened

SAMPLES = Path(__file__).parent / "samples"


def read(form: str, source: Path, **said: Any) -> Found:
    """What the reader of `form` finds in a folder or file."""
    with opened(str(source)) as origin:
        return reader(form)(origin, Instructions(**said))


def item(found: Found, end: str) -> Item:
    """The one item whose path ends so."""
    (one,) = [each for each in found.items if each.origin.path.endswith(end)]
    return one


def reasons(found: Found) -> dict[str, str]:
    """Why each path is left out."""
    return {each.origin.path: each.reason for each in found.left_out}


def told(found: Found, end: str) -> list[tuple[int, str]]:
    """The notes of an item, each with the text of the line that it is about."""
    return [(note.line, note.what) for note in item(found, end).notes]


def line_of(found: Found, end: str, what: str) -> str:
    """The line of an item's body to which the note that begins so belongs."""
    one = item(found, end)
    (note,) = [note for note in one.notes if note.what.startswith(what)]
    return one.body.split("\n")[note.line - 1]


def site(folder: Path, files: dict[str, Any]) -> Path:
    """A source made of `files`, by their paths."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return folder
