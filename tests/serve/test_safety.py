"""Who may read the preview, and that no path leads out of the site."""

import socket
from itertools import product
from pathlib import Path

import pytest

from blogforge.serve.safety import PathError, checked_path
from tests.serve.conftest import GOOD, PAGE, POST, Served, Start

EVENTS = "/_blogforge/events?page=/&seen=x"
LONG = "x" * 3000


# ---------------------------------------------------------------- who


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "10.0.0.1:8000",
        "0.0.0.0",
        "[2001:db8::1]",
        "localhost:8000:8000",
        "127.1",
        "2130706433",
        "",
    ],
)
def test_a_foreign_host_is_refused(host: str, start: Start) -> None:
    served = start({POST: GOOD})
    for path in ("/", PAGE, EVENTS, "/_blogforge/preview.js", "/nowhere"):
        answer = served.get(path, headers={"Host": host})
        assert answer.status == 403, path
        assert "Strait" not in answer.body


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.2:1", "[::1]", "[::1]:8000"]
)
def test_this_machine_is_not_foreign(host: str, start: Start) -> None:
    assert start({POST: GOOD}).get("/", headers={"Host": host}).status == 200


def test_without_a_host_there_is_no_answer(start: Start) -> None:
    answer = start({POST: GOOD}).raw(b"GET / HTTP/1.0\r\n\r\n")
    assert answer.split()[1] == b"403"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://evil.example", "null", "http://localhost:1", "x", ""]
)
def test_a_page_of_another_site_may_not_read(origin: str, start: Start) -> None:
    served = start({POST: GOOD})
    for path in ("/", PAGE, EVENTS):
        answer = served.get(path, headers={"Origin": origin})
        assert answer.status == 403
        assert "Strait" not in answer.body
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_the_sites_own_pages_may_read(start: Start) -> None:
    served = start({POST: GOOD})
    answer = served.get("/", headers={"Origin": served.url})
    assert answer.status == 200
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_every_answer_says_what_browsers_may_do_with_it(start: Start) -> None:
    served = start({POST: GOOD})
    for path in ("/", "/feed.xml", "/nowhere", "/_blogforge/preview.js", PAGE[:-1], "/%00"):
        headers = served.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["content-security-policy"] == "frame-ancestors 'self'"


