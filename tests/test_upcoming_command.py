"""`blogforge upcoming`: what will appear or vanish, and when."""

import json

import pytest

from tests.commands import run
from tests.conftest import MakeSite

CONFIG = "title: T\nurl: https://t.example/\ntimezone: Europe/Paris\n"


def post(title: str, *lines: str) -> str:
    front = "\n".join([f"title: {title}", *lines])
    return f"---\n{front}\n---\n\nA text.\n"


FILES = {
    "posts/2026-01-01-gone.md": post("Old", "expires: 2026-02-01"),
    "posts/2026-01-02-offer.md": post("An offer", "expires: 2026-04-01"),
    "posts/2026-03-20-later.md": post("Later", "embargo: 2026-03-21T09:00:00Z"),
    "posts/2026-03-15-quiet.md": post("Quiet", "status: unlisted"),
    "posts/2026-03-16-idea.md": post("Idea", "status: draft"),
    "posts/2026-01-03-plain.md": post("Plain"),
}
TABLE = """\
2026-03-15 00:00 CET   appears   posts/2026-03-15-quiet.md  unlisted: Quiet (date)
2026-03-21 10:00 CET   appears   posts/2026-03-20-later.md  Later (embargo)
2026-04-01 00:00 CEST  vanishes  posts/2026-01-02-offer.md  An offer (expires)
1 draft waits to be published by hand.
"""


@pytest.mark.parametrize("built", [False, True])
def test_it_lists_what_time_will_do_in_the_sites_zone(make_site: MakeSite, *, built: bool) -> None:
    site = make_site(FILES, CONFIG)
    if built:
        assert run(site, "build", "--now", "2026-03-10").status == 0
    assert run(site, "upcoming", "--now", "2026-03-10") == (0, TABLE, "")


def test_it_ends_where_it_is_told_to(make_site: MakeSite) -> None:
    site = make_site(FILES, CONFIG)
    found = run(site, "upcoming", "--now", "2026-03-10", "--until", "2026-03-21T10:00")
    first, second, _, drafts = TABLE.splitlines()
    assert [*map(str.split, found.out.splitlines())] == [*map(str.split, (first, second, drafts))]


def test_it_is_json_for_programs(make_site: MakeSite) -> None:
    site = make_site(FILES, CONFIG)
    found = json.loads(run(site, "upcoming", "--now", "2026-03-10", "--json").out)
    assert found["drafts"] == 1
    assert found["events"][1] == {
        "at": "2026-03-21T09:00:00Z",
        "change": "appears",
        "path": "posts/2026-03-20-later.md",
        "title": "Later",
        "url": "/2026/03/20/later/",
        "status": "published",
        "key": "embargo",
    }


def test_it_says_so_where_there_is_nothing(make_site: MakeSite) -> None:
    site = make_site({"posts/2026-01-03-plain.md": post("Plain")}, CONFIG)
    expected = "Nothing will appear or vanish by itself.\n"
    assert run(site, "upcoming", "--now", "2026-03-10") == (0, expected, "")


def test_it_refuses_what_is_wrong(make_site: MakeSite) -> None:
    site = make_site({"posts/2026-01-03-plain.md": post("Plain", "expires: soon")}, CONFIG)
    found = run(site, "upcoming")
    assert (found.status, found.out) == (1, "")
    assert "posts/2026-01-03-plain.md:3:10: 'expires'" in found.err
    assert run(site, "upcoming", "--until", "soon").status == 2
