"""The measures of related articles, what is taken out of posts before, and the methods compared."""

import json
import math
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from benchmarks import baselines
from benchmarks.author_links import Addresses, links, without
from benchmarks.baselines import METHODS, ranked
from benchmarks.blogs import Blog, convert, copy
from benchmarks.collection import Collection, Doc, load
from benchmarks.evaluation import difference, estimate, evaluate, measured
from benchmarks.failures import worst
from benchmarks.quality_tables import BEGIN, END, renewed
from benchmarks.related_quality import OURS, WORDS, ours, sets, table
from benchmarks.related_quality import measured as measured_blog

ADDRESSES = Addresses(
    {
        "posts/2015-06-25-rust-1-1.md": ["2015-06-25-rust-1-1"],
        "posts/2016-03-01-dams.md": ["2016-03-01-dams", "2016-03-01-of-dams"],
    },
    ["desk.example"],
)

# ---------------------------------------------------------------- links


@pytest.mark.parametrize(
    "link",
    [
        "[our report](/2016/03/01/dams/)",
        "[our\nreport](/2016/03/01/dams)",
        "[our report](</2016/03/01/dams/>)",
        '[our report](/2016/03/01/dams/ "Dams")',
        "[our report](/2016/03/01/dams.html#upstream)",
        "[our report](/2016/03/01/of-dams/?page=2)",
        "[our report](https://desk.example/2016/03/01/dams/)",
        "[our report](http://DESK.example/2016/3/1/Dams/index.html)",
        "[our report]({{ site.baseurl }}/2016/03/01/dams/)",
        "[our *[late]* report](/2016/03/01/dams/)",
        "[![our report](/map_(1).png)](/2016/03/01/dams/)",
        '<a class="x" href="/2016/03/01/dams/">our <em>report</em></a>',
        "<A HREF=/2016/03/01/dams/>our report</A>",
        "<https://desk.example/2016/03/01/dams/>",
        "https://desk.example/2016/03/01/dams/",
        "</news/2016/03/01/dams/>",
        "/2016/03/01/dams/",
    ],
)
def test_a_link_to_a_post_goes_with_its_words_and_its_address(link: str) -> None:
    text = f"As {link}, water is short [there](https://other.example/2016/03/01/dams/)."
    assert [ADDRESSES.find(found.href) for found in links(text)] == ["posts/2016-03-01-dams.md", ""]
    rest = without(text, ADDRESSES)
    assert rest.split() == (
        ["As", ",", "water", "is", "short", "[there](https://other.example/2016/03/01/dams/)."]
    )


@pytest.mark.parametrize(
    "use", ["[our report][Dams]", "[our report] [dams ]", "[DAMS][]", "[dams]"]
)
@pytest.mark.parametrize(
    "definition",
    [
        "[dams]: /2016/03/01/dams/",
        "  [Dams]: </2016/03/01/dams> 'of dams'",
        "[dams]:\n /2016/03/01/dams",
    ],
)
def test_a_reference_goes_with_its_definition(use: str, definition: str) -> None:
    text = f"As {use} said [elsewhere][e].\n\n{definition}\n[e]: https://other.example/\n"
    assert [ADDRESSES.find(found.href) for found in links(text)] == ["posts/2016-03-01-dams.md", ""]
    assert without(text, ADDRESSES).split() == (
        ["As", "said", "[elsewhere][e].", "[e]:", "https://other.example/"]
    )


@pytest.mark.parametrize(
    "text",
    [
        "An array [i] of [x](y), footnotes[^1].\n\n[^1]: dams/ is where.",
        "![a map](/assets/2016/03/01/map.png) and [a day](/2016/03/01/)",
        "[dams of others](/2016/03/02/dams/)",
        "Brackets [ that never close",
    ],
)
def test_what_is_no_link_to_a_post_stays(text: str) -> None:
    assert without(text, ADDRESSES) == text


def test_a_footnote_is_no_definition() -> None:
    text = "So[^1].\n\n[^1]: /2016/03/01/dams/"
    assert without(text, ADDRESSES).rstrip() == "So[^1].\n\n[^1]:"


def test_an_address_of_a_post_that_is_gone_is_seen_as_one() -> None:
    assert ADDRESSES.key("/2016/03/02/Dams/") == (2016, 3, 2, "dams")
    assert ADDRESSES.find("/2016/03/02/Dams/") == ""
    assert ADDRESSES.key("https://other.example/2016/03/02/dams/") is None


