"""Front matter -> episodes. A planner sees the whole site, and every post with its `extra`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from blogforge.errors import ContentError, Location, Problem
from blogforge.value import Value

if TYPE_CHECKING:
    from blogforge.model import Post, Site

_SHAPE = "write 'audio: {src: /audio/name.mp3, bytes: 9042113, seconds: 754}' below 'extra'"


class Audio(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a post says of its recording. `bytes` and `seconds`: how large and how long it is."""

    src: str
    bytes: int
    seconds: int
    type: str = "audio/mpeg"


class Episode(Value, frozen=True, kw_only=True):
    """A post by its path, and its recording."""

    path: str
    audio: Audio


def episodes(site: Site) -> tuple[Episode, ...]:
    """The listed posts with a recording, newest first. Raises ContentError with all mistakes."""
    found: list[Episode] = []
    wrong: list[Problem] = []
    for post in site.posts:
        if (given := post.extra.get("audio")) is not None:
            try:
                found.append(Episode(path=post.path, audio=msgspec.convert(given, Audio)))
            except msgspec.ValidationError as error:
                wrong.append(_problem(post, error))
    if wrong:
        raise ContentError(wrong)
    return tuple(found)


def _problem(post: Post, error: Any) -> Problem:
    message = f"the recording: {error}"
    return Problem(message, Location(post.path), _SHAPE, key=("extra", "audio"))
