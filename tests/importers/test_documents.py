"""What is written as front matter is read back as it was, whatever it is."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from blogforge.config import Config
from blogforge.content.frontmatter import parse_post
from blogforge.images import Image
from blogforge.importers.documents import clean, document, one_line
from blogforge.importers.found import Item, Origin

CONFIG = Config(title="x", url="https://x.example/")
ITEM = Item(key="1", origin=Origin(path="x"), title="x", date="2012-03-21")
TRAPS = (
    *[
        "no",
        "yes",
        "null",
        "~",
        "1984",
        "012",
        "1e3",
        "0x1f",
        "1_000",
        "12:30",
        ".5",
        "+1",
        "-",
        "#a",
        "'a",
        '"a',
        "a'b",
        "[a",
        "{a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
    ],
    *[
        "@a",
        "`a",
        "---",
        "...",
        "2012-03-21",
        "=",
        "<<",
        "a\\b",
        "é“”",
        "صفحة",
        "true",
        ".inf",
        ".nan",
        "0o17",
        "a:",
        ":a",
        "😀",
    ],
    *("", "- a", "? a", "a: b", "a #b", "a, b", " a  b "),
)
TEXT = st.one_of(st.sampled_from(TRAPS), st.text(max_size=20))
NAMES = TEXT.filter(lambda text: any(c.isascii() and c.isalnum() for c in text))
FREE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**15), 10**15), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=5,
)


def cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {one_line(key): cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return clean(value) if isinstance(value, str) else value


@settings(max_examples=60, deadline=None)
@given(NAMES, TEXT, st.lists(NAMES, max_size=3), TEXT, st.dictionaries(NAMES, FREE, max_size=2))
def test_front_matter_is_read_back(
    title: str, dek: str, tags: list[str], caption: str, extra: dict[str, Any]
) -> None:
    item = replace(
        ITEM,
        title=title,
        dek=dek,
        tags=tuple(tags),
        key_points=tuple(tags),
        image=Image(src="/a.png", caption=caption),
        sources=tuple({"title": name, "url": "https://x.example/"} for name in tags),
        extra=extra,
    )
    text = document(item, "Body.", {})
    _, post = parse_post("posts/x.md", text, "", CONFIG)
    assert (post.title, post.dek) == (one_line(title), one_line(dek))
    assert post.tags == tuple(dict.fromkeys(one_line(tag) for tag in tags))
    assert post.image is not None
    assert post.image.caption == one_line(caption)
    assert [source.title for source in post.sources] == [one_line(tag) for tag in tags]
    assert post.extra == cleaned(extra)


def test_a_key_that_cannot_be_one_gets_a_name() -> None:
    text = document(replace(ITEM, extra={"": 1, "\x1f": 2, "a\nb": 3, "k" * 300: 4}), "", {})
    _, post = parse_post("posts/x.md", text, "", CONFIG)
    assert post.extra == {"unnamed": 1, "unnamed_": 2, "a b": 3, "k" * 100: 4}
