"""What several commands take."""

from __future__ import annotations

from datetime import datetime
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


def moment(text: str, folder: Path, option: str = "--now") -> datetime | None:
    """The moment that an option of that name says, in the time zone of the site in `folder`.

    None where it says nothing. Raises ConfigError.
    """
    from blogforge.config import load_config
    from blogforge.content import dates

    if not text:
        return None
    try:
        return dates.moment(text, ZoneInfo(load_config(folder).timezone))
    except dates.DateError as error:
        raise ConfigError.of(f"{option} {error.message}", hint=error.hint) from error
