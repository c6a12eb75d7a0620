"""The quick way shows what a whole edition shows, or leaves it to that."""

from pathlib import Path

import pytest

from blogforge.edition import Edition, prepare
from blogforge.options import Options
from blogforge.pages.render import render
from blogforge.serve.quick import quick
from tests.conftest import MakeSite
from tests.pictures import picture

POST = "posts/2024-05-01-strait.md"
OTHER = "posts/2024-05-02-other.md"
FRONT = "title: Strait's end\nsection: Africa\ntags: [mali]\nauthors: [ana]\n"
FILES: dict[str, str | bytes] = {
    POST: f"---\n{FRONT}---\n\nFirst words, see [other](2024-05-02-other.md).\n",
    OTHER: f"---\n{FRONT.replace('Strait', 'Other')}dek: Its dek\n---\n\nOther words.\n",
    "posts/2024-05-03-third.md": "---\ntitle: Third\n---\n\nThird words.\n",
    "posts/dam.png": picture(9, 9, "PNG"),
    "pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
    "authors.yaml": "ana:\n  name: Ana Lima\n",
}
OPTIONS = Options(drafts=True, future=True)


def edited(make_site: MakeSite, path: str, old: str, new: str) -> tuple[Path, Edition]:
    """A site with one file that was edited since its edition was prepared."""
    site = make_site(FILES)
    edition = prepare(site, OPTIONS)
    text = (site / path).read_text()
    assert old in text
    (site / path).write_text(text.replace(old, new))
    return site, edition


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (POST, "First words", "Second *words*"),
        (POST, "title: Strait's end", 'title: The "Strait"'),
        (POST, "section: Africa", "section: Africa\ndek: Why?\nkicker: Sea\ntype: opinion"),
        (POST, "section: Africa", "section: Africa\nupdated: 2024-06-01\nextra: {a: [1, x]}"),
        (POST, "section: Africa", "section: Africa\nsources: [{title: A, url: 'https://b.c'}]"),
        (POST, "section: Africa", "section: Africa\ndateline: BAMAKO"),
        (POST, "(2024-05-02-other.md)", "(2024-05-03-third.md)"),
        ("pages/about.md", "Us.", "Them."),
        ("pages/about.md", "title: About", "title: About us"),
    ],
)
def test_a_page_and_its_cards_are_those_of_a_whole_edition(
    path: str, old: str, new: str, make_site: MakeSite
) -> None:
    site, edition = edited(make_site, path, old, new)
    soon = quick(edition, site, [path])
    assert soon is not None
    whole = prepare(site, OPTIONS)
    fresh = {page.path: page for page in soon.pages}
    for page in whole.pages:
        if page.kind in {"article", "page", "home", "section", "tag", "author"}:
            expected = render(page, whole.inputs).data
            assert render(fresh[page.path], soon.inputs).data == expected, page.path


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (POST, "title: Strait's end", "title: Strait's end\nslug: moved"),
        (POST, "section: Africa", "section: Asia"),
        (POST, "tags: [mali]", "tags: [mali, sea]"),
        (POST, "authors: [ana]", "authors: [ben]"),
        (POST, "section: Africa", "status: draft"),
        (POST, "section: Africa", "date: 2024-05-02"),
        (POST, "section: Africa", "aliases: [/old/]"),
        (POST, "section: Africa", "image: {src: dam.png, alt: A dam}"),
        (POST, "section: Africa", "section: Africa\ncorrections: [{date: 2024-06-01, text: No}]"),
        (POST, "section: Africa", "status: withdrawn"),
        (POST, "section: Africa", "section: Africa\ntranslation_of: 2024-05-02-other.md"),
        (POST, "section: Africa", "sektion: Africa"),
        (POST, "First words", "![A dam](dam.png)"),
        ("authors.yaml", "Ana Lima", "Ana"),
    ],
)
def test_what_changes_other_pages_is_left_to_a_whole_edition(
    path: str, old: str, new: str, make_site: MakeSite
) -> None:
    site, edition = edited(make_site, path, old, new)
    assert quick(edition, site, [path]) is None


def test_files_that_come_go_or_lead_elsewhere_are_left_to_a_whole_edition(
    make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site(FILES)
    edition = prepare(site, OPTIONS)
    (site / "posts/2024-05-04-new.md").write_text("---\ntitle: New\n---\n")
    (site / OTHER).unlink()
    (tmp_path / "secret.md").write_text(str(FILES[POST]).replace("First", "Hidden"))
    (site / POST).unlink()
    (site / POST).symlink_to(tmp_path / "secret.md")
    for path in ("posts/2024-05-04-new.md", OTHER, POST, "posts/never.md", "", "posts"):
        assert quick(edition, site, [path]) is None, path


def test_many_files_at_once_are_left_to_a_whole_edition(make_site: MakeSite) -> None:
    site = make_site(FILES)
    edition = prepare(site, OPTIONS)
    assert quick(edition, site, [POST, OTHER]) is not None
    assert quick(edition, site, [POST, OTHER, "pages/about.md"]) is None


def test_what_is_saved_after_another_save_is_shown_with_it(make_site: MakeSite) -> None:
    site, edition = edited(make_site, POST, "First words", "Second words")
    first = quick(edition, site, [POST])
    assert first is not None
    (site / OTHER).write_text(str(FILES[OTHER]).replace("Other words", "New words"))
    second = quick(first, site, [OTHER])
    assert second is not None
    assert "Second words" in second.site.articles[POST].html
    assert "New words" in second.site.articles[OTHER].html
    assert "First words" in edition.site.articles[POST].html, "the edition before is as it was"
