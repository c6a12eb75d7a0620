"""A tree brought up to date: what is stale is rendered, published and remembered."""

from __future__ import annotations

import os
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from blogforge.content.articles import Articles, TermsOfArticles
from blogforge.digest import digest_bytes
from blogforge.edition import Edition, prepare
from blogforge.errors import ContentError, MachineError, Problem
from blogforge.memory import Recalled, recall, remember_contents, remember_traces
from blogforge.outcome import Outcome, choices_of, remember_outcome
from blogforge.output.listing import Listing, altered
from blogforge.output.publish import Published, Staging, Tally
from blogforge.output.safety import refuse_foreign
from blogforge.pages.crawlers import news_change
from blogforge.pages.endpoints import copy
from blogforge.pages.images import keys_kept, poster, rendition
from blogforge.pages.inputs import is_scoped
from blogforge.pages.render import Rendered, page_digest, render
from blogforge.pages.traces import Made, Traces, Verdicts, traced
from blogforge.pool import Crew, crew
from blogforge.progress import silent
from blogforge.search.indexes import stage, unfound
from blogforge.search.records import Searched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from blogforge.job import Job
    from blogforge.model import Page
    from blogforge.pages.inputs import Inputs
    from blogforge.progress import Progress
    from blogforge.search.indexes import Index

_WORTH_A_LOOK = 2000  # files; below, looking at them takes no longer than starting a process
_WORTH_A_POOL = 200  # pages; below, starting processes takes longer than they save
_WORTH_DRAWING = 4  # renditions of pictures, which take long
_WORTH_LETTERING = 60  # posters


class Renewal(NamedTuple):
    """What was done: the build's outcome, what became of the tree, and why pages were made.

    `doubts`: what went wrong once the tree was published.
    """

    outcome: Outcome
    tally: Tally
    rendered: dict[str, str]
    doubts: tuple[Problem, ...] = ()


class _End(NamedTuple):
    """How a build ended: its outcome, the tree as it stands, and how its pages were made."""

    outcome: Outcome
    tree: Listing
    traces: Traces
    indexes: dict[str, Index]


class _Judged(NamedTuple):
    """An edition, and what is to be done for it.

    `digests`: what the plan says of each page, by path. `verdicts`: the pages that are to be made,
    and why. `as_left`: whether the file at a path still has the bytes of a digest. `known`: the
    tree as it stands, where nobody has touched it.
    """

    edition: Edition
    digests: dict[str, str]
    verdicts: dict[str, str]
    as_left: Callable[[str, str], bool]
    known: Listing | None


def renew(job: Job) -> Renewal:
    """Bring the tree up to date with the site.

    Raises DamagedStateError, and what `prepare` and rendering raise; the tree is then as it was.
    """
    past = recall(job.state, job.options)
    if not past.tree.folders:
        refuse_foreign(job.output)
    with (
        crew(job.options.jobs or os.cpu_count() or 1, job.options.cluster) as workers,
        _touched(job, past, workers) as touched_files,
    ):
        edition = prepare(job.root, job.options, job.progress, past.memory, workers)
        if job.options.clean:
            edition.inputs.kept.forget_others(())
        digests = {page.path: page_digest(page) for page in edition.pages}
        touched = touched_files()
        if not touched.isdisjoint(past.tree.folders):
            refuse_foreign(job.output)
        as_left = _unchanged(job, past, touched)
        verdicts = _verdicts(edition, digests, past, as_left)
        judged = _Judged(edition, digests, verdicts, as_left, None if touched else past.tree)
        published, made, indexes = _publish(job, judged, past, workers)
    before = past.traces.pages
    kept = {page.path: before[page.path] for page in edition.pages if page.path not in verdicts}
    traces = traced(kept, past.traces.inputs, made, edition.inputs.digests, is_scoped)
    tree = Listing(files=published.files, folders=published.folders)
    end = _End(_outcome(job, edition, indexes), tree, traces, indexes)
    doubts = _remember(job, edition, past, end)
    edition.inputs.kept.forget_others(keys_kept(edition.pages))
    return Renewal(end.outcome, published.tally, verdicts, doubts)


def _publish(
    job: Job, judged: _Judged, past: Recalled, workers: Crew
) -> tuple[Published, list[Made], dict[str, Index]]:
    """Make the pages that are stale, and publish them with the others as they stand."""
    made: list[Made] = []
    names: dict[str, str] = {}  # once each: they come from workers again and again
    digests, stale = judged.digests, judged.verdicts
    pages = [page for page in judged.edition.pages if page.path in stale]
    with Staging(job.output, fresh=job.options.clean, known=judged.known) as staging:
        for path in digests:
            if path not in stale:
                staging.keep(path)
        for result in rendered(pages, judged.edition.inputs, workers, job.progress):
            staging.write(result.path, result.data)
            reads = tuple([names.setdefault(name, name) for name in result.reads])
            made.append(Made(result.path, digests[result.path], result.digest, reads))
        indexes = _indexes(job, judged, past, staging)
        return staging.publish(), made, indexes


def _indexes(job: Job, judged: _Judged, past: Recalled, staging: Staging) -> dict[str, Index]:
    """Stage what search looks into."""
    edition = judged.edition
    terms = TermsOfArticles(edition.site.briefs, past.memory.shelf)
    searched = Searched(edition.inputs, terms, edition.reading.entities)

    def standing(folder: str, key: str) -> Index | None:
        last = past.indexes.get(folder)
        whole = last and last.key == key and all(starmap(judged.as_left, last.files.items()))
        return last if whole else None

    return stage(searched, staging, standing, job.state.folder, job.progress)


