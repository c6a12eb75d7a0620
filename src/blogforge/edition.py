"""Everything before rendering: what is published, how it hangs together, and which pages it makes.

A stage's problems do not keep the next ones from looking at what is sound, so that an author hears
of all mistakes at once.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec import structs

from blogforge.billboard import Billboard, put_up
from blogforge.config import OF_SOURCES, Config, RelatedConfig, load_config
from blogforge.content.articles import (
    Articles,
    KnownArticles,
    Rendering,
    Shelf,
    TermsOfArticles,
    render_articles,
)
from blogforge.content.places import placed
from blogforge.content.read import Known, Reading, read_sound
from blogforge.digest import digest_value
from blogforge.engine import engine_digest
from blogforge.errors import ContentError, Problem
from blogforge.gallery import Files, Gallery, hang
from blogforge.ledger import Ledger
from blogforge.model import Brief, Document, Page, Site, Targets
from blogforge.pages.endpoints import file_page
from blogforge.pages.images import posters, renditions
from blogforge.pages.inputs import Inputs
from blogforge.pages.plan import PLANNERS, plan
from blogforge.pages.plugins import filters_of, load_plugins, planners_of
from blogforge.pages.theme import Theme
from blogforge.pictures.kept import Kept
from blogforge.pool import Crew
from blogforge.site.assemble import Contents, assemble, corpus_of
from blogforge.site.choices import Hidden, with_translations
from blogforge.site.identity import refuse_shared_ids
from blogforge.site.media import media_path, media_urls, resolve_image, with_portraits
from blogforge.site.related import Ranking, rank
from blogforge.site.schedule import Schedule, select
from blogforge.site.scopes import Scopes
from blogforge.urls import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from blogforge.options import Options
    from blogforge.pages.plan import Planner
    from blogforge.pages.plugins import Plugin
    from blogforge.pictures.looks import Look
    from blogforge.site.corpus import Corpus

    Progress = Callable[[str, int, int], None]

D = TypeVar("D", bound=Document)
# Posts; a process to rank fewer, or to rank anew after an edit, would cost more than it saves.
_WORTH_A_RANKER = 2000


class Memory(NamedTuple):
    """What an earlier edition left. `key` is of the engines and settings that it read sources by.

    `documents` and `briefs` are by source path; `shelf` has the parts of articles, new ones are
    `put` there, and `keep` is told of all briefs once they are; `ranking` is what related articles
    left, `scopes` what those did that templates asked for; `looks` is what was seen in pictures, by
    the digests of their files; `compiled` and `images` are folders for compiled templates and for
    renditions.
    """

    ledger: Ledger
    shelf: Shelf
    put: Callable[[dict[str, bytes]], None]
    keep: Callable[[dict[str, Brief]], None]
    key: str = ""
    documents: Mapping[str, Document] = {}
    briefs: Mapping[str, Brief] = {}
    ranking: bytes = b""
    scopes: Mapping[str, bytes] = {}
    looks: Mapping[str, Look] = {}
    compiled: Path | None = None
    images: Path | None = None


def no_memory() -> Memory:
    """The memory of a first edition, which keeps its articles to itself."""
    articles: dict[str, bytes] = {}
    return Memory(Ledger(), articles, articles.update, lambda _briefs: None)


class Edition(NamedTuple):
    """A publication ready to be rendered, page by page. `warnings` stop nothing.

    `key`, `looks` and what `ranking` makes are for the memory of the next one.
    """

    key: str
    config: Config
    reading: Reading
    site: Site
    schedule: Schedule
    corpus: Corpus
    inputs: Inputs
    pages: tuple[Page, ...]
    ranking: Callable[[], bytes]
    warnings: tuple[Problem, ...]
    looks: Mapping[str, Look] = {}


def key_of(config: Config) -> str:
    """The digest of the engines and of the settings that sources are read by."""
    return digest_value((engine_digest(), [getattr(config, name) for name in OF_SOURCES]))


def silent(stage: str, done: int, total: int) -> None:
    """A progress that nobody watches."""


def prepare(
    root: Path,
    options: Options,
    progress: Progress = silent,
    memory: Memory | None = None,
    crew: Crew | None = None,
) -> Edition:
    """The edition of the site in the folder `root`; `memory` is what an earlier one left.

    Raises ContentError with the errors of every stage, ConfigError or MachineError.
    """
    memory = memory or no_memory()
    config = load_config(root)
    plugins = load_plugins(root, config)
    theme = Theme(root, config, filters_of(plugins), memory.compiled)
    key = key_of(config)
    documents = memory.documents if memory.key == key else {}
    # The files are here, whoever works at the rest.
    reading, wrong = read_sound(
        root, config, Known(memory.ledger, documents), crew.local if crew else None
    )
    errors = _Errors(wrong)
    now = options.moment()
    with errors.gathered():
        refuse_shared_ids(reading.posts, config.origin)
    schedule = select(
        reading.posts, reading.standalones, now, drafts=options.drafts, future=options.future
    )
    run = _Run(config, key, memory, crew, progress)
    contents = _contents(reading, schedule, run, errors)
    edition = None
    with errors.gathered():
        media = media_urls(reading.media, config)
        site = with_portraits(assemble(contents, config, now), media)
        gallery = Gallery({}, {})
        with errors.gathered():
            looks = memory.looks if memory.key == key else {}
            files = Files(root, theme.assets.files, memory.ledger, looks)
            gallery = hang(site, files, reading.sources, crew, progress)
        site = structs.replace(site, pictures=gallery.pictures)
        board = Billboard({})
        with errors.gathered():
            board = put_up(site, Files(root, theme.assets.files, memory.ledger, {}))
        site = structs.replace(site, posters=board.posters)
        terms = TermsOfArticles(site.briefs, memory.shelf)
        corpus, doubtful_pins = corpus_of(site, terms, _hidden(reading, schedule, errors))
        much = not memory.ranking and len(site.posts) >= _WORTH_A_RANKER
        ranker = crew.local if crew and much else Crew()
        with ranker.aside(_rank, corpus, (config.related, memory.ranking)) as ranked:
            site, pages, ranking = _planned(
                site, (*PLANNERS, renditions, posters, _files(theme)), plugins, ranked
            )
        digests = [plugin.digest for plugin in plugins]
        sections = (post.section for post in reading.posts)
        scopes = Scopes(site, corpus, sections, memory.scopes, ranking.memory)
        kept = Kept(memory.images)
        inputs = Inputs(site, theme, root, digests, memory.ledger, scopes=scopes, kept=kept)
        doubtful = (w for brief in site.briefs.values() for w in brief.warnings)
        found = (*doubtful, *doubtful_pins, *board.warnings, *theme.warnings())
        warnings = tuple(placed(found, reading.sources))
        edition = Edition(
            key,
            config,
            reading,
            site,
            schedule,
            corpus,
            inputs,
            pages,
            ranking.memory,
            warnings,
            gallery.looks,
        )
    if edition is None or errors.problems:
        raise ContentError(placed(errors.problems, reading.sources))
    return edition


def _planned(
    site: Site,
    planners: tuple[Planner, ...],
    plugins: Sequence[Plugin],
    ranked: Callable[[], Ranking],
) -> tuple[Site, tuple[Page, ...], Ranking]:
    """The site with its related articles, and its pages."""
    pages = () if plugins else plan(site, planners)  # while articles are ranked
    ranking = ranked()
    site = structs.replace(site, related=ranking.blocks)
    if plugins:  # whose planners may look at related articles
        pages = plan(site, (*planners, *planners_of(plugins)))
    return site, pages, ranking


def _rank(corpus: Corpus, how: tuple[RelatedConfig, bytes]) -> Ranking:
    """A first one is kept as a rule, and may be made elsewhere: as bytes it travels lighter."""
    settings, memory = how
    ranking = rank(corpus, settings, memory)
    return ranking if memory else structs.replace(ranking, memory=partial(bytes, ranking.memory()))


class _Run(NamedTuple):
    """What the Markdown stage needs to know of its build."""

    config: Config
    key: str
    memory: Memory
    crew: Crew | None
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


def _hidden(reading: Reading, schedule: Schedule, errors: _Errors) -> tuple[Hidden, ...]:
    """The posts that are not published.

    What is wrong cannot be: nobody else's reference to it is a mistake of its own.
    """
    slugs = {post.path: post.slug for post in reading.posts}
    faulty = [Hidden(path, slugs.get(path, ""), "faulty") for path in errors.paths()]
    skipped = [
        Hidden(skip.path, slugs.get(skip.path, ""), skip.reason) for skip in schedule.skipped
    ]
    return (*skipped, *faulty)


# ---------------------------------------------------------------- markdown


def _contents(reading: Reading, schedule: Schedule, run: _Run, errors: _Errors) -> Contents:
    """The sound documents with their articles; `errors` gathers what is wrong with the others."""
    config = run.config
    media = media_urls(reading.media, config)
    posts, pages = schedule.posts, schedule.standalones
    with errors.gathered():
        posts = with_translations(posts, _hidden(reading, schedule, errors))
    with errors.gathered():
        pages = with_translations(pages, _hidden(reading, schedule, errors))
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
    documents: Iterable[D], media: Mapping[str, str], config: Config, errors: _Errors
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


# ---------------------------------------------------------------- plan


def _files(theme: Theme) -> Callable[[Site, Config], Iterable[Page]]:
    """The planner of copied files: the theme's and the site's static ones, and media."""

    def files(site: Site, config: Config) -> Iterator[Page]:
        for name in theme.assets.files:
            path = theme.assets.published_name(name)
            yield file_page(f"static:{name}", path, config)
        for source, url in site.media.items():
            path = decode(url.removeprefix(config.base_path))
            yield file_page(source, path, config)

    return files
