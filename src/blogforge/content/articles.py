"""Every document's article: taken from what is known where that still holds, else made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from blogforge.content.entities import Entities
from blogforge.content.links import is_current
from blogforge.content.markdown import render
from blogforge.digest import digest_value
from blogforge.errors import ContentError, Problem
from blogforge.model import Article, Body, Brief, Document, Source, Targets, Terms
from blogforge.pool import Crew

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blogforge.config import Config

_WORTH_A_POOL = 100  # documents; below, starting processes takes longer than they save
_AT_ONCE = 256  # articles that are put on the shelf together
_ARTICLE, _TERMS = "article:", "terms:"
_encode = msgspec.msgpack.encode
_articles, _terms = msgspec.msgpack.Decoder(Article), msgspec.msgpack.Decoder(Terms)


class Shelf(Protocol):
    """Where parts of articles stand, encoded, each by a name that ends with its source's path."""

    def __getitem__(self, name: str) -> bytes:
        """The part of that name. Raises KeyError."""
        ...


class Articles(Mapping[str, Article]):
    """The articles of `paths`, without their terms.

    They fill much memory, so that each is taken from the shelf when it is asked for.
    """

    def __init__(self, paths: Iterable[str], shelf: Shelf) -> None:
        self._paths = dict.fromkeys(paths)
        self._shelf = shelf

    def __getitem__(self, path: str) -> Article:
        if path not in self._paths:
            raise KeyError(path)
        return _articles.decode(self._shelf[_ARTICLE + path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def at_hand(self) -> Articles:
        """The same, all in memory: for machines that have no shelf."""
        parts = {_ARTICLE + path: self._shelf[_ARTICLE + path] for path in self._paths}
        return Articles(self._paths, parts)


class TermsOfArticles(Mapping[str, Terms]):
    """The terms of the articles of `paths`, each taken from the shelf when it is asked for."""

    def __init__(self, paths: Iterable[str], shelf: Shelf) -> None:
        self._paths = dict.fromkeys(paths)
        self._shelf = shelf

    def __getitem__(self, path: str) -> Terms:
        if path not in self._paths:
            raise KeyError(path)
        return _terms.decode(self._shelf[_TERMS + path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def parts_of(path: str) -> tuple[str, str]:
    """The names of the parts of the article of the source at `path`."""
    return _ARTICLE + path, _TERMS + path


class KnownArticles(NamedTuple):
    """What an earlier build made: briefs by path, and the terms of the same articles."""

    briefs: Mapping[str, Brief]
    terms: Mapping[str, Terms]


class Rendering(NamedTuple):
    """What every body is rendered with. `key`: the digest of its settings and of the engines."""

    sources: Mapping[str, Source]
    targets: Targets
    config: Config
    key: str = ""
    entities: Entities = Entities()


def article_key(document: Document, rendering: Rendering) -> str:
    """What an article is made from, but the targets of its links and the spellings of entities."""
    return f"{rendering.key}:{document.digest}"


def brief_of(article: Article, key: str = "") -> Brief:
    """The brief of an article of a site without entities."""
    return Brief(
        path=article.path,
        key=key,
        body=digest_value(Body.of(article)),
        terms=digest_value(article.terms),
        excerpt=article.excerpt,
        resolved=article.resolved,
        addresses=article.addresses,
        pictures=article.pictures,
        warnings=article.warnings,
    )


def brief_as_made(article: Article, document: Document, rendering: Rendering) -> Brief:
    """The brief of the article that a document got in `rendering`."""
    entities = rendering.entities
    return replace(
        brief_of(article, article_key(document, rendering)),
        entities=entities.digest,
        spellings=entities.concern(article.terms, document.lang),
    )


def render_articles(
    documents: Sequence[Document],
    rendering: Rendering,
    known: KnownArticles,
    put: Callable[[dict[str, bytes]], None],
    crew: Crew | None = None,
) -> Iterator[Brief]:
    """The briefs of the articles of `documents`, in order; parts of new ones are `put` aside.

    Raises ContentError after the last, with every problem of every body.
    """
    holding = {document.path: _holding(document, known, rendering) for document in documents}
    stale = [document for document in documents if holding[document.path] is None]
    made = (crew or Crew()).map(_made, rendering, stale, worth=_WORTH_A_POOL, keep=ContentError)
    problems: list[Problem] = []
    fresh: dict[str, bytes] = {}
    for document in documents:
        if brief := holding[document.path]:
            yield brief
            continue
        outcome = next(made)
        if isinstance(outcome, ContentError):
            problems += outcome.problems
            continue
        brief, *parts = outcome
        fresh |= zip(parts_of(document.path), parts, strict=True)
        if len(fresh) >= _AT_ONCE:
            put(fresh)
            fresh = {}
        yield brief
    put(fresh)
    if problems:
        raise ContentError(problems)


def _holding(document: Document, known: KnownArticles, rendering: Rendering) -> Brief | None:
    """The brief of a document's article, where that is as good as a new one."""
    brief, entities = known.briefs.get(document.path), rendering.entities
    if (
        brief is None
        or brief.key != article_key(document, rendering)
        or not is_current(brief.resolved, rendering.targets)
    ):
        return None
    if brief.entities == entities.digest:
        return brief
    spellings = ""
    if entities:
        spellings = entities.concern(known.terms[document.path], document.lang)
    if spellings != brief.spellings:
        return None
    return replace(brief, entities=entities.digest)


def _made(rendering: Rendering, document: Document) -> tuple[Brief, bytes, bytes]:
    source = rendering.sources[document.path]
    article = render(source, document, rendering.targets, rendering.config, rendering.entities)
    brief = brief_as_made(article, document, rendering)
    return brief, _encode(replace(article, terms=Terms())), _encode(article.terms)
