"""The podcast of a small site, built as its author would build it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest

from blogforge.build import build
from blogforge.errors import ConfigError, ContentError
from blogforge.options import Options
from blogforge_podcast import duration

CONFIG = """\
title: The Desk
url: https://desk.example/
timezone: UTC
social_cards: {enabled: false}
plugins:
  - module: blogforge_podcast
    options: {title: Read aloud, picture: /cover.jpg, category: News}
"""
HEARD = """\
---
title: Guns
dek: Where they went.
extra:
  audio: {src: /audio/guns.mp3, bytes: 9042113, seconds: 754}
---

Text.
"""
FILES = {
    "blogforge.yaml": CONFIG,
    "static/cover.jpg": "",
    "static/audio/guns.mp3": "",
    "posts/2024-05-01-guns.md": HEARD,
    "posts/2024-05-02-grain.md": "---\ntitle: Grain\n---\n\nText.\n",
    "posts/2024-05-03-later.md": HEARD.replace("Guns", "Later\nstatus: draft"),
}


def site(folder: Path, **changed: str) -> Path:
    for name, text in {**FILES, **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def feed(root: Path) -> Any:
    build(root, Options())
    return feedparser.parse((root / "public/podcast.xml").read_bytes())


def test_a_post_with_a_recording_is_an_episode(tmp_path: Path) -> None:
    found = feed(site(tmp_path))
    assert found.bozo is False
    assert found.feed.title == "Read aloud"
    assert found.feed.image.href == "https://desk.example/cover.jpg"
    (entry,) = found.entries  # neither the post without one, nor the draft
    assert (entry.title, entry.summary, entry.itunes_duration) == (
        "Guns",
        "Where they went.",
        "754",
    )
    (enclosure,) = entry.enclosures
    assert enclosure.href == "https://desk.example/audio/guns.mp3"
    assert (enclosure.length, enclosure.type) == ("9042113", "audio/mpeg")


def test_the_feed_follows_the_posts(tmp_path: Path) -> None:
    root = site(tmp_path)
    before = feed(root)
    post = root / "posts/2024-05-01-guns.md"
    post.write_text(HEARD.replace("Where they went", "Where they came from"), encoding="utf-8")
    after = feed(root)
    assert before.entries[0].summary != after.entries[0].summary


def test_a_mistake_is_told_at_its_place(tmp_path: Path) -> None:
    root = site(
        tmp_path, **{"posts/2024-05-01-guns.md": HEARD.replace("seconds: 754", "length: 1")}
    )
    with pytest.raises(ContentError) as caught:
        build(root, Options())
    (problem,) = caught.value.problems
    assert str(problem.location).startswith("posts/2024-05-01-guns.md")
    assert "audio: {src:" in problem.hint


def test_an_unknown_option_is_told(tmp_path: Path) -> None:
    root = site(tmp_path, **{"blogforge.yaml": CONFIG.replace("category", "kategory")})
    with pytest.raises(ConfigError, match="no option 'kategory'"):
        build(root, Options())


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00"), (59, "0:59"), (754, "12:34"), (3754, "1:02:34")]
)
def test_durations_are_for_people(seconds: int, words: str) -> None:
    assert duration(seconds) == words
