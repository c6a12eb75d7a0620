"""The pipeline: read, markdown, site, plan, render what is stale, publish, remember.

`renewal` tells it; a build that has nothing to do does not even load it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blogforge.config import Config, load_config
from blogforge.errors import Problem
from blogforge.job import Job
from blogforge.model import Skipped, Value
from blogforge.outcome import Outcome, recall_tree, still_holds
from blogforge.output.listing import altered
from blogforge.output.lock import locked
from blogforge.output.publish import Tally
from blogforge.output.recovery import work_folder
from blogforge.output.safety import refuse_misplaced
from blogforge.output.state import DamagedStateError, State
from blogforge.progress import Progress, silent
from blogforge.survey import survey

if TYPE_CHECKING:
    from blogforge.options import Options

_FORGOTTEN = "what earlier builds left was damaged and is forgotten; everything is built anew"


class Report(Value, frozen=True, kw_only=True):
    """What a build did, in `seconds`. `next_change_at`: when time alone will change the tree.

    `timezone`: the site's, in which people read moments.
    `rendered`: the pages that were made, by path, and why each was.
    """

    output: str
    posts: int
    pages: Tally
    skipped: tuple[Skipped, ...]
    warnings: tuple[Problem, ...]
    next_change_at: datetime | None
    timezone: str
    rendered: dict[str, str]
    seconds: float


def build(
    root: Path,
    options: Options,
    progress: Progress = silent,
    say: Callable[[str], None] = lambda _: None,
) -> Report:
    """Publish the site in the folder `root`; `say` is told while another build is waited for.

    Raises ContentError, ConfigError or MachineError with every problem of the stage that found
    any; the published tree is then as it was.
    """
    started = time.perf_counter()
    config = load_config(root)
    output = output_folder(root, config, options)
    refuse_misplaced(output, root)
    work = work_folder(output)
    with locked(work, say=say), State(work) as state:
        if options.clean:
            state.forget()
        job = Job(root, output, options, state, survey(root), progress)
        try:
            done = _glance(job, config) or _renew(job)
        except DamagedStateError:
            state.forget(damaged=True)
            done = _renew(job)
        damaged = state.damaged
    outcome, tally, rendered, doubts = done
    forgotten = [Problem(_FORGOTTEN, level="warning")] if damaged else []
    return Report(
        output=str(output),
        posts=outcome.posts,
        pages=tally,
        skipped=outcome.skipped,
        warnings=(*forgotten, *doubts, *outcome.warnings),
        next_change_at=outcome.next_change_at,
        timezone=config.timezone,
        rendered=rendered,
        seconds=time.perf_counter() - started,
    )


_Done = tuple[Outcome, Tally, dict[str, str], tuple[Problem, ...]]


def _glance(job: Job, config: Config) -> _Done | None:
    """What the last build says where nothing at all has changed."""
    last = still_holds(job.state, job.seen, config, job.options)
    if last is None:
        return None
    tree = recall_tree(job.state)
    if not tree.files or altered(job.output, tree.files, tree.folders):
        return None
    return last, Tally(written=0, unchanged=last.files, removed=0), {}, ()


def _renew(job: Job) -> _Done:
    from blogforge.renewal import renew

    return renew(job)


def output_folder(root: Path, config: Config, options: Options) -> Path:
    """Where the tree goes: `--output` from the current folder, else `output` from the site's."""
    return Path(options.output) if options.output else root / config.output
