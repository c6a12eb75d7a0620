"""Bodies that mean harm: whatever they nest or repeat, an import ends, and their text is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from blogforge.importers import convert
from tests.importers.test_hostile_sources import FOLDERS, Jail

TAGS = 2_000
BODIES = {
    "elements": "<div>" * TAGS + "text" + "</div>" * TAGS,
    "elements that never end": "<b><i>" * TAGS + "text",
    "lists": "<ul><li>" * 3_000 + "text",
    "quotes": "<blockquote>" * 3_000 + "text",
    "tables": "<table><tr><td>" * 1_000 + "text",
    "brackets": "[" * TAGS + "text",
    "stars": "*a " * TAGS + "text",
    "backticks": "".join("`" * n + "a" for n in range(200)) + "text",
    "opening angles": "<" * TAGS + "text",
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(TAGS)) + ">text",
    "entities": "&" * TAGS + "text",
    "comments": "<!--" * TAGS + "--> text",
    "shortcodes": "{{<" * TAGS + " text",
    "liquid": "{%" * TAGS + " text",
    "wordpress": "[caption" * TAGS + " text",
    "paragraphs that never end": "<p>" * TAGS + "text",
    "spaces": "a" + " " * TAGS + "text",
    "newlines": "a\n\n" * TAGS + "text",
    "links": "[a](" * TAGS + "text",
    "images": "![a](x " * TAGS + "text",
}


def as_wordpress(folder: Path, body: str) -> str:
    text = body.replace("]]>", "")
    (folder / "x.xml").write_text(
        '<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>'
        "<wp:wxr_version>1.2</wp:wxr_version><item><title>A</title><wp:post_id>1</wp:post_id>"
        "<wp:post_date>2012-03-21 10:00:00</wp:post_date><wp:status>publish</wp:status>"
        f"<wp:post_type>post</wp:post_type><content:encoded><![CDATA[{text}]]></content:encoded>"
        "</item></channel></rss>",
        encoding="utf-8",
    )
    return "source/x.xml"


def as_ghost(folder: Path, body: str) -> str:
    post = {"id": "1", "title": "A", "slug": "a", "html": body, "status": "published",
            "type": "post", "published_at": "2012-03-21T10:00:00.000Z"}  # fmt: skip
    data = {"db": [{"meta": {"version": "5.0"}, "data": {"posts": [post]}}]}
    (folder / "x.json").write_text(json.dumps(data), encoding="utf-8")
    return "source/x.json"


def as_feed(folder: Path, body: str) -> str:
    entry = {"id": "1", "title": "A", "content_html": body, "date_published": "2012-03-21"}
    (folder / "x.json").write_text(json.dumps({"items": [entry]}), encoding="utf-8")
    return "source/x.json"


def as_text(folder: Path, body: str) -> str:
    (folder / "x.txt").write_text(f"A title\n\nMarch 21, 2012\n\n{body}\n", encoding="utf-8")
    return "source/x.txt"


def as_markdown(form: str) -> Callable[[Path, str], str]:
    def lay(folder: Path, body: str) -> str:
        file = folder / FOLDERS[form]
        file.parent.mkdir(parents=True)
        file.write_text(f"---\ntitle: A\ndate: 2012-03-21\n---\n{body}\n", encoding="utf-8")
        return "source"

    return lay


WRITERS = {
    "wordpress": as_wordpress,
    "ghost": as_ghost,
    "feed": as_feed,
    "text": as_text,
    **{form: as_markdown(form) for form in FOLDERS},
}


# An alarm that rings while hypothesis counts garbage is lost there, and rings again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("case", BODIES)
def test_no_body_is_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, case: str
) -> None:
    monkeypatch.setattr(convert, "SECONDS", 0.3)  # what takes longer stays HTML
    jail = Jail(tmp_path)
    jail.hurry()
    name = WRITERS[form](jail.source, BODIES[case])
    done = jail.imported(form, name)
    assert done.status == 0, done.err
    assert "text" in jail.posts() or "left out" in done.out
