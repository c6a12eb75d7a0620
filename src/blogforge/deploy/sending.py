"""A deployment from its beginning to its end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from msgspec.structs import replace

from blogforge.build import build, output_folder
from blogforge.config import load_config
from blogforge.deploy.hubs import feeds_among, tell
from blogforge.deploy.plan import Plan, Standing, Step, plan, refuse_foreign, refuse_shrinking
from blogforge.deploy.report import Part, Report
from blogforge.deploy.target import Surroundings, Target
from blogforge.deploy.tree import Tree, built_tree
from blogforge.errors import ConfigError, DeployError, MachineError, Problem
from blogforge.output.lock import locked
from blogforge.output.recovery import work_folder
from blogforge.output.state import State
from blogforge.progress import Progress, silent
from blogforge.validation import did_you_mean
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from blogforge.config import Config
    from blogforge.deploy.target import Done
    from blogforge.options import Options
    from blogforge.targets import TargetConfig

_FOLDER = "deploy"  # of the work folder


class Order(Value, frozen=True, kw_only=True):
    """What is asked of a deployment, beside what is asked of its build.

    `target` empty: the only one. `build` false: the tree is sent as the last build left it.
    """

    target: str = ""
    build: bool = True
    dry_run: bool = False
    allow_shrink: bool = False
    overwrite: bool = False


def deploy(
    root: Path,
    order: Order,
    options: Options,
    progress: Progress = silent,
    say: Callable[[str], None] = lambda _: None,
) -> tuple[Report, tuple[Problem, ...]]:
    """Build the site in `root` and send it to a target; the warnings of the build come, too.

    Raises ContentError, ConfigError, MachineError or DeployError; at the target is then, at every
    moment, a whole site.
    """
    started = time.perf_counter()
    config = load_config(root)
    name, settings = chosen(config, order.target)
    options = replace(options, now=options.moment())  # one moment for all that follows
    output = output_folder(root, config, options)
    work = work_folder(output)
    target = target_of(settings, Surroundings(root, work / _FOLDER / name, config, name))
    warnings = build(root, options, progress, say).warnings if order.build else ()
    with locked(work, say=say):
        with State(work) as state:
            tree = built_tree(output, state, config, options)
        standing = target.look(tree)
        _refuse(tree, standing, order)
        steps = plan(tree, standing)
        parts = tuple(_part(step, tree) for step in steps.steps)
        if not order.dry_run:
            _carry_out(target, tree, steps, _told(steps, progress))
    # What was cut off may have sent feeds of which no hub has heard.
    sent = sorted(tree.files) if standing.unfinished else steps.puts
    pinged, doubts = tell(config.feeds.hub, [] if order.dry_run else feeds_among(sent, config))
    report = Report(
        target=name,
        kind=settings.kind,
        place=target.place,
        dry_run=order.dry_run,
        resumed=standing.unfinished,
        parts=parts,
        unchanged=len(tree.files) - len(steps.puts),
        left=tree.left,
        foreign=len(standing.foreign),
        pinged=pinged,
        warnings=doubts,
        next_change_at=tree.next_change_at,
        seconds=time.perf_counter() - started,
    )
    return report, warnings


def chosen(config: Config, name: str) -> tuple[str, TargetConfig]:
    """The target of that name; of no name, where there is one alone. Raises ConfigError."""
    targets = config.deploy
    known = ", ".join(targets)
    if not targets:
        raise ConfigError.of(
            "blogforge.yaml names nowhere to deploy to",
            hint="write 'deploy: {production: {rsync: user@example.org:/srv/www/site}}', or"
            " folder, git or s3: docs/deploy.md",
        )
    if not name and len(targets) > 1:
        raise ConfigError.of("deploy to which target?", hint=f"name one of {known}")
    name = name or known
    if name not in targets:
        hint = did_you_mean(name, targets) or f"blogforge.yaml has {known}"
        raise ConfigError.of(f"there is no target '{name}'", hint=hint)
    return name, targets[name]


def target_of(settings: TargetConfig, around: Surroundings) -> Target:
    """The target that `settings` describe. Raises ConfigError or MachineError."""
    if settings.git:
        from blogforge.deploy.git import Git

        return Git(settings.git, around)
    if settings.s3:
        from blogforge.deploy.s3 import S3

        return S3(settings.s3, around)
    if settings.rsync:
        from blogforge.deploy.rsync import Rsync

        return Rsync(settings.rsync, around)
    from blogforge.deploy.folder import Folder

    return Folder(settings.folder, around)


def _refuse(tree: Tree, standing: Standing, order: Order) -> None:
    if not order.overwrite:
        refuse_foreign(tree, standing)
    if not order.allow_shrink:
        refuse_shrinking(tree, standing)


def _carry_out(target: Target, tree: Tree, steps: Plan, done: Done) -> None:
    """As the target does it; a failure also says how things stand there now."""
    try:
        target.carry_out(tree, steps, done)
    except (DeployError, MachineError) as error:
        standing = Problem(
            f"the deployment to {target.place} is not complete",
            hint="readers find old pages and new ones, all whole; deploy again to complete it",
        )
        raise DeployError([*error.problems, standing]) from None


def _part(step: Step, tree: Tree) -> Part:
    size = sum(map(tree.size, step.paths)) if step.action == "put" else 0
    return Part(name=step.name, action=step.action, paths=step.paths, size=size)


def _told(steps: Plan, progress: Progress) -> Done:
    """What tells `progress` of files that are done."""
    total = len(steps.puts) + len(steps.deletes)
    count = 0

    def done(files: int) -> None:
        nonlocal count
        for _ in range(files):
            count += 1
            progress("files sent", count, total)

    return done
