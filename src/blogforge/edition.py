"""Everything before rendering: what is published, how it hangs together, and which pages it makes.

A stage's problems do not keep the next ones from looking at what is sound, so that an author hears
of all mistakes at once.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from blogforge.billboard import Billboard, put_up
from blogforge.config import OF_SOURCES, Config, load_config
from blogforge.content.articles import TermsOfArticles
from blogforge.content.places import placed
from blogforge.content.read import Known, Reading, read_sound
from blogforge.contents import Errors, Run, contents_of, hidden
from blogforge.digest import digest_value
from blogforge.engine import engine_digest
from blogforge.errors import ContentError, Problem
from blogforge.gallery import Files, Gallery, hang
from blogforge.pages.endpoints import file_page
from blogforge.pages.images import posters, renditions
from blogforge.pages.inputs import Inputs
from blogforge.pages.plan import PLANNERS, plan
from blogforge.pages.plugins import filters_of, load_plugins, planners_of
from blogforge.pages.theme import Theme
from blogforge.past import Memory, no_memory
from blogforge.pictures.kept import Kept
from blogforge.pool import Crew
from blogforge.progress import Progress, silent
from blogforge.site.assemble import assemble, corpus_of
from blogforge.site.identity import refuse_shared_ids
from blogforge.site.media import media_urls, with_portraits
from blogforge.site.related import Ranking, rank
from blogforge.site.schedule import Schedule, select
from blogforge.site.scopes import Scopes
from blogforge.urls import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from blogforge.model import Page, Site
    from blogforge.options import Options
    from blogforge.pages.plugins import Plugin
    from blogforge.pictures.looks import Look
    from blogforge.settings import RelatedConfig
    from blogforge.site.corpus import Corpus

# Posts; a process to rank fewer, or to rank anew after an edit, would cost more than it saves.
_WORTH_A_RANKER = 2000


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
    run = Run(config, key_of(config), memory, crew, progress)
    documents = memory.documents_under(run.key)
    # The files are here, whoever works at the rest.
    reading, wrong = read_sound(
        root, config, Known(memory.ledger, documents), crew.local if crew else None
    )
    errors = Errors(wrong)
    now = options.moment()
    with errors.gathered():
        refuse_shared_ids(reading.posts, config.origin)
    schedule = select(
        reading.posts, reading.standalones, now, drafts=options.drafts, future=options.future
    )
    contents = contents_of(reading, schedule, run, errors)
    draft = _Draft(root, run, theme, plugins, reading, schedule, errors)
    edition = None
    with errors.gathered():
        edition = draft.edition(assemble(contents, config, now))
    if edition is None or errors.problems:
        raise ContentError(placed(errors.problems, reading.sources))
    return edition


class _Draft(NamedTuple):
    """An edition in the making: what was read, and all else that it is made with."""

    root: Path
    run: Run
    theme: Theme
    plugins: Sequence[Plugin]
    reading: Reading
    schedule: Schedule
    errors: Errors

    def edition(self, site: Site) -> Edition:
        """The edition of a site that has neither images nor related articles yet.

        Raises ContentError; some of its problems are only gathered.
        """
        run, reading, memory = self.run, self.reading, self.run.memory
        site = with_portraits(site, media_urls(reading.media, run.config))
        site, looks, undrawn = self._illustrated(site)
        terms = TermsOfArticles(site.briefs, memory.shelf)
        corpus, doubtful_pins = corpus_of(site, terms, hidden(reading, self.schedule, self.errors))
        site, pages, ranking = self._planned(site, corpus)
        digests = [plugin.digest for plugin in self.plugins]
        sections = (post.section for post in reading.posts)
        scopes = Scopes(site, corpus, sections, memory.scopes, ranking.memory)
        kept = Kept(memory.images)
        doubtful = (w for brief in site.briefs.values() for w in brief.warnings)
        found = (*doubtful, *doubtful_pins, *undrawn, *self.theme.warnings())
        return Edition(
            key=run.key,
            config=run.config,
            reading=reading,
            site=site,
            schedule=self.schedule,
            corpus=corpus,
            inputs=Inputs(
                site, self.theme, self.root, digests, memory.ledger, scopes=scopes, kept=kept
            ),
            pages=pages,
            ranking=ranking.memory,
            warnings=tuple(placed(found, reading.sources)),
            looks=looks,
        )

    def _illustrated(self, site: Site) -> tuple[Site, Mapping[str, Look], tuple[Problem, ...]]:
        """The site with pictures and posters, what was seen in files, what is doubtful of posters.

        What is wrong with either is gathered.
        """
        run = self.run
        looks = run.memory.looks if run.memory.key == run.key else {}
        files = Files(self.root, self.theme.assets.files, run.memory.ledger, looks)
        gallery, board = Gallery({}, {}), Billboard({})
        with self.errors.gathered():
            gallery = hang(site, files, self.reading.sources, run.crew, run.progress)
        site = structs.replace(site, pictures=gallery.pictures)
        with self.errors.gathered():
            board = put_up(site, files)
        site = structs.replace(site, posters=board.posters)
        return site, gallery.looks, board.warnings

    def _planned(self, site: Site, corpus: Corpus) -> tuple[Site, tuple[Page, ...], Ranking]:
        """The site with its related articles, and its pages."""
        crew, memory = self.run.crew, self.run.memory
        planners = (*PLANNERS, renditions, posters, _files(self.theme))
        much = not memory.ranking and len(site.posts) >= _WORTH_A_RANKER
        ranker = crew.local if crew and much else Crew()
        with ranker.aside(_rank, corpus, (self.run.config.related, memory.ranking)) as ranked:
            # Planners of plugins may look at related articles.
            pages = () if self.plugins else plan(site, planners)
            ranking = ranked()
        site = structs.replace(site, related=ranking.blocks)
        if self.plugins:
            pages = plan(site, (*planners, *planners_of(self.plugins)))
        return site, pages, ranking


def _rank(corpus: Corpus, how: tuple[RelatedConfig, bytes]) -> Ranking:
    """A first one is kept as a rule, and may be made elsewhere: as bytes it travels lighter."""
    settings, memory = how
    ranking = rank(corpus, settings, memory)
    return ranking if memory else structs.replace(ranking, memory=partial(bytes, ranking.memory()))


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
