"""All addresses asked for: several hosts at once, and of each host one address after the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec.structs import replace

from blogforge.check.outside.archive import Archive
from blogforge.check.outside.asking import Asking, ask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blogforge.check.outside.answers import Answer
    from blogforge.fetching import Client
    from blogforge.settings import ExternalConfig

_STAGE = "other sites"
_ENOUGH = 5  # hosts none of which can be reached while no other can: there is no connection


class Rounds:
    """Asks, and gathers `answers` by address. `offline`: whether no host could be reached."""

    def __init__(self, settings: ExternalConfig, asking: Asking, site: str) -> None:
        self.settings = settings
        self.asking = asking
        self.site = site
        self.answers: dict[str, Answer] = {}
        self._reached: set[str] = set()
        self._lost: set[str] = set()
        self._enough = _ENOUGH
        self._alone = False  # not even the archive can be reached
        self._lock = Lock()
        self._stopped = Event()

    @property
    def offline(self) -> bool:
        """Whether hosts were asked, and none could be reached: several, or one and the archive."""
        return not self._reached and (self._alone or len(self._lost) >= self._enough)

    def ask(self, days: Mapping[str, str]) -> None:
        """Ask for the addresses; a dead one's copy is looked for as of its day."""
        if not days:
            return
        from blogforge.fetching import Client

        hosts: dict[str, list[str]] = {}
        for url in days:
            hosts.setdefault(urlsplit(url).netloc.lower(), []).append(url)
        self._enough = max(2, min(_ENOUGH, len(hosts)))
        limits = self.asking.limits(self.settings.timeout)
        resolver = self.asking.resolver
        with Client(limits, site=self.site, extra="links", resolver=resolver) as client:
            try:
                self._ask(client, hosts, len(days))
                if self.settings.archive and not self.offline:
                    archive = Archive(client, self.asking.archive)
                    self._look_for_copies(archive, days)
                    self._alone = archive.lost
                if self.offline:
                    self.answers.clear()
            finally:
                self._stopped.set()

    def _ask(self, client: Client, hosts: Mapping[str, Sequence[str]], total: int) -> None:
        pool = ThreadPoolExecutor(self.settings.hosts)
        try:
            # Those that will take longest begin.
            longest = sorted(hosts.items(), key=lambda each: -len(each[1]))
            asked = [pool.submit(self._host, client, *each, total) for each in longest]
            for done in asked:
                done.result()
        except BaseException:  # of ours or the author's, who shall not wait for the others
            self._stopped.set()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def _host(self, client: Client, host: str, urls: Sequence[str], total: int) -> None:
        """Ask for the addresses of a host, until it cannot be reached or wants to be left alone."""
        said: dict[str, Answer] = {}  # of all its addresses of a scheme
        for number, url in enumerate(urls):
            if self._stopped.is_set() or self.offline:
                return
            scheme = urlsplit(url).scheme
            if (answer := said.get(scheme)) is None:
                self._stopped.wait(self.settings.delay if number else 0)
                tries, now = self.settings.retries + 1, self.asking.clock()
                answer = ask(client, url, tries, self._stopped.wait, now)
            if answer.host != "well":
                said[scheme] = answer
            self._note(host, url, answer, total)

    def _note(self, host: str, url: str, answer: Answer, total: int) -> None:
        with self._lock:
            (self._lost if answer.host == "lost" else self._reached).add(host)
            self.answers[url] = replace(answer, at=self.asking.clock())
            self.asking.progress(_STAGE, len(self.answers), total)

    def _look_for_copies(self, archive: Archive, days: Mapping[str, str]) -> None:
        for url, answer in sorted(self.answers.items()):
            if answer.verdict == "dead" and (copy := archive.copy(url, days[url])):
                self.answers[url] = replace(answer, copy=copy.url, copied=copy.day)
                self._stopped.wait(self.settings.delay)
