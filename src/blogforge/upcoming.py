"""What will appear or vanish without anybody's doing, in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.config import load_config
from blogforge.content.read import Known, read_sound
from blogforge.edition import key_of
from blogforge.errors import ContentError
from blogforge.lending import lent
from blogforge.model import Value
from blogforge.printing import clock, counted, to_json
from blogforge.site.upcoming import Event, events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from blogforge.options import Options

NOTHING = "Nothing will appear or vanish by itself."


class Upcoming(Value, frozen=True, kw_only=True):
    """The events to come, and how many drafts have none, as nobody has said when."""

    events: tuple[Event, ...]
    drafts: int
    timezone: str


def upcoming(root: Path, options: Options, until: datetime | None = None) -> Upcoming:
    """What will happen to the posts of the site in the folder `root`, to the moment `until`.

    Raises ConfigError, MachineError, and ContentError with what is wrong in front matter.
    """
    config = load_config(root)
    memory = lent(root, options)
    documents = memory.documents_under(key_of(config))
    reading, wrong = read_sound(root, config, Known(memory.ledger, documents))
    if wrong:
        raise ContentError(wrong)
    found = events(reading.posts, options.moment())
    return Upcoming(
        events=tuple(event for event in found if not until or event.at <= until),
        drafts=sum(post.status == "draft" for post in reading.posts),
        timezone=config.timezone,
    )


def as_text(found: Upcoming) -> str:
    """A line for each event, in the site's time zone, and the number of drafts."""
    return "\n".join(_lines(found))


def _lines(found: Upcoming) -> Iterator[str]:
    if not found.events:
        yield NOTHING
    times = [clock(event.at, found.timezone) for event in found.events]
    time_width = max(map(len, times), default=0)
    width = max((len(event.path) for event in found.events), default=0)
    for time, event in zip(times, found.events, strict=True):
        status = "" if event.status == "published" else f"{event.status}: "
        yield (
            f"{time:<{time_width}}  {event.change:<8}  {event.path:<{width}}"
            f"  {status}{event.title} ({event.key})"
        )
    if found.drafts:
        wait = "waits" if found.drafts == 1 else "wait"
        yield f"{counted(found.drafts, 'draft')} {wait} to be published by hand."


def as_json(found: Upcoming) -> str:
    """The same as one object; docs/cli.md lists its keys."""
    return to_json({"events": found.events, "drafts": found.drafts})
