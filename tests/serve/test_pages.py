"""What the preview shows: the pages of a build, made on request."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from blogforge.build import build
from blogforge.options import Options
from tests.conftest import MakeSite
from tests.serve.conftest import GOOD, PAGE, POST, Start

SCRIPT = re.compile(r'<script src="/_blogforge/preview.js"[^>]*></script>\n')
FILES: dict[str, str | bytes] = {
    POST: GOOD.replace("---\n\n", "aliases: [/old/]\ntags: [mali]\n---\n\n", 1),
    "pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
    "static/note.txt": "plain",
    "static/old.html": b"<p>caf\xe9",
    "static/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


def test_every_page_is_that_of_a_build_with_a_script(start: Start, make_site: MakeSite) -> None:
    served = start(FILES)
    tree = served.root / "public"
    assert not tree.exists(), "nothing is built"
    build(served.root, Options(jobs=1))
    files = [path for path in tree.rglob("*") if path.is_file() and path.name != ".blogforge"]
    assert len(files) > 20
    for file in files:
        path = "/" + file.relative_to(tree).as_posix()
        answer = served.get(path)
        assert answer.status == 200, path
        body, count = SCRIPT.subn("", answer.body)
        assert body == file.read_bytes().decode("utf-8", "replace"), path
        assert count == path.endswith(".html"), path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "text/html; charset=utf-8"),
        (PAGE, "text/html; charset=utf-8"),
        ("/old.html", "text/html; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/feed.json", "application/json; charset=utf-8"),
        ("/note.txt", "text/plain; charset=utf-8"),
        ("/dot.svg", "image/svg+xml; charset=utf-8"),
        ("/_redirects", "application/octet-stream"),
        ("/_blogforge/preview.js", "text/javascript; charset=utf-8"),
    ],
)
def test_content_types(path: str, expected: str, start: Start) -> None:
    answer = start(FILES).get(path)
    assert (answer.status, answer.headers["content-type"]) == (200, expected)
    assert answer.headers["cache-control"] == "no-store"


def test_the_style_sheet_that_a_page_names_is_there(start: Start) -> None:
    served = start(FILES)
    found = re.search(r'rel="stylesheet" href="([^"]+)"', served.get("/").body)
    assert found
    answer = served.get(found[1])
    assert (answer.status, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")


def test_a_wrong_address_gets_the_sites_404_page(start: Start) -> None:
    answer = start(FILES).get("/nowhere/")
    assert answer.status == 404
    assert "<h1" in answer.body
    assert SCRIPT.search(answer.body)


def test_a_folder_without_a_slash_leads_to_the_one_with(start: Start) -> None:
    answer = start(FILES).get(PAGE.rstrip("/"))
    assert (answer.status, answer.headers["location"]) == (307, PAGE)


def test_an_old_address_leads_to_the_new_one(start: Start) -> None:
    answer = start(FILES).get("/old/")
    assert answer.status == 200
    assert f'http-equiv="refresh" content="0; url={PAGE}"' in answer.body


def test_head_is_get_without_a_body(start: Start) -> None:
    served = start(FILES)
    for path in ("/", "/feed.xml", "/nowhere/", "/_blogforge/preview.js"):
        head, get = served.get(path, "HEAD"), served.get(path)
        assert (head.status, head.body) == (get.status, "")
        for name in ("content-type", "content-length"):
            assert head.headers[name] == get.headers[name]


def test_a_site_below_a_path_is_served_there(start: Start) -> None:
    served = start(FILES, url="https://a.example/blog/")
    assert "Strait" in served.get(f"/blog{PAGE}").body
    for path in ("/", "/blog"):
        answer = served.get(path)
        assert (answer.status, answer.headers["location"]) == (307, "/blog/")
    assert served.get("/about.html").status == 404


def test_another_base_path_is_followed(start: Start) -> None:
    served = start(FILES, url="https://a.example/blog/")
    served.write("blogforge.yaml", "title: T\nurl: https://a.example/news/\n")
    served.until(f"/news{PAGE}", "Strait</h1>")
    for path, target in {"/": "/news/", "/blog/": "/news/", f"/blog{PAGE}": f"/news{PAGE}"}.items():
        answer = served.get(path)
        assert (answer.status, answer.headers["location"]) == (307, target)


# ---------------------------------------------------------------- not published yet

DRAFT = "---\ntitle: Draft one\nstatus: draft\n---\n\nWords.\n"
LATER = "---\ntitle: Later one\ndate: 2999-05-03T08:00\n---\n\nWords.\n"


def test_drafts_and_scheduled_posts_wear_a_badge(start: Start) -> None:
    served = start({POST: GOOD, "posts/2024-05-02-draft.md": DRAFT, "posts/later.md": LATER})
    home = served.get("/").body
    for path, title, words in (
        ("/2024/05/02/draft/", "Draft one", "Draft"),
        ("/2999/05/03/later/", "Later one", "Scheduled for 3 May 2999, 08:00"),
    ):
        body = served.get(path).body
        assert f"{title}</h1>" in body
        assert f'<p role="status">{words}</p>' in body
        assert f'"{path}": "{words}"' in home
    assert '<p role="status">' not in home
    own = served.get(PAGE).body
    assert '<p role="status">' not in own


def test_a_page_that_shows_only_what_is_published_has_no_badge(start: Start) -> None:
    served = start({POST: GOOD})
    for path in ("/", PAGE):
        body = served.get(path).body
        assert "blogforge-preview" not in body
        assert "blogforge-badges" not in body


def test_the_time_of_a_badge_is_that_of_the_site(start: Start) -> None:
    files: dict[str, str | bytes] = {"posts/later.md": LATER.replace("08:00", "08:00:00Z")}
    served = start(files)
    served.write("blogforge.yaml", "title: T\nurl: https://a.example/\ntimezone: Asia/Tokyo\n")
    served.until("/2999/05/03/later/", "Scheduled for 3 May 2999, 17:00")


def test_a_badge_goes_when_its_time_has_come(start: Start) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=3)
    front = f"title: Soon\nslug: soon\ndate: 2024-05-01\nembargo: {soon:%Y-%m-%dT%H:%M:%SZ}"
    served = start({POST: f"---\n{front}\n---\n\nWords.\n"})
    assert "Scheduled for" in served.get("/2024/05/01/soon/").body
    served.until("/2024/05/01/soon/", r"(?s)\A(?!.*Scheduled for)")
