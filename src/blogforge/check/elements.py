"""HTML of a body that does not fit together, which browsers forgive in ways nobody wants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem

# Elements whose end tag may not be left out: https://html.spec.whatwg.org/#optional-tags.
_NAMES = (
    "a|abbr|article|aside|audio|b|big|blockquote|button|center|cite|dl|del|details|div|em|fieldset"
    "|figcaption|figure|font|footer|form|h[1-6]|header|i|iframe|ins|kbd|mark|nav|object|ol|q|s"
    "|samp|section|select|small|span|strike|strong|sub|summary|sup|table|u|ul|var|video"
)
_TAG = re.compile(
    rf"(?<!\\)<(?P<end>/?)(?P<name>{_NAMES})(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.I
)


def unclosed(sheet: Sheet) -> Iterator[Problem]:
    """A tag that is opened and never closed, or closed and never opened."""
    if "<" not in sheet.prose:
        return
    around: list[tuple[str, int]] = []
    for found in _TAG.finditer(sheet.prose):
        name = found["name"].lower()
        if found[0].endswith("/>") and name not in {"a", "div", "span"}:
            continue
        if not found["end"]:
            around.append((name, found.start()))
        elif name in (names := [open_name for open_name, _ in around]):
            index = len(names) - 1 - names[::-1].index(name)
            yield from (_never_closed(sheet, *each) for each in around[index + 1 :])
            del around[index:]
        else:
            message = f"</{name}> closes what is not open"
            yield sheet.at(found.start(), message, "take it out, or open it")
    yield from (_never_closed(sheet, *each) for each in around)


def _never_closed(sheet: Sheet, name: str, offset: int) -> Problem:
    message = f"<{name}> is not closed, and may go on to the end of the article"
    return sheet.at(offset, message, f"write </{name}> where it ends")
