"""Sites of Pelican: what becomes of each thing that their authors write."""

from pathlib import Path
from typing import Any

import pytest

from blogforge.images import Image
from blogforge.importers.found import Found
from tests.importers.reading import SAMPLES, item, line_of, read, reasons, site, told

pytest.importorskip("docutils")

CARAVAN = "content/caravan.md"


@pytest.fixture(scope="module")
def found() -> Found:
    return read("pelican", SAMPLES / "pelican")


FIELDS: list[tuple[str, str, Any]] = [
    (CARAVAN, "title", "The caravan: forty camels, one permit"),
    (CARAVAN, "date", "2012-03-21 21:30+05:00"),  # in the site's zone
    (CARAVAN, "updated", "2012-03-25"),
    (CARAVAN, "section", "Economy"),
    (CARAVAN, "tags", ("salt, camels", "not really, roads")),  # semicolons part, if there are any
    (CARAVAN, "authors", ("Ines Kaboret", "Ruth Okpalla")),
    (CARAVAN, "dek", "Who pays at each of the nine barriers on the road."),  # on two lines
    (CARAVAN, "image", Image(src="blogforge-item:content/images/camel.png", alt="A camel")),
    (CARAVAN, "story", "The salt road"),
    (CARAVAN, "extra", {"weather": "hot"}),
    (CARAVAN, "old", "/desk/letters/2012/Mar/caravan/"),  # ARTICLE_URL, SITEURL of publishconf.py
    ("caravan-fr.md", "old", "/desk/fr/letters/caravan/"),
    ("caravan-fr.md", "translation_of", CARAVAN),  # by its slug
    ("caravan-fr.md", "authors", ("Ruth Okpalla",)),  # AUTHOR
    ("mine.md", "section", "Economy"),  # its folder
    ("mine.md", "date", "2012-03-03 14:05+05:00"),  # March 3, 2012 2:05 PM
    ("mine.md", "old", "/desk/letters/2012/Mar/the-mine/"),  # its title
    ("slabs.md", "date", "2012-02-01"),  # FILENAME_METADATA
    ("slabs.md", "slug", "slabs"),
    ("spaces.md", "title", "YAML here: yes"),
    ("spaces.md", "tags", ("one", "two")),
    ("spaces.md", "section", "Roads"),
    ("hidden.md", "status", "unlisted"),
    ("later.md", "status", "draft"),
    ("no-date.md", "status", "draft"),
    ("no-date.md", "old", ""),
    ("bad-date.md", "status", "draft"),
    ("us-date.md", "date", "2012-03-04"),  # as dateutil reads 03/04/2012
    ("own-url.md", "old", "/desk/special/salt.html"),
    ("in-html.html", "title", "Written in & as HTML"),
    ("in-html.html", "tags", ("html", "old")),
    ("in-html.html", "date", "2012-06-02 10:00+05:00"),
    ("rest.rst", "title", "Salt in reStructuredText"),
    ("rest.rst", "dek", "What docutils reads."),
    ("rest.rst", "tags", ("rest", "salt")),
    ("rest.rst", "form", "html"),
    ("heading.md", "title", "Its heading is its title"),
    ("heading.md", "body", "And this its text.\n"),
    ("windows.md", "body", "Lines end so.\n"),
    ("windows.md", "tags", ()),
    ("about.md", "kind", "page"),
    ("about.md", "old", "/desk/about/"),
    ("team.fr.md", "translation_of", "content/pages/team.md"),
]


@pytest.mark.parametrize(("end", "field", "expected"), FIELDS)
def test_a_field_is_what_its_document_says(
    found: Found, end: str, field: str, expected: object
) -> None:
    assert getattr(item(found, end), field) == expected


