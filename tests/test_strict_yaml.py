import time

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blogforge import strict_yaml
from blogforge.errors import ContentError, Location, Problem
from blogforge.strict_yaml import parse

QUOTED = "put the value in quotes"


@pytest.fixture(params=[yaml.CSafeLoader, yaml.SafeLoader], ids=["c", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of PyYAML's parsers; the second is used where libyaml is missing."""
    monkeypatch.setattr(strict_yaml, "_Loader", request.param)


def line_of(problem: Problem) -> int:
    return problem.location.line if problem.location else 0


def problems(text: str, first_line: int = 1) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        parse(text, "a.md", first_line)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("title: 1984", {"title": "1984"}),
        ("title: no", {"title": "no"}),
        ("tags: [2012, no, 012]", {"tags": ["2012", "no", "012"]}),
        ("title: 12:30", {"title": "12:30"}),
        ("date: 2024-02-30", {"date": "2024-02-30"}),
        ("a: null\nb: ~\nc:\nd: 'null'", {"a": None, "b": None, "c": None, "d": "null"}),
        ("2012: 0x10", {"2012": "0x10"}),
        ("- a\n- - b\n  - c\n", ["a", ["b", "c"]]),
        ("a: |\n  one\n  two\nb: >\n  one\n  two\n", {"a": "one\ntwo\n", "b": "one two\n"}),
        ("a: 'it''s'\r\nb: \"\\u00e9\"\rc: d", {"a": "it's", "b": "é", "c": "d"}),
        ("---\na: b\n", {"a": "b"}),
        ("", None),
        ("# only a comment\n", None),
    ],
)
@pytest.mark.usefixtures("parser")
def test_values_are_the_text_that_was_written(text: str, values: object) -> None:
    assert parse(text, "a.md").values == values


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("a: b\ntitle: Foo: bar", 2, 11, "': ' in it needs quotes", f'{QUOTED}: title: "Foo: bar"'),
        ("title: [a, b]: c", 1, 14, "': ' in it needs quotes", QUOTED),
        ("a:\n\tb: c", 2, 1, "a tab indents this line", "indent with spaces"),
        ("a:\n- b\n  - c\n- d", 3, 3, "goes on with the item above", "indent every '- '"),
        ("a: |\n\tb", 2, 1, "a tab indents this line", "indent with spaces"),
        ('a: "b\nc: d', 1, 4, "a quotation mark opens here and never closes", "close it"),
        ("a: 'b\nc: d", 1, 4, "a quotation mark opens here and never closes", "close it"),
        ("a: 'it's'", 1, 8, "nothing may follow", "write '' for '"),
        ("a: [b]]", 1, 7, "nothing may follow", "put the whole value in quotes"),
        ("a: [b, c\nd: e", 1, 4, "'[' opens here and never closes", "write [one, two]"),
        ("a: {b: c\nd: e", 1, 4, "'{' opens here and never closes", "write {name: value"),
        ("a: @b", 1, 4, "cannot begin with '@'", f'{QUOTED}: a: "@b"'),
        ("a: `b`", 1, 4, "cannot begin with '`'", f'{QUOTED}: a: "`b`"'),
        ("a: ]", 1, 4, "cannot begin with this character", QUOTED),
        ("a: *b*", 1, 4, "begins with '*' or '&' needs quotes", f'{QUOTED}: a: "*b*"'),
        ("a: *b", 1, 4, "aliases such as '*b' are not supported", QUOTED),
        ("a: &b c", 1, 4, "anchors such as '&b' are not supported", QUOTED),
        ("a: !!python/object:os.system b", 1, 4, "tags, which begin with '!'", QUOTED),
        ("a: !!str b", 1, 4, "tags, which begin with '!'", QUOTED),
        ("! a: b", 1, 1, "tags, which begin with '!'", QUOTED),
        ("b:\n  <<: {c: d}", 2, 3, "merge keys ('<<') are not supported", "write the fields out"),
        ("a: b\nc: d\na: e", 3, 1, "the key 'a' stands in line 1 already", "keep one of the two"),
        ("a: b\n c: d", 2, 3, "indented deeper than the one above", "align it"),
        ("a:\n  b: c\n d: e", 3, 2, "indented differently", "align them"),
        ("title\ndate: x", 2, 5, "the line above is not complete", "write 'key: value'"),
        ("a: b\nfoo\nc: d", 2, 1, "neither 'key: value' nor", "write 'key: value'"),
        ("a: - b", 1, 4, "a list cannot begin on the line of its key", "move '- '"),
        ("- a\nb: c", 2, 1, "a list goes on with something else", "begin each item with '- '"),
        ('a:\n  - "b" c.', 2, 9, "nothing may follow", "put the whole item in quotes"),
        ('a:\n- "b" c.', 2, 7, "nothing may follow", "put the whole item in quotes"),
        ('- b: "c" d.', 1, 10, "nothing may follow", "put the whole value in quotes"),
        ("- [b] c\n- d", 1, 7, "nothing may follow", "put the whole item in quotes"),
        ("- @b", 1, 3, "cannot begin with '@'", f'{QUOTED}: - "@b"'),
        ("a: [#b]", 1, 5, "'#' begins a comment here", "the text with '#' in quotes: \"#b\""),
        ("a: [#b]\nc: d\n", 1, 5, "'#' begins a comment here", '"#b"'),
        ("c: d # e\na: ['#', b #2, c]\n\n", 2, 12, "'#' begins a comment", '"b #2"'),
        ("a: {b: c #d}\ne: f", 1, 10, "'#' begins a comment here", '"c #d"'),
        ("a: [C#, b\nc: d", 1, 4, "'[' opens here and never closes", "write [one, two]"),
        ("a: [b, # c\nd: e", 1, 4, "'[' opens here and never closes", "write [one, two]"),
        ("a: >b", 1, 4, "after '|' or '>' the text begins on the next line", QUOTED),
        ("a: b\n---\nc: d", 2, 1, "a second document begins here", "delete this line"),
        (": a", 1, 1, "a key is missing before ':'", "write 'key: value'"),
        ("'': a", 1, 1, "a key is empty", "write 'key: value'"),
        ("a: {{ b }}", 1, 5, "a key cannot be a list or a mapping", QUOTED),
        ("a: b\x00c", 1, 5, "U+0000 is not allowed here", "delete it"),
        ("a: b\x7fc", 1, 5, "U+007F is not allowed here", "delete it"),
        ("a: b\ud800c", 1, 5, "U+D800 is not allowed here", "delete it"),
        ("a: b\u2028c: d", 1, 5, "U+2028 is not allowed here", "delete it"),
        ("a: \ufeffb", 1, 4, "U+FEFF is not allowed here", "delete it"),
        ('a: "b\\0"', 1, 4, "an escape makes the character U+0000", "use single quotes"),
        ('a: "C:\\folder"', 1, 4, "an escape makes the character U+000C", "use single quotes"),
    ],
)
@pytest.mark.usefixtures("parser")
def test_mistakes_are_located_and_explained(
    text: str, line: int, column: int, message: str, hint: str
) -> None:
    (problem,) = problems(text)
    assert problem.location == Location("a.md", line, column)
    assert message in problem.message
    assert hint in problem.hint
    assert problem.excerpt


