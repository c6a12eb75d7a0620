"""What a newsletter tells and where it was written, in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blogforge.printing import counted, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from blogforge.newsletter import Newsletter

NOTHING = "Nothing was published or corrected in that time, so no digest was written."
_NO_SENDER = "The .eml has no From: set digest.sender in blogforge.yaml, or let your mailer add it."


def as_text(found: Newsletter, files: Mapping[str, Path]) -> str:
    """What is told, and each file with its size."""
    return "\n".join(_lines(found, files))


def _lines(found: Newsletter, files: Mapping[str, Path]) -> Iterator[str]:
    if found.letter is None:
        yield NOTHING
        return
    contents = found.letter.contents
    told = [counted(len(contents.paths), "article")]
    if contents.more:
        told.append(f"{contents.more} more counted")
    if contents.stories:
        moved = len(contents.stories)
        told.append("1 story that moved" if moved == 1 else f"{moved} stories that moved")
    if contents.corrections:
        told.append(counted(len(contents.corrections), "correction"))
    yield f"{found.letter.subject}  ({', '.join(told)})"
    for end, path in files.items():
        yield f"  {path}  {len(found.files[end]):,} bytes"
    if not found.sender:
        yield _NO_SENDER


def as_json(found: Newsletter, files: Mapping[str, Path]) -> str:
    """The same as one object; docs/cli.md lists its keys."""
    if found.letter is None:
        return to_json({"count": 0, "files": {}})
    contents = found.letter.contents
    told: dict[str, Any] = {
        "count": len(contents.paths),
        "more": contents.more,
        "subject": found.letter.subject,
        "lang": contents.lang,
        "since": contents.since,
        "until": contents.until,
        "articles": contents.paths,
        "stories": [moved.group.name for moved in contents.stories],
        "corrections": len(contents.corrections),
        "files": {end: str(path) for end, path in files.items()},
    }
    return to_json(told)
