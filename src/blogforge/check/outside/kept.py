"""Answers of other sites, kept from check to check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from blogforge.check.outside.answers import Answer
from blogforge.errors import MachineError
from blogforge.output.single import write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from blogforge.settings import ExternalConfig

FILE = "check.links"
_DAY = 86_400.0
_decode = msgspec.msgpack.Decoder(dict[str, Answer]).decode


class Kept:
    """The answers that a folder keeps; `clock` tells how old they are."""

    def __init__(self, folder: Path, settings: ExternalConfig, clock: Callable[[], float]) -> None:
        self._file = folder / FILE
        self._settings = settings
        self._now = clock()
        try:
            self._answers = _decode(self._file.read_bytes())
        except (OSError, msgspec.MsgspecError):  # there are none, or they are of another release
            self._answers = {}

    def fresh(self, url: str) -> Answer | None:
        """The answer of an address that need not be asked again."""
        answer = self._answers.get(url)
        if answer is None:
            return None
        good = answer.verdict in {"good", "moved"}
        days = self._settings.keep_good if good else self._settings.keep_bad
        return answer if 0 <= self._now - answer.at < days * _DAY else None

    def keep(self, new: Mapping[str, Answer], wanted: Collection[str]) -> None:
        """Keep `new` answers, and older ones of addresses that are still `wanted` or still fresh.

        Where that is impossible, the next check only has more to ask.
        """
        lasting = {url: answer for url, answer in new.items() if answer.lasting}
        older = {
            url: answer for url, answer in self._answers.items() if url in wanted or self.fresh(url)
        }
        if not new and older == self._answers:
            return
        try:
            write_file(self._file, msgspec.msgpack.encode(older | lasting))
        except MachineError:
            return
