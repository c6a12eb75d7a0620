"""Every feed by the rules: of the sample publication, and of a small one with a base path."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.feed_rules import faults
from tests.trees import Tree

GOLDEN = Path(__file__).parent / "golden" / "tree"
NAMES = ("feed.xml", "atom.xml", "feed.json", "feeds.opml")


def all_faults(feeds: dict[str, bytes], url: str) -> list[str]:
    return [fault for name, data in feeds.items() for fault in faults(name, data, url + name)]


def feeds_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.name in NAMES:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def test_the_sample_publication_keeps_the_rules(own_tree: Tree) -> None:
    feeds = dict(feeds_below(own_tree.root))
    assert set(NAMES) <= feeds.keys()
    assert len(feeds) > 50
    assert [
        f for name, data in feeds.items() for f in faults(name, data, own_tree.url + name)
    ] == []


def test_a_site_below_a_path_keeps_the_rules() -> None:
    feeds = dict(feeds_below(GOLDEN))
    assert set(NAMES) <= feeds.keys()
    assert all_faults(feeds, "https://lantern.example/paper/") == []


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("feed.xml", b"<guid ", b"<gone ", "guid"),
        ("feed.xml", b'rel="self"', b'rel="me"', "names itself"),
        ("feed.xml", b"&lt;p&gt;", b"&lt;p onclick=x&gt;", "onclick"),
        ("feed.xml", b'href="https://lantern', b'href="//lantern', "names itself"),
        ("feed.xml", b"<dc:creator>", b"<author>a</author><dc:creator>", "<author>"),
        ("atom.xml", b'type="html"', b'type="text"', "content of type"),
        ("feed.json", b'"content_html"', b'"content"', "content"),
        ("feeds.opml", b'version="2.0"', b'version="1.0"', "OPML 2.0"),
    ],
)
def test_the_rules_can_be_broken(name: str, old: bytes, new: bytes, told: str) -> None:
    data = (GOLDEN / name).read_bytes().replace(old, new)
    try:
        found = faults(name, data, f"https://lantern.example/paper/{name}")
    except (KeyError, SyntaxError) as error:  # so broken that it cannot be judged
        found = [repr(error)]
    assert any(told in fault or "Error" in fault for fault in found), found