# ---------------------------------------------------------------- measures


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        ("ab..", (1, 1, 1, 1)),
        ("...a", (1, 1 / 2, 1 / 4, (1 / math.log2(5)) / (1 + 1 / math.log2(3)))),
        (".b.a", (1, 1, 1 / 2, (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3)))),
        ("....a", (0, 0, 1 / 5, 0)),
        ("..........a", (0, 0, 0, 0)),
        ("", (0, 0, 0, 0)),
    ],
)
def test_a_ranking_is_measured(ranking: str, expected: tuple[float, ...]) -> None:
    assert measured(ranking, {"a", "b"}) == pytest.approx(expected)


def test_more_targets_than_places_can_all_be_met() -> None:
    assert measured("abcd", set("abcdef")) == pytest.approx((1, 4 / 6, 1, 1))


def test_a_source_without_a_ranking_scores_nothing() -> None:
    scores = evaluate({"x": ["a"]}, {"x": {"a"}, "y": {"a"}})
    assert scores.sources == ("x", "y")
    assert scores.hit.tolist() == [1, 0]


def test_an_interval_holds_the_mean_and_narrows_with_more_sources() -> None:
    few, many = estimate(np.array([0.0, 1.0] * 10)), estimate(np.array([0.0, 1.0] * 1000))
    assert few.low < few.mean == 0.5 < few.high
    assert 0.035 < many.high - many.low < 0.053  # 2 · 1.96 · 0.5 / √2000 is 0.044
    assert few.high - few.low > 5 * (many.high - many.low)
    assert estimate(np.array([0.0, 1.0] * 10)) == few


def test_methods_are_compared_source_by_source() -> None:
    ours_, theirs = np.array([0.0, 1.0] * 50), np.array([0.0, 1.0] * 50) - 0.1
    assert difference(ours_, theirs) == pytest.approx((0.1, 0.1, 0.1))


# ---------------------------------------------------------------- methods

DAYS = datetime(2015, 6, 1, tzinfo=UTC)


def doc(name: str, days: int, text: str = "", tags: Sequence[str] = (), author: str = "") -> Doc:
    return Doc(
        path=name,
        title=text,
        dek="",
        prose="",
        quoted="",
        code="",
        tags=tuple(tags),
        authors=(author,) if author else (),
        section="",
        date=DAYS + timedelta(days=days),
        lang="en",
    )


WATER = [
    doc("dams", 10, "the dam on the river and the farmers", ["water", "africa"], "Amina"),
    doc("delta", 0, "farmers of the delta, and of the river", ["water", "asia"], "Boris"),
    doc("votes", 20, "the president counts votes", ["africa", "polls", "water"], "Boris"),
    doc("banks", 400, "the banks and the debt of the farmers", ["money"], "Amina"),
]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("newest", ["banks", "votes", "delta"]),
        ("nearest in date", ["votes", "delta", "banks"]),
        ("shared tags", ["votes", "delta"]),
        ("shared front matter", ["votes", "delta", "banks"]),
        ("Hugo", ["delta"]),
        ("Hugo, newer too", ["votes", "delta"]),
        ("BM25", ["delta", "banks", "votes"]),
        ("TF-IDF cosine", ["delta", "banks", "votes"]),
        ("TF-IDF, plain tf", ["banks", "delta", "votes"]),
    ],
)
def test_a_method_ranks(method: str, expected: list[str]) -> None:
    assert ranked(WATER, METHODS[method](WATER))["dams"] == expected


def test_the_year_decides_between_posts_of_as_many_tags_in_hugo() -> None:
    docs = [doc("now", 0, tags=["a"]), doc("then", 1, tags=["a"]), doc("later", 400, tags=["a"])]
    assert ranked(docs, baselines.hugo_with_newer(docs))["now"] == ["then", "later"]


@pytest.mark.parametrize("method", ["BM25", "TF-IDF cosine", "TF-IDF, plain tf"])
def test_a_rare_word_tells_more_than_a_common_one(method: str) -> None:
    texts = ["coup election", "coup", *["election"] * 5]
    docs = [doc(str(number), number, text) for number, text in enumerate(texts)]
    assert ranked(docs, METHODS[method](docs))["0"][0] == "1"


def test_only_older_posts_are_ranked_where_that_is_asked() -> None:
    scores = METHODS["TF-IDF cosine"](WATER)
    assert ranked(WATER, scores, older=True)["dams"] == ["delta"]


def test_posts_of_another_language_are_nobody_s_neighbours() -> None:
    docs = [doc("x", 0), doc("y", 1)._replace(lang="fr"), doc("z", 2)._replace(lang="en-GB")]
    assert ranked(docs, np.zeros((3, 3)))["x"] == ["z"]


