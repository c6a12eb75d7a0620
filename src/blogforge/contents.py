"""From what was read to what is published: sound documents with their articles and images."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec import structs

from blogforge.content.articles import (
    Articles,
    KnownArticles,
    Rendering,
    TermsOfArticles,
    render_articles,
)
from blogforge.errors import ContentError, Problem
from blogforge.model import Brief, Document, Targets
from blogforge.site.assemble import Contents
from blogforge.site.choices import Hidden, with_translations
from blogforge.site.media import media_path, media_urls, resolve_image

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blogforge.config import Config
    from blogforge.content.read import Reading
    from blogforge.past import Memory
    from blogforge.pool import Crew
    from blogforge.progress import Progress
    from blogforge.site.schedule import Schedule

D = TypeVar("D", bound=Document)


class Run(NamedTuple):
    """What the Markdown stage needs to know of its build."""

    config: Config
    key: str
    memory: Memory
    crew: Crew | None
    progress: Progress


class Errors:
    """The errors of several stages, to be raised together."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)

    def paths(self) -> list[str]:
        """The files that have errors."""
        return sorted({problem.location.path for problem in self.problems if problem.location})

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep the errors of a stage and go on behind it."""
        try:
            yield
        except ContentError as error:
            self.problems += (p for p in error.problems if p.level == "error")


def hidden(reading: Reading, schedule: Schedule, errors: Errors) -> tuple[Hidden, ...]:
    """The posts that are not published.

    What is wrong cannot be: nobody else's reference to it is a mistake of its own.
    """
    slugs = {post.path: post.slug for post in reading.posts}
    faulty = [Hidden(path, slugs.get(path, ""), "faulty") for path in errors.paths()]
    skipped = [
        Hidden(skip.path, slugs.get(skip.path, ""), skip.reason) for skip in schedule.skipped
    ]
    return (*skipped, *faulty)


def contents_of(reading: Reading, schedule: Schedule, run: Run, errors: Errors) -> Contents:
    """The sound documents with their articles; `errors` gathers what is wrong with the others."""
    config = run.config
    media = media_urls(reading.media, config)
    posts, pages = schedule.posts, schedule.standalones
    with errors.gathered():
        posts = with_translations(posts, hidden(reading, schedule, errors))
    with errors.gathered():
        pages = with_translations(pages, hidden(reading, schedule, errors))
    ready_posts = tuple(_with_images(posts, media, config, errors))
    standalones = tuple(_with_images(pages, media, config, errors))
    documents: list[Document] = [*ready_posts, *schedule.withdrawn, *standalones]
    targets = link_targets(documents, media, schedule)
    remote = run.crew is not None and run.crew.remote
    sources = dict(reading.sources) if remote else reading.sources
    rendering = Rendering(sources, targets, config, run.key, reading.entities)
    memory, briefs = run.memory, dict[str, Brief]()
    with errors.gathered():
        known = KnownArticles(memory.briefs, TermsOfArticles(memory.briefs, memory.shelf))
        made = render_articles(documents, rendering, known, memory.put, run.crew)
        for brief in made:
            briefs[brief.path] = brief
            run.progress("articles", len(briefs), len(documents))
    memory.keep(briefs)
    return Contents(
        posts=tuple(post for post in ready_posts if post.path in briefs),
        withdrawn=tuple(post for post in schedule.withdrawn if post.path in briefs),
        standalones=tuple(page for page in standalones if page.path in briefs),
        articles=Articles(briefs, memory.shelf),
        briefs=briefs,
        authors=reading.authors,
        data=reading.data,
        media=_used(media, (*schedule.posts, *schedule.standalones), briefs),
    )


def link_targets(
    documents: Iterable[Document], media: dict[str, str], schedule: Schedule
) -> Targets:
    """What bodies may link to: `documents`, which have a page, and `media` by path."""
    urls = {document.path: document.url for document in documents} | media
    skipped = (skip for skip in schedule.skipped if skip.path not in urls)
    return Targets(urls=urls, unpublished={skip.path: skip.reason for skip in skipped})


def _with_images(
    documents: Iterable[D], media: Mapping[str, str], config: Config, errors: Errors
) -> Iterator[D]:
    """Documents with the URLs of their images."""
    for document in documents:
        if document.image is None:
            yield document
            continue
        found = document
        with errors.gathered():
            image = resolve_image(document.image, document.path, media, config)
            found = structs.replace(document, image=image)
        yield found


def _used(
    media: Mapping[str, str], documents: Iterable[Document], briefs: Mapping[str, Brief]
) -> dict[str, str]:
    """The media files that something published refers to; a draft's picture stays at home."""
    linked = (path for brief in briefs.values() for path, _ in brief.resolved)
    images = (media_path(doc.image.src, doc.path) for doc in documents if doc.image)
    return {path: media[path] for path in sorted({*linked, *images}) if path in media}
