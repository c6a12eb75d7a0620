"""Links by which a reader passes an article on.

They carry its title and address, and nothing else: no script of the service, no picture, no count.
It learns of a reader when that reader goes there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from blogforge.model import Value
from blogforge.settings import ShareService

if TYPE_CHECKING:
    from collections.abc import Iterable

# What each is called, and the address at which it takes a text. An e-mail's lines end in CRLF
# (RFC 6068, section 5). Mastodon's page asks for the reader's own server, and gets the text
# in the fragment, which browsers keep to themselves.
_SERVICES: dict[ShareService, tuple[str, str]] = {
    "email": ("", "mailto:?subject={title}&body={title}%0D%0A%0D%0A{url}"),
    "bluesky": ("Bluesky", "https://bsky.app/intent/compose?text={title}%20{url}"),
    "mastodon": ("Mastodon", "https://share.joinmastodon.org/#text={title}%20{url}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    "whatsapp": ("WhatsApp", "https://wa.me/?text={title}%20{url}"),
    "telegram": ("Telegram", "https://t.me/share/url?url={url}&text={title}"),
    "reddit": ("Reddit", "https://www.reddit.com/submit?url={url}&title={title}"),
    "hackernews": ("Hacker News", "https://news.ycombinator.com/submitlink?u={url}&t={title}"),
    "facebook": ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    "threads": ("Threads", "https://www.threads.net/intent/post?text={title}%20{url}"),
    "x": ("X", "https://x.com/intent/post?text={title}&url={url}"),
}


class ShareLink(Value, frozen=True, kw_only=True):
    """A way to pass an article on. `name`: of the service; empty for e-mail, which is none."""

    service: ShareService  #: as `share` in blogforge.yaml names it
    name: str  #: empty for e-mail
    url: str  #: where it leads


def share_links(
    title: str, address: str, services: Iterable[ShareService]
) -> tuple[ShareLink, ...]:
    """The links for an article by its title and absolute address, in the order of `services`."""
    written = {"title": quote(title, safe=""), "url": quote(address, safe="")}
    return tuple(
        ShareLink(service=service, name=name, url=pattern.format_map(written))
        for service, (name, pattern) in ((each, _SERVICES[each]) for each in services)
    )
