"""The pipeline: read, markdown, site, plan, render, publish."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blogforge.config import Config, load_config
from blogforge.edition import Edition, Options, prepare, silent
from blogforge.errors import ConfigError, ContentError, Problem
from blogforge.model import Site, Skipped, Value
from blogforge.output.publish import Staging, Tally, refuse_unsafe
from blogforge.pages.endpoints import news_change
from blogforge.pages.render import Rendered, render
from blogforge.site.choices import find_post
from blogforge.site.related import Explanation, explain
from blogforge.validation import did_you_mean

__all__ = ["Options", "Report", "build", "explain_related", "output_folder", "rendered"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Progress = Callable[[str, int, int], None]


class Report(Value, frozen=True, kw_only=True):
    """What a build did, in `seconds`. `next_change_at`: when time alone will change the tree."""

    output: str
    posts: int
    pages: Tally
    skipped: tuple[Skipped, ...]
    warnings: tuple[Problem, ...]
    next_change_at: datetime | None
    seconds: float


def build(root: Path, options: Options, progress: Progress = silent) -> Report:
    """Publish the site in the folder `root`.

    Raises ContentError, ConfigError or MachineError with every problem of the stage that found
    any; the published tree is then as it was.
    """
    started = time.perf_counter()
    output = output_folder(root, load_config(root), options)
    refuse_unsafe(output, root)
    edition = prepare(root, options, progress)
    with Staging(output, fresh=options.clean) as staging:
        for page in rendered(edition, progress):
            staging.write(page.path, page.data)
        tally = staging.publish()
    return Report(
        output=str(output),
        posts=len(edition.site.posts) + len(edition.site.unlisted),
        pages=tally,
        skipped=edition.schedule.skipped,
        warnings=edition.warnings,
        next_change_at=_next_change(edition),
        seconds=time.perf_counter() - started,
    )


def _next_change(edition: Edition) -> datetime | None:
    changes = (edition.schedule.next_change_at, news_change(edition.site))
    return min((change for change in changes if change), default=None)


def _not_published(name: str, edition: Edition) -> ConfigError:
    hidden = find_post(name, edition.reading.posts)
    reasons = {skip.path: skip.reason for skip in edition.schedule.skipped}
    if hidden in reasons:
        hint = "--drafts and --future look at what is not published yet"
        return ConfigError.of(f"{hidden} is not published ({reasons[hidden]})", hint=hint)
    posts = (*edition.site.posts, *edition.site.unlisted)
    hint = did_you_mean(name, (spelling for p in posts for spelling in (p.path, p.slug)))
    return ConfigError.of(f"'{name}' names no published post, or several", hint=hint)


def output_folder(root: Path, config: Config, options: Options) -> Path:
    """Where the tree goes: `--output` from the current folder, else `output` from the site's."""
    return Path(options.output) if options.output else root / config.output


def rendered(edition: Edition, progress: Progress = silent) -> Iterator[Rendered]:
    """Every page; raises ContentError after the last with what went wrong in any."""
    problems: dict[object, Problem] = {}  # by place: what a template does wrong, every page meets
    for done, page in enumerate(edition.pages, 1):
        try:
            yield render(page, edition.inputs)
        except ContentError as error:
            for problem in error.problems:
                problems.setdefault(problem.location or problem, problem)
        progress("pages", done, len(edition.pages))
    if problems:
        raise ContentError(problems.values())


def explain_related(root: Path, name: str, options: Options) -> tuple[Explanation, Site]:
    """Why the related articles of the post `name` (file name, path or slug) are what they are.

    Raises ConfigError where that names no published post.
    """
    edition = prepare(root, options)
    posts = (*edition.site.posts, *edition.site.unlisted)
    path = find_post(name, posts)
    if not path:
        raise _not_published(name, edition)
    return explain(path, edition.corpus, edition.site.config.related), edition.site
