"""Links that lead to other sites: followed politely, and only when asked (`check --external`).

Each address is asked for once in `keep_good` or `keep_bad` days, one after the other of a host. No
robots.txt is read: it says what may be gathered, and here single pages are looked for that the site
itself sends its readers to, as a reader's browser would.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from blogforge.check.outside.kept import Kept
from blogforge.check.outside.named import Named, named
from blogforge.check.outside.rounds import Rounds
from blogforge.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from blogforge.check.outside.answers import Answer
    from blogforge.check.outside.asking import Asking
    from blogforge.check.proof import Proof
    from blogforge.settings import ExternalConfig

DEAD, MOVED, UNSURE = "dead-outside-link", "moved-outside-link", "unchecked-outside-link"


def findings(
    proof: Proof, wanted: Collection[str], folder: Path, asking: Asking
) -> Iterator[Problem]:
    """What the rules `wanted` find of the links to other sites; `folder` keeps the answers.

    Raises MachineError where httpx is not installed.
    """
    config = proof.edition.config
    places = [*named(proof, config.check.external.skip)]
    answers, offline = _answers(places, config.url, config.check.external, folder, asking)
    if offline and UNSURE in wanted:
        hint = "look again when there is a connection; nothing of this is remembered"
        number = len({place.url for place in places} - answers.keys())
        message = f"no other site can be reached, of {number} addresses"
        yield Problem(message, hint=hint, rule=UNSURE)
    for place in places:
        answer = answers.get(place.url)
        found = _problem(place, answer) if answer else None
        if found and found.rule in wanted:
            yield found


def _answers(
    places: Sequence[Named], site: str, settings: ExternalConfig, folder: Path, asking: Asking
) -> tuple[dict[str, Answer], bool]:
    """The answers of all addresses, kept or new, and whether there seems to be no connection."""
    kept = Kept(folder, settings, asking.clock)
    days: dict[str, str] = {}
    for place in places:  # the copy of a dead page is to be of the day when it was first linked
        days[place.url] = min(filter(None, (days.get(place.url, ""), place.day)), default="")
    known = {url: answer for url in days if (answer := kept.fresh(url))}
    rounds = Rounds(settings, asking, site)
    try:
        rounds.ask({url: day for url, day in days.items() if url not in known})
    finally:
        kept.keep(rounds.answers, days)
    return known | rounds.answers, rounds.offline


def _problem(place: Named, answer: Answer) -> Problem | None:
    url = place.written
    if answer.verdict == "dead":
        message = f"{url} is dead: {answer.says}"
        return replace(place.problem(message, place.instead_of(answer)), rule=DEAD)
    if answer.verdict == "moved":
        target = place.whole(answer.target)
        message = f"{url} has moved for good, to {target}"
        return replace(place.problem(message, f"write {target}", target), rule=MOVED)
    if answer.verdict == "unsure":
        hint = "open it in a browser; 'check.external.skip' leaves an address out"
        message = f"{url} cannot be checked: {answer.says}"
        return replace(place.problem(message, hint), rule=UNSURE)
    return None
