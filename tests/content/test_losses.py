from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blogforge.content.engines import Engine, to_html
from blogforge.content.losses import losses
from blogforge.model import Source

ENGINES: tuple[Engine, ...] = get_args(Engine)
WORD = re.compile(r"w\d+w")


def lost(body: str, engine: Engine = "commonmark") -> list[str]:
    """Where something is lost, and how."""
    source = Source(path="a.md", digest="", body=body)
    return [f"{p.location}: {p.message}" for p in losses(source, engine)]


TABLE = ["| w1w | w2w |", "|---|:-:|", "| w3w | w4w | w5w |", "| w6w | w7w |"]
AROUND = {
    "nothing": ("", ""),
    "a quote": ("> ", "> "),
    "a tight quote": (">", ">"),
    "two quotes": ("> > ", "> > "),
    "a list": ("- ", "  "),
    "a list in a quote": ("> - ", ">   "),
    "a numbered list": ("1. ", "   "),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("around", AROUND)
def test_a_cell_too_many_is_told_wherever_the_table_stands(around: str, engine: Engine) -> None:
    first, other = AROUND[around]
    body = "\n".join([first + TABLE[0], *(other + line for line in TABLE[1:])])
    assert "w5w" not in to_html(body, engine)
    assert lost(body, engine) == ["a.md:3:1: a table row has more cells than the table's 2 columns"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cell_too_many_in_a_later_block_of_a_list(engine: Engine) -> None:
    body = "- Item\n\n" + "\n".join("    " + line for line in TABLE)
    assert [told.partition(": ")[0] for told in lost(body, engine)] == ["a.md:5:1"]


@pytest.mark.parametrize(
    ("cell", "engine", "is_lost"),
    [
        (r"1 \| 2", "markdown", False),
        (r"1 \| 2", "commonmark", False),
        (r"1 \\| 2", "markdown", True),
        (r"1 \\| 2", "commonmark", False),
        (r"1 \\\| 2", "markdown", False),
        ("`1 | 2`", "markdown", False),
        ("`1 | 2`", "commonmark", True),
    ],
)
def test_what_ends_a_cell(cell: str, engine: Engine, is_lost: bool) -> None:
    body = f"| a | b |\n|---|---|\n| {cell} | w1w |"
    assert ("w1w" not in to_html(body, engine)) == is_lost
    assert bool(lost(body, engine)) == is_lost


@pytest.mark.parametrize(
    "body",
    [
        "```\n" + "\n".join(TABLE) + "\n```",
        "> ~~~ text\n" + "\n".join(f"> {line}" for line in TABLE) + "\n> ~~~",
        "Text.\n\n" + "\n".join("    " + line for line in TABLE),
        "\n".join(TABLE[:2]) + "\n\n" + "\n".join(TABLE[2:]),
        "```\n[^1]: a\n[^1]: b\n```",
        "    [^1]: a\n    [^1]: b",
        "[^1]: a\n\nText [^1]: b",
    ],
)
def test_what_is_no_table_and_no_footnote(body: str) -> None:
    assert not lost(body)


def test_code_in_a_line_opens_no_block() -> None:
    assert len(lost("```a``` b\n\n" + "\n".join(TABLE))) == 1


def test_a_footnote_is_defined_once_a_body() -> None:
    message = "footnote [^1] is defined twice"
    assert lost("[^1]: a\n\n> [^1]: b\n\n[^2]: c\n[^ 1]: d") == [
        f"a.md:3:3: {message}",
        "a.md:6:1: footnote [^ 1] is defined twice",
    ]


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table of words, each once, with some rows too long, in a quote or a list or neither."""
    first, other = draw(st.sampled_from(list(AROUND.values())))
    columns = draw(st.integers(1, 3))
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    numbers = iter(range(100))
    rows = [[f"w{next(numbers)}w" for _ in range(size)] for size in (columns, *sizes)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * columns)
    return "\n".join([first + lines[0], *(other + line for line in lines[1:])])


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=200, deadline=None)
@given(tables())
@example("\n".join(TABLE))
def test_each_row_that_loses_a_word_is_told_and_no_other(engine: Engine, body: str) -> None:
    html = to_html(body, engine)
    seen = set(WORD.findall(html))
    losing = [
        number
        for number, line in enumerate(body.split("\n"), 1)
        if not seen.issuperset(WORD.findall(line))
    ]
    told = [int(where.split(":")[1]) for where in lost(body, engine)]
    assert told == losing, html


@pytest.mark.parametrize(
    "unit",
    [
        "|a|\n|-|\n",
        "[^1]: a\n",
        "```\n[^1]: a\n```\n",
        "> | a | b |\n> |-|-|\n",
        "[^1]:",
        "|-",
        "> [^",
    ],
)
def test_a_long_body_is_read_in_one_pass(unit: str) -> None:
    assert len(lost(unit * 20_000)) in {0, 19_999}
