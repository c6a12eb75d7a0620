"""Text -> Markdown that means this text and nothing else, to either engine."""

from __future__ import annotations

import re

# Python-Markdown knows no backslash before "<", "~", ":" or "=".
_SIGNS = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)|[`*]")
_BRACKETS = re.compile(r"\[(?=\^)|\](?=[(\[:])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#|\w+;)")
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_ATTRIBUTES = re.compile(r"\{(?=[:.#\w ])")
_LINE_START = re.compile(
    r"^([ \t]*)(?:(?P<mark>[#>]|[+-](?=[\s#>-]|$))|(?P<digits>\d{1,9})(?P<point>[.)])(?=\s|$)"
    r"|(?P<colon>:)(?=\s)|(?P<rule>=)(?==*[ \t]*$))",
    re.M,
)


def escaped(text: str, *, careful: bool = False) -> str:
    """`text`, of a text node, with the signs escaped that Markdown would read.

    Those that it reads in rare company only, like a single bracket, are escaped if `careful`.
    """
    text = _SIGNS.sub(r"\\\g<0>", text)
    text = re.sub(r"[\[\]]" if careful else _BRACKETS, r"\\\g<0>", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _ENTITY.sub("&amp;", text)
    text = text.replace("<", "&lt;") if careful else _TAG.sub("&lt;", text)
    if text.count("~") > 1:
        text = text.replace("~", "&#126;")
    if "{" in text:
        text = _ATTRIBUTES.sub(r"\\{", text)
    return text.replace("|", "\\|") if careful else text


def at_line_starts(text: str) -> str:
    """Inline Markdown whose lines begin no list, heading, quotation or definition."""
    return _LINE_START.sub(_plain_start, text)


def _plain_start(match: re.Match[str]) -> str:
    space = match[1]
    if match["mark"]:
        return f"{space}\\{match['mark']}"
    if match["digits"]:
        return f"{space}{match['digits']}\\{match['point']}"
    return f"{space}&#58;" if match["colon"] else f"{space}&#61;"


def destination(address: str) -> str:
    """An address as a link's destination."""
    address = "".join(address.split("\n")).strip().replace("&", "&amp;")
    return re.sub(r"[ ()<>\"'\\`*\[\]\t|]", lambda match: f"%{ord(match[0]):02X}", address)


def title(text: str, *, careful: bool = False) -> str:
    """A text as the title of a link or image, with a space before it; "" for none."""
    text = _attribute(text, r"[\\`*_\[\]|]" if careful else r"[\\`]")
    return f' "{text.replace(chr(34), "&quot;")}"' if text else ""


def label(text: str, *, careful: bool = False) -> str:
    """A text as an image's description."""
    return _attribute(text, r"[\\`*_\[\]|~]" if careful else r"[\\`\[\]]")


def _attribute(text: str, signs: str) -> str:
    text = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(signs, lambda match: f"&#{ord(match[0])};", text)
