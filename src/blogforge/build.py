"""The pipeline: read, markdown, site, plan, render what is stale, publish, remember."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from blogforge.clock import moment_of_build
from blogforge.config import Config, load_config
from blogforge.digest import digest_bytes
from blogforge.edition import Edition, Options, prepare, silent
from blogforge.errors import ConfigError, ContentError, Problem
from blogforge.memory import (
    Outcome,
    Recalled,
    recall,
    recall_outcome,
    recall_tree,
    remember_contents,
    remember_tree,
)
from blogforge.model import Page, Site, Skipped, Value
from blogforge.output.listing import Listing, altered
from blogforge.output.lock import locked
from blogforge.output.publish import Staging, Tally, work_folder
from blogforge.output.safety import refuse_foreign, refuse_misplaced
from blogforge.output.state import DamagedStateError, State
from blogforge.pages.endpoints import news_change
from blogforge.pages.render import Rendered, page_digest, render
from blogforge.pages.theme import default_theme
from blogforge.pages.traces import Made, Verdicts, traced
from blogforge.pool import Crew, crew
from blogforge.site.choices import find_post
from blogforge.site.related import Explanation, explain
from blogforge.survey import Survey, same, survey
from blogforge.validation import did_you_mean

__all__ = ["Options", "Report", "build", "explain_related", "output_folder", "rendered"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from blogforge.output.publish import Published
    from blogforge.pages.inputs import Inputs

    Progress = Callable[[str, int, int], None]

_WORTH_A_POOL = 200  # pages; below, starting processes takes longer than they save
_FORGOTTEN = "what earlier builds left was damaged and is forgotten; everything is built anew"


class Report(Value, frozen=True, kw_only=True):
    """What a build did, in `seconds`. `next_change_at`: when time alone will change the tree.

    `rendered`: the pages that were made, by path, and why each was.
    """

    output: str
    posts: int
    pages: Tally
    skipped: tuple[Skipped, ...]
    warnings: tuple[Problem, ...]
    next_change_at: datetime | None
    rendered: dict[str, str]
    seconds: float


def build(root: Path, options: Options, progress: Progress = silent) -> Report:
    """Publish the site in the folder `root`.

    Raises ContentError, ConfigError or MachineError with every problem of the stage that found
    any; the published tree is then as it was.
    """
    started = time.perf_counter()
    config = load_config(root)
    output = output_folder(root, config, options)
    refuse_misplaced(output, root)
    work = work_folder(output)
    with locked(work), State(work) as state:
        if options.clean:
            state.forget()
        job = _Job(root, options, config, output, state, progress)
        try:
            done = job.glance() or job.run()
        except DamagedStateError:
            state.forget(damaged=True)
            done = job.run()
        warnings = done.outcome.warnings
        if state.damaged:
            warnings = (Problem(_FORGOTTEN, level="warning"), *warnings)
    return Report(
        output=str(output),
        posts=done.outcome.posts,
        pages=done.tally,
        skipped=done.outcome.skipped,
        warnings=warnings,
        next_change_at=done.outcome.next_change_at,
        rendered=done.rendered,
        seconds=time.perf_counter() - started,
    )


class _Done(NamedTuple):
    """What a build did: its outcome, what became of the tree, and why pages were made."""

    outcome: Outcome
    tally: Tally
    rendered: dict[str, str]


class _Job(NamedTuple):
    """A build with all that it was asked for."""

    root: Path
    options: Options
    config: Config
    output: Path
    state: State
    progress: Progress

    # ------------------------------------------------------------ nothing changed

    def glance(self) -> _Done | None:
        """The last build's outcome, where nothing has changed since. Raises DamagedStateError."""
        if self.config.plugins or not self.options.trust_mtime:  # plugins may read anything
            return None
        last = recall_outcome(self.state)
        if last is None or last.survey is None or not self._still(last):
            return None
        today = self._survey()
        tree = recall_tree(self.state)
        if today is None or not same(last.survey, today):
            return None
        if not tree.files or altered(self.output, tree.files, tree.folders):
            return None
        return _Done(last, Tally(written=0, unchanged=last.files, removed=0), {})

    def _still(self, last: Outcome) -> bool:
        """Whether options and time say what they said."""
        now = self.now()
        return last.options == self._choices() and (
            last.now <= now and (last.next_change_at is None or now < last.next_change_at)
        )

    def now(self) -> datetime:
        return self.options.now or moment_of_build()

    def _choices(self) -> tuple[bool, bool]:
        return self.options.drafts, self.options.future

    def _survey(self) -> Survey | None:
        return survey(self.root, default_theme())

    # ------------------------------------------------------------ something did

    def run(self) -> _Done:
        """Bring the tree up to date. Raises DamagedStateError."""
        seen = self._survey()
        past = recall(self.state, self.options)
        touched = altered(self.output, past.tree.files, past.tree.folders)
        if not past.tree.folders or not touched.isdisjoint(past.tree.folders):
            refuse_foreign(self.output)
        with crew(self.options.jobs or os.cpu_count() or 1, self.options.cluster) as workers:
            edition = prepare(self.root, self.options, self.progress, past.memory, workers)
            remember_contents(self.state, edition, past.memory)
            verdicts = self._verdicts(edition, past, touched)
            made: list[Made] = []
            known = None if touched else past.tree
            with Staging(self.output, fresh=self.options.clean, known=known) as staging:
                for page in edition.pages:
                    if page.path not in verdicts:
                        staging.keep(page.path)
                stale = [page for page in edition.pages if page.path in verdicts]
                for page, result in rendered(stale, edition.inputs, workers, self.progress):
                    staging.write(page.path, result.data)
                    made.append(Made(page.path, page_digest(page), result.digest, result.reads))
                published = staging.publish()
        outcome = self._outcome(edition, seen)
        self._remember(edition, outcome, past, made, published)
        return _Done(outcome, published.tally, verdicts)

    def _verdicts(self, edition: Edition, past: Recalled, touched: set[str]) -> dict[str, str]:
        """The pages that are to be made, by path, and why; files `touched` may have changed."""
        judge = Verdicts(past.traces, edition.inputs.digest)
        found = {}
        for page in edition.pages:
            why = judge.why(page.path, page_digest(page))
            doubtful = page.path in touched or page.path not in past.tree.files
            if not why and (doubtful or not self.options.trust_mtime):
                intact = _digest_of(self.output / page.path) == past.traces.pages[page.path].bytes
                why = "" if intact else "the published file is not as it was left"
            if why:
                found[page.path] = why
        return found

    def _outcome(self, edition: Edition, seen: Survey | None) -> Outcome:
        changes = (edition.schedule.next_change_at, news_change(edition.site))
        return Outcome(
            survey=seen,
            options=self._choices(),
            now=edition.site.now,
            posts=len(edition.site.posts) + len(edition.site.unlisted),
            files=len(edition.pages),
            skipped=edition.schedule.skipped,
            warnings=edition.warnings,
            next_change_at=min((change for change in changes if change), default=None),
        )

    def _remember(
        self,
        edition: Edition,
        outcome: Outcome,
        past: Recalled,
        made: Sequence[Made],
        published: Published,
    ) -> None:
        fresh = {page.path for page in made}
        before = past.traces.pages
        kept = {p.path: before[p.path] for p in edition.pages if p.path not in fresh}
        traces = traced(kept, past.traces.inputs, made, edition.inputs.digest)
        remember_tree(
            self.state,
            outcome,
            traces,
            Listing(files=published.files, folders=published.folders),
            past.memory.ledger,
        )


