"""The staff of a Ghost site."""

from __future__ import annotations

from blogforge.importers.found import Person
from blogforge.importers.ghost.export import Row, text
from blogforge.importers.names import host_of, web_address
from blogforge.importers.plain import handle, person_id

_SERVICES = {  # fields that hold a name or an address
    "facebook": "https://www.facebook.com/{}",
    "linkedin": "https://www.linkedin.com/in/{}",
    "bluesky": "https://bsky.app/profile/{}",
    "threads": "https://www.threads.net/@{}",
    "instagram": "https://www.instagram.com/{}",
    "youtube": "https://www.youtube.com/{}",
    "tiktok": "https://www.tiktok.com/@{}",
}


def person(user: Row) -> Person:
    """Somebody of the staff, without the address of e-mail and the rest that only they may see."""
    links = [(host_of(url).removeprefix("www."), url) for url in _addresses(user)]
    return Person(
        id=person_id(text(user, "slug"), text(user, "name")),
        name=text(user, "name"),
        bio=" ".join(text(user, "bio").split()),
        handle=handle(text(user, "twitter")),
        image=text(user, "profile_image") or text(user, "image"),
        links=tuple(links),
    )


def _addresses(user: Row) -> list[str]:
    found = [text(user, "website")]
    for name, pattern in _SERVICES.items():
        value = text(user, name)
        found.append(pattern.format(value.lstrip("@/")) if value and "://" not in value else value)
    mastodon = text(user, "mastodon").lstrip("@")
    if "@" in mastodon and "/" not in mastodon:
        name, _, host = mastodon.partition("@")
        mastodon = f"https://{host}/@{name}"
    return [url for url in (*found, mastodon) if web_address(url)]
