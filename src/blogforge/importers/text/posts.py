"""An article that was found in a text -> the post it becomes, and who wrote it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from blogforge.importers.found import Item, Note, Origin, Person
from blogforge.importers.text.markdown import escaped
from blogforge.importers.text.passages import words
from blogforge.importers.text.speech import language_of
from blogforge.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from blogforge.importers.found import Instructions
    from blogforge.importers.text.article import Article

Title = tuple[str, ...]
_VALUES = {"byline", "date", "updated", "address", "handle"}


def item(name: str, article: Article, instructions: Instructions) -> Item:
    """The post that the article of the file `name` becomes."""
    language = language_of(words(article.body))
    return Item(
        key=name,
        origin=Origin(path=name),
        old=article.address,
        title=article.title or _from_file(name),
        kicker=article.kicker,
        dek=article.dek,
        date=article.date or instructions.date,
        updated=article.updated,
        authors=_authors(article, instructions),
        section=article.section or instructions.section,
        tags=article.tags,
        language=instructions.language or language,
        body=article.body,
        references=(name, article.title) if article.title else (name,),
        corrections=article.corrections,
        extra=_extra(article),
        notes=tuple(_notes(name, article)),
    )


def people_of(article: Article) -> tuple[Person, ...]:
    """Those whom it names or tells of, each with the bio and the handle that it gives.

    One bio behind one byline is of one person, however the two spell the name.
    """
    bios = {slugify(bio.name): bio for bio in article.bios}
    named = {slugify(name): name for name in article.names}
    alone = next(iter(bios), "") if len(bios) == len(named) == 1 else ""
    if not alone:
        named |= {key: bio.name for key, bio in bios.items() if key not in named}
    people = []
    for key, name in named.items():
        bio = bios.get(key) or bios.get(alone)
        handle = bio.handle if bio else ""
        people.append(Person(id=key, name=name, bio=bio.text if bio else "", handle=handle))
    return tuple(person for person in people if person.id)


def gathered(articles: Iterable[Article]) -> dict[str, Person]:
    """Everybody by id, each with the longest of the bios that the articles give."""
    people: dict[str, Person] = {}
    for article in articles:
        for person in people_of(article):
            known = people.get(person.id, person)
            people[person.id] = max(known, person, key=lambda one: (len(one.bio), len(one.handle)))
    return people


def with_other_bios(item: Item, article: Article, people: dict[str, Person]) -> Item:
    """The post, with a note for each bio that another article has longer."""
    told = tuple(
        Note(what=f"{person.name} has another bio: {person.bio}")
        for person in people_of(article)
        if person.bio and person.bio != people[person.id].bio
    )
    return replace(item, notes=item.notes + told)


def pinned(items: Sequence[Item], known: dict[Title, str]) -> tuple[Item, ...]:
    """The posts with pins on those that their lists name, of each other or of the site (`known`).

    A post without a date becomes a draft, on which a pin would be an error.
    """
    paths = known | {words(each.title): each.key for each in items if each.date}
    return tuple(_with_pins(each, paths) for each in items)


def _with_pins(item: Item, paths: dict[Title, str]) -> Item:
    listed = item.extra.get("more_from", [])
    own = words(item.title)
    here = [one for one in listed if words(one["title"]) in paths]
    others = [one for one in listed if one not in here]
    pins = [paths[words(one["title"])] for one in here if words(one["title"]) != own]
    extra = {key: value for key, value in item.extra.items() if key != "more_from"}
    if others:
        extra["more_from"] = others
    told = tuple(
        Note(what=f"a pin of 'More from': {one['title']}; {one.get('dek', '')}".rstrip("; "))
        for one in here
    )
    return replace(item, pin=tuple(dict.fromkeys(pins)), extra=extra, notes=item.notes + told)


def _from_file(name: str) -> str:
    return PurePosixPath(name).stem.replace("-", " ").replace("_", " ").strip() or name


def _authors(article: Article, instructions: Instructions) -> tuple[str, ...]:
    ids = tuple(filter(None, map(slugify, article.names)))
    return ids or ((instructions.author,) if instructions.author else ())


def _extra(article: Article) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if article.more:
        extra["more_from"] = [
            {"title": one.title} | ({"dek": one.dek} if one.dek else {}) for one in article.more
        ]
    if article.captions:
        extra["captions"] = [
            {
                key: value
                for key, value in (("caption", one.caption), ("credit", one.credit))
                if value
            }
            for one in article.captions
        ]
    return extra


def _notes(name: str, article: Article) -> Iterable[Note]:
    """What was read as a value or left out, whole, and what an editor should look at."""
    if not article.title:
        yield Note(what=f"no headline was found; it is called after its file, {name}")
    if article.mended:
        yield Note(what=f"its encoding was mended in {article.mended} places")
    lines = article.body.split("\n")
    for passage in article.passages:
        if passage.doubt:
            shown = escaped(passage.text)
            yield Note(what=passage.doubt, line=lines.index(shown) + 1 if shown in lines else 0)
    for passage in article.beside():
        reading = "read as" if passage.place in _VALUES else "left out as"
        yield Note(what=f"{name}:{passage.line}: {reading} {passage.why}: {passage.text}")
    for caption in article.captions:
        what = "a picture's caption without the picture: kept in extra"
        yield Note(what=f"{name}:{caption.line}: {what}")
