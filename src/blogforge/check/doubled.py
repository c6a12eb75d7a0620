"""Words that stand there twice by mistake, as they do where a line was broken or edited."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogforge.check.sheet import Sheet
    from blogforge.errors import Problem

# By language: words that stand twice in no sentence. "That", "had", "die" and "nous" may.
_NEVER_TWICE = {
    "de": "und oder ein eine einen einem einer mit von für auf bei wie dass ist sind wird nicht",
    "en": "the a an and or of for from with by at as are was were be been has have this these it"
    " its they their we our you your not but which will would can could should into about than",
    "es": "el los un una unos unas y o de del en con por para que se es son como su sus más muy",
    "fr": "le les un une des du de et ou en dans par pour sur avec est sont que qui au aux ce",
    "it": "il lo gli un una di del della e o in con per che è sono come non più",
    "pt": "o os um uma de do da e ou em com por para que é são como não mais",
}


@cache
def _twice(lang: str) -> re.Pattern[str] | None:
    words = _NEVER_TWICE.get(lang)
    if words is None:
        return None
    either = "|".join(words.split())
    return re.compile(rf"(?<![\w'’.-])({either})(?:[ \t]+|[ \t]*\n[ \t>]*)\1(?![\w'’.-])", re.I)


def doubled(sheet: Sheet) -> Iterator[Problem]:
    """A word of the document's language twice, in one paragraph."""
    pattern = _twice(sheet.document.lang.partition("-")[0])
    for found in pattern.finditer(sheet.prose) if pattern else ():
        if sheet.source.body[slice(*found.span())] != found[0]:
            continue  # code between the two, which is blank here
        second = found.end() - len(found[1])
        yield sheet.at(second, f"'{found[1]}' stands there twice", "take one of them out")
