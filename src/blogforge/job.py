"""A build to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from blogforge.options import Options
    from blogforge.output.state import State
    from blogforge.progress import Progress
    from blogforge.survey import Survey


class Job(NamedTuple):
    """The site in the folder `root` is to be published in the folder `output`.

    `seen`: what was there to be read when the build began. `progress` is told of each stage how
    much of it is done, and how much there is.
    """

    root: Path
    output: Path
    options: Options
    state: State
    seen: Survey | None
    progress: Progress
