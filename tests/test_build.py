"""A whole build: what is published, what is not, and that nothing of the rest leaks."""

import re
import socket
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blogforge import renewal
from blogforge.build import build
from blogforge.errors import ContentError
from blogforge.model import Skipped
from blogforge.options import Options
from blogforge.output.publish import MANIFEST
from tests.commands import pages, run, tree
from tests.conftest import CONFIG, MakeSite
from tests.pictures import picture

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OPTIONS = Options(now=NOW, jobs=1)


def post(title: str, date: str, *lines: str, text: str = "Words of the post.") -> str:
    front = "\n".join(["---", f"title: {title}", f"date: {date}", *lines, "---"])
    return f"{front}\n\n{text}\n"


PLAIN = {
    "posts/a.md": post("Alpha", "2024-05-01", "tags: [grain]", "authors: [Ann]"),
    "posts/b.md": post("Beta", "2024-06-01", "tags: [grain]", "section: Trade"),
    "posts/c.md": post("Gamma", "2024-06-02", "story: The strait"),
    "pages/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
}


# ---------------------------------------------------------------- the report


def test_the_report_counts_what_happened(make_site: MakeSite) -> None:
    site = make_site(PLAIN)
    first = build(site, OPTIONS)
    made = pages(site / "public")
    assert first.posts == 3
    assert first.pages.written == len(made)
    assert (first.pages.unchanged, first.pages.removed) == (0, 0)
    assert [path for path, _ in first.pages.changes] == sorted(made)
    assert first.output == str(site / "public")
    assert first.skipped == ()
    assert first.warnings == ()
    assert first.next_change_at is None
    assert first.seconds > 0


def test_a_second_build_writes_nothing(make_site: MakeSite) -> None:
    site = make_site(PLAIN)
    first = build(site, OPTIONS)
    before = tree(site / "public")
    second = build(site, OPTIONS)
    assert (second.pages.written, second.pages.removed) == (0, 0)
    assert second.pages.unchanged == first.pages.written
    assert tree(site / "public") == before


def test_a_post_taken_away_takes_its_pages_with_it(make_site: MakeSite) -> None:
    site = make_site(PLAIN)
    build(site, OPTIONS)
    before = pages(site / "public")
    (site / "posts" / "b.md").unlink()
    report = build(site, OPTIONS)
    after = pages(site / "public")
    assert report.posts == 2
    assert report.pages.removed == len(before.keys() - after.keys())
    assert report.pages.written == sum(before.get(path) != text for path, text in after.items())
    assert report.pages.written + report.pages.unchanged == len(after)
    assert not (site / "public" / "section").exists()
    assert "Beta" not in "".join(after.values())


def test_a_retitled_post_rewrites_the_pages_that_show_it(make_site: MakeSite) -> None:
    site = make_site(PLAIN)
    build(site, OPTIONS)
    make_site({"posts/b.md": PLAIN["posts/b.md"].replace("Beta", "Delta")})
    report = build(site, OPTIONS)
    changed = {path for path, _ in report.pages.changes}
    assert {"index.html", "2024/06/01/b/index.html", "feed.xml"} <= changed
    assert "pages/about" not in changed
    assert "about/index.html" not in changed
    clean = site / "clean"
    build(site, Options(now=NOW, jobs=1, output=str(clean)))
    assert tree(site / "public") == tree(clean)


def test_clean_writes_every_file(make_site: MakeSite) -> None:
    site = make_site(PLAIN)
    first = build(site, OPTIONS)
    again = build(site, Options(now=NOW, jobs=1, clean=True))
    assert again.pages.written == first.pages.written
    assert again.pages.unchanged == 0


def test_progress_names_its_stages_and_ends_at_the_total(make_site: MakeSite) -> None:
    seen: dict[str, list[tuple[int, int]]] = {}
    build(
        make_site(PLAIN), OPTIONS, lambda stage, *counts: seen.setdefault(stage, []).append(counts)
    )
    assert list(seen) == ["articles", "pages"]
    for counts in seen.values():
        assert [done for done, _ in counts] == list(range(1, counts[-1][1] + 1))
    assert seen["articles"][-1] == (4, 4)