def test_unknown_escapes() -> None:
    (problem,) = problems('a: "C:\\dir"')
    assert problem.location == Location("a.md", 1, 7)
    assert "a backslash in double quotes" in problem.message


def test_every_duplicate_is_told_with_lines_of_the_file() -> None:
    found = problems("a: 1\nb: {c: 1, c: 2}\na: 2\n", first_line=2)
    assert [(line_of(p), p.message) for p in found] == [
        (3, "the key 'c' stands in line 3 already"),
        (4, "the key 'a' stands in line 2 already"),
    ]
    assert found[1].excerpt == "a: 2"


BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 11)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 100_000, "nested more than 50 levels"),
        ("[" * 100_000 + "]" * 100_000, "nested more than 50 levels"),
        ("{a: " * 100_000, "nested more than 50 levels"),
        ("- " * 100_000, "nested more than 50 levels"),
        (BOMB, "anchors such as '&a0' are not supported"),
        ("a: " + "\\" * 100_000 + "\n\tb", "a tab indents this line"),
        ("# " + "[" * 100_000 + "\na: [b", "'[' opens here and never closes"),
        ("# " + '"\\' * 100_000 + "\na: [b", "'[' opens here and never closes"),
        ("# " + "# [" * 100_000 + "\na: [b", "'[' opens here and never closes"),
    ],
    ids=["open", "closed", "braces", "dashes", "bomb", "long", "brackets", "quotes", "signs"],
)
@pytest.mark.usefixtures("parser")
def test_hostile_texts_end_soon(text: str, message: str) -> None:
    begin = time.monotonic()
    (problem,) = problems(text)
    assert time.monotonic() - begin < 20
    assert message in problem.message
    assert line_of(problem) >= 1


