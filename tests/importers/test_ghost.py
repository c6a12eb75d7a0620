"""Exports of Ghost, read: a sample publication with what tends to go wrong, case by case."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from blogforge.errors import BlogforgeError, ConfigError, ContentError
from blogforge.importers import pieces
from blogforge.importers.convert import to_markdown
from blogforge.importers.found import Found, Instructions, Item
from blogforge.importers.ghost import dates, lexical, mobiledoc, read
from blogforge.importers.ghost.cards import Cards
from blogforge.importers.ghost.export import BodyError
from blogforge.importers.source import opened
from tests.importers.desk import png

SAMPLE = Path(__file__).parent / "samples" / "ghost.json"


def found_in(path: Path, url: str = "") -> Found:
    with opened(str(path)) as source:
        return read(source, Instructions(url=url))


@cache
def sample() -> Found:
    return found_in(SAMPLE)


def item(key: str) -> Item:
    return next(each for each in sample().items if each.key == f"ghost:{key}")


def notes(key: str) -> str:
    return "\n".join(note.what for note in item(key).notes)


def left_out() -> dict[str, str]:
    return {each.origin.item or each.what: each.reason for each in sample().left_out}


CASES: dict[str, tuple[Callable[[], Any], Any]] = {
    "a title is plain text": (lambda: item("a1").title, "Bread & its price"),
    "a post without a title": (
        lambda: item("b3").title,
        "A note without a headline, which begins like this and goes on for a…",
    ),
    "the excerpt is the dek": (lambda: item("a1").dek, "What a loaf costs, and whom."),
    "or the description": (lambda: item("a2").dek, "How grain travels."),
    "the desk's own clock": (lambda: item("a1").date, "2024-02-01T10:00:00+01:00"),
    "a date of Ghost's old form": (lambda: item("a2").date, "2019-08-01T00:30:00+02:00"),
    "a night between two months": (lambda: item("a3").date, "2024-03-31T00:30:00+01:00"),
    "milliseconds": (lambda: item("b2").date, "2015-03-11T13:52:29+01:00"),
    "changed on another day": (lambda: item("a1").updated, "2024-02-20T11:00:00+01:00"),
    "not changed since": (lambda: item("a2").updated, ""),
    "a draft's date": (
        lambda: (item("a6").date, item("a6").old),
        ("2024-02-01T09:00:00+01:00", ""),
    ),
    "the primary tag is the section": (
        lambda: (item("a1").section, item("a1").tags),
        ("Economy", ("Bread",)),
    ),
    "tags for the desk alone": (lambda: item("a1").extra["internal_tags"], ["wide"]),
    "no tag": (lambda: (item("b7").section, item("b7").tags), ("", ())),
    "authors in their order": (
        lambda: (item("a1").authors, item("b7").authors),
        (("ines", "tom"), ("tom", "ines")),
    ),
    "an author of the first years": (lambda: item("b2").authors, ("ines",)),
    "who they are": (
        lambda: [
            (each.name, each.bio, each.handle, each.links)
            for each in sample().people
            if each.id == "ines"
        ],
        [
            (
                "Inès Bäcker",
                "Bakes and counts.",
                "@inesbaecker",
                (
                    ("ines.example", "https://ines.example"),
                    ("facebook.com", "https://www.facebook.com/ines.b"),
                    ("social.example", "https://social.example/@ines"),
                ),
            )
        ],
    ),
    "no address of e-mail": (lambda: "@bread.example" in repr(sample()), False),
    "the feature image": (
        lambda: item("a1").image and (item("a1").image.alt, item("a1").image.credit),  # type: ignore[union-attr]
        ("A round loaf on a table", "Photo by M. Mühle / Agency"),
    ),
    "for members": (lambda: (item("a4").status, "“paid”" in notes("a4")), ("draft", True)),
    "for a tier": (lambda: item("a5").status, "draft"),
    "only sent": (lambda: (item("a8").status, item("a9").status), ("draft", "draft")),
    "scheduled": (lambda: (item("a7").status, item("a7").date[:4]), ("published", "2031")),
    "a page": (lambda: (item("b1").kind, item("b1").old), ("page", "/about/")),
    "an original elsewhere": (lambda: item("b7").canonical, "https://partner.example/two/"),
    "another language": (lambda: (item("b6").language, item("b2").language), ("fr", "")),
    "featured": (lambda: item("a3").extra, {"custom_template": "custom-wide", "featured": True}),
    "titles for search engines and e-mails": (
        lambda: (item("a1").extra["meta_title"], item("a1").extra["email_subject"]),
        ("Bread: the price", "Bread!"),
    ),
    "injected code": (lambda: "track()" in notes("a1"), True),
    "no code in the text": (lambda: "track" in item("a1").body, False),
    "the id in feeds": (lambda: (item("a1").id, item("b1").id), ("a1", "")),
    "Markdown of the first years": (
        lambda: (item("b2").form, item("b2").body),
        ("markdown", "Old *Markdown*, with a [link](/bread/)."),
    ),
    "a text that is broken": (
        lambda: left_out()["Broken inside"].startswith("its lexical is no JSON"),
        True,
    ),
    "an empty post": (lambda: left_out()["b5"], "it is empty"),
    "exported twice": (lambda: left_out()["Bread & its price"], "it stands in the export twice"),
    "snippets": (lambda: left_out()["snippet"], "a snippet of Ghost's editor"),
    "what the site is called": (
        lambda: sample().settings,
        {
            "title": "The Bread Question",
            "dek": "Weighing loaves since 2015",
            "language": "en",
            "timezone": "Europe/Berlin",
        },
    ),
    "it adds up": (
        lambda: len(sample().items) + sum(each.count for each in sample().left_out),
        19,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    actual, expected = CASES[case]
    assert actual() == expected


BODIES = {
    "a1": [
        "Bread is a <strong>promise</strong>, said",
        '<a href="/grain-by-rail/"><em>the last minister</em></a> &amp; the one before &lt; him.',
        '<ol start="3"><li>Flour<ul><li>soft</li><li>hard</li></ul></li><li>Salt</li></ol>',
        "<li>☑ counted</li><li>☐ weighed</li>",
        "<blockquote>We weigh everything.<br>Twice.</blockquote>",
        '<img src="/content/images/2024/02/loaf.png" alt="A round loaf"><figcaption><em>The</em>',
        'alt="Two"></figure><p>A day at the mill</p>',
        '<a href="https://partner.example/bread">On bread</a> (Partner)<br>A long read.<br>Worth',
        '<aside class="fact-box"><p class="fact-box-title">In short:</p><p>bread costs more.</p>',
        "<p>No title here.</p>",
        "<details><summary>How we counted</summary><p>By hand.</p></details>",
        '<p><a href="/content/files/2024/02/tables.pdf">Our tables</a></p>',
        '<code class="language-python">price = 3 &lt; 4\n\nloaf = 1</code></pre><p>Our sum</p>',
        '<div class="box"><p>Raw <b>HTML</b></p></div>',
        "<p>Old <strong>Markdown</strong> with a",
        '<video controls src="/content/media/2024/02/mill.mp4" poster=',
        "<figcaption>A talk</figcaption>",
        ">All tables</a><br>PDF, by year",
        '<iframe src="https://video.example/embed/mill"></iframe>',
        "<p>★★★★☆</p><p>It grinds.</p>",
        "<h2>A head in between</h2><p>and what is below</p>",
        "Rye or wheat?",
        "<p>Inside something new.</p>",
        "<sup>The end.</sup>",
    ],
    "a2": [
        '<p>Grain goes <strong>by <em>rail</em></strong>, as <a href="/bread/">bread</a> does.<br>',
        "<h2>Wagons</h2><ul><li>One</li><li>Two</li></ul>",
        "<figcaption>Rails, © Railway</figcaption></figure><hr><ul>\n<li>one</li>",
        '<code class="language-r">x = 1</code>',
        "@nadia",
    ],
    "a3": [
        '<a href="https://partner.example/seeds">On seeds</a> (Partner)<br/>Why &amp; how.',
        '<p class="fact-box-title">Seeds in numbers</p><p>410 tonnes.</p>',
        "<summary>How?</summary><p>By asking.</p>",
        '<a href="https://partner.example/buy">Buy seeds</a>',
        ">Seed tables</a><br/>By year",
        'alt="M" src="/content/images/2024/02/mill.png"/></figure><p>Both.</p>',
        '<iframe src="https://video.example/embed/seeds" title="Seeds"></iframe>',
        '<table><tr><td colspan="2">Raw</td></tr></table>',
        "Set apart.</blockquote>",
    ],
    "b8": ['<aside class="pull-quote"><p>One &amp; two.</p></aside>', "/content/images/2019/rail"],
}


@pytest.mark.parametrize("key", BODIES)
def test_bodies(key: str) -> None:
    body = item(key).body
    assert [part for part in BODIES[key] if part not in body] == []
    assert not any(mark in body for mark in ("GHOST", "<!--", "kg-signup", "kg-callout"))


def test_what_is_given_up_is_told() -> None:
    told = notes("a1") + notes("a2") + notes("a3")
    for words in (
        "“Only in the e-mail, this.”",
        "“Never miss a loaf Sign up now No spam”",
        "“poll-of-the-future” is unknown",
        "“future-box”",
        "“mention”",
        "“Get seeds by mail”",
        "the callout “No title here.” is a paragraph",
    ):
        assert words in told


def test_addresses_by_routes_redirects_and_the_content_folder(tmp_path: Path) -> None:
    routes = (
        "routes:\n  /about/: about\ncollections:\n"
        "  /money/:\n    permalink: /money/{year}/{slug}/\n    filter: primary_tag:economy\n"
        "  /:\n    permalink: /{primary_author}/{month}/{slug}/\n    template: index\n"
    )
    redirects = [
        {"from": "^/brot/?$", "to": "/money/2024/bread/", "permanent": True},
        {"from": "/loaf/", "to": "/money/2024/bread/"},
        {"from": "^/archiv/(.*)$", "to": "/$1/"},
        {"from": "/shop/", "to": "https://shop.example/"},
    ]
    files = {
        "data/export.json": SAMPLE.read_bytes(),
        "content/data/redirects.json": json.dumps(redirects).encode(),
        "content/settings/routes.yaml": routes.encode(),
        "content/images/2024/02/loaf.png": png(),
        "content/images/size/w600/2024/02/loaf.png": png(),
        "content/files/2024/02/tables.pdf": b"%PDF",
        "package.json": b'{"name": "ghost"}',
    }
    with ZipFile(tmp_path / "ghost.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    with opened(str(tmp_path / "ghost.zip")) as source:
        found = read(source, Instructions(url="https://bread.example/"))
        at_hand = {each.name: each.addresses for each in found.files}
    by_key = {each.key: each for each in found.items}
    bread, two = by_key["ghost:a1"], by_key["ghost:b7"]
    assert bread.old == "https://bread.example/money/2024/bread/"
    assert bread.aliases == ("/brot/", "/loaf/")
    assert two.old == "https://bread.example/tom/02/two-hands/"
    assert by_key["ghost:b1"].old == "https://bread.example/about/"
    assert 'href="https://bread.example/grain-by-rail/"' in bread.body
    assert "/grain-by-rail/" in by_key["ghost:a2"].references
    assert at_hand == {
        "2024/02/loaf.png": (
            "https://bread.example/content/images/2024/02/loaf.png",
            "/content/images/2024/02/loaf.png",
        ),
        "2024/02/tables.pdf": (
            "https://bread.example/content/files/2024/02/tables.pdf",
            "/content/files/2024/02/tables.pdf",
        ),
    }
    told = [each.message for each in found.problems]
    assert told == [
        "the redirect from ^/archiv/(.*)$ to /$1/ cannot be kept",
        "the redirect from /shop/ to https://shop.example/ cannot be kept",
    ]


@pytest.mark.parametrize(
    ("pattern", "old"),
    [("/:year/:month/:day/:slug/", "/2019/08/01/grain-by-rail/"), ("/:slug/", "/grain-by-rail/")],
)
def test_addresses_of_the_first_years(tmp_path: Path, pattern: str, old: str) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace('"locale",', '"permalinks",', 1)
    document = json.loads(text)
    document["db"][0]["data"]["settings"].append({"key": "permalinks", "value": pattern})
    (tmp_path / "export.json").write_text(json.dumps(document), encoding="utf-8")
    found = found_in(tmp_path / "export.json")
    assert next(each.old for each in found.items if each.key == "ghost:a2") == old


REFUSED: dict[str, tuple[str, type[BlogforgeError]]] = {
    "no JSON": ("{", ContentError),
    "deep": ("[" * 100_000, ContentError),
    "something else": ('{"name": "ghost"}', ConfigError),
    "a list": ("[]", ConfigError),
    "no posts": ('{"db": [{"data": {"posts": 1}}]}', ConfigError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_export_is_refused(tmp_path: Path, name: str) -> None:
    text, error = REFUSED[name]
    (tmp_path / "export.json").write_text(text)
    with pytest.raises(error):
        found_in(tmp_path / "export.json")


ODD: dict[str, dict[str, Any]] = {
    "numbers": {"id": 1, "title": 7, "slug": 8, "html": "<p>x</p>", "status": "published"},
    "lists": {"id": "x", "title": [], "slug": {}, "html": "<p>x</p>", "published_at": []},
    "nothing": {"html": "<p>x</p>"},
    "far away": {"html": "x", "published_at": 10**20, "updated_at": "yesterday"},
    "no addresses": {"html": "x", "canonical_url": "http://[x", "feature_image": "//[x"},
    "no root": {"lexical": "[]", "title": "x"},
    "odd nodes": {"lexical": '{"root": {"children": [1, {"type": 3}, {"children": 1}]}}'},
    "odd card": {"mobiledoc": '{"sections": [[10, 0]], "cards": [["image", 3]]}', "title": "x"},
    "deep": {"lexical": '{"root":' + '{"children":[' * 400 + "]}" * 400 + "}", "title": "x"},
}


@pytest.mark.parametrize("name", ODD)
def test_odd_rows_are_read_or_left_out(tmp_path: Path, name: str) -> None:
    document = {"data": {"posts": [ODD[name]], "posts_tags": [{"post_id": 1}], "users": [1]}}
    (tmp_path / "export.json").write_text(json.dumps(document))
    found = found_in(tmp_path / "export.json")
    assert len(found.items) + len(found.left_out) == found.counted == 1


MOBILEDOCS: dict[str, dict[str, Any]] = {
    "a marker without its end": {
        "markups": [["b"]],
        "sections": [[1, "p", [[0, [0], 0, "a"], [0, [], 0, "b"]]]],
    },
    "a markup without a form": {
        "markups": [["script"], ["a", ["href", 'x"><b>']]],
        "sections": [[1, "p", [[0, [0, 1], 2, "a"]]]],
    },
    "an unknown section": {"sections": [[99, "p"]]},
}


def test_mobiledoc_at_its_edges() -> None:
    made = {name: mobiledoc.html_of(each, Cards()) for name, each in MOBILEDOCS.items()}
    assert made == {
        "a marker without its end": "<p><b>ab</b></p>",
        "a markup without a form": '<p><a href="x&quot;&gt;&lt;b&gt;">a</a></p>',
        "an unknown section": "<pre><code>[99, 'p']</code></pre>",
    }
    with pytest.raises(BodyError):
        mobiledoc.html_of({"sections": [[10, 5]]}, Cards())


def test_every_format_of_a_text_in_lexical() -> None:
    tags = {1: "strong", 2: "em", 4: "s", 8: "u", 16: "code", 32: "sub", 64: "sup", 128: "mark"}
    for bit, tag in tags.items():
        node = {"children": [{"type": "text", "text": "a<b", "format": bit}]}
        assert lexical.html_of(node, Cards()) == f"<{tag}>a&lt;b</{tag}>"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-02-01T09:00:00.000Z", "2024-02-01T04:00:00-05:00"),
        ("2024-07-01 09:00:00", "2024-07-01T05:00:00-04:00"),
        (0, "1969-12-31T19:00:00-05:00"),
        (None, ""),
        ("soon", ""),
    ],
)
def test_dates(value: object, expected: str) -> None:
    assert dates.moment(value, ZoneInfo("America/New_York")) == expected


def test_the_space_at_the_edge_of_a_link_stays() -> None:
    assert (
        pieces.link("https://x.example/", " at Gao") == '<a href="https://x.example/"> at Gao</a>'
    )
    assert to_markdown(f"<p>a{pieces.link('b', ' c')}</p>").markdown == "a [c](b)"
