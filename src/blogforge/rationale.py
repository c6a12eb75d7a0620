"""Why the related articles of a post are what they are, in the words of its posts."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from blogforge.content.forms import Forms, called, is_name, texts_of
from blogforge.content.pairs import stop_words
from blogforge.errors import ConfigError
from blogforge.languages import primary
from blogforge.lending import looked_at
from blogforge.model import Value
from blogforge.site.corpus import Candidate, Explanation, Reason
from blogforge.site.naming import Names
from blogforge.site.related import explain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from blogforge.content.entities import Entities
    from blogforge.edition import Edition
    from blogforge.model import Site
    from blogforge.options import Options


class Term(Value, frozen=True, kw_only=True):
    """What two posts have in common: a `term` as it is counted, in `words` as the posts have it.

    `share`: what it adds to their cosine. `posts`: how many listed posts of the language have it;
    `common`: so many that it is no reason, as a stop word is none. `name`: an entity, or a
    name as far as capital letters tell.
    """

    term: str
    words: str
    share: float
    posts: int
    common: bool
    name: bool


class Row(Value, frozen=True, kw_only=True):
    """A post that was considered: what its card says, and as in `site.corpus.Candidate`."""

    place: int
    by_score: int
    path: str
    title: str
    url: str
    date: datetime
    lang: str
    reason: Reason
    score: float
    cosine: float
    linked: float = 0.0
    linking: tuple[str, ...] = ()
    recency: float
    days: float
    like: str
    likeness: float
    worth: float
    terms: tuple[Term, ...]


class Rationale(Value, frozen=True, kw_only=True):
    """Why the block of a post is what it is; docs/cli.md has it as JSON.

    `show`: whether there is a block. `limit`: its places; `half_life` of recency, in days.
    """

    path: str
    title: str
    url: str
    show: bool
    limit: int
    half_life: float
    candidates: tuple[Row, ...]

    @property
    def block(self) -> tuple[Row, ...]:
        """The candidates that are in the block, in its order."""
        return tuple(row for row in self.candidates if row.place)


def explain_related(root: Path, name: str, options: Options) -> tuple[Rationale, Site]:
    """Why the related articles of the post `name` (file name, path or slug) are what they are.

    Raises ConfigError where that names no published post, or several.
    """
    return looked_at(root, options, partial(_explained, name))


def _explained(name: str, edition: Edition) -> tuple[Rationale, Site]:
    path = _published(name, edition)
    explanation = explain(path, edition.corpus, edition.config.related)
    return rationale_of(explanation, edition), edition.site


def rationale_of(explanation: Explanation, edition: Edition) -> Rationale:
    """What `explanation` says, with what posts of `edition` are called, and in their words."""
    card, related = edition.site.cards[explanation.path], edition.config.related
    return Rationale(
        path=card.path,
        title=card.title,
        url=card.url,
        show=explanation.show,
        limit=related.limit,
        half_life=related.half_life,
        candidates=tuple(_rows(explanation, edition.site, edition.reading.entities)),
    )


def _rows(explanation: Explanation, site: Site, entities: Entities) -> Iterator[Row]:
    lang = site.cards[explanation.path].lang
    shares = (share.term for c in explanation.candidates for share in c.shares)
    forms = Forms(shares, lang)
    names = entities.glossary(lang).names
    texts = _texts(explanation.path, site)
    for candidate in explanation.candidates:
        theirs = _texts(candidate.path, site) if candidate.shares else ()
        usual = forms.usual((*texts, *theirs)) if theirs else {}
        card = site.cards[candidate.path]
        facts = asdict(candidate)
        del facts["shares"]
        found = tuple(_terms(candidate, usual, names, lang))
        yield Row(
            title=card.title, url=card.url, date=card.date, lang=card.lang, terms=found, **facts
        )


def _texts(path: str, site: Site) -> tuple[str, ...]:
    return texts_of(site.cards[path], site.articles[path].html)


def _terms(
    candidate: Candidate, usual: dict[str, str], names: dict[str, str], lang: str
) -> Iterator[Term]:
    """The common terms of two posts, in their usual forms or by the names of entities."""
    stops = stop_words(primary(lang))
    for share in candidate.shares:
        words = called(share.term, names, usual)
        yield Term(
            term=share.term,
            words=words,
            share=share.share,
            posts=share.posts,
            common=share.common or words in stops,
            name=share.term in names or is_name(words, lang),
        )


# ---------------------------------------------------------------- which post


def _published(name: str, edition: Edition) -> str:
    """The path of the one published post that `name` means. Raises ConfigError."""
    posts = (*edition.site.posts, *edition.site.unlisted)
    names = Names.of(posts)
    if path := names.one(name):
        return path
    reasons = {skip.path: skip.reason for skip in edition.schedule.skipped}
    for hidden in sorted(Names.of(edition.reading.posts)[name]):
        if hidden in reasons:
            hint = _HINTS.get(reasons[hidden], "")
            raise ConfigError.of(f"{hidden} is not published ({reasons[hidden]})", hint=hint)
    return names.refuse(name)


_HINTS = {
    "draft": "--drafts looks at drafts too",
    "scheduled": "--future looks at what is still to come",
}
