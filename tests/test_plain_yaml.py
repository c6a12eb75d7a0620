from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blogforge import strict_yaml
from blogforge.errors import ContentError
from blogforge.plain_yaml import plain_values
from blogforge.strict_yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = [
    "title: Mali",
    "title: Mali, at 12:30 (again)\ndate: 2012-03-21\n",
    "title: \"It's: a #1\"\ndek: 'He said \"it''s\"'\n",
    "tags: [mali, 'no: no', \"a, b\", 2012, null]\nauthors:\n- one\n- 'two'\n",
    "authors:\n  - R\u00e9mi\n  - C:D\nkicker: http://example.org/ \nempty: []\nslug: null\n",
]


@pytest.fixture(params=[yaml.CSafeLoader, yaml.SafeLoader], ids=["c", "python"])
def parser(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both of PyYAML's parsers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_yaml, "_Loader", request.param)
        yield


def parsed(text: str) -> object:
    """What YAML's parser reads."""
    reader = strict_yaml._Reader(text, "a.md", 1)
    values = reader.document()
    assert not reader.problems
    return values


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.usefixtures("parser")
def test_usual_front_matter_is_plain(text: str) -> None:
    assert plain_values(text) is not None
    assert plain_values(text) == parsed(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a:\n",
        "a: b # c\n",
        "a: b: c\n",
        "a: b:\n",
        "a: b\n c\n",
        "a: b\na: c\n",
        'a: "b\\n"\n',
        "a: 'it''s\n",
        "a: - b\n",
        "a: *b\n",
        "a: {b: c}\n",
        "a: [b, c\n",
        "a: [b c: d]\n",
        "a:\n  b: c\n",
        "a:\n- b\n - c\n",
        "a:\n- b: c\n",
        "- a\n",
        "a: |\n  b\n",
        "---\na: b\n",
        "a:\tb\n",
        "2012: b\n",
    ],
)
def test_anything_else_is_left_to_the_parser(text: str) -> None:
    assert plain_values(text) is None


PIECES = [
    *("a", "b1", "title", "tags", "null", "~", "\u00e9", "\u00a0", "2012-03-21", "12:30", "C#"),
    *(": ", ":", " ", "  ", "\n", "\n- ", "\n  - ", "- ", "[", "]", ", ", ",", "{", "}", '"', "'"),
    *("#", " #", "\\", "|", ">", "?", "? ", "!", "&", "*", "%", "@", "`", "---", "...", "<<", "\t"),
]
KEYS = st.sampled_from(["a", "title", "tags", "null", "x_1"])
VALUES = st.lists(st.sampled_from(PIECES), max_size=5).map("".join) | st.text(max_size=4)
LINES = st.builds("{}: {}".format, KEYS, VALUES) | VALUES
LISTS = st.builds(
    lambda key, indent, items: f"{key}:" + "".join(f"\n{indent}- {item}" for item in items),
    KEYS,
    st.sampled_from(["", "  "]),
    st.lists(VALUES, min_size=1, max_size=3),
)
FLOWS = st.builds(
    lambda key, items: f"{key}: [{', '.join(items)}]", KEYS, st.lists(VALUES, max_size=3)
)
YAML = st.lists(LINES | LISTS | FLOWS, min_size=1, max_size=4).map("\n".join)


@pytest.mark.usefixtures("parser")
@settings(max_examples=600, deadline=None)
@given(YAML)
@example("a: b\n\nc: d")
@example("a: b ?c")
@example("a: [b-, c'd]")
@example("a: \u00a0b")
def test_what_is_plain_is_what_the_parser_reads(text: str) -> None:
    try:
        written = parse(text, "a.md")
    except ContentError:
        return
    plain = plain_values(written.text)
    assert plain is None or plain == parsed(written.text)


def test_places_are_found_when_asked_for() -> None:
    text = "title: b\ntags: [c, d]\nauthors:\n- e\n"
    written = parse(text, "a.md", 2)
    reader = strict_yaml._Reader(text, "a.md", 2)
    reader.document()
    assert plain_values(text) is not None
    assert written.places.keys() == reader.places.keys()
    for at in reader.places:
        assert str(written.problem("x", at)) == str(
            strict_yaml.Written("a.md", text, 2, {}, reader.places).problem("x", at)
        )


def test_a_hostile_text_ends_soon() -> None:
    assert plain_values("a: " + "b" * 100_000 + " #") is None
    assert plain_values("a: [" + "b, " * 50_000) is None
    assert plain_values("a:" + "\n- b" * 50_000 + "\n -") is None
