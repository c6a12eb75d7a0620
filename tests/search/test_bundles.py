"""Which documents are searched, and in which of the indexes."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from blogforge.site.bundles import Bundle, bundles
from tests.invented import CONFIG, day, post, site_of, standalone

SEARCHED = replace(CONFIG, search=True)


def of_posts(number: int) -> tuple[Bundle, ...]:
    """The bundles of so many posts, each an hour younger than the one before."""
    posts = [post(f"{n:05}", date=day(1) + timedelta(hours=n)) for n in range(number)]
    return bundles(site_of(posts, SEARCHED))


def test_a_site_without_search_has_none() -> None:
    assert bundles(site_of([post()])) == ()


def test_a_site_without_documents_has_none() -> None:
    assert bundles(site_of([], SEARCHED)) == ()


def test_posts_and_pages_are_found_and_unlisted_ones_are_not() -> None:
    posts = [post("a"), post("b", status="unlisted")]
    pages = [standalone("about"), standalone("hidden", status="unlisted")]
    (bundle,) = bundles(site_of(posts, SEARCHED, standalones=pages))
    assert bundle == Bundle(
        folder="pagefind/en", lang="en", documents=("pages/about.md", "posts/a.md")
    )


def test_the_archive_has_the_oldest_posts_in_whole_steps() -> None:
    assert [len(bundle.documents) for bundle in of_posts(499)] == [499]
    newest, archive = of_posts(500)
    assert archive.folder == "pagefind/en/archive/1"
    assert archive.archive
    assert not newest.archive
    assert (len(newest.documents), len(archive.documents)) == (200, 300)
    assert max(archive.documents) < min(newest.documents)
    assert newest.documents[0] == "posts/00499.md"


def test_new_posts_leave_the_archive_alone() -> None:
    assert len({bundle.documents for n in (500, 501, 799) for bundle in of_posts(n)[1:]}) == 1
    assert [len(bundle.documents) for bundle in of_posts(800)] == [200, 600]


def test_the_archive_has_parts_of_which_only_the_newest_grows() -> None:
    found = of_posts(3800)
    assert [len(bundle.documents) for bundle in found] == [200, 600, 1500, 1500]
    assert [bundle.folder for bundle in found[1:]] == [
        f"pagefind/en/archive/{n}" for n in (3, 2, 1)
    ]
    assert of_posts(4100)[2:] == found[2:]


@pytest.mark.parametrize("number", [1699, 1700, 2000, 6200, 6500, 12500])
def test_the_bundles_are_few_and_have_every_post_in_order(number: int) -> None:
    found = of_posts(number)
    assert [path for bundle in found for path in bundle.documents] == [
        f"posts/{n:05}.md" for n in reversed(range(number))
    ]
    assert len(found) <= 5
