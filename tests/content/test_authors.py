import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogforge.content.authors import parse_authors
from blogforge.errors import ContentError, Location
from blogforge.model import Author, Link


def test_authors() -> None:
    authors = parse_authors(
        """
anna:
  name: "Anna  Diallo"
  bio: |
    Writes about the Sahel.
  handle: '@anna'
  image: people/anna.jpg
  links:
    - {title: Mail, url: "mailto:anna@example.org"}
    - {title: Home, url: https://example.org/anna}
wire:
no:
  name: 1984
  links:
    About: /about/
    Code: https://example.org/code
"""
    )
    assert authors == {
        "anna": Author(
            id="anna",
            name="Anna Diallo",
            bio="Writes about the Sahel.",
            handle="@anna",
            image="people/anna.jpg",
            links=(
                Link(title="Mail", url="mailto:anna@example.org"),
                Link(title="Home", url="https://example.org/anna"),
            ),
        ),
        "wire": Author(id="wire", name="wire"),
        "no": Author(
            id="no",
            name="1984",
            links=(
                Link(title="About", url="/about/"),
                Link(title="Code", url="https://example.org/code"),
            ),
        ),
    }
    assert list(authors) == ["anna", "wire", "no"]


@pytest.mark.parametrize("text", ["", "# nobody yet\n"])
def test_nobody(text: str) -> None:
    assert parse_authors(text) == {}


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("- anna", 1, 1, "authors are not 'id: …' blocks", "write 'id:'"),
        ("anna:\n  nmae: Anna", 2, 3, "unknown key 'nmae' in 'anna'", "did you mean 'name'?"),
        ("anna: Anna", 1, 7, "'anna' must be a mapping", "write 'anna: {name: Anna}'"),
        ("anna:\n  name: [a]", 2, 9, "'anna.name' must be text, not a list", "in quotes"),
        ("anna:\n  links: [{title: a}]", 2, 11, "'url' is missing in item 1", "write 'url: …'"),
        ("anna:\n  links: a", 2, 10, "'anna.links' must be a list or a mapping", ""),
        ("anna:\n  links: {a: 'javascript:b'}", 2, 14, "'a' of 'anna' must be a whole", "https"),
        ("anna:\n  links: [{title: a, url: //b}]", 2, 27, "must be a whole address", "https"),
        ("anna:\n'!!': {name: Eve}", 2, 7, "the id '!!' has no letter or digit", "a name"),
        ("anna:\nbob:\nanna:", 3, 1, "the key 'anna' stands in line 1 already", "keep one"),
    ],
)
def test_mistakes_are_located(text: str, line: int, column: int, message: str, hint: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_authors(text)
    (problem,) = caught.value.problems
    assert problem.location == Location("authors.yaml", line, column)
    assert message in problem.message
    assert hint in problem.hint


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ContentError) as caught:
        parse_authors("anna: {nmae: a}\nbob: {bio: [b]}\ncarl: {links: {a: b}}\n")
    assert [p.location and p.location.line for p in caught.value.problems] == [1, 2, 3]


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_no_text_raises_anything_but_content_errors(text: str) -> None:
    for written in (text, f"anna: {text}", f"anna:\n  links: {text}"):
        try:
            parse_authors(written)
        except ContentError as error:
            assert error.problems  # noqa: PT017


@pytest.mark.parametrize("image", ["http://[", "//[", "http://[::1", "http://", "http://x y/z.png"])
def test_an_image_that_is_no_address(image: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_authors(f"anna:\n  image: '{image}'\n")
    (problem,) = caught.value.problems
    assert "the image of 'anna'" in problem.message
    assert problem.location == Location("authors.yaml", 2, 10)
