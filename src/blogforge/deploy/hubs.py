"""WebSub: hubs are told which feeds have changed, and tell those who listen.

Source: https://www.w3.org/TR/websub/, and the convention that all hubs know, hub.mode=publish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.deploy.secrets import redacted
from blogforge.pages.metadata import FEED_FILES
from blogforge.urls import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from blogforge.config import Config

_SECONDS = 10.0
_AT_ONCE = 50  # feeds in a request


def feeds_among(paths: Iterable[str], config: Config) -> list[str]:
    """The whole addresses of the feeds among files of the tree."""
    names = frozenset(FEED_FILES.values())
    return [config.url + encode(path) for path in paths if path.rpartition("/")[2] in names]


def tell(hubs: Sequence[str], feeds: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The hubs that were told of `feeds`, and what went wrong: the site is out anyway."""
    if not hubs or not feeds:
        return (), ()
    try:
        import httpx
    except ImportError:
        return (), ('hubs were not told of the new feeds: pip install "blogforge[deploy]"',)
    told, doubts = [], []
    with httpx.Client(timeout=_SECONDS) as client:
        for hub in hubs:
            try:
                for begin in range(0, len(feeds), _AT_ONCE):
                    form = {"hub.mode": "publish", "hub.url": [*feeds[begin : begin + _AT_ONCE]]}
                    client.post(hub, data=form).raise_for_status()
                told.append(redacted(hub))
            except httpx.HTTPStatusError as error:
                doubts.append(f"the hub {redacted(hub)} answered {error.response.status_code}")
            except httpx.HTTPError as error:
                doubts.append(redacted(f"the hub {hub} cannot be reached: {error}"))
    return tuple(told), tuple(doubts)