def test_equal_scores_go_by_date_then_path() -> None:
    docs = [doc("x", 0), doc("c", 1), doc("b", 1), doc("a", 2)]
    assert ranked(docs, np.zeros((4, 4)))["x"] == ["a", "b", "c"]


# ---------------------------------------------------------------- the whole

POST = """\
---
title: {title}
date: '2016-03-0{day}'
---
{body}
"""
BODIES = {
    "dams": "The dam holds back the river. [Nilometer](/2016/03/02/floods/)"
    " and [farmers](/2016/03/03/farms/)",
    "floods": "The river floods the fields of the delta, as the dam let it.",
    "farms": "Wheat and millet on the fields of the delta.",
    "polls": "Voters wait for the count, see <a href='/2016/03/05/counts/'>ballots</a>.",
    "counts": "The count of the votes goes on, and voters wait.",
    "money": "Banks lend to nobody. [Usury](/2016/03/06/money/)",
}


BLOG = Blog("desk", ("desk.example",), copy)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for day, (name, body) in enumerate(BODIES.items(), 1):
        text = POST.format(title=name, day=day, body=body)
        posts = tmp_path / "posts"
        posts.mkdir(exist_ok=True)
        (posts / f"2016-03-0{day}-{name}.md").write_text(text)
    return tmp_path


def path(name: str) -> str:
    return f"posts/2016-03-0{list(BODIES).index(name) + 1}-{name}.md"


@pytest.fixture
def collection(folder: Path) -> Collection:
    return load(BLOG, folder)


def test_a_collection_has_the_links_and_no_word_of_them(collection: Collection) -> None:
    assert collection.links == {
        path("dams"): {path("floods"), path("farms")},
        path("polls"): {path("counts")},
    }
    assert collection.mentions == (4, 4)
    for name in BODIES:
        words = collection.corpus.terms[path(name)].words.split()
        assert not {"nilomet", "farmer", "ballot", "usuri"} & set(words)
        assert not {"Nilometer", "ballots"} & set(collection.docs[path(name)].prose.split())
    assert collection.docs[path("farms")].prose == "Wheat and millet on the fields of the delta."


def test_links_that_are_given_count(folder: Path) -> None:
    line = '{"source": "2016-03-01-dams.md", "target": "2016-03-06-money.md"}\n'
    (folder / "author-links.jsonl").write_text(line)
    assert load(BLOG, folder).links == {path("dams"): {path("money")}}


def test_ours_is_the_block_that_a_site_shows(collection: Collection) -> None:
    rankings = ours(collection)
    assert rankings[path("polls")][0] == path("counts")
    assert all(len(set(found)) == 5 and own not in found for own, found in rankings.items())
    older = ours(collection, older=True)
    assert (set(older[path("farms")]), older[path("dams")]) == ({path("dams"), path("floods")}, [])


def test_the_links_of_a_post_say_nothing_of_its_own_block(collection: Collection) -> None:
    everything = ours(collection)
    for source in collection.links:
        others = {path: found for path, found in collection.corpus.links.items() if path != source}
        without_its_own = collection._replace(corpus=replace(collection.corpus, links=others))
        assert ours(without_its_own)[source] == everything[source]


def test_every_method_is_reported_on_every_set(collection: Collection) -> None:
    parts = measured_blog(BLOG, collection)
    assert [(part.older, part.sources, part.links) for part in parts] == [
        (False, 2, 3),
        (True, 2, 3),
    ]
    for part in parts:
        assert [line.method for line in part.lines] == [*METHODS, WORDS, OURS]
        text = table(part)
        assert all(method in text for method in (*METHODS, OURS))
        assert part.lines[-1].hit.mean == part.reach[4] <= part.reach[20] <= 1
    assert parts[0].lines[-1].ndcg.mean > parts[0].lines[0].ndcg.mean


LINKED = {
    "source": "Dams hold back rivers. [Zebras](/2016/03/03/zebras/)",
    "alike": "Rivers and dams and dams and rivers. [Stripes](/2016/03/03/zebras/)",
    "zebras": "Black and white.",
    "polls": "Voters by the dams queue; ballots, counts, observers.",
    "banks": "Banks lend for dams: interest, debt, creditors, bonds.",
    "farms": "Farms below dams: wheat, millet, drought, prices.",
    "ports": "Ports miss dams; cranes, containers, customs, strikes.",
}


