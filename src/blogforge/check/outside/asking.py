"""One address asked for, again where that may help, and what its answer means."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from blogforge.check.outside.answers import LOST, Answer, Host, Verdict
from blogforge.fetching import Limits
from blogforge.fetching.addresses import resolve
from blogforge.fetching.faults import Unfetched
from blogforge.progress import Progress, silent

if TYPE_CHECKING:
    from blogforge.fetching import Client
    from blogforge.fetching.addresses import Resolver
    from blogforge.fetching.answers import Fetched

ARCHIVE = "https://archive.org/wayback/available"
_GONE = frozenset({404, 410})
_PERHAPS_LATER = frozenset({429, 500, 502, 503, 504})
_FOR_GOOD = frozenset({301, 308})
_DEAD = frozenset({"unknown-host", "unreachable", "tls", "redirects", "refused"})
_AGAIN = frozenset({"timeout", "unreachable"})
# The end of an address where there is a login or an excuse in the place of the page.
_GATE = re.compile(
    r"/(?:log-?in|sign-?in|auth|consent|captcha|404|(?:page-?)?not-?found|error)\b", re.IGNORECASE
)
_LONGEST = 60.0  # seconds that a host may ask to be left alone; if it asks for more, it is


class Asking(NamedTuple):
    """How other sites are asked; all but `progress` is for tests to change.

    `archive`: what tells of copies of pages that are gone. `clock`: seconds since 1970.
    """

    progress: Progress = silent
    archive: str = ARCHIVE
    loopback: bool = False
    resolver: Resolver = resolve
    clock: Callable[[], float] = time.time

    def limits(self, seconds: float) -> Limits:
        """The bounds of one request."""
        return Limits(seconds=seconds, bytes=2**20, redirects=10, loopback=self.loopback)


def ask(
    client: Client, url: str, tries: int, wait: Callable[[float], object], now: float
) -> Answer:
    """What `url` answers to HEAD, or to GET where that is refused, in `tries` tries at most."""
    answer = Answer(verdict="unsure")
    for number in range(tries):
        try:
            found = _asked(client, url)
        except Unfetched as fault:
            answer, pause = _of_fault(fault), 2.0**number if fault.kind in _AGAIN else -1.0
        else:
            answer, pause = _of_status(url, found), _pause(found, number, now)
        if pause < 0 or pause > _LONGEST or number + 1 == tries:
            break
        wait(pause)
    return answer


def _asked(client: Client, url: str) -> Fetched:
    """Many servers answer HEAD wrongly, so that only what is well is taken for an answer."""
    try:
        found = client.fetch(url, method="HEAD", body=False)
    except Unfetched as fault:
        if fault.kind not in {"broken", "timeout"}:
            raise
        return client.fetch(url, body=False)
    if found.status < 400 or found.status == HTTPStatus.TOO_MANY_REQUESTS:
        return found
    return client.fetch(url, body=False)


def _of_fault(fault: Unfetched) -> Answer:
    verdict: Verdict = "dead" if fault.kind in _DEAD else "unsure"
    host: Host = "lost" if fault.kind in LOST else "well"
    return Answer(verdict=verdict, says=fault.message, host=host)


def _of_status(url: str, found: Fetched) -> Answer:
    """Gone is dead; what a robot may not see, a reader perhaps may: unsure."""
    says = f"it answers {_status(found.status)}"
    if found.status in _GONE:
        return Answer(verdict="dead", says=says)
    if not 200 <= found.status < 300:
        lasting = found.status not in _PERHAPS_LATER
        tired = found.status == HTTPStatus.TOO_MANY_REQUESTS
        host: Host = "tired" if tired else "well"
        return Answer(verdict="unsure", says=says, lasting=lasting, host=host)
    if found.redirects and (place := _no_page(url, found.url)):
        return Answer(verdict="unsure", says=f"it leads to {place}")
    target = _moved_to(found)
    return Answer(verdict="moved", target=target) if target else Answer(verdict="good")


def _moved_to(found: Fetched) -> str:
    """Where the first redirects lead that are for good; "" where the very first is not."""
    target = ""
    for step in found.redirects:
        if step.status not in _FOR_GOOD:
            break
        target = step.url
    return target


def _no_page(url: str, end: str) -> str:
    """What else than a page stands at the `end` of the redirects of `url`; "" where it is one."""
    if _is_front(end) and not _is_front(url):
        return f"the front page of {urlsplit(end).netloc}"
    if _GATE.search(urlsplit(end).path) and not _GATE.search(urlsplit(url).path):
        return end
    return ""


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def _pause(found: Fetched, number: int, now: float) -> float:
    """Seconds to wait before it is asked again; negative: that would not help."""
    if found.status not in _PERHAPS_LATER:
        return -1.0
    given = found.headers.get("retry-after", "").strip()
    if given[:9].isdecimal():
        return float(given[:9])
    try:
        return max(0.0, parsedate_to_datetime(given).timestamp() - now)
    except (ValueError, OverflowError):
        return 2.0**number


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