def test_the_deepest_text_that_is_read() -> None:
    depth = strict_yaml.MAX_DEPTH
    parse("[" * depth + "]" * depth, "a.md")
    problems("[" * (depth + 1) + "]" * (depth + 1))


def test_places_of_keys_and_values() -> None:
    written = parse("a: b\nlist:\n  - c\n  - {d: e}\n", "a.md", first_line=2)
    assert written.location(("a",)) == Location("a.md", 2, 4)
    assert written.location(("list", 1, "d")) == Location("a.md", 5, 9)
    assert written.location(("list", 1, "d"), key=True) == Location("a.md", 5, 6)
    assert written.location(("list", 1, "missing")) == Location("a.md", 5, 5)
    assert written.location(("missing",)) == Location("a.md", 2, 1)
    problem = written.problem("wrong", ("list", 0), "mend it")
    assert str(problem) == "a.md:4:5: wrong\n  4 |   - c\n  hint: mend it"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a:\n- b\n\n- c\n", ["b", "c"]),
        ("a:\n- b\n  goes on\n  -and on\n\n- c", ["b goes on -and on", "c"]),
        ("a:\n- 'b\n  - c'\n- d", ["b - c", "d"]),
        ("a: [b,\n  c\n]", ["b", "c"]),
    ],
)
def test_items_may_have_several_lines(text: str, items: list[str]) -> None:
    assert parse(text, "a.md").values == {"a": items}


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("no", "no"),
        ("yes", "yes"),
        ("012", "012"),
        ("0x10", "0x10"),
        ("12:30", "12:30"),
        ("2012-03-21", "2012-03-21"),
        ("'12'", "12"),
        ('"true"', "true"),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", "9223372036854775808"),
        ("-99999999999999999999", "-99999999999999999999"),
    ],
)
def test_free_data_follows_the_core_schema(scalar: str, value: object) -> None:
    free = parse(f"extra:\n  a: [{{b: {scalar}}}]\n", "a.md").free(("extra",))
    assert free == {"a": [{"b": value}]}
    assert type(free["a"][0]["b"]) is type(value)


YAMLISH = st.text(
    st.sampled_from(list("abt0:-[]{}#&*!|>'\"%@`,?<~ \\\t\n\r.=é\x00\x85\u2028\ufeff"))
)


@settings(max_examples=300, deadline=None)
@given(YAMLISH | st.text())
@example('a: "\\UFFFFFFFF"')
@example("a: !<%ff> b")
@example("%YAML 3.0\n---\na")
def test_no_text_raises_anything_but_content_errors(text: str) -> None:
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(strict_yaml, "_Loader", loader)
            try:
                parse(text, "a.md").free()
            except ContentError as error:
                told = [(p.message, line_of(p)) for p in error.problems]
                assert all(message and line for message, line in told)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(min_size=1), st.text() | st.lists(st.text()), max_size=5))
def test_what_a_yaml_writer_quotes_is_read_back(values: dict[str, str | list[str]]) -> None:
    text = yaml.safe_dump(values, default_style='"', allow_unicode=False)
    try:
        assert parse(text, "a.md").values == values
    except ContentError as error:
        told = str(error)
        assert "an escape makes the character" in told or "a key is empty" in told
