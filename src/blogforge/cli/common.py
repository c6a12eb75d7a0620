"""What several commands take."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from blogforge.errors import ConfigError

FOLDER = click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="."
)
DRAFTS = click.option("--drafts", is_flag=True, help="Publish drafts too.")
FUTURE = click.option("--future", is_flag=True, help="Publish scheduled posts too.")
NOW = click.option(
    "--now", metavar="TIME", default="", help="Build as of TIME, such as 2012-03-21T10:00."
)
JOBS = click.option(
    "--jobs", type=click.IntRange(min=0), default=0, help="Processes; 0: all cores."
)
TRUST_MTIME = click.option(
    "--no-trust-mtime",
    "trust_mtime",
    is_flag=True,
    default=True,
    flag_value=False,
    help="Read every file, also those whose size and time say that they are as they were.",
)
SECTION = click.option("--section", metavar="NAME", default="", help="Of this section only.")
AUTHOR = click.option("--author", metavar="NAME", default="", help="By this author only.")
STORY = click.option("--story", metavar="NAME", default="", help="Of this story only.")
LANG = click.option("--lang", metavar="TAG", default="", help="In this language only.")
_AGO = re.compile(r"(\d{1,4})([hdw])", re.ASCII)
_SPANS = {"h": "hours", "d": "days", "w": "weeks"}


def moment(text: str, folder: Path, option: str = "--now", also: str = "") -> datetime | None:
    """The moment that an option of that name says, in the time zone of the site in `folder`.

    None where it says nothing. Raises ConfigError, whose hint says what else the option takes.
    """
    from blogforge.config import load_config
    from blogforge.content import dates

    if not text:
        return None
    try:
        return dates.moment(text, ZoneInfo(load_config(folder).timezone))
    except dates.DateError as error:
        raise ConfigError.of(f"{option} {error.message}", hint=error.hint + also) from error


def beginning(text: str, folder: Path, end: datetime) -> datetime | None:
    """Where the span that `--since` names begins: so long before `end`, or at a moment.

    Days and weeks are those of the calendar, in the time zone of the site in `folder`. None where
    `text` says nothing. Raises ConfigError, also where there would be no time until `end`.
    """
    from blogforge.config import load_config

    if (ago := _AGO.fullmatch(text)) is None:
        begin = moment(text, folder, "--since", ", or 7d, 24h, 2w")
    elif ago[2] == "h":
        begin = end - timedelta(hours=int(ago[1]))
    else:
        zone = ZoneInfo(load_config(folder).timezone)
        begin = end.astimezone(zone) - timedelta(**{_SPANS[ago[2]]: int(ago[1])})
    if begin and begin >= end:
        raise ConfigError.of(
            f"--since: there is no time from {begin:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}",
            hint="write 7d, 24h or 2w, or a day before --until",
        )
    return begin
