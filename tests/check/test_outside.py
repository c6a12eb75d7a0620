"""Links to other sites, against a server of this machine and names made up here."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from blogforge.check import Wanted, check
from blogforge.check.fixing import mended, write
from blogforge.check.outside.answers import Answer
from blogforge.check.outside.asking import Asking, ask
from blogforge.check.outside.kept import FILE
from blogforge.errors import Problem
from blogforge.fetching import Client, Limits
from blogforge.fetching.faults import Unfetched
from blogforge.options import Options
from tests.commands import run
from tests.conftest import MakeSite

pytestmark = pytest.mark.filterwarnings("default::ResourceWarning")
CONFIG = """title: T
url: https://desk.example/
check: {external: {timeout: 5, delay: 0, retries: 0, %s}}
"""
POST = "---\ntitle: T\ndate: 2012-03-21\n%s---\n\n%s\n"
DAY = 86_400.0


class Server:
    """The outside: answers by path, and what was asked for. `at` is an address of it."""

    def __init__(self) -> None:
        self.says: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.only_get: set[str] = set()
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.port = 0
        self.slow = 0.0  # seconds before it answers

    def at(self, path: str, host: str = "other.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def answer(self, path: str, status: int = 200, *, body: bytes = b"", **headers: str) -> str:
        self.says[path] = (status, headers, body)
        return self.at(path)

    def methods(self, path: str) -> list[str]:
        return [method for method, asked in self.asked if asked == path]


@pytest.fixture
def server() -> Iterator[Server]:
    outside = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            outside.asked.append((self.command, self.path))
            outside.agents.add(self.headers["User-Agent"])
            path = urlsplit(self.path).path
            status, headers, body = outside.says.get(path, (404, {}, b""))
            if self.command == "HEAD" and path in outside.only_get:
                status, headers, body = 405, {}, b""
            time.sleep(outside.slow)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    outside.port = http.server_port
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield outside
    http.shutdown()
    http.server_close()
    thread.join()


def resolver(host: str, port: int) -> list[str]:
    if host.endswith("gone.example"):
        raise Unfetched("unknown-host", f"there is no host '{host}'")
    return ["10.0.0.1"] if host.startswith("inward") else ["127.0.0.1"]


def asking(server: Server, clock: Callable[[], float] = lambda: 0.0) -> Asking:
    archive = server.at("/available", "archive.example")
    return Asking(archive=archive, loopback=True, resolver=resolver, clock=clock)


def found(site: Path, how: Asking) -> tuple[Problem, ...]:
    return check(site, Options(jobs=1), Wanted(asking=how))


def told(site: Path, how: Asking) -> dict[str, tuple[str, str]]:
    """Rule and message of each finding, by its place."""
    return {str(p.location): (p.rule, p.message) for p in found(site, how)}


# ---------------------------------------------------------------- one address


def asked(url: str, tries: int = 1) -> tuple[Answer, list[float]]:
    """The answer of an address, and how long was waited between tries."""
    waits: list[float] = []
    with Client(Limits(seconds=5, redirects=3, loopback=True), resolver=resolver) as client:
        return ask(client, url, tries, waits.append, now=1_000_000.0), waits


@pytest.mark.parametrize("status", [200, 204])
def test_what_is_there_is_good(status: int, server: Server) -> None:
    assert asked(server.answer("/", status))[0].verdict == "good"
    assert server.methods("/") == ["HEAD"]


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_dead_and_asked_for_by_get_too(status: int, server: Server) -> None:
    answer, _ = asked(server.answer("/x", status), tries=3)
    assert (answer.verdict, answer.says[:13]) == ("dead", f"it answers {status}"[:13])
    assert server.methods("/x") == ["HEAD", "GET"]


@pytest.mark.parametrize("status", [401, 403, 429, 451, 500, 503, 999, 304])
def test_what_robots_may_not_see_is_no_dead_link(status: int, server: Server) -> None:
    assert asked(server.answer("/x", status))[0].verdict == "unsure"


def test_a_server_that_has_no_head_is_asked_for_the_page(server: Server) -> None:
    server.only_get.add("/x")
    assert asked(server.answer("/x"))[0].verdict == "good"


@pytest.mark.parametrize(
    ("statuses", "verdict", "target"),
    [
        ([301], "moved", "/1"),
        ([308, 301], "moved", "/2"),
        ([301, 302], "moved", "/1"),
        ([302, 301], "good", ""),
        ([303], "good", ""),
    ],
)
def test_only_what_redirects_for_good_has_moved(
    statuses: list[int], verdict: str, target: str, server: Server
) -> None:
    for number, status in enumerate(statuses):
        server.answer(f"/{number}", status, Location=f"/{number + 1}")
    server.answer(f"/{len(statuses)}")
    answer, _ = asked(server.at("/0"))
    assert (answer.verdict, answer.target) == (verdict, target and server.at(target))


def test_a_redirect_to_what_is_gone_is_dead(server: Server) -> None:
    assert asked(server.answer("/x", 301, Location="/gone"))[0].verdict == "dead"


def test_a_redirect_to_the_front_page_is_perhaps_no_answer(server: Server) -> None:
    server.answer("/")
    answer, _ = asked(server.answer("/2012/article", 301, Location="/"))
    assert (answer.verdict, answer.target) == ("unsure", "")
    assert answer.says == f"it leads to the front page of other.example:{server.port}"


@pytest.mark.parametrize("end", ["/login?next=/x", "/en/not-found", "/errors/404.html"])
def test_a_redirect_to_a_gate_or_an_excuse_is_no_answer(end: str, server: Server) -> None:
    server.answer(end.partition("?")[0])
    answer, _ = asked(server.answer("/x", 301, Location=end))
    assert (answer.verdict, answer.says) == ("unsure", f"it leads to {server.at(end)}")


def test_endless_redirects_are_dead(server: Server) -> None:
    answer, _ = asked(server.answer("/x", 302, Location="/x"), tries=3)
    assert (answer.verdict, answer.says) == ("dead", "more than 3 redirects")


@pytest.mark.parametrize(
    ("host", "says"),
    [("gone.example", "there is no host"), ("inward.example", "which is not public")],
)
def test_hosts_that_nobody_reaches_are_dead(host: str, says: str, server: Server) -> None:
    answer, _ = asked(server.at("/", host), tries=3)
    assert answer.verdict == "dead"
    assert says in answer.says
    assert server.asked == []


def test_what_takes_too_long_is_asked_again_and_no_dead_link(server: Server) -> None:
    waits: list[float] = []
    server.slow = 0.3
    with Client(Limits(seconds=0.1, loopback=True), resolver=resolver) as client:
        answer = ask(client, server.answer("/x"), 2, waits.append, now=0.0)
    assert (answer.verdict, answer.says, waits) == ("unsure", "it took too long", [1.0])


def test_a_port_where_nobody_listens_is_asked_again(server: Server) -> None:
    answer, waits = asked("http://other.example:1/", tries=3)
    assert (answer.verdict, waits) == ("dead", [1.0, 2.0])
    assert answer.says.startswith("it cannot be reached")


def test_plain_http_where_there_should_be_tls_is_dead(server: Server) -> None:
    answer, _ = asked(server.at("/").replace("http:", "https:"))
    assert (answer.verdict, "certificate or encryption" in answer.says) == ("dead", True)


@pytest.mark.parametrize(
    ("status", "headers", "waits"),
    [
        (503, {}, [1.0, 2.0]),
        (429, {"Retry_After": "7"}, [7.0, 7.0]),
        (503, {"Retry_After": formatdate(1_000_003, usegmt=True)}, [3.0, 3.0]),
        (503, {"Retry_After": "soon"}, [1.0, 2.0]),
        (429, {"Retry_After": "3600"}, []),
        (403, {"Retry_After": "1"}, []),
    ],
)
def test_who_is_busy_is_asked_again_when_he_says(
    status: int, headers: dict[str, str], waits: list[float], server: Server
) -> None:
    answer, waited = asked(server.answer("/x", status, body=b"", **headers), tries=3)
    assert (answer.verdict, waited) == ("unsure", waits)


# ---------------------------------------------------------------- a site


def test_every_place_is_told_with_line_and_column(server: Server, make_site: MakeSite) -> None:
    dead, moved = server.at("/dead"), server.answer("/old", 301, Location="/new")
    server.answer("/new"), server.answer("/fine"), server.answer("/closed", 403)
    front = f"sources:\n  - {dead}\n  - {{title: A, url: '{moved}'}}\n"
    text = f"[a]({dead}#part) and [b]({server.at('/fine')})\nand [c]({dead})\n\n<{moved}#there>\n"
    site = make_site(
        {
            "posts/a.md": POST % (front, text),
            "posts/b.md": POST % ("slug: b\n", f"[c]({server.at('/closed')}) [own](/)"),
            "pages/about.md": f"---\ntitle: A\n---\n\n[x](https://desk.example/about/) {dead}\n",
        },
        CONFIG % "archive: false",
    )
    gone = f"{dead} is dead: it answers 404 Not Found"
    there = server.at("/new")
    assert {k: v for k, v in told(site, asking(server)).items() if "outside" in v[0]} == {
        "posts/a.md:5:5": ("dead-outside-link", gone),
        "posts/a.md:6:21": ("moved-outside-link", f"{moved} has moved for good, to {there}"),
        "posts/a.md:9:5": ("dead-outside-link", gone.replace(dead, f"{dead}#part")),
        "posts/a.md:10:9": ("dead-outside-link", gone),
        "posts/a.md:12:2": (
            "moved-outside-link",
            f"{moved}#there has moved for good, to {there}#there",
        ),
        "posts/b.md:7:5": (
            "unchecked-outside-link",
            f"{server.at('/closed')} cannot be checked: it answers 403 Forbidden",
        ),
    }
    assert server.methods("/dead") == ["HEAD", "GET"]  # once, however often it stands there
    (agent,) = server.agents
    assert agent.endswith("(+https://desk.example/)")


def test_what_has_moved_is_mended(server: Server, make_site: MakeSite) -> None:
    moved, there = server.answer("/old", 308, Location="/new(1)|"), server.at("/new%281%29%7C")
    server.answer("/new(1)|"), server.answer("/new%281%29%7C"), server.answer("/new(1)%7C")
    front = f"sources: [{{title: A, url: {moved}}}]\n"
    post = POST % (front, f"[a]({moved}#x) [b][]\n\n[b]: {moved}")
    site = make_site({"posts/a.md": post}, CONFIG % "")
    how = asking(server)
    write(site, mended(site, found(site, how)))
    written = (site / "posts/a.md").read_text("utf-8")
    assert written == post.replace(moved, there)
    assert [p for p in found(site, how) if "outside" in p.rule] == []


def test_other_sites_are_not_asked_unless_wanted(server: Server, make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": POST % ("", f"[x]({server.at('/dead')})")}, CONFIG % "")
    assert check(site, Options(jobs=1)) == ()
    how = Wanted(("dead-link",), asking(server))
    assert check(site, Options(jobs=1), how) == ()
    assert server.asked == []


def test_what_is_skipped_is_not_asked(server: Server, make_site: MakeSite) -> None:
    config = CONFIG % "skip: ['http://other.example:*/press/*']"
    text = f"[x]({server.at('/press/1')}) [y]({server.at('/dead')})"
    site = make_site({"posts/a.md": POST % ("", text)}, config)
    assert len(found(site, asking(server))) == 1
    assert server.methods("/press/1") == []


def test_answers_are_kept_for_a_while(server: Server, make_site: MakeSite) -> None:
    text = f"[x]({server.at('/dead')}) [y]({server.answer('/fine')})"
    site = make_site({"posts/a.md": POST % ("", text)}, CONFIG % "archive: false")
    now = 0.0
    how = asking(server, lambda: now)
    first = found(site, how)
    assert len(server.asked) == 3
    now = 0.9 * DAY
    assert found(site, how) == first
    assert len(server.asked) == 3
    now = 1.1 * DAY
    assert found(site, how) == first
    assert [path for _, path in server.asked[3:]] == ["/dead", "/dead"]
    now = 7.1 * DAY
    found(site, how)
    assert {path for _, path in server.asked[5:]} == {"/dead", "/fine"}
    kept = site / ".public.blogforge" / FILE
    kept.write_bytes(b"of another release")
    assert found(site, how) == first
    (site / "posts/a.md").write_text(POST % ("", "No links."))
    now = 30 * DAY
    found(site, how)
    assert msgspec.msgpack.decode(kept.read_bytes()) == {}


def test_what_may_pass_is_not_kept(server: Server, make_site: MakeSite) -> None:
    text = f"[x]({server.answer('/busy', 503)})"
    site = make_site({"posts/a.md": POST % ("", text)}, CONFIG % "")
    assert len(found(site, asking(server))) == 1
    server.answer("/busy")
    assert found(site, asking(server)) == ()


def test_what_is_ignored_of_other_sites_need_not_be_there(
    server: Server, make_site: MakeSite
) -> None:
    front = "check: {ignore: [dead-outside-link, unchecked-outside-link]}\n"
    text = f"[x]({server.answer('/closed', 403)})"
    site = make_site({"posts/a.md": POST % (front, text)}, CONFIG % "")
    assert found(site, asking(server)) == ()
    assert check(site, Options(jobs=1)) == ()


def test_what_was_answered_before_an_interruption_is_kept(
    server: Server, make_site: MakeSite
) -> None:
    links = " ".join(f"[x]({server.answer(f'/{n}')})" for n in range(3))
    site = make_site({"posts/a.md": POST % ("", links)}, CONFIG % "")

    def interrupt(stage: str, done: int, total: int) -> None:
        assert (stage, total) == ("other sites", 3)
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        found(site, asking(server)._replace(progress=interrupt))
    assert found(site, asking(server)) == ()
    assert [path for _, path in server.asked] == ["/0", "/1", "/2"]


def test_it_says_what_is_to_be_installed(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    site = make_site({"posts/a.md": POST % ("", "[x](https://other.example/)")}, CONFIG % "")
    outcome = run(site, "check", "--external")
    assert outcome.status == 3
    assert 'pip install "blogforge[links]"' in outcome.err


def test_a_host_that_wants_to_be_left_alone_is(server: Server, make_site: MakeSite) -> None:
    links = " ".join(f"[x]({server.answer(f'/{n}', 429)})" for n in range(5))
    site = make_site({"posts/a.md": POST % ("", links)}, CONFIG % "")
    assert [p.rule for p in found(site, asking(server))] == ["unchecked-outside-link"] * 5
    assert len(server.asked) == 1


def test_a_host_that_is_lost_is_asked_once(server: Server, make_site: MakeSite) -> None:
    tried: list[str] = []

    def counting(host: str, port: int) -> list[str]:
        tried.append(host)
        return resolver(host, port)

    links = " ".join(f"[x](http://gone.example/{n})" for n in range(9))
    links += f" [y]({server.answer('/')})"
    site = make_site({"posts/a.md": POST % ("", links)}, CONFIG % "archive: false")
    problems = found(site, asking(server)._replace(resolver=counting))
    assert [p.rule for p in problems] == ["dead-outside-link"] * 9
    assert tried.count("gone.example") == 1


def test_no_connection_is_told_once(server: Server, make_site: MakeSite) -> None:
    links = " ".join(f"[x](http://h{n}.gone.example/{n})" for n in range(50))
    site = make_site({"posts/a.md": POST % ("", links)}, CONFIG % "")
    (problem,) = found(site, asking(server))
    assert problem.rule == "unchecked-outside-link"
    assert problem.message == "no other site can be reached, of 50 addresses"
    assert not (site / ".public.blogforge" / FILE).exists()


def test_one_host_and_the_archive_are_enough_to_know(server: Server, make_site: MakeSite) -> None:
    text = "[x](http://gone.example/) [y](http://gone.example/2)"
    site = make_site({"posts/a.md": POST % ("", text)}, CONFIG % "")
    how = asking(server)
    (problem,) = found(site, how._replace(archive="http://archive.gone.example/"))
    assert problem.message == "no other site can be reached, of 2 addresses"
    assert [p.rule for p in found(site, how)] == ["dead-outside-link"] * 2


def test_a_dead_host_is_none_where_others_answer(server: Server, make_site: MakeSite) -> None:
    hosts = [*(f"h{n}.gone.example" for n in range(3)), "other.example"]
    server.answer("/x")
    links = " ".join(f"[x]({server.at('/x', host)})" for host in hosts)
    site = make_site({"posts/a.md": POST % ("", links)}, CONFIG % "archive: false")
    assert [p.rule for p in found(site, asking(server))] == ["dead-outside-link"] * 3


# ---------------------------------------------------------------- copies


def snapshot(available: bool = True, status: str = "200") -> bytes:
    closest = {
        "available": available,
        "status": status,
        "timestamp": "20120322093000",
        "url": "http://web.archive.org/web/20120322093000/http://other.example/dead",
    }
    return msgspec.json.encode({"url": "x", "archived_snapshots": {"closest": closest}})


def test_a_copy_of_the_day_is_proposed(server: Server, make_site: MakeSite) -> None:
    server.answer("/available", body=snapshot())
    dead, copy = (
        server.at("/dead"),
        "https://web.archive.org/web/20120322093000/http://other.example/dead",
    )
    front = f"sources: [{{title: A, url: '{dead}'}}]\n"
    site = make_site({"posts/a.md": POST % (front, f"[x]({dead})")}, CONFIG % "")
    source, link = found(site, asking(server))
    assert source.hint == f"write beside it: 'archived: {copy}', as it was on 2012-03-22"
    assert link.hint == f"link to the copy of 2012-03-22: {copy}"
    ((_, path),) = [each for each in server.asked if each[1].startswith("/available")]
    assert parse_qs(urlsplit(path).query) == {"url": [dead], "timestamp": ["20120321"]}
    assert found(site, asking(server)) == (source, link)  # from what is kept


@pytest.mark.parametrize(
    "body", [b'{"archived_snapshots": {}}', snapshot(available=False), snapshot(status="404")]
)
def test_no_copy_is_proposed_where_there_is_none(
    body: bytes, server: Server, make_site: MakeSite
) -> None:
    server.answer("/available", body=body)
    site = make_site({"posts/a.md": POST % ("", f"[x]({server.at('/dead')})")}, CONFIG % "")
    assert [p.hint for p in found(site, asking(server))] == ["correct it, or take it out"]


def test_an_archive_that_does_not_answer_is_not_asked_again(
    server: Server, make_site: MakeSite
) -> None:
    server.answer("/available", body=b"<html>")
    links = " ".join(f"[x]({server.at(f'/dead/{n}')})" for n in range(3))
    site = make_site({"posts/a.md": POST % ("", links)}, CONFIG % "")
    assert len(found(site, asking(server))) == 3
    assert sum(path.startswith("/available") for _, path in server.asked) == 1


def test_a_source_with_a_copy_is_asked_for_by_that(server: Server, make_site: MakeSite) -> None:
    dead, copy = server.at("/dead"), server.answer("/copy")
    front = f"sources: [{{title: A, url: '{dead}', archived: '{copy}'}}]\n"
    site = make_site({"posts/a.md": POST % (front, "Text.")}, CONFIG % "")
    assert found(site, asking(server)) == ()
    assert server.methods("/dead") == []


def test_the_command_refuses_what_leads_inward(make_site: MakeSite) -> None:
    """The command has no way to be let in: this machine is not asked."""
    text = "[x](http://127.0.0.1:9/secret) [y](http://[::1]/)"
    site = make_site({"posts/a.md": POST % ("", text)}, CONFIG % "archive: false")
    only = ("--only", "dead-outside-link")
    outcome = run(site, "check", "--external", *only, "--now", "2026-01-01T00:00Z")
    assert outcome.status == 0
    assert outcome.out.count("which is not public [dead-outside-link]") == 2
    everything = run(site, "check", "--external", "--now", "2026-01-01T00:00Z").out
    assert ("dead-outside-link" in everything, "doubtful-link" in everything) == (False, True)
