"""A page is made again exactly when something that it read, or the plan, says otherwise."""

import pytest

from blogforge.pages.traces import Made, Traces, Verdicts, traced

NOW = {"card:a": "1", "card:b": "2", "config:title": "3"}
MADE = [
    Made("a/", "plan a", "bytes a", ("config:title", "card:a")),
    Made("b/", "plan b", "bytes b", ("config:title", "card:b")),
]
BEFORE = traced({}, [], MADE, NOW.__getitem__)


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
    assert Verdicts(BEFORE, inputs.__getitem__).why("a/", plan) == why


def test_a_page_without_a_trace_is_new() -> None:
    assert Verdicts(Traces(), NOW.__getitem__).why("a/", "plan a") == "new"
    assert Verdicts(BEFORE, NOW.__getitem__).why("c/", "plan a") == "new"


def test_an_input_that_is_gone_stays_gone() -> None:
    def digest_of(name: str) -> str:
        raise AttributeError(name)

    gone = traced({}, [], MADE[:1], digest_of)
    assert Verdicts(gone, digest_of).why("a/", "plan a") == ""
    assert Verdicts(gone, NOW.__getitem__).why("a/", "plan a") == "config:title changed"


@pytest.mark.parametrize("others", [0, 100], ids=["compacted", "not compacted"])
def test_traces_of_pages_that_were_kept_mean_what_they_meant(others: int) -> None:
    many = [Made(f"{i}/", "plan", "bytes", (f"card:{i}", "config:title")) for i in range(others)]
    now = NOW | {f"card:{i}": "same" for i in range(others)}
    before = traced({}, [], [*MADE, *many], now.__getitem__)
    kept = {path: trace for path, trace in before.pages.items() if path != "a/"}
    now |= {"card:a": "changed", "latest:1": "new"}
    made = [Made("a/", "plan a", "other bytes", ("latest:1", "card:a"))]
    after = traced(kept, before.inputs, made, now.__getitem__)
    assert set(after.pages) == set(before.pages)
    for path in after.pages:
        assert Verdicts(after, now.__getitem__).why(path, after.pages[path].page) == ""
    verdicts = Verdicts(after, (now | {"card:b": "changed"}).__getitem__)
    assert [p for p in after.pages if verdicts.why(p, after.pages[p].page)] == ["b/"]
    verdicts = Verdicts(after, (now | {"config:title": "changed"}).__getitem__)
    assert "a/" not in [p for p in after.pages if verdicts.why(p, after.pages[p].page)]
