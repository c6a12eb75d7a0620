"""The usual slips in YAML, told to an author instead of a parser's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from yaml.error import Mark, MarkedYAMLError

QUOTE = "put the value in quotes"
_PAIR = re.compile(r"""(?P<key>\s*(?:- +)*[^\s:'"\[{#][^:'"]*:) +(?P<value>[^\s'"\[{|>].*)""")
_ITEM = re.compile(r"""(?P<key>\s*(?:- +)*-) +(?P<value>[^-\s'"\[{|>].*)""")
_CLOSED_ITEM = re.compile(r"""\s*(?:- +)+['"\[{]""")
_QUOTED = re.compile(r"""(?<![^\s\[{,:])(?:'[^']*(?:'|$)|"(?:\\.|[^"\\])*(?:"|$))""")
_COMMENT = re.compile(r"(?<=[\s\[{,])#")


class Mistake(NamedTuple):
    """What is wrong, what to write instead, and the place (both from 0)."""

    message: str
    hint: str
    line: int
    column: int


class _Slip(NamedTuple):
    """What the parser says (the C and the Python one differ), and what we say of it."""

    parser: re.Pattern[str]
    message: str
    hint: str
    at_opening: bool = False  # tell where the quote or bracket opens, not where the text ends


def _slip(parser: str, message: str, hint: str, *, at_opening: bool = False) -> _Slip:
    return _Slip(re.compile(parser), message, hint, at_opening)


# Matched in order against "context; problem".
_SLIPS = (
    _slip(
        "quoted scalar; found unexpected (end of stream|document indicator)",
        "a quotation mark opens here and never closes",
        "close it, or double a quotation mark that belongs to the text",
        at_opening=True,
    ),
    _slip(
        "flow sequence; .*(did not find expected|expected) ',' or '\\]'",
        "a bracket '[' opens here and never closes, or a comma is missing",
        "write [one, two]; put text with brackets in quotes",
        at_opening=True,
    ),
    _slip(
        "flow mapping; .*(did not find expected|expected) ',' or '\\}'",
        "a brace '{' opens here and never closes, or a comma is missing",
        "write {name: value, name: value}; put text with braces in quotes",
        at_opening=True,
    ),
    _slip(
        "quoted scalar; (found unknown escape|found invalid Unicode|did not find expected hex"
        "|expected escape sequence)",
        "a backslash in double quotes begins an escape that does not exist",
        "use single quotes, or write \\\\ for a backslash",
    ),
    _slip("tab character", "a tab indents this line", "indent with spaces"),
    _slip(
        "scanning an (alias|anchor)",
        "text that begins with '*' or '&' needs quotes",
        QUOTE,
        at_opening=True,
    ),
    _slip(
        "block scalar;",
        "after '|' or '>' the text begins on the next line",
        QUOTE + ", or move the text to the next line and indent it",
        at_opening=True,
    ),
    _slip(
        "entries are not allowed",
        "a list cannot begin on the line of its key",
        "move '- ' to the next line, or write [one, two]",
    ),
    _slip(
        "could not find expected ':'",
        "this line is neither 'key: value' nor a part of the value above",
        "write 'key: value', or indent the line to continue the value above",
        at_opening=True,
    ),
    _slip(
        "block collection; ",
        "a list goes on with something else than '- '",
        "begin each item with '- ', all at the same depth",
    ),
    _slip(
        "(did not find|expected the) (expected )?node content",
        "a value cannot begin with this character",
        QUOTE,
    ),
    _slip("tag", "text that begins with '!' needs quotes", QUOTE),
)


def explain(error: MarkedYAMLError, lines: list[str]) -> Mistake:
    """`error` of PyYAML's parser, about the text `lines`, in an author's words."""
    mark, opening = error.problem_mark, error.context_mark
    line, column = _position(mark or opening)
    words = f"{error.context or ''}; {error.problem or ''}"
    written = lines[line] if line < len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return Mistake("a tab indents this line", "indent with spaces", line, 0)
    if "mapping values are not allowed" in words:
        return Mistake(*_misplaced_colon(written, column), line, column)
    if "cannot start any token" in words:
        sign = written[column : column + 1]
        return Mistake(
            f"a value cannot begin with '{sign}'", quoting(written) or QUOTE, line, column
        )
    in_list = "block collection; " in words and written[:column].strip()
    if in_list or "block mapping; " in words or "<document start>" in words:
        return Mistake(*_broken_block(written, column), line, column)
    if "flow " in words and (mistake := _commented_bracket(lines[: line + 1])):
        return mistake
    for slip in _SLIPS:
        if slip.parser.search(words):
            place = _position(opening) if slip.at_opening and opening else (line, column)
            hint = slip.hint
            if hint == QUOTE and place[0] < len(lines):
                hint = quoting(lines[place[0]]) or hint
            return Mistake(slip.message, hint, *place)
    return Mistake(f"this is not YAML: {error.problem or error}", "", line, column)


def quoting(line: str) -> str:
    """The hint that shows `line` with its value in quotes; "" where it has no bare value."""
    bare = _PAIR.fullmatch(line.rstrip()) or _ITEM.fullmatch(line.rstrip())
    return f"{QUOTE}: {bare['key'].strip()} {in_quotes(bare['value'])}" if bare else ""


def in_quotes(text: str) -> str:
    """`text`, on one line, as a double-quoted scalar."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _position(mark: Mark | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)


def _misplaced_colon(written: str, column: int) -> tuple[str, str]:
    if ": " in written[:column]:
        return "a value with ': ' in it needs quotes", quoting(written) or QUOTE
    if written[:1].isspace():
        return "this line is indented deeper than the one above", "align it with the line above"
    return (
        "the line above is not complete: it has no ': ' between key and value",
        "write 'key: value'",
    )


def _broken_block(written: str, column: int) -> tuple[str, str]:
    before = written[:column].strip()
    if not before:
        if written[column : column + 1] == ":":
            return "a key is missing before ':'", "write 'key: value'"
        return "this line is indented differently from the lines it belongs to", "align them"
    whole = "item" if _CLOSED_ITEM.match(written) else "value"
    return (
        "after a quotation mark or bracket has closed, nothing may follow",
        f"put the whole {whole} in quotes; inside them, write '' for ' (or \\\" for \")",
    )


def _commented_bracket(lines: list[str]) -> Mistake | None:
    """The nearest '#' that hides a closing bracket on its line."""
    for number in range(len(lines) - 1, -1, -1):
        # Quoted text keeps its length, and loses what could be taken for YAML.
        line = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), lines[number])
        if (sign := _COMMENT.search(line)) is None:
            continue
        before, behind = line[: sign.start()], line[sign.end() :]
        is_open = max(map(before.rfind, "[{")) > max(map(before.rfind, "]}"))
        if is_open and any(closing in behind for closing in "]}"):
            begin = max(before.rfind(mark) + len(mark) for mark in ("[", "{", ",", ": "))
            text = re.split(r"[],}]", lines[number][begin:], maxsplit=1)[0].strip()
            message = "'#' begins a comment here, so the bracket before it never closes"
            hint = f"put the text with '#' in quotes: {in_quotes(text)}"
            return Mistake(message, hint, number, sign.start())
    return None
