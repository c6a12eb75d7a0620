"""The pipeline: read, markdown, site, plan, render, publish."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from blogforge.clock import moment_of_build
from blogforge.config import Config, load_config
from blogforge.content.articles import render_articles, typographic
from blogforge.content.read import Reading, read
from blogforge.errors import ConfigError, ContentError, Problem
from blogforge.model import Article, Document, Page, Site, Skipped, Targets, Value
from blogforge.output.publish import Staging, Tally, refuse_unsafe
from blogforge.pages.endpoints import file_page
from blogforge.pages.inputs import Inputs
from blogforge.pages.plan import PLANNERS, plan
from blogforge.pages.plugins import filters_of, load_plugins, planners_of
from blogforge.pages.render import Rendered, render
from blogforge.pages.theme import Theme
from blogforge.site.assemble import Contents, assemble, corpus_of
from blogforge.site.choices import find_post
from blogforge.site.media import media_path, media_urls, resolve_image
from blogforge.site.related import Corpus, Explanation, explain, rank
from blogforge.site.schedule import Schedule, select
from blogforge.urls import decode
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

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


class Report(Value, frozen=True, kw_only=True):
    """What a build did, in `seconds`. `next_change_at`: when time alone will change the tree."""

    output: str
    posts: int
    pages: Tally
    skipped: tuple[Skipped, ...]
    warnings: tuple[Problem, ...]
    next_change_at: datetime | None
    seconds: float


class Edition(NamedTuple):
    """A publication ready to be rendered, page by page."""

    reading: Reading
    site: Site
    schedule: Schedule
    corpus: Corpus
    inputs: Inputs
    pages: tuple[Page, ...]
    warnings: tuple[Problem, ...]


def silent(stage: str, done: int, total: int) -> None:
    """A progress that nobody watches."""


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
        next_change_at=edition.schedule.next_change_at,
        seconds=time.perf_counter() - started,
    )


def output_folder(root: Path, config: Config, options: Options) -> Path:
    """Where the tree goes: `--output` from the current folder, else `output` from the site's."""
    return Path(options.output) if options.output else root / config.output


def prepare(root: Path, options: Options, progress: Progress = silent) -> Edition:
    """Everything before rendering: what is published, how it hangs together, which pages."""
    config = load_config(root)
    plugins = load_plugins(root, config)
    theme = Theme(root, config, filters_of(plugins))
    reading = read(root, config)
    now = options.now or moment_of_build()
    schedule = select(
        reading.posts, reading.standalones, now, drafts=options.drafts, future=options.future
    )
    contents = _contents(reading, schedule, config, options.jobs, progress)
    site = assemble(contents, config, now)
    corpus, doubtful_pins = corpus_of(site, schedule.skipped)
    in_bodies = (warning for article in site.articles.values() for warning in article.warnings)
    site = msgspec.structs.replace(site, related=rank(corpus, config.related))
    pages = plan(site, (*PLANNERS, _files(theme), *planners_of(plugins)))
    inputs = Inputs(site, theme, root, [plugin.digest for plugin in plugins])
    return Edition(reading, site, schedule, corpus, inputs, pages, (*in_bodies, *doubtful_pins))


def rendered(edition: Edition, progress: Progress = silent) -> Iterator[Rendered]:
    """Every page; raises ContentError after the last with what went wrong in any."""
    problems: list[Problem] = []
    for done, page in enumerate(edition.pages, 1):
        try:
            yield render(page, edition.inputs)
        except ContentError as error:
            problems += error.problems
        progress("pages", done, len(edition.pages))
    if problems:
        raise ContentError(problems)


def explain_related(root: Path, name: str, options: Options) -> tuple[Explanation, Site]:
    """Why the related articles of the post `name` (file name, path or slug) are what they are.

    Raises ConfigError where that names no published post.
    """
    edition = prepare(root, options)
    posts = (*edition.site.posts, *edition.site.unlisted)
    path = find_post(name, posts)
    if not path:
        hint = did_you_mean(name, (spelling for p in posts for spelling in (p.path, p.slug)))
        raise ConfigError.of(f"there is no published post '{name}'", hint=hint)
    return explain(path, edition.corpus, edition.site.config.related), edition.site


# ---------------------------------------------------------------- markdown


def _contents(
    reading: Reading, schedule: Schedule, config: Config, jobs: int, progress: Progress
) -> Contents:
    media = media_urls(reading.media, config)
    posts = tuple(_ready(schedule.posts, media, config))
    standalones = tuple(_ready(schedule.standalones, media, config))
    documents: list[Document] = [*posts, *standalones]
    urls = {document.path: document.url for document in documents}
    targets = Targets(
        urls=urls | media,
        unpublished={skip.path: skip.reason for skip in schedule.skipped},
    )
    articles: dict[str, Article] = {}
    jobs = jobs or os.cpu_count() or 1
    for article in render_articles(documents, reading.sources, targets, config, jobs):
        articles[article.path] = article
        progress("articles", len(articles), len(documents))
    return Contents(
        posts=posts,
        standalones=standalones,
        articles=articles,
        authors=reading.authors,
        data=reading.data,
        media=_used(media, (*schedule.posts, *schedule.standalones), articles),
    )


def _ready(documents: Iterable[D], media: Mapping[str, str], config: Config) -> Iterator[D]:
    """Documents with typographic titles and the URLs of their images."""
    problems: list[Problem] = []
    for document in documents:
        ready = typographic(document, config)
        if document.image:
            try:
                image = resolve_image(document.image, document.path, media, config)
            except ContentError as error:
                problems += error.problems
                continue
            ready = msgspec.structs.replace(ready, image=image)
        yield ready
    if problems:
        raise ContentError(problems)


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
