"""The authors of a WordPress site, and the guest authors of the plugin Co-Authors Plus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.importers.found import Person
from blogforge.importers.names import host_of, web_address
from blogforge.importers.plain import handle, person_id, text_of_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blogforge.importers.wordpress.entries import Entry
    from blogforge.importers.wordpress.wxr import Fields


class People:
    """People by every name that entries use for them."""

    def __init__(self, channels: Iterable[Fields], guests: Iterable[Entry]) -> None:
        self._by_name: dict[str, Person] = {}
        for channel in channels:
            for author in channel.all("wp:author"):
                self._add(_author(author), author.text("wp:author_login"))
        for guest in guests:
            login = guest.field("cap-user_login") or guest.slug.removeprefix("cap-")
            self._add(_guest(guest, login), login, guest.slug.removeprefix("cap-"))
            linked = guest.field("cap-linked_account")
            if linked:
                self._by_name[linked.lower()] = self._by_name[login.lower()]

    def of(self, entry: Entry) -> tuple[Person, ...]:
        """Who wrote an entry: its co-authors, or else whoever it says made it."""
        names = [
            (term.slug.removeprefix("cap-"), text_of_html(term.name)) for term in entry.of("author")
        ]
        if not names and entry.creator:
            names = [(entry.creator, entry.creator)]
        found = [self._called(*both) for both in names]
        return tuple({person.id: person for person in found if person.id}.values())

    def _called(self, slug: str, name: str) -> Person:
        for each in (slug.lower(), name.lower()):
            if each in self._by_name:
                return self._by_name[each]
        return Person(id=person_id(name, slug), name=name)

    def _add(self, person: Person, *names: str) -> None:
        if person.id:
            for name in (*names, person.id, person.name):
                self._by_name.setdefault(name.lower(), person)


def _author(fields: Fields) -> Person:
    login = fields.text("wp:author_login")
    whole = f"{fields.text('wp:author_first_name')} {fields.text('wp:author_last_name')}".strip()
    shown = fields.text("wp:author_display_name")
    name = text_of_html((shown if "@" not in shown else "") or whole or login.split("@", 1)[0])
    website = fields.text("wp:author_url")
    return Person(
        id=person_id(login, name),
        name=name,
        bio=text_of_html(fields.text("wp:author_description")),
        links=_links(website),
    )


def _guest(entry: Entry, login: str) -> Person:
    website = entry.field("cap-website")
    name = text_of_html(entry.field("cap-display_name") or entry.title)
    return Person(
        id=person_id(login, name),
        name=name,
        bio=text_of_html(entry.field("cap-description") or entry.body),
        handle=handle(entry.field("cap-twitter")),
        links=_links(website),
    )


def _links(website: str) -> tuple[tuple[str, str], ...]:
    address = web_address(website)
    return ((host_of(address).removeprefix("www."), address),) if address else ()