def test_what_links_are_worth_is_told(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    for day, (name, body) in enumerate(LINKED.items(), 1):
        text = POST.format(title=name, day=day, body=body)
        (tmp_path / f"posts/2016-03-0{day}-{name}.md").write_text(text)
    given = '{"source": "2016-03-01-source.md", "target": "2016-03-03-zebras.md"}'
    (tmp_path / "author-links.jsonl").write_text(given)
    part, _ = measured_blog(BLOG, load(BLOG, tmp_path))
    hits = {line.method: line.hit.mean for line in part.lines}
    assert (hits[WORDS], hits[OURS]) == (0, 1)


def test_what_is_tuned_on_and_what_is_kept_aside_have_nothing_in_common() -> None:
    given = {f"posts/{number}.md": frozenset({"x"}) for number in range(400)}
    kept, tuned = sets(Blog("a", (), copy, tuned=True), given).values()
    assert not tuned.keys() & kept.keys()
    assert {**tuned, **kept} == given
    assert 150 < len(tuned) < 250
    assert sets(BLOG, given) == {"desk": given}


def test_languages_are_reported_apart() -> None:
    given = {"posts/fr/a.md": frozenset({"posts/fr/b.md"}), "posts/en/a.md": frozenset({"x"})}
    assert {name: list(found) for name, found in sets(BLOG, given).items()} == {
        "desk, en": ["posts/en/a.md"],
        "desk, fr": ["posts/fr/a.md"],
    }


FOREIGN = """\
---
title: {title}
description: De l’eau.
author: '{author}'
date: 2016-03-0{day}T13:00:00.000Z
thumb: https://cdn.example/small.jpg
---
{body}
"""


def test_posts_of_another_generator_are_read(tmp_path: Path) -> None:
    posts = tmp_path / "content/fr/blog/posts"
    posts.mkdir(parents=True)
    texts = {
        "Où-va-l’eau": ("", "Voir [ici](https://desk.example/2016/03/02/l%C3%A9gende/)."),
        "légende": ("Anne Y, reporter", "Les champs du delta."),
    }
    for day, (name, (author, body)) in enumerate(texts.items(), 1):
        text = FOREIGN.format(title=name, author=author, day=day, body=body)
        (posts / f"{name}.md").write_text(text)
    collection = load(Blog("desk", ("desk.example",), convert), tmp_path)
    water, legend = "posts/fr/2016-03-01-où-va-leau.md", "posts/fr/2016-03-02-légende.md"
    assert collection.links == {water: {legend}}
    assert collection.docs[water].prose == "Voir  ."
    assert [collection.docs[path].authors for path in (water, legend)] == [
        (),
        ("Anne Y, reporter",),
    ]
    assert collection.docs[legend].dek == "De l’eau."
    assert collection.docs[legend].lang == "fr"


def test_a_failure_is_told_with_its_places(folder: Path) -> None:
    fifth = ours(load(BLOG, folder))[path("polls")][4]
    lines = [
        f'{{"source": "{Path(source).name}", "target": "{Path(target).name}"}}'
        for source, target in ((path("polls"), fifth), (path("dams"), path("floods")))
    ]
    (folder / "author-links.jsonl").write_text("\n".join(lines))
    (failure,) = worst(load(BLOG, folder), 3)
    assert (failure.source.title, failure.places, len(failure.block)) == ("polls", [5], 4)
    assert "2016-03-04 polls" in str(failure).splitlines()[0]
    assert "at 5" in str(failure).splitlines()[1]


COMMAND = (sys.executable, "-m", "benchmarks.related_quality")


def test_the_benchmark_reports(folder: Path, repository: Path) -> None:
    for name in ("rustblog", "18f"):
        (folder / name).mkdir()
        shutil.copytree(folder / "posts", folder / name / "posts")
    foreign = folder / "cds/content/en/blog/posts/dams.md"
    foreign.parent.mkdir(parents=True)
    foreign.write_text(FOREIGN.format(title="Dams", author="", day=1, body="Dams."))
    (folder / "doc.md").write_text(f"Before\n{BEGIN}\nold\n{END}\nbehind\n")
    done = subprocess.run(
        [*COMMAND, folder, "--json", folder / "q.json", "--report", folder / "doc.md"],
        cwd=repository,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "18f: 6 posts; of 4 links 4 lead to one" in done.stdout
    assert json.loads((folder / "q.json").read_text())
    doc = (folder / "doc.md").read_text()
    assert doc.startswith(f"Before\n{BEGIN}\n")
    assert doc.endswith(f"{END}\nbehind\n")
    assert "|  | rustblog, tuned on | 18f |" in doc
    assert "old\n" not in doc


def test_a_document_without_marks_is_left_alone() -> None:
    with pytest.raises(ValueError, match="measured"):
        renewed(f"Before {BEGIN} behind", [])
