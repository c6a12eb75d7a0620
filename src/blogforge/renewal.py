"""A tree brought up to date: what is stale is rendered, published and remembered."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from blogforge.digest import digest_bytes
from blogforge.edition import Edition, prepare, silent
from blogforge.errors import ContentError, Problem
from blogforge.memory import Recalled, recall, remember_contents, remember_traces
from blogforge.outcome import Outcome, choices_of, remember_outcome
from blogforge.output.listing import Listing, altered
from blogforge.output.publish import Published, Staging, Tally
from blogforge.output.safety import refuse_foreign
from blogforge.pages.endpoints import news_change
from blogforge.pages.render import Rendered, page_digest, render
from blogforge.pages.traces import Made, Verdicts, traced
from blogforge.pool import Crew, crew
from blogforge.survey import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from blogforge.model import Page
    from blogforge.options import Options
    from blogforge.output.state import State
    from blogforge.pages.inputs import Inputs

    Progress = Callable[[str, int, int], None]

_WORTH_A_POOL = 200  # pages; below, starting processes takes longer than they save


class Renewal(NamedTuple):
    """What was done: the build's outcome, what became of the tree, and why pages were made."""

    outcome: Outcome
    tally: Tally
    rendered: dict[str, str]


def renew(
    root: Path, output: Path, options: Options, state: State, progress: Progress = silent
) -> Renewal:
    """Bring the tree in the folder `output` up to date with the site in `root`.

    Raises DamagedStateError, and what `prepare` and rendering raise; the tree is then as it was.
    """
    return _Renewing(root, output, options, state, progress).run()


class _Renewing(NamedTuple):
    """The work, with all that it was asked for."""

    root: Path
    output: Path
    options: Options
    state: State
    progress: Progress

    def run(self) -> Renewal:
        """Bring the tree up to date. Raises DamagedStateError."""
        seen = survey(self.root)
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
        return Renewal(outcome, published.tally, verdicts)

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
            choices=choices_of(self.options),
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
        remember_traces(self.state, traces, past.memory.ledger)
        tree = Listing(files=published.files, folders=published.folders)
        remember_outcome(self.state, outcome, tree)
        self.state.commit()


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
