"""A page is made again exactly when something that it read, or the plan, says otherwise."""

from collections.abc import Callable, Iterable, Mapping

import pytest

from blogforge.pages.traces import Made, Traces, Verdicts, traced

NOW = {"card:a": "1", "card:b": "2", "config:title": "3"}


def digests(now: Mapping[str, str]) -> Callable[[Iterable[str]], list[str]]:
    return lambda names: [now.get(name, "gone") for name in names]


def judged(traces: Traces, now: Mapping[str, str]) -> Verdicts:
    return Verdicts(traces, digests(now)([name for name, _ in traces.inputs]))


MADE = [
    Made("a/", "plan a", "bytes a", ("config:title", "card:a")),
    Made("b/", "plan b", "bytes b", ("config:title", "card:b")),
]
BEFORE = traced({}, [], MADE, digests(NOW))


@pytest.mark.parametrize(
    ("inputs", "plan", "why"),
    [
        (NOW, "plan a", ""),
        (NOW | {"card:b": "changed"}, "plan a", ""),
        (NOW | {"card:c": "new"}, "plan a", ""),
        (NOW | {"card:a": "changed"}, "plan a", "card:a changed"),
        ({"config:title": "3", "card:b": "2"}, "plan a", "card:a changed"),
        (dict.fromkeys(NOW, "all"), "plan a", "config:title changed"),
        (NOW, "another plan", "what the plan says of it changed"),
    ],
)
def test_why_a_page_is_made(inputs: dict[str, str], plan: str, why: str) -> None:
    assert judged(BEFORE, inputs).why("a/", plan) == why


def test_a_page_without_a_trace_is_new() -> None:
    assert judged(Traces(), NOW).why("a/", "plan a") == "new"
    assert judged(BEFORE, NOW).why("c/", "plan a") == "new"


def test_an_input_that_is_gone_stays_gone() -> None:
    gone = traced({}, [], MADE[:1], digests({}))
    assert judged(gone, {}).why("a/", "plan a") == ""
    assert judged(gone, NOW).why("a/", "plan a") == "config:title changed"


@pytest.mark.parametrize("others", [0, 100], ids=["compacted", "not compacted"])
def test_traces_of_pages_that_were_kept_mean_what_they_meant(others: int) -> None:
    many = [Made(f"{i}/", "plan", "bytes", (f"card:{i}", "config:title")) for i in range(others)]
    now = NOW | {f"card:{i}": "same" for i in range(others)}
    before = traced({}, [], [*MADE, *many], digests(now))
    kept = {path: trace for path, trace in before.pages.items() if path != "a/"}
    now |= {"card:a": "changed", "latest:1": "new"}
    made = [Made("a/", "plan a", "other bytes", ("latest:1", "card:a"))]
    after = traced(kept, before.inputs, made, digests(now))
    assert set(after.pages) == set(before.pages)
    for path in after.pages:
        assert judged(after, now).why(path, after.pages[path].page) == ""
    verdicts = judged(after, now | {"card:b": "changed"})
    assert [p for p in after.pages if verdicts.why(p, after.pages[p].page)] == ["b/"]
    verdicts = judged(after, now | {"config:title": "changed"})
    assert "a/" not in [p for p in after.pages if verdicts.why(p, after.pages[p].page)]


@pytest.mark.parametrize(
    ("dear", "reads", "kept_name"),
    [
        ("latest:9", ("latest:1",), False),
        ("latest:9", ("latest:9",), True),
        ("card:0", ("latest:1",), True),
        ("", ("latest:1",), True),
    ],
    ids=["nobody reads it", "the page made anew does", "a page that is kept does", "not dear"],
)
def test_what_is_dear_is_forgotten_once_nobody_reads_it(
    dear: str, reads: tuple[str, ...], kept_name: bool
) -> None:
    many = [Made(f"{i}/", "plan", "bytes", (f"card:{i}",)) for i in range(100)]
    before = traced({}, [], [*many, Made("a/", "plan", "bytes", ("latest:9",))], digests(NOW))
    kept = {path: trace for path, trace in before.pages.items() if path != "a/"}
    made = [Made("a/", "plan", "other bytes", reads)]
    after = traced(kept, before.inputs, made, digests(NOW), dear.__eq__)
    assert ((dear or "latest:9") in dict(after.inputs)) is kept_name