BODIES = [
    (CARAVAN, "Nine barriers. Each has a price."),  # PELICAN_END_SUMMARY
    (CARAVAN, "[the mine](blogforge-item:content/economy/mine.md#depth)"),
    (CARAVAN, "[the old way](blogforge-item:content/economy/2012-02-01_slabs.md)"),
    (CARAVAN, "[us](blogforge-item:content/pages/about.md)"),
    (CARAVAN, "[tag](/desk/tag/salt.html), [section](/desk/category/economy.html)"),
    (CARAVAN, "[her](/desk/author/ruth-okpalla.html), [front](/desk/)"),
    (CARAVAN, "[file](blogforge-item:content/files/prices.csv)"),
    (CARAVAN, "[nothing](/gone.md), [out](/pelicanconf.py)"),
    (CARAVAN, "(<blogforge-item:content/economy/A%20name%20with%20spaces.md>)"),
    (CARAVAN, '![A camel](blogforge-item:content/images/camel.png "At the well")'),
    (CARAVAN, "    {filename}this/is/code.md\n\n`{static}/neither.png`"),
    ("in-html.html", '<a href="blogforge-item:content/caravan.md">'),
    ("rest.rst", 'href="blogforge-item:content/economy/mine.md">link to the mine</a>'),
    ("rest.rst", "print(&quot;{static}&quot;)"),
    ("rest.rst", ".. include:: /etc/passwd\n"),  # never read
    ("rest.rst", ".. youtube:: w7Ft2ymGmfc\n"),
    ("rest.rst", '<img alt="A camel again" src="blogforge-item:content/images/camel.png"'),
]


@pytest.mark.parametrize(("end", "part"), BODIES)
def test_a_body_has_what_its_links_meant(found: Found, end: str, part: str) -> None:
    assert part in item(found, end).body


def test_what_is_left_out_has_a_reason(found: Found) -> None:
    assert {path: reason.split(":")[0] for path, reason in reasons(found).items()} == {
        "content/notes.adoc": ".adoc is no Markdown",
        "content/skipped.md": "its status is 'skip'",
    }
    assert found.counted == len(found.items) + len(found.left_out)


def test_what_could_not_be_understood_is_told(found: Found) -> None:
    assert line_of(found, CARAVAN, "'{filename}gone.md'").startswith("[nothing]")
    assert told(found, "bad-date.md") == [
        (0, "date: 'the day after' is not a date"),
        (0, "it has no date, so Pelican publishes nothing of it: a draft"),
    ]
    assert [what for _, what in told(found, "rest.rst")] == [
        'reStructuredText: "include" directive disabled',
        'reStructuredText: Unknown directive type "youtube"',
    ]


def test_files_keep_their_addresses(found: Found) -> None:
    assert {file.name: file.addresses[0] for file in found.files} == {
        "extra/old-map.pdf": "/desk/map.pdf",  # EXTRA_PATH_METADATA
        "files/prices.csv": "/desk/files/prices.csv",
        "images/camel.png": "/desk/images/camel.png",
    }


def test_settings_are_read_and_never_run(tmp_path: Path) -> None:
    mark = tmp_path / "run"
    files = {
        "pelicanconf.py": f"import os\nopen({str(mark)!r}, 'w')\nSITENAME = 'A'\n"
        "SITEURL = os.environ['HOME']\nARTICLE_URL = '{date.__class__}{slug.__len__}/{slug}/'\n",
        "content/a.md": "Title: A\nDate: 2012-03-21\n\nx\n",
    }
    found = read("pelican", site(tmp_path / "site", files))
    assert not mark.exists()
    assert found.settings["title"] == "A"
    assert "url" not in found.settings
    (problem,) = found.problems
    assert problem.message == "SITEURL is computed, and blogforge runs no code; taken as unset"
    assert problem.location is not None
    assert problem.location.line == 4
    assert item(found, "a.md").old == "/{date.__class__}{slug.__len__}/a/"


def test_settings_that_are_no_python_are_told(tmp_path: Path) -> None:
    files = {
        "pelicanconf.py": "SITENAME = " + "(" * 5000,
        "content/a.md": "Title: A\nDate: 2012-03-21\n\nx\n",
    }
    found = read("pelican", site(tmp_path, files))
    assert "this is no Python" in found.problems[0].message
    assert item(found, "a.md").old == "/a.html"
