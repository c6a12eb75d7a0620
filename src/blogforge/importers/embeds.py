"""What other generators embed by tags of their own, as Markdown and HTML."""

from __future__ import annotations

import html
import re

_PLAYERS = {
    "youtube": ("https://www.youtube-nocookie.com/embed/{}", "Video on YouTube"),
    "vimeo": ("https://player.vimeo.com/video/{}?dnt=1", "Video on Vimeo"),
}


def frame(service: str, video: str, title: str = "") -> str:
    """The frame of a video of YouTube or Vimeo, as HTML."""
    address, name = _PLAYERS[service]
    return (
        f'<iframe src="{html.escape(address.format(video))}" title="{html.escape(title or name)}" '
        'width="560" height="315" loading="lazy" allowfullscreen></iframe>'
    )


def fenced(code: str, language: str = "") -> str:
    """Code between fences that it does not have itself."""
    code = code.strip("\n")
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code}\n{fence}"
