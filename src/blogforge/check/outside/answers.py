"""What is known of an address of another site."""

from __future__ import annotations

from typing import Literal

from blogforge.value import Value

# moved: for good, to `target`; unsure: whether readers get it cannot be told from here.
Verdict = Literal["good", "moved", "dead", "unsure"]
# lost: it cannot be reached at all; tired: it wants to be left alone.
Host = Literal["well", "lost", "tired"]
LOST = frozenset({"unknown-host", "unreachable"})  # kinds of Unfetched that say so


class Answer(Value, frozen=True, kw_only=True):
    """What an address answered, in words, and `at` which second of the clock.

    `copy` is where an archive has a copy of it, of the day `copied` (2012-03-22).
    `lasting`: whether it is worth remembering. `host`: what it says of its whole host.
    """

    verdict: Verdict
    says: str = ""
    target: str = ""
    copy: str = ""
    copied: str = ""
    at: float = 0.0
    lasting: bool = True
    host: Host = "well"