def _remember(job: Job, edition: Edition, past: Recalled, end: _End) -> tuple[Problem, ...]:
    """Keep all that the next build may use; what is wrong with that, as warnings.

    The tree is out: a memory that cannot be kept only gives the next build more to do.
    """
    try:
        remember_contents(job.state, edition, past.memory, edition.inputs.scopes.memories)
        remember_traces(job.state, end.traces, past.memory.ledger, end.indexes)
        remember_outcome(job.state, end.outcome, end.tree)
        job.state.commit()
    except MachineError as error:
        return tuple(replace(problem, level="warning") for problem in error.problems)
    return ()


def _touched(
    job: Job, past: Recalled, workers: Crew
) -> AbstractContextManager[Callable[[], set[str]]]:
    """The files and folders of the tree that are not as they were left, looked for aside."""
    here = workers.local if len(past.tree.files) >= _WORTH_A_LOOK else Crew()
    return here.aside(_altered, job.output, past.tree)


def _altered(output: Path, tree: Listing) -> set[str]:
    return altered(output, tree.files, tree.folders)


def _unchanged(job: Job, past: Recalled, touched: set[str]) -> Callable[[str, str], bool]:
    """Tells whether the file at a path has the bytes of a digest, as the last build left it.

    Files that are `touched` may have changed.
    """

    def as_left(path: str, digest: str) -> bool:
        doubtful = not job.options.trust_mtime or path in touched or path not in past.tree.files
        return not doubtful or _digest_of(job.output / path) == digest

    return as_left


def _verdicts(
    edition: Edition,
    digests: dict[str, str],
    past: Recalled,
    as_left: Callable[[str, str], bool],
) -> dict[str, str]:
    """The pages that are to be made, by path, and why.

    `digests`: what the plan says of each page.
    """
    names = [name for name, _ in past.traces.inputs]
    judge = Verdicts(past.traces, edition.inputs.digests(names))
    found = {}
    for path, digest in digests.items():
        why = judge.why(path, digest)
        if not why and not as_left(path, past.traces.pages[path].bytes):
            why = "the published file is not as it was left"
        if why:
            found[path] = why
    return found


def _outcome(job: Job, edition: Edition, indexes: Mapping[str, Index]) -> Outcome:
    changes = (edition.schedule.next_change_at, news_change(edition.site))
    return Outcome(
        survey=job.seen,
        choices=choices_of(job.options),
        now=edition.site.now,
        posts=len(edition.site.posts) + len(edition.site.unlisted),
        files=len(edition.pages) + sum(len(index.files) for index in indexes.values()),
        skipped=edition.schedule.skipped,
        warnings=(*edition.warnings, *unfound(edition.site)),
        next_change_at=min((change for change in changes if change), default=None),
    )


def _digest_of(file: Path) -> str:
    """The digest of a file; "" where there is none, or a link."""
    try:
        return "" if file.is_symlink() else digest_bytes(file.read_bytes())
    except OSError:
        return ""


def rendered(
    pages: Sequence[Page], inputs: Inputs, workers: Crew | None = None, progress: Progress = silent
) -> Iterator[Rendered]:
    """Pages as they are made; raises ContentError after the last with what went wrong in any."""
    problems: dict[object, Problem] = {}  # by place: what a template does wrong, every page meets
    for done, result in enumerate(_results(pages, inputs, workers or Crew()), 1):
        if isinstance(result, ContentError):
            for problem in result.problems:
                problems.setdefault(problem.location or problem, problem)
        else:
            yield result
        progress("pages", done, len(pages))
    if problems:
        raise ContentError(problems.values())


def _results(
    pages: Sequence[Page], inputs: Inputs, workers: Crew
) -> Iterator[Rendered | ContentError]:
    """What becomes of each page; workers elsewhere get the articles, and no files to copy.

    What a template asks for that is dear is asked for here first, so that not every worker finds
    it out for itself.
    """
    first, pages = _one_of_each_template(pages)
    yield from Crew().map(_rendered, inputs, first, keep=ContentError)
    here: Sequence[Page] = ()
    site = inputs.site
    if workers.remote and isinstance(site.articles, Articles):
        inputs = inputs.of(replace(site, articles=site.articles.at_hand()))
        here = [page for page in pages if page.render is copy]
        pages = [page for page in pages if page.render is not copy]
    drawn = [page for page in pages if page.render is rendition]
    posters = [page for page in pages if page.render is poster]
    pages = [page for page in pages if page.render not in (poster, rendition)]
    yield from workers.local.map(
        _rendered, inputs, drawn, chunk=1, worth=_WORTH_DRAWING, keep=ContentError
    )
    yield from workers.local.map(
        _rendered, inputs, posters, worth=_WORTH_LETTERING, keep=ContentError
    )
    yield from workers.map(_rendered, inputs, pages, worth=_WORTH_A_POOL, keep=ContentError)
    yield from Crew().map(_rendered, inputs, here, keep=ContentError)


def _one_of_each_template(pages: Sequence[Page]) -> tuple[list[Page], list[Page]]:
    """A page of each template, and the others."""
    first: dict[str, Page] = {}
    others: list[Page] = []
    for page in pages:
        if isinstance(page.render, str) and page.render not in first:
            first[page.render] = page
        else:
            others.append(page)
    return [*first.values()], others


def _rendered(inputs: Inputs, page: Page) -> Rendered:
    return render(page, inputs)
