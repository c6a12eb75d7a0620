"""Attribute lists, emoji codes and what of a Markdown text is code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogforge.importers.attributes import without_attributes
from blogforge.importers.emoji import with_emoji
from blogforge.importers.marks import Marks
from blogforge.importers.prose import stretches

KRAMDOWN = [
    ("## Why\n{: #why .no_toc}\n", "## Why {#why}\n"),
    ("## Why {#why}\n", "## Why {#why}\n"),
    ("## Why {: #why }\n", "## Why {#why}\n"),
    ("A text.\n{: .lead}\n", "A text.\n"),
    ("[a](b){:target='_blank' rel=\"x\"} c", "[a](b) c\n"),
    ("1. x\n{:toc}\n\n`{: .a}`\n", "\n`{: .a}`\n"),
    ("A set {a, b: c}.", "A set {a, b: c}.\n"),
]
GOLDMARK = [
    ("## Why {#why .x}\n\nA text.\n{.lead}\n", "## Why {#why}\n\nA text.\n"),
    ("A set {.a} in a line, {sic}.\n{sic}\n", "A set {.a} in a line, {sic}.\n{sic}\n"),
    ("```\n{.a}\n```\n", "```\n{.a}\n```\n"),
]


@pytest.mark.parametrize(
    ("text", "expected", "kramdown"),
    [*((*each, True) for each in KRAMDOWN), *((*each, False) for each in GOLDMARK)],
)
def test_of_attributes_ids_stay(text: str, expected: str, kramdown: bool) -> None:
    marks = Marks()
    body, _ = marks.settled(without_attributes(text, marks, kramdown=kramdown))
    assert body.replace("\n\n\n", "\n\n").strip() == expected.strip()


def test_what_is_dropped_is_told_at_its_line() -> None:
    marks = Marks()
    body = without_attributes("# A\n\nB\n{: .lead}\n\n## C {.x}\n", marks, kramdown=True)
    notes = marks.settled(body)[1]
    assert [(note.line, note.what.rpartition(" ")[2]) for note in notes] == [(4, ".lead")]


def test_emoji_codes_are_those_of_github() -> None:
    text = ":tada: :+1: :nosuch: `:tada:` 10:30:45 http://a:80:b"
    assert with_emoji(text) == "🎉 👍 :nosuch: `:tada:` 10:30:45 http://a:80:b"


CODE = "a `b` c\n\n    code\n\n```\n`x`\n```\nd ``e`f`` \\`g` \n\n- l\n\n    no code `h`\n"


def test_code_is_found() -> None:
    code = [part for is_code, part in stretches(CODE) if is_code]
    assert code == ["`b`", "    code\n", "```\n`x`\n```\n", "``e`f``", "`h`"]


@given(st.text(alphabet="`~ \n\tab-*>\\1.", max_size=80))
def test_no_character_of_a_text_is_lost(text: str) -> None:
    assert "".join(part for _, part in stretches(text)) == text
