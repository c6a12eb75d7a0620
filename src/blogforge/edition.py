"""Everything before rendering: what is published, how it hangs together, and which pages it makes.

A stage's problems do not keep the next ones from looking at what is sound, so that an author hears
of all mistakes at once.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec import structs

from blogforge.clock import moment_of_build
from blogforge.config import load_config
from blogforge.content.articles import render_articles, typographic
from blogforge.content.places import placed
from blogforge.content.read import Reading, read_sound
from blogforge.errors import ContentError, Problem
from blogforge.model import Article, Document, Page, Site, Skipped, Targets, Value
from blogforge.pages.endpoints import file_page
from blogforge.pages.inputs import Inputs
from blogforge.pages.plan import PLANNERS, plan
from blogforge.pages.plugins import filters_of, load_plugins, planners_of
from blogforge.pages.theme import Theme
from blogforge.site.assemble import Contents, assemble, corpus_of
from blogforge.site.choices import with_translations
from blogforge.site.media import media_path, media_urls, resolve_image
from blogforge.site.related import Corpus, rank
from blogforge.site.schedule import Schedule, select
from blogforge.urls import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from blogforge.config import Config

    Progress = Callable[[str, int, int], None]

D = TypeVar("D", bound=Document)


class Options(Value, frozen=True, kw_only=True):
    """What the command line says of a build; `now` None: the clock; `jobs` 0: every core."""

    output: str = ""
    drafts: bool = False
    future: bool = False
    now: datetime | None = None
    jobs: int = 0
    clean: bool = False


class Edition(NamedTuple):
    """A publication ready to be rendered, page by page. `warnings` stop nothing."""

    reading: Reading
    site: Site
    schedule: Schedule
    corpus: Corpus
    inputs: Inputs
    pages: tuple[Page, ...]
    warnings: tuple[Problem, ...]


def silent(stage: str, done: int, total: int) -> None:
    """A progress that nobody watches."""


def prepare(root: Path, options: Options, progress: Progress = silent) -> Edition:
    """The edition of the site in the folder `root`.

    Raises ContentError with the errors of every stage, ConfigError or MachineError.
    """
    config = load_config(root)
    plugins = load_plugins(root, config)
    theme = Theme(root, config, filters_of(plugins))
    reading, wrong = read_sound(root, config)
    errors = _Errors(wrong)
    now = options.now or moment_of_build()
    schedule = select(
        reading.posts, reading.standalones, now, drafts=options.drafts, future=options.future
    )
    # What is wrong cannot be published: nobody else's reference to it is a mistake of its own.
    skipped = (*schedule.skipped, *(Skipped(path=path, reason="draft") for path in errors.paths()))
    run = _Run(config, skipped, options.jobs or os.cpu_count() or 1, progress)
    contents = _contents(reading, schedule, run, errors)
    edition = None
    with errors.gathered():
        site = assemble(contents, config, now)
        corpus, doubtful_pins = corpus_of(site, skipped)
        site = structs.replace(site, related=rank(corpus, config.related))
        pages = plan(site, (*PLANNERS, _files(theme), *planners_of(plugins)))
        inputs = Inputs(site, theme, root, [plugin.digest for plugin in plugins])
        doubtful = (w for article in site.articles.values() for w in article.warnings)
        warnings = tuple(placed((*doubtful, *doubtful_pins), reading.sources))
        edition = Edition(reading, site, schedule, corpus, inputs, pages, warnings)
    if edition is None or errors.problems:
        raise ContentError(placed(errors.problems, reading.sources))
    return edition


class _Run(NamedTuple):
    """What the Markdown stage needs to know of its build."""

    config: Config
    skipped: tuple[Skipped, ...]
    jobs: int
    progress: Progress


class _Errors:
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


# ---------------------------------------------------------------- markdown


def _contents(reading: Reading, schedule: Schedule, run: _Run, errors: _Errors) -> Contents:
    """The sound documents with their articles; `errors` gathers what is wrong with the others."""
    config = run.config
    media = media_urls(reading.media, config)
    posts = schedule.posts
    with errors.gathered():
        posts = with_translations(posts, run.skipped)
    ready_posts = tuple(_ready(posts, media, config, errors))
    standalones = tuple(_ready(schedule.standalones, media, config, errors))
    documents: list[Document] = [*ready_posts, *standalones]
    targets = Targets(
        urls={document.path: document.url for document in documents} | media,
        unpublished={skip.path: skip.reason for skip in schedule.skipped},
    )
    articles: dict[str, Article] = {}
    with errors.gathered():
        for article in render_articles(documents, reading.sources, targets, config, run.jobs):
            articles[article.path] = article
            run.progress("articles", len(articles), len(documents))
    return Contents(
        posts=tuple(post for post in ready_posts if post.path in articles),
        standalones=tuple(page for page in standalones if page.path in articles),
        articles=articles,
        authors=reading.authors,
        data=reading.data,
        media=_used(media, (*schedule.posts, *schedule.standalones), articles),
    )


def _ready(
    documents: Iterable[D], media: Mapping[str, str], config: Config, errors: _Errors
) -> Iterator[D]:
    """Documents with typographic titles and the URLs of their images."""
    for document in documents:
        ready = typographic(document, config)
        if document.image:
            with errors.gathered():
                image = resolve_image(document.image, document.path, media, config)
                ready = structs.replace(ready, image=image)
        yield ready


def _used(
    media: Mapping[str, str], documents: Iterable[Document], articles: Mapping[str, Article]
) -> dict[str, str]:
    """The media files that something published refers to; a draft's picture stays at home."""
    linked = (path for article in articles.values() for path, _ in article.resolved)
    images = (media_path(doc.image.src, doc.path) for doc in documents if doc.image)
    return {path: media[path] for path in sorted({*linked, *images}) if path in media}


# ---------------------------------------------------------------- plan


def _files(theme: Theme) -> Callable[[Site, Config], Iterable[Page]]:
    """The planner of copied files: the theme's and the site's static ones, and media."""

    def files(site: Site, config: Config) -> Iterator[Page]:
        for name in theme.static:
            path = theme.published_name(name)
            yield file_page(f"static:{name}", path, config)
        for source, url in site.media.items():
            path = decode(url.removeprefix(config.base_path))
            yield file_page(source, path, config)

    return files
