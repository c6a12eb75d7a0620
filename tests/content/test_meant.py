from __future__ import annotations

import random

import pytest

from blogforge.content.meant import meant

NAMES: dict[str, list[str]] = {
    f"2012-{n % 12 + 1:02}-{n % 28 + 1:02}-{word}-{n}.md": []
    for n, word in enumerate(["mali-and-its-neighbours", "the-guns-of-libya", "a-coup"] * 2000)
}
NAMES["map.png"] = []


def test_the_most_alike_of_a_few_names() -> None:
    names = {"about.md": [""], "abroad.md": [""], "abuot.png": [""]}
    assert meant("abuot.md", names) == "about.md"
    assert meant("nothing-like-it.md", names) == ""
    assert meant("x.md", {}) == ""


@pytest.mark.parametrize("seed", range(50))
def test_a_slip_is_found_among_many_names(seed: int) -> None:
    chance = random.Random(seed)
    name = chance.choice([name for name in NAMES if name.endswith(".md")])
    at = chance.randrange(len(name) - 3)
    slip = name[:at] + "#" + name[at + 1 :]
    found = meant(slip, NAMES)
    assert sum(a != b for a, b in zip(slip, found, strict=True)) == 1


def test_a_name_without_its_date_is_found() -> None:
    names = {**NAMES, "2012-03-21-libya-mali.md": []}
    assert meant("libya-mali.md", names) == "2012-03-21-libya-mali.md"


def test_names_of_another_site_are_not_remembered() -> None:
    assert meant("abuot.md", {"about.md": []}) == "about.md"
    assert meant("abuot.md", {"abbot.md": []}) == "abbot.md"