def test_a_server_for_others_answers_to_addresses_alone(start: Start) -> None:
    served = start({POST: GOOD}, exposed=True)
    for host, status in {
        "192.168.1.5:8000": 200,
        "[2001:db8::1]": 200,
        "evil.example": 403,
    }.items():
        assert served.get("/", headers={"Host": host}).status == status


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"]
)
def test_nothing_can_be_done_but_read(method: str, start: Start) -> None:
    served = start({POST: GOOD})
    for path in ("/", PAGE, EVENTS, "/nowhere"):
        answer = served.get(path, method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


# ---------------------------------------------------------------- what

UPS = (
    "..",
    "%2e%2e",
    "%2E.",
    ".%2e",
    "..%2f..",
    "..%5c..",
    "..\\..",
    "%252e%252e",
    "%25252e%25252e",
    "..%252f..",
    "..%c0%af..",
    "%c0%ae%c0%ae",
    "..;",
    "....//",
    "..%00",
    "x/../..",
    "%uff0e%uff0e",
    "\uff0e\uff0e",
)
SECRETS = ("secret.txt", "site/secret.txt", "blogforge.yaml", "site/blogforge.yaml", "etc/passwd")


def ask(served: Served, target: bytes) -> tuple[int, bytes]:
    """The status and the whole answer to a request for `target`, as the bytes it is."""
    host = f"127.0.0.1:{served.port}".encode()
    answer = served.raw(
        b"GET " + target + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n"
    )
    return int(answer.split()[1]), answer


def is_safe(served: Served, target: bytes) -> None:
    status, answer = ask(served, target)
    assert status in {400, 403, 404}, (target, status)
    for secret in (b"hidden words", b"root:", b"title: T"):
        assert secret not in answer, target


@pytest.mark.parametrize("up", UPS)
def test_no_path_leads_out_of_the_site(up: str, start: Start, tmp_path: Path) -> None:
    served = start({POST: GOOD, "static/a/b.txt": "b"})
    for folder in (tmp_path, served.root):
        (folder / "secret.txt").write_text("hidden words")
    for depth, first, secret in product((1, 2, 9), ("/", PAGE, "/a/"), SECRETS):
        is_safe(served, f"{first}{'/'.join([up] * depth)}/{secret}".encode())


@pytest.mark.parametrize(
    "target",
    [
        *(b"/a%00b", b"/%00", b"/feed.xml%00.html", b"/%ff%fe", b"/%", b"/%zz", b"/%2", b"/a\\b"),
        *(b"//etc/passwd", b"///etc/passwd", b"/%2fetc/passwd", b"/%2Fetc%2Fpasswd"),
        *(b"/file:///etc/passwd", b"/C:/boot.ini", b"/C:%5Cboot.ini", b"/\\\\host\\share"),
        *(b"/.", b"/./", b"/./index.html", b"/%2e/", b"/..", b"/../", b"/%2e%2e"),
        *(b"/.blogforge", b"/.git/config", b"/.env", b"/.public.blogforge/state.sqlite"),
        *(b"/blogforge.yaml", b"/posts/2024-05-01-strait.md", b"/templates/base.html"),
        *(b"/~root", b"/index.html/x", b"/index.html/", b"/_blogforge", b"/_blogforge/"),
        *(b"/_blogforge/preview.css", b"/_blogforge/live.py", b"/_blogforge/../live.py"),
        *(b"/" + b"a" * 5000, b"/" + b"a/" * 2000, b"/" + b"%61" * 1000, b"/" + b"../" * 500),
        *(b"/INDEX.HTML", b"/index.html.", b"/index.html%20", b"/index.html::$DATA"),
        *(b"/%E2%80%AE", b"/%EF%BB%BF", b"/%F4%90%80%80", b"/%ED%A0%80", b"/%0d%0aSet-Cookie:x"),
        *(b"http://evil.example/", b"http://127.0.0.1/", b"*", b"etc/passwd", b"evil.example:80"),
        b"/_blogforge/events?page=/../etc/passwd",
        b"/_blogforge/events?page=%00",
        b"/_blogforge/events?page=",
        b"/_blogforge/events",
    ],
)
def test_an_odd_path_is_no_fault_of_the_server(target: bytes, start: Start) -> None:
    is_safe(start({POST: GOOD}), target)


def test_a_link_in_static_leads_nowhere_new(start: Start, tmp_path: Path) -> None:
    served = start({POST: GOOD, "static/a.txt": "a"})
    (tmp_path / "secret.txt").write_text("hidden words")
    (served.root / "static" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (served.root / "posts" / "linked").symlink_to(tmp_path)
    served.until("/", "leads out of the site")
    for target in (b"/link.txt", b"/media/linked/secret.txt", b"/posts/linked/secret.txt"):
        is_safe(served, target)
    assert served.get("/a.txt").body == "a"


@pytest.mark.parametrize("swapped", ["a.txt", "style.css"])
def test_a_file_that_has_become_a_link_out_of_the_site_is_not_read(
    swapped: str, start: Start, tmp_path: Path
) -> None:
    served = start({POST: GOOD, "static/a.txt": "a", "static/style.css": "p{}"})
    (tmp_path / "secret.txt").write_text("hidden words")
    file = served.root / "static" / swapped
    file.unlink()
    file.symlink_to(tmp_path / "secret.txt")
    for _ in range(20):
        assert "hidden words" not in served.get(f"/{swapped}").body
    served.until("/", "leads out of the site")
    assert "hidden words" not in served.get(f"/{swapped}").body


def test_no_answer_leads_to_another_site(start: Start) -> None:
    served = start({POST: GOOD}, url="https://a.example/blog/")
    for target in (
        b"//evil.example",
        b"//evil.example/..",
        b"/\\evil.example",
        b"/blog//evil.example",
    ):
        _, answer = ask(served, target)
        assert b"location" not in answer.lower(), target


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_request_is_no_fault_of_the_server(data: bytes, start: Start) -> None:
    served = start({POST: GOOD})
    try:
        answer = served.raw(data)
    except ConnectionError:  # it does not listen to the end
        answer = b""
    assert not answer or answer.split()[1] in {b"400", b"403"}
    assert served.get("/").status == 200


def test_a_browser_that_leaves_in_the_middle_is_no_fault(start: Start) -> None:
    served = start({POST: GOOD})
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", served.port)) as browser:
            browser.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode())
    assert served.get("/").status == 200


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b"/", "/"),
        (b"/caf%C3%A9/", "/café/"),
        (b"/a%20b", "/a b"),
        (b"/100%25", "/100%"),
        (b"/%252e%252e/", "/%2e%2e/"),
        (b"/.well-known/x", "/.well-known/x"),
    ],
)
def test_a_path_is_decoded_once(raw: bytes, path: str) -> None:
    assert checked_path(raw) == path


def test_a_path_that_is_too_long_is_refused() -> None:
    assert checked_path(b"/" + b"a" * 2047)
    with pytest.raises(PathError, match="too long"):
        checked_path(b"/" + b"a" * 2048)
