"""Copied text as its author meant it: one kind of line end and space, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# What Windows-1252 shows for the bytes of UTF-8, and the bytes behind it; five bytes have no
# character there and come as control characters: https://encoding.spec.whatwg.org/#windows-1252
_SHOWN = {bytes([b]).decode("cp1252", "replace"): b for b in range(0x80, 0x100)}
_SHOWN |= {chr(b): b for b in range(0x80, 0xA0)}
_LINE_ENDS = re.compile("\r\n|[\r\f\x0b\x85\u2028]")
_SOFT_BREAK = re.compile(r"\xad[ \t]*\n[ \t]*(\S+) ?")  # a word that was cut at a line's end
_INVISIBLE = re.compile("[\xad\u180e\u200b\u2060\ufeff]")
_CONTROLS = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_RAW = re.compile("[\x80-\x84\x86-\x9f]")  # Windows-1252 that was read as Latin-1


def clean(text: str) -> tuple[str, int]:
    """`text` without what cannot be seen, and in how many places its encoding was mended.

    Line ends become LF, spaces of all kinds plain ones; lines keep their numbers. Characters are
    composed (NFC), so that one word has one spelling.
    """
    mended, count = _mended(text)
    mended, more = _RAW.subn(_from_windows, mended)
    lines = _LINE_ENDS.sub("\n", mended).replace("\u2029", "\n")
    seen = _INVISIBLE.sub("", _SOFT_BREAK.sub(r"\1\n", lines))
    plain = _SPACES.sub(" ", _CONTROLS.sub("", seen))
    return unicodedata.normalize("NFC", plain), count + more


def _mended(text: str) -> tuple[str, int]:
    """UTF-8 that was read as Windows-1252, put right, where it can have been nothing else."""
    if not any(sign in text for sign in "ÂÃâÐÑØÙÅÄ"):
        return text, 0
    text, count = _mojibake().subn(_from_utf8, text)
    text, lost = re.subn(r"â€(?=[\s.,;:!?)]|$)", "”", text)  # its third byte has no character
    return text, count + lost


@cache
def _mojibake() -> re.Pattern[str]:
    """Sequences of Latin letters and quotes, or three of others in a row: never one, as in «É»."""

    def shown(first: int, last: int) -> str:
        return "[" + "".join(re.escape(c) for c, b in _SHOWN.items() if first <= b <= last) + "]"

    more = shown(0x80, 0xBF)
    two, three, four = shown(0xC2, 0xDF), shown(0xE0, 0xEF), shown(0xF0, 0xF4)
    anything = f"(?:{two}{more}|{three}{more}{{2}}|{four}{more}{{3}})"
    return re.compile(f"{anything}{{3,}}|[ÂÃ]{more}|â[€‚„†]{more}|ï»¿|ðŸ{more}{{2}}")


def _from_utf8(match: re.Match[str]) -> str:
    try:
        return bytes(_SHOWN[sign] for sign in match.group()).decode()
    except UnicodeDecodeError:
        return match.group()


def _from_windows(match: re.Match[str]) -> str:
    return match.group().encode("latin-1").decode("cp1252", "ignore")
