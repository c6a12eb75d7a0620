"""Who writes: people of a source added to authors.yaml, of which the author's lines stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blogforge.content.authors import AUTHORS_FILE, parse_authors
from blogforge.faults import image_fault, link_fault
from blogforge.importers.documents import as_yaml, clean, one_line
from blogforge.textfile import decode, read_bytes
from blogforge.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from blogforge.importers.found import Item, Person
    from blogforge.model import Author

_HEAD = "# id: what posts name under `authors`\n"


def authors_of(site: Path) -> tuple[str, dict[str, Author]]:
    """The text of authors.yaml, "" where there is none, and its authors. Raises ContentError."""
    file = site / AUTHORS_FILE
    if not file.exists():
        return "", {}
    text = decode(read_bytes(file, AUTHORS_FILE), AUTHORS_FILE)
    return text, parse_authors(text)


def names(
    people: Iterable[Person],
    items: Iterable[Item],
    known: Mapping[str, Author],
    earlier: Mapping[str, str],
) -> dict[str, str]:
    """What posts are to name instead of each id or name of the source.

    An author whom the site has already, by name, is that one; somebody else of the same id gets
    another. `earlier`: what earlier imports have named people.
    """
    by_name = {author.name.casefold(): key for key, author in known.items()}
    found = dict(earlier)
    taken = {*known, *earlier.values()}
    for person in people:
        if person.id not in found:
            own = by_name.get(one_line(person.name).casefold(), "")
            found[person.id] = own or _free(_id(person.id, person.name), taken)
            taken.add(found[person.id])
    for item in items:
        for name in item.authors:
            found.setdefault(name, by_name.get(one_line(name).casefold(), one_line(name)))
    return found


def with_people(
    text: str,
    people: Iterable[Person],
    known: Mapping[str, str],
    picture: Callable[[str], str],
) -> str:
    """`text` of authors.yaml with the people who are not in it.

    `known`: the id of each; `picture`: where the image of that address is now, "" for nowhere.
    """
    lines = [line for person in people for line in _lines(person, known[person.id], picture)]
    if not lines:
        return text
    head = text if not text or text.endswith("\n") else f"{text}\n"
    return (head or _HEAD) + "\n".join(lines) + "\n"


def _free(key: str, taken: set[str]) -> str:
    number = 2
    free = key
    while free in taken:
        free = f"{key}-{number}"
        number += 1
    return free


def _id(given: str, name: str) -> str:
    key = one_line(given)
    if not slugify(key):
        key = slugify(name) or "author"
    return key


def _lines(person: Person, key: str, picture: Callable[[str], str]) -> Iterator[str]:
    yield f"{as_yaml(key)}:"
    image = picture(person.image) if person.image else ""
    fields: dict[str, Any] = {
        "name": one_line(person.name),
        "bio": one_line(person.bio),
        "handle": one_line(person.handle),
        "image": "" if image_fault(image) else image,
    }
    yield from (f"  {name}: {as_yaml(value)}" for name, value in fields.items() if value)
    links = [
        {"title": one_line(title) or url, "url": clean(url)}
        for title, url in person.links
        if not link_fault(url)
    ]
    if links:
        yield "  links:"
        yield from (f"    - {as_yaml(link)}" for link in links)
    if len(fields) == 0:
        yield "  name: ''"