def _digest_of(file: Path) -> str:
    """The digest of a file; "" where there is none, or a link."""
    try:
        return "" if file.is_symlink() else digest_bytes(file.read_bytes())
    except OSError:
        return ""


def rendered(
    pages: Sequence[Page], inputs: Inputs, workers: Crew | None = None, progress: Progress = silent
) -> Iterator[tuple[Page, Rendered]]:
    """Pages as they are made; raises ContentError after the last with what went wrong in any."""
    problems: dict[object, Problem] = {}  # by place: what a template does wrong, every page meets
    team = workers or Crew()
    results = team.map(_rendered, inputs, pages, worth=_WORTH_A_POOL, keep=ContentError)
    for done, (page, result) in enumerate(zip(pages, results, strict=True), 1):
        if isinstance(result, ContentError):
            for problem in result.problems:
                problems.setdefault(problem.location or problem, problem)
        else:
            yield page, result
        progress("pages", done, len(pages))
    if problems:
        raise ContentError(problems.values())


def _rendered(inputs: Inputs, page: Page) -> Rendered:
    return render(page, inputs)


def output_folder(root: Path, config: Config, options: Options) -> Path:
    """Where the tree goes: `--output` from the current folder, else `output` from the site's."""
    return Path(options.output) if options.output else root / config.output


# ---------------------------------------------------------------- related


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


def _not_published(name: str, edition: Edition) -> ConfigError:
    hidden = find_post(name, edition.reading.posts)
    reasons = {skip.path: skip.reason for skip in edition.schedule.skipped}
    if hidden in reasons:
        hint = "--drafts and --future look at what is not published yet"
        return ConfigError.of(f"{hidden} is not published ({reasons[hidden]})", hint=hint)
    posts = (*edition.site.posts, *edition.site.unlisted)
    hint = did_you_mean(name, (spelling for p in posts for spelling in (p.path, p.slug)))
    return ConfigError.of(f"'{name}' names no published post, or several", hint=hint)
