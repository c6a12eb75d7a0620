"""The stories that posts of a publication may tell, though nobody said so yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from blogforge.content.forms import Forms, called, is_name, texts_of
from blogforge.content.pairs import JOINT, stop_words
from blogforge.content.phrases import common_phrase
from blogforge.languages import primary
from blogforge.lending import looked_at
from blogforge.model import Card, Value
from blogforge.site.groups import group_key
from blogforge.site.suggestions import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from blogforge.edition import Edition
    from blogforge.model import Site
    from blogforge.options import Options
    from blogforge.site.suggestions import Suggestion

_TERMS = 12  # that are shown of those that tie posts
_NAMED_BY, _NAMES_AMONG = 2, 5  # terms that name a story whose titles have nothing in common


class Proposal(Value, frozen=True, kw_only=True):
    """A story that posts may tell: a name to begin with, and the posts in the order of time.

    `told`: the posts of the story of that name that they would join, none for a new one. `terms`
    are those that tie the posts, as the posts write them, with their shares of the mean cosine.
    """

    name: str
    posts: tuple[Card, ...]
    told: tuple[Card, ...] = ()
    cohesion: float
    terms: tuple[tuple[str, float], ...]


def proposals(root: Path, options: Options, since: datetime | None = None) -> list[Proposal]:
    """The stories that posts of the site in the folder `root` may tell, the surest first.

    Only those that a post of `since` or after would be in. Raises what `prepare` raises.
    """
    return looked_at(root, options, partial(_proposals, since))


def _proposals(since: datetime | None, edition: Edition) -> list[Proposal]:
    site = edition.site
    used = {group.key: group.name for group in site.groups if group.kind == "story"}
    found = []
    for suggestion in suggest(edition.corpus):
        if since and all(site.cards[path].date < since for path in suggestion.paths):
            continue
        proposal = _proposal(edition, suggestion, used)
        used.setdefault(group_key(proposal.name), proposal.name)
        found.append(proposal)
    return found


def _proposal(edition: Edition, suggestion: Suggestion, used: dict[str, str]) -> Proposal:
    site = edition.site
    posts = _in_time(site, suggestion.paths)
    lang = posts[0].lang
    entities = edition.reading.entities.glossary(lang).names
    terms = tuple(_terms(suggestion, lang, _texts(site, posts), entities))
    name = used.get(suggestion.story) or next(
        name for name in _names(posts, suggestion, terms) if group_key(name) not in {"", *used}
    )
    return Proposal(
        name=name,
        posts=posts,
        told=_in_time(site, suggestion.told),
        cohesion=suggestion.cohesion,
        terms=terms,
    )


def _terms(
    suggestion: Suggestion, lang: str, texts: Iterable[str], entities: Mapping[str, str]
) -> Iterator[tuple[str, float]]:
    """The strongest terms as texts have them, without the single words of those of several."""
    ties = suggestion.ties[:_TERMS]
    parts = {part for stem, _ in ties if JOINT in stem for part in stem.split(JOINT)}
    forms = Forms([stem for stem, _ in ties], lang).usual(texts)
    for stem, share in ties:
        words = called(stem, entities, forms)
        if stem not in parts and words.casefold() not in stop_words(primary(lang)):
            yield words, share


def _in_time(site: Site, paths: Iterable[str]) -> tuple[Card, ...]:
    cards = (site.cards[path] for path in paths)
    return tuple(sorted(cards, key=lambda card: (card.date, card.path)))


def _texts(site: Site, cards: Iterable[Card]) -> Iterator[str]:
    for card in cards:
        yield from texts_of(card, site.articles[card.path].html)


def _names(
    posts: Sequence[Card], suggestion: Suggestion, terms: Sequence[tuple[str, float]]
) -> Iterator[str]:
    """Names for a story, the best first; the last ones are as many as anybody could want."""
    lang = posts[0].lang
    phrase = common_phrase([post.title for post in posts], lang, dict(suggestion.ties))
    writers = {word for post in posts for line in post.byline for word in line.name.split()}
    forms = [form for form, _ in terms if form not in writers]
    telling = [form for form in forms[:_NAMES_AMONG] if is_name(form, lang)] or forms
    plainly = ", ".join(telling[:_NAMED_BY])
    first = phrase or plainly
    year = posts[0].date.year
    yield from map(_capital, (first, plainly, f"{first}, {year}"))
    number = 2
    while True:
        yield _capital(f"{first}, {year} ({number})")
        number += 1


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