def test_an_empty_site_has_a_front_page_and_feeds(make_site: MakeSite) -> None:
    site = make_site({})
    (site / "posts").mkdir()
    report = build(site, OPTIONS)
    assert report.posts == 0
    assert {"index.html", "404.html", "feed.xml", "robots.txt"} <= pages(site / "public").keys()


def test_jobs_do_not_change_a_byte(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blogforge.content.articles._WORTH_A_POOL", 1)
    site = make_site(
        {
            f"posts/{n}.md": post(f"Post {n}", f"2024-05-{n:02}", text="grain " * n)
            for n in range(1, 9)
        }
    )
    for jobs in (1, 2):
        build(site, Options(now=NOW, jobs=jobs, output=str(site / f"jobs{jobs}")))
    assert tree(site / "jobs1") == tree(site / "jobs2")


def test_every_body_that_fails_is_told_whatever_the_jobs(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blogforge.content.articles._WORTH_A_POOL", 1)
    bad = {f"posts/{n}.md": post("T", f"2024-05-0{n}", text="<script>") for n in (3, 1, 2)}
    site = make_site(bad)
    for jobs in (1, 2):
        with pytest.raises(ContentError) as caught:
            build(site, Options(now=NOW, jobs=jobs))
        assert [p.location.path for p in caught.value.problems if p.location] == sorted(bad)


def test_every_page_that_fails_is_told(make_site: MakeSite) -> None:
    site = make_site(
        PLAIN
        | {
            "templates/article.html": "\n{{ nothing }}\n",
            "templates/404.html": "{{ nothing_either }}\n",
        }
    )
    with pytest.raises(ContentError) as caught:
        build(site, OPTIONS)
    told = [(p.location.path, p.location.line) for p in caught.value.problems if p.location]
    assert told == [("templates/404.html", 1), ("templates/article.html", 2)]


@pytest.mark.parametrize("stage", ["prepare", "rendered"])
def test_a_fault_at_any_stage_leaves_the_old_tree(
    stage: str, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(PLAIN)
    build(site, OPTIONS)
    before = tree(site / "public")
    make_site({"posts/a.md": post("Changed", "2024-05-01")})

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(stage)

    monkeypatch.setattr(renewal, stage, fail)
    with pytest.raises(RuntimeError, match=stage):
        build(site, OPTIONS)
    assert tree(site / "public") == before
    assert not [path for path in site.iterdir() if ".new-" in path.name]


# ---------------------------------------------------------------- what may be published

HIDDEN = {
    "draft": ("status: draft",),
    "scheduled": ("embargo: 2027-01-01 09:00",),
    "withdrawn": ("status: withdrawn",),
    "expired": ("expires: 2025-01-01",),
    "unlisted": ("status: unlisted",),
}
OWN_PAGES = {
    why: {"2024/06/03/tapir/index.html", "old/tapir/index.html", "media/hidden/wombat.png"}
    for why in ("unlisted", "withdrawn")  # whose body shows its picture
}
WOMBAT = picture(9, 9, "PNG")


def _without_renditions(paths: Iterable[str]) -> set[str]:
    """The paths but those of a picture in other formats, which go and come with it."""
    rendition = re.compile(r"wombat\.\w+\.\d+\.\w+$")
    return {path for path in paths if not rendition.search(path)}


MARKS = ("Quetzal", "axolotl", "Narwhal", "Pangolin", "Okapi", "Capybara", "wombat", "Tapir")


def hidden_post(*lines: str) -> str:
    """A post each of whose fields holds a word that stands nowhere else."""
    return post(
        "Quetzal",
        "2024-06-03",
        "dek: axolotl",
        "authors: [Narwhal]",
        "tags: [grain, Pangolin]",
        "section: Okapi",
        "story: Capybara",
        "slug: tapir",
        "aliases: [/old/tapir/]",
        "image: wombat.png",
        "corrections: [{date: 2024-06-04, text: axolotl}]",
        *lines,
        text="The axolotl and the grain of the wombat, with [its picture](wombat.png).",
    )


def traces(found: dict[str, str]) -> dict[str, list[str]]:
    """Which pages hold, or are named by, one of the marks."""
    return {
        path: words
        for path, text in found.items()
        if (words := [m for m in MARKS if m.casefold() in (path + text).casefold()])
    }


@pytest.mark.parametrize("why", HIDDEN)
def test_what_is_hidden_is_on_no_page(why: str, make_site: MakeSite) -> None:
    site = make_site(
        PLAIN
        | {"posts/hidden/index.md": hidden_post(*HIDDEN[why]), "posts/hidden/wombat.png": WOMBAT}
    )
    build(site, OPTIONS)
    left = traces(pages(site / "public"))
    assert _without_renditions(left) == OWN_PAGES.get(why, set())


@pytest.mark.parametrize("why", HIDDEN)
def test_the_marks_are_seen_where_the_post_is_published(why: str, make_site: MakeSite) -> None:
    del why
    site = make_site(
        PLAIN | {"posts/hidden/index.md": hidden_post(), "posts/hidden/wombat.png": WOMBAT}
    )
    build(site, OPTIONS)
    assert len(traces(pages(site / "public"))) > 10


@pytest.mark.parametrize("why", HIDDEN)
def test_what_is_hidden_changes_no_other_page(why: str, make_site: MakeSite) -> None:
    site = make_site(PLAIN)
    build(site, Options(now=NOW, jobs=1, output=str(site / "without")))
    make_site(
        {"posts/hidden/index.md": hidden_post(*HIDDEN[why]), "posts/hidden/wombat.png": WOMBAT}
    )
    build(site, Options(now=NOW, jobs=1, output=str(site / "with")))
    without, with_hidden = pages(site / "without"), pages(site / "with")
    assert {path: with_hidden.get(path) for path in without} == without
    assert _without_renditions(with_hidden.keys() - without.keys()) == OWN_PAGES.get(why, set())


@pytest.mark.parametrize("why", sorted(HIDDEN.keys() - {"unlisted"}))
def test_what_is_not_published_is_named_with_its_reason(why: str, make_site: MakeSite) -> None:
    site = make_site(
        PLAIN
        | {"posts/hidden/index.md": hidden_post(*HIDDEN[why]), "posts/hidden/wombat.png": WOMBAT}
    )
    report = build(site, OPTIONS)
    until = datetime(2027, 1, 1, 9, tzinfo=UTC) if why == "scheduled" else None
    assert report.skipped == (Skipped(path="posts/hidden/index.md", reason=why, until=until),)  # type: ignore[arg-type]  # a literal
    assert report.posts == 3
    assert report.next_change_at == until


@pytest.mark.parametrize("why", HIDDEN)
def test_a_hidden_post_that_was_published_goes_with_all_its_pages(
    why: str, make_site: MakeSite
) -> None:
    site = make_site(
        PLAIN | {"posts/hidden/index.md": hidden_post(), "posts/hidden/wombat.png": WOMBAT}
    )
    build(site, OPTIONS)
    make_site({"posts/hidden/index.md": hidden_post(*HIDDEN[why])})
    report = build(site, OPTIONS)
    assert report.pages.removed > 8
    assert _without_renditions(traces(pages(site / "public"))) == OWN_PAGES.get(why, set())


def test_an_unlisted_post_counts_among_the_posts(make_site: MakeSite) -> None:
    site = make_site(PLAIN | {"posts/d.md": post("D", "2024-06-03", "status: unlisted")})
    assert build(site, OPTIONS).posts == 4


def test_drafts_and_future_publish_more(make_site: MakeSite) -> None:
    site = make_site(
        PLAIN
        | {
            "posts/d.md": post("D", "2024-06-03", "status: draft"),
            "posts/e.md": post("E", "2027-06-03"),
            "posts/f.md": post("F", "2027-06-03", "status: draft"),
        }
    )
    counts = {
        (drafts, future): build(site, Options(now=NOW, jobs=1, drafts=drafts, future=future)).posts
        for drafts in (False, True)
        for future in (False, True)
    }
    assert counts == {(False, False): 3, (True, False): 4, (False, True): 4, (True, True): 6}


def test_an_embargo_lifts_at_its_moment(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": post("A", "2024-01-01", "embargo: 2024-02-01T10:00+01:00")})
    before, at = datetime(2024, 2, 1, 8, 59, 59, tzinfo=UTC), datetime(2024, 2, 1, 9, tzinfo=UTC)
    report = build(site, Options(now=before, jobs=1))
    assert report.posts == 0
    assert report.next_change_at == at
    assert build(site, Options(now=at, jobs=1)).posts == 1


# ---------------------------------------------------------------- the same everywhere


def test_dotfiles_and_working_copies_are_no_posts(make_site: MakeSite) -> None:
    site = make_site(PLAIN | {"posts/.a.md.swp": b"\0", "posts/_idea.md": "x", "posts/a.md~": "x"})
    assert build(site, OPTIONS).posts == 3


def test_the_manifest_names_no_path(make_site: MakeSite) -> None:
    site = make_site(PLAIN)
    build(site, OPTIONS)
    manifest = (site / "public" / MANIFEST).read_text()
    assert "index" not in manifest
    assert len(manifest.splitlines()) == len(pages(site / "public")) + 2


@pytest.mark.parametrize("where", ["here", "above", "elsewhere"])
def test_the_folder_one_stands_in_changes_nothing(
    where: str, make_site: MakeSite, tmp_path: Path
) -> None:
    site = make_site(PLAIN)
    build(site, Options(now=NOW, jobs=1, output=str(site / "reference")))
    (tmp_path / "elsewhere").mkdir()
    folder, argument = {
        "here": (site, "."),
        "above": (tmp_path, "site"),
        "elsewhere": (tmp_path / "elsewhere", str(site)),
    }[where]
    assert run(folder, "build", argument, "--now", NOW.isoformat()).status == 0
    assert tree(site / "public") == tree(site / "reference")


def test_a_build_opens_no_connection(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a build stays at home")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert build(make_site(PLAIN, config=CONFIG), OPTIONS).posts == 3


def test_a_build_reads_the_site_and_writes_the_tree_and_its_work_folder_alone(
    make_site: MakeSite,
) -> None:
    site = make_site(PLAIN)
    before = tree(site)
    build(site, OPTIONS)
    written = ("public/", ".public.blogforge/")
    after = {path: data for path, data in tree(site).items() if not path.startswith(written)}
    assert after == before
    assert sorted(path.name for path in site.iterdir()) == [
        ".public.blogforge",
        "blogforge.yaml",
        "pages",
        "posts",
        "public",
    ]


def test_headers_hold_a_policy_unless_the_site_brings_its_own(make_site: MakeSite) -> None:
    posts: dict[str, str | bytes] = {"posts/2012-03-21-a.md": "---\ntitle: A\n---\nA.\n"}
    root = make_site(posts, config="title: T\nurl: https://example.org/blog/\n")
    build(root, Options())
    first, *lines = (root / "public/_headers").read_text().splitlines()
    assert first == "/blog/*"
    assert any(line.startswith("  Content-Security-Policy: default-src 'self';") for line in lines)
    (root / "static").mkdir()
    (root / "static/_headers").write_text("/*\n  X-Frame-Options: DENY\n")
    build(root, Options())
    assert (root / "public/_headers").read_text().endswith("DENY\n")


def test_a_site_s_own_robots_txt_takes_the_place_of_ours(make_site: MakeSite) -> None:
    root = make_site(
        {
            "posts/2012-03-21-a.md": "---\ntitle: A\n---\nA.\n",
            "static/robots.txt": "User-agent: *\n",
        }
    )
    build(root, Options())
    assert (root / "public/robots.txt").read_text() == "User-agent: *\n"
