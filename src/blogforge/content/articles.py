"""Every document's article, through a pool."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from blogforge.content.markdown import attempt
from blogforge.content.typography import typeset
from blogforge.errors import ContentError, Problem
from blogforge.model import Document, Post
from blogforge.pool import ordered_map, workers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypeVar

    from blogforge.config import Config
    from blogforge.model import Article, Source, Targets

    D = TypeVar("D", bound=Document)

_CHUNKS_A_JOB = 8  # few: each carries all link targets with it; several: jobs end together
_WORTH_A_POOL = 200  # documents; below, starting processes takes longer than they save


def typographic(document: D, config: Config) -> D:
    """`document` with the quotes and dashes of its language in every text that readers see."""
    if not config.markdown.typography:
        return document
    set_ = partial(typeset, lang=document.lang)
    fields: dict[str, Any] = {"title": set_(document.title), "dek": set_(document.dek)}
    if image := document.image:
        fields["image"] = msgspec.structs.replace(
            image, alt=set_(image.alt), caption=set_(image.caption), credit=set_(image.credit)
        )
    if isinstance(document, Post):
        fields["kicker"] = set_(document.kicker)
        fields["key_points"] = tuple(map(set_, document.key_points))
        fields["corrections"] = tuple(
            msgspec.structs.replace(correction, text=set_(correction.text))
            for correction in document.corrections
        )
    return msgspec.structs.replace(document, **fields)


def render_articles(
    documents: Sequence[Document],
    sources: Mapping[str, Source],
    targets: Targets,
    config: Config,
    jobs: int,
) -> Iterator[Article]:
    """The articles of `documents`, in order, made by `jobs` processes where there are many.

    Raises ContentError after the last, with every problem of every body.
    """
    problems: list[Problem] = []
    pairs = [(sources[document.path], document) for document in documents]
    with workers(jobs if len(pairs) >= _WORTH_A_POOL else 1) as executor:
        made = partial(_article, targets=targets, config=config)
        chunk = len(pairs) // (jobs * _CHUNKS_A_JOB) + 1
        for outcome in ordered_map(made, pairs, executor, chunk):
            if isinstance(outcome, ContentError):
                problems += outcome.problems
            else:
                yield outcome
    if problems:
        raise ContentError(problems)


def _article(
    pair: tuple[Source, Document], targets: Targets, config: Config
) -> Article | ContentError:
    source, document = pair
    return attempt(source, document, targets, config)
