"""What is fetched and what is refused, against servers of this machine and names made up here."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from blogforge.fetching import Client, Limits
from blogforge.fetching.addresses import is_public
from blogforge.fetching.faults import Unfetched

pytestmark = pytest.mark.filterwarnings("default::ResourceWarning")

INWARD = (
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "0.1.2.3",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "240.0.0.1",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
)
PUBLIC = ("8.8.8.8", "193.99.144.80", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808")


@pytest.mark.parametrize("address", INWARD)
def test_what_leads_inward_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_everybody_reaches_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://localhost/",
        "http://localhost./",
        "http://LOCALHOST/",
        "http://ⓛocalhost/",
        "http://１２７.０.０.１/",
        "http://127。0。0。1/",
        "http://0/",
        "http://user@127.0.0.1/",
        "http://example.org@127.0.0.1/",
        "http://example.org\\@127.0.0.1/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://127.0.0.1/",
        "//127.0.0.1/",
        "http:///etc/passwd",
        "http://[::1",
        "http://a..b/",
        "",
    ],
)
def test_no_spelling_leads_inward(url: str) -> None:
    with Client(Limits(seconds=2)) as client, pytest.raises(Unfetched) as caught:
        client.fetch(url)
    assert caught.value.kind in {"refused", "unknown-host"}


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:a00:1"]])
def test_a_name_that_resolves_inward_is_refused(addresses: list[str]) -> None:
    with (
        Client(resolver=lambda host, port: addresses) as client,
        pytest.raises(Unfetched, match="not public") as caught,
    ):
        client.fetch("https://10-0-0-1.names.example/")
    assert caught.value.kind == "refused"


# ---------------------------------------------------------------- a server of our own

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer(self)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(
    handler: BaseHTTPRequestHandler, status: int = 200, body: bytes = b"", **headers: str
) -> None:
    handler.send_response(status)
    headers.setdefault("Content_Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body)


def local(**limits: int) -> Client:
    return Client(Limits(loopback=True, **{"seconds": 5, **limits}), site="https://desk.example/")


def test_an_answer_has_its_status_type_and_body() -> None:
    seen: list[str] = []

    def respond(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["User-Agent"] + " " + handler.headers["Host"])
        answer(handler, 404, b"gone", Content_Type="text/Plain; charset=utf-8")

    with serving(respond) as url, local() as client:
        found = client.fetch(f"{url}/a b?x=ü#part")
        head = client.fetch(url, method="HEAD")
        unread = client.fetch(url, body=False)
    assert (found.status, found.type, found.content) == (404, "text/plain", b"gone")
    assert head.content == unread.content == b""
    assert "(+https://desk.example/)" in seen[0]
    assert seen[0].endswith(url.removeprefix("http:/").strip("/"))


def test_redirects_are_told_and_bounded() -> None:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        step = int(handler.path.strip("/"))
        answer(handler, 301, Location=f"/{step - 1}") if step else answer(handler, body=b"there")

    with serving(respond) as url, local(redirects=3) as client:
        found = client.fetch(f"{url}/3")
        with pytest.raises(Unfetched) as caught:
            client.fetch(f"{url}/4")
    assert (found.url, found.content) == (f"{url}/0", b"there")
    assert [step.url for step in found.redirects] == [f"{url}/2", f"{url}/1", f"{url}/0"]
    assert caught.value.kind == "redirects"


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "file:///etc/passwd", "//169.254.169.254/", "http://[::1/"]
)
def test_a_redirect_does_not_lead_inward(target: str) -> None:
    with (
        serving(lambda handler: answer(handler, 302, Location=target)) as url,
        local() as client,
        pytest.raises(Unfetched) as caught,
    ):
        client.fetch(url)
    assert caught.value.kind in {"refused", "broken"}


def endless(handler: BaseHTTPRequestHandler, chunk: bytes, **headers: str) -> None:
    handler.send_response(200)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(chunk)
    except OSError:
        handler.close_connection = True


@pytest.mark.parametrize(
    "respond",
    [
        lambda handler: answer(handler, body=b"x" * 2000),
        lambda handler: endless(handler, b"x" * 999),
        lambda handler: endless(handler, b"3\r\nabc\r\n", Transfer_Encoding="chunked"),
        lambda handler: answer(handler, body=b"", Content_Length="10737418240"),
        lambda handler: answer(handler, body=gzip.compress(bytes(10**6)), Content_Encoding="gzip"),
    ],
)
def test_a_body_has_a_bound(respond: Answer) -> None:
    with (
        serving(respond) as url,
        local(bytes=1000) as client,
        pytest.raises(Unfetched) as caught,
    ):
        client.fetch(url)
    assert caught.value.kind == "too-large"


def test_a_body_may_be_compressed_once_and_by_what_was_asked() -> None:
    packed = gzip.compress(b"news")
    answers = iter(
        [("gzip", packed), ("gzip, gzip", gzip.compress(packed)), ("br", b"x"), ("gzip", b"x")]
    )

    def respond(handler: BaseHTTPRequestHandler) -> None:
        coding, body = next(answers)
        answer(handler, body=body, Content_Encoding=coding)

    with serving(respond) as url, local() as client:
        assert client.fetch(url).content == b"news"
        for _ in range(3):
            with pytest.raises(Unfetched) as caught:
                client.fetch(url)
            assert caught.value.kind == "broken"


def test_the_whole_of_a_request_has_its_time() -> None:
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        while not over.wait(0.02):
            handler.wfile.write(b"x")
        handler.close_connection = True

    with (
        serving(drip) as url,
        Client(Limits(loopback=True, seconds=0.2)) as client,
        pytest.raises(Unfetched) as caught,
    ):
        client.fetch(url)
    over.set()
    assert caught.value.kind == "timeout"


def test_what_is_not_there_or_no_http_is_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with local() as client, pytest.raises(Unfetched) as caught:
        client.fetch(f"http://127.0.0.1:{port}/")
    assert caught.value.kind == "unreachable"

    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0-nothing\r\n\r\n")
        handler.close_connection = True

    with serving(nonsense) as url, local() as client:
        with pytest.raises(Unfetched) as caught:
            client.fetch(url)
        assert caught.value.kind == "broken"
        with pytest.raises(Unfetched) as caught:
            client.fetch(url.replace("http", "https"))
        assert caught.value.kind == "tls"


def test_a_name_is_looked_up_once_and_asked_by_its_own_name() -> None:
    asked: list[str] = []
    hosts: list[str] = []

    def respond(handler: BaseHTTPRequestHandler) -> None:
        hosts.append(handler.headers["Host"])
        answer(handler)

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with serving(respond) as url:
        port = url.rpartition(":")[2]
        limits = Limits(loopback=True, seconds=5)
        with Client(limits, resolver=resolver) as client:
            client.fetch(f"http://rebinding.example:{port}/")
    assert asked == ["rebinding.example"]
    assert hosts == [f"rebinding.example:{port}"]
