"""Why related articles are what they are, in words, as a table and as JSON."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from blogforge.options import Options
from blogforge.rationale import Rationale, Row, Term, explain_related
from blogforge.reasons import as_json, as_table, as_text, distance, ordinal, reasons, why
from tests.conftest import MakeSite


def term(words: str, share: float, *, common: bool = False, name: bool = False) -> Term:
    return Term(term=words.lower(), words=words, share=share, posts=2, common=common, name=name)


def row(path: str, place: int = 0, **facts: Any) -> Row:
    known: dict[str, Any] = {
        "by_score": place,
        "title": path.upper(),
        "url": f"/{path}/",
        "date": datetime(2012, 3, 21, tzinfo=UTC),
        "lang": "en",
        "reason": "alike",
        "score": 0.2,
        "cosine": 0.4,
        "recency": 0.5,
        "days": -31.0,
        "like": "",
        "likeness": 0.0,
        "worth": 0.18,
        "terms": (),
    }
    return Row(path=path, place=place, **(known | facts))


def rationale(*rows: Row, show: bool = True) -> Rationale:
    return Rationale(
        path="me", title="Me", url="/me/", show=show, limit=2, half_life=125, candidates=rows
    )


FIRST = row("a", 1)
SECOND = row("b", 2)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"place": 1, "by_score": 1}, "1st by score"),
        ({"place": 2, "by_score": 4, "like": "a", "likeness": 0.1}, "4th by score, moved up"),
        (
            {"place": 2, "by_score": 1, "like": "a", "likeness": 0.314},
            "1st by score, moved down: 0.31 like no. 1",
        ),
        (
            {"by_score": 2, "like": "b", "likeness": 0.5},
            "2nd by score, left out: 0.50 like no. 2",
        ),
        ({"by_score": 3, "like": "b", "likeness": 0.5}, "3rd by score"),
        ({"by_score": 4, "linking": ("b",)}, "4th by score; linked from no. 2"),
        (
            {"by_score": 4, "linking": ("posts/x/index.md", "a", "b")},
            "4th by score; linked from x and 2 more",
        ),
        ({"by_score": 4, "linking": ("posts/x.md",)}, "4th by score; linked from x.md"),
        (
            {"reason": "duplicate", "like": "a", "likeness": 0.934},
            "left out: repeats no. 1 (0.93 alike)",
        ),
        ({"reason": "duplicate", "like": "me", "likeness": 1.0}, "left out: repeats this post"),
        (
            {"reason": "duplicate", "place": 3, "like": "b", "likeness": 0.95},
            "repeats no. 2 (0.95 alike); too little else is left",
        ),
        ({"reason": "newest", "place": 3}, "among the newest"),
        ({"reason": "other language", "place": 3}, "among the newest of other languages"),
        ({"reason": "pinned", "place": 1, "by_score": 7}, "pinned; would be 7th by score"),
        ({"reason": "pinned", "place": 1, "by_score": 0}, "pinned"),
        ({"reason": "excluded", "by_score": 1}, "excluded; would be 1st by score"),
        ({"reason": "shown on the page", "by_score": 2}, "left out: this page shows it elsewhere"),
    ],
)
def test_what_put_a_candidate_where_it_is(facts: dict[str, Any], words: str) -> None:
    other = row("x", **facts)
    assert why(other, rationale(FIRST, SECOND, other)).startswith(words)


def test_terms_are_named_that_are_reasons() -> None:
    terms = (
        term("Mali", 0.2, name=True),
        term("the", 0.1, common=True),
        term("coup", 0.03),
        term("grain", 0.019),
    )
    named = reasons(row("a", 1, terms=terms, cosine=0.4))
    assert [(t.words, percent) for t, percent in named] == [("Mali", 50), ("coup", 8)]
    many = tuple(term(f"t{n}", 0.05) for n in range(8))
    assert len(reasons(row("a", 1, terms=many))) == 6
    assert reasons(row("a", 1, reason="newest", score=0, cosine=0)) == ()


def test_a_line_a_candidate_in_columns() -> None:
    chinese = row("c", title="石油价格", terms=(term("石油", 0.4),))
    text = as_text(rationale(FIRST, replace(SECOND, title="A long title"), chinese), explain=True)
    head, columns, *lines, note = text.splitlines()
    assert head == "me: Me"
    assert "half-life of 125 days" in note
    for line, title in zip(lines, ("A", "A long title", "石油价格"), strict=True):
        assert line.index(f"  {title}  ") + 2 == columns.index("title")
        before = line[: line.rindex("  ") + 2]
        assert cell_len(before) == columns.index("terms"), "whatever the width of its letters"
    assert [line.split()[0] for line in lines] == ["1", "2", "-"]
    assert lines[2].endswith("石油 100%")


def test_a_block_alone_is_short() -> None:
    text = as_text(rationale(FIRST, SECOND, row("c")), explain=False)
    assert text == "me\n  1. A  [a]\n  2. B  [b]"


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_table_fits_its_terminal(width: int) -> None:
    long = row("posts/" + "a-very-long-name-" * 8 + ".md", 2, title="Wörter " * 20)
    named = row("c", terms=(term("[red]Mali", 0.2, name=True), term("coup", 0.1)))
    whole = rationale(FIRST, long, named)
    console = Console(width=width, force_terminal=False, record=True)
    with console.capture() as captured:
        console.print(as_table(whole, console.width))
    lines = captured.get().splitlines()
    assert max(map(cell_len, lines)) <= width
    together = re.sub(r"\s", "", captured.get())
    for needed in (long.path, "[red]Mali50%,coup25%", "1stbyscore", "0.200"):
        assert needed.replace(" ", "") in together, "nothing is cut off"


def test_no_block_says_so() -> None:
    nothing = rationale(show=False)
    assert as_text(nothing, explain=True) == "me has no block (related: false, or related.limit: 0)"
    console = Console(width=80)
    with console.capture() as captured:
        console.print(as_table(nothing, 80))
    assert "me has no block" in captured.get()


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (21, "21st")],
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0.4, "the same day"), (-1, "1 day earlier"), (1.2, "1 day later"), (40, "40 days later")],
)
def test_distances(days: float, words: str) -> None:
    assert distance(days) == words


# ---------------------------------------------------------------- of a site

FRONT = "---\ntitle: {}\n---\n\n{}\n"
NEWS = {
    "posts/2012-03-01-coup.md": FRONT.format(
        "Coup in Bamako", "Soldiers of the junta hold her, Bamako. Amadou Sanogo leads the juntas."
    ),
    "posts/2012-03-05-sanctions.md": FRONT.format(
        "Sanctions", "Her junta in Bamako meets sanctions, and soldiers wait. The junta waits."
    ),
    **{
        f"posts/2012-02-{day:02}-other.md": FRONT.format(f"Other {day}", f"The word{day} of rain.")
        for day in range(1, 9)
    },
}


def test_words_are_as_the_posts_have_them(make_site: MakeSite) -> None:
    root = make_site(NEWS)
    found, site = explain_related(root, "coup", Options(jobs=1))
    first = found.block[0]
    assert first.path == "posts/2012-03-05-sanctions.md"
    known = {t.words: t for t in first.terms}
    assert {words for words, t in known.items() if not t.common} >= {"Bamako", "junta", "soldiers"}
    assert (known["Bamako"].name, known["soldiers"].name) == (True, False)
    assert (known["Bamako"].posts, known["the"].posts) == (2, 10)
    assert known["the"].common, "most posts have it"
    assert known["her"].common, "it is a stop word"
    assert {"the", "her"}.isdisjoint(t.words for t, _ in reasons(first))
    explained = json.loads(as_json(found, site, explain=True))
    assert explained.keys() == {*Rationale.__struct_fields__}
    assert sum(t["share"] for t in explained["candidates"][0]["terms"]) == first.cosine
    cards = json.loads(as_json(found, site, explain=False))
    assert [card["path"] for card in cards] == [found_row.path for found_row in found.block]


def test_entities_are_called_by_their_names(make_site: MakeSite) -> None:
    texts = ("US, Gaddafi and al Qaida wait.", "Qadhafi of al-Qaeda, the US.", *["Rain."] * 8)
    posts = {f"posts/2012-03-{n:02}-p.md": FRONT.format(f"P{n}", t) for n, t in enumerate(texts, 1)}
    table = "Muammar Qaddafi: [Gaddafi, Qadhafi]\nAl-Qaeda: [al Qaida]\n"
    root = make_site(posts | {"entities.yaml": table})
    found, _ = explain_related(root, "2012-03-01-p", Options(jobs=1))
    named = {t.words: (t.term, t.name) for t in found.block[0].terms}
    assert named["Muammar Qaddafi"] == ("muammar_qaddafi", True)
    assert named["Al-Qaeda"] == ("al_qaeda", True)
    assert not next(t for t in found.block[0].terms if t.words == "US").common, "no stop word"


def test_the_manual_has_every_key_of_the_json(repository: Path) -> None:
    manual = (repository / "docs" / "cli.md").read_text()
    chapter = manual.partition("\n## blogforge related\n")[2].partition("\n## ")[0]
    shown = json.loads(chapter.partition("```json\n")[2].partition("```")[0])
    (candidate,) = shown["candidates"]
    assert [*shown] == [*Rationale.__struct_fields__]
    assert candidate.keys() == {*Row.__struct_fields__}
    assert candidate["terms"][0].keys() == {*Term.__struct_fields__}
