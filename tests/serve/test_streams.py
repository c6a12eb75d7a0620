"""Who hears of a change, and that none is missed."""

import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from tests.serve.conftest import GOOD, PAGE, POST, Start

OTHER = "posts/2024-05-02-other.md"


def test_a_change_makes_the_stream_speak(start: Start) -> None:
    served = start({POST: GOOD})
    stream = served.stream(PAGE, served.seen(PAGE))
    assert stream.answer.headers["content-type"].startswith("text/event-stream")
    served.write(POST, GOOD.replace("First", "Second"))
    event = stream.event()
    assert event["event"] == "reload"
    assert event["id"] == served.seen(PAGE)


def test_a_change_between_a_page_and_its_stream_is_not_missed(start: Start) -> None:
    served = start({POST: GOOD})
    seen = served.seen(PAGE)
    served.write(POST, GOOD.replace("First", "Second"))
    served.until(PAGE, "Second words")
    assert served.stream(PAGE, seen).event()["event"] == "reload"


def test_a_change_while_the_stream_was_cut_is_not_missed(start: Start) -> None:
    served = start({POST: GOOD})
    first, seen = "x", served.seen(PAGE)
    assert served.stream(PAGE, first, last=seen).silent(0.3), "the last event says what it has"
    served.write(POST, GOOD.replace("First", "Second"))
    served.until(PAGE, "Second words")
    assert served.stream(PAGE, first, last=seen).event()["event"] == "reload"


def test_a_page_that_stays_the_same_is_left_alone(start: Start) -> None:
    served = start({POST: GOOD, OTHER: GOOD.replace("Strait", "Other"), "pages/about.md": GOOD})
    about = served.stream("/about/", served.seen("/about/"))
    served.write(POST, GOOD.replace("First", "Second"))
    served.until(PAGE, "Second words")
    served.hear("Ready")
    assert about.silent(0.5)


def test_a_stream_that_has_seen_nothing_is_told_at_once(start: Start) -> None:
    served = start({POST: GOOD})
    for seen in ("", "x", "-1", "%C2%B2", "9" * 1000):
        assert served.stream("/", seen).event()["event"] == "reload"


def test_a_page_that_comes_to_be_is_told_to_who_waits_for_it(start: Start) -> None:
    served = start({POST: GOOD})
    path = "/2024/05/02/other/"
    stream = served.stream(path, served.seen(path))
    served.write(OTHER, GOOD.replace("Strait", "Other"))
    assert stream.event()["event"] == "reload"
    served.until(path, "Other</h1>")


def test_a_mistake_and_its_mending_are_told(start: Start) -> None:
    served = start({POST: GOOD})
    stream = served.stream("/", served.seen("/"))
    served.write(POST, "---\ntitle: A\ntaggs: []\n---\n")
    assert stream.event()["id"] == served.seen("/")
    assert 'role="alert"' in served.get("/").body
    served.write(POST, GOOD)
    assert stream.event()["event"] == "reload"
    served.until("/", r"(?s)\A(?!.*role=.alert)")


def test_a_style_sheet_alone_is_swapped(start: Start) -> None:
    served = start({POST: GOOD, "static/style.css": "p { color: red }"})
    stream = served.stream("/", served.seen("/"))
    time.sleep(0.2)  # it has looked at its page
    served.write("static/style.css", "p { color: green }")
    event = stream.event()
    assert event["event"] == "styles"
    assert event["id"] == served.seen("/")
    body = served.get("/").body
    (pair,) = json.loads(event["data"])
    assert pair[0] not in body
    assert pair[1] in body
    assert served.get(pair[1]).body == "p { color: green }"


def test_a_style_sheet_and_words_reload_the_page(start: Start) -> None:
    served = start({POST: GOOD, "static/style.css": "p { color: red }"})
    stream = served.stream("/", served.seen("/"))
    time.sleep(0.2)
    served.write("blogforge.yaml", "title: Another\nurl: https://a.example/\n")
    served.write("static/style.css", "p { color: green }")
    events = [stream.event()]
    while events[-1]["event"] != "reload":  # the style sheet may be swapped first
        events.append(stream.event())
    served.until("/", "Another</title>")


def test_two_hundred_requests_at_once_beside_fifty_streams(start: Start) -> None:
    served = start({POST: GOOD, OTHER: GOOD.replace("Strait", "Other")})
    paths = ("/", PAGE, "/feed.xml", "/archive/", "/nowhere/", "/sitemap.xml", "/2024/05/02/other/")
    streams = [served.stream(PAGE, served.seen(PAGE)) for _ in range(50)]
    together = threading.Barrier(200)

    def ask(number: int) -> tuple[int, int]:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
        together.wait(60)
        connection.request("GET", paths[number % len(paths)])
        response = connection.getresponse()
        size = len(response.read())
        connection.close()
        return response.status, size

    with ThreadPoolExecutor(200) as browsers:
        answers = list(browsers.map(ask, range(200)))
    for number, (status, size) in enumerate(answers):
        assert status == (404 if paths[number % len(paths)] == "/nowhere/" else 200)
        assert size > 100
    served.write(POST, GOOD.replace("First", "Second"))
    assert [stream.event()["event"] for stream in streams] == ["reload"] * 50
