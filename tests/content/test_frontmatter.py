from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogforge.config import Config
from blogforge.content.frontmatter import Parts, parse_post, parse_standalone, split
from blogforge.errors import ContentError, Location, Problem
from blogforge.images import Image
from blogforge.model import Correction, Post, Reference, RelatedChoice, Standalone

CONFIG = Config(title="Mali Watch", url="https://example.org/blog/", timezone="Europe/Paris")
PATH = "posts/2012-03-21-libya-mali.md"


def post(front: str = "", path: str = PATH, config: Config = CONFIG) -> Post:
    return parse_post(path, f"---\ntitle: Libya\n{front}\n---\nBody\n", "d", config)[1]


def page(path: str, front: str = "") -> Standalone:
    return parse_standalone(path, f"---\ntitle: About\n{front}\n---\nBody\n", "d", CONFIG)[1]


def place(problem: Problem) -> Location:
    assert problem.location
    return problem.location


def problems(front: str, path: str = PATH, config: Config = CONFIG) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        post(front, path, config)
    return caught.value.problems


# ---------------------------------------------------------------- parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\na: b\n---\nBody\n", Parts("a: b\n", "Body\n", 4)),
        ("---  \na: b\n...\n\nBody", Parts("a: b\n", "\nBody", 4)),
        ("---\n---", Parts("", "", 3)),
        ("---\na: b\n--- \n---\nBody", Parts("a: b\n", "---\nBody", 4)),
        ("---\na: |\n  ---\n  b\n---\nBody", Parts("a: |\n  ---\n  b\n", "Body", 6)),
    ],
)
def test_split(text: str, parts: Parts) -> None:
    assert split(text, PATH) == parts


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("---\ntitle: a\n\nBody\n", 1, "opens here and never closes", "end it with a line '---'"),
        ("---", 1, "opens here and never closes", "end it with"),
        ("+++\ntitle = 'a'\n+++\n", 1, "in TOML is not read", "front matter between lines '---'"),
        ("Body\n", 1, "there is no front matter, so the title is missing", "begin the file with"),
        ("", 1, "there is no front matter, so the title is missing", "begin the file with"),
        ("\n\n---\ntitle: a\n---\n", 3, "does not begin in the first line", "delete what stands"),
        ("---\n- a\n---\n", 2, "front matter is not 'name: value' lines", "write 'title"),
        ("---\njust text\n---\n", 2, "front matter is not 'name: value' lines", "write 'title"),
        ("---\n---\nBody", 2, "'title' is missing", "write 'title"),
        ("---\ntitle:\n---\nBody", 2, "'title' is empty", "write 'title"),
        ("---\ntitle: ' '\n---\nBody", 2, "'title' is empty", "write 'title"),
        ("---\ntitle: Foo: bar\n---\nBody", 2, "': ' in it needs quotes", 'title: "Foo: bar"'),
        ("---\na: b\na: c\ntitle: d\n---\n", 3, "the key 'a' stands in line 2", "keep one"),
    ],
)
def test_files_without_usable_front_matter(text: str, line: int, message: str, hint: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_post(PATH, text, "d", CONFIG)
    problem = caught.value.problems[0]
    assert (place(problem).path, place(problem).line) == (PATH, line)
    assert message in problem.message
    assert hint in problem.hint


def test_source_is_the_body_and_its_line() -> None:
    text = "---\ntitle: a\n---\n\nBody\n"
    source, made = parse_post(PATH, text, "digest", CONFIG)
    assert (source.path, source.digest, source.body, source.body_line) == (
        PATH,
        "digest",
        "\nBody\n",
        4,
    )
    assert (made.path, made.digest) == (PATH, "digest")


# ---------------------------------------------------------------- values


def test_the_least_post() -> None:
    made = post()
    paris = timezone(timedelta(hours=1))
    assert made == Post(
        path=PATH,
        digest="d",
        url="/blog/2012/03/21/libya-mali/",
        slug="libya-mali",
        title="Libya",
        lang="en",
        date=datetime(2012, 3, 21, tzinfo=paris),
    )


def test_every_field() -> None:
    made = post(
        """
dek: "Two\\n lines"
kicker: 2012
dateline: BAMAKO
authors: [anna, "Smith, John"]
section: Africa
tags: [ mali, 2012, no, 012, mali]
story: Sahel
type: opinion
image: {src: a.jpg, alt: A road, caption: 'The  road', credit: AFP}
updated: 2012-03-22 10:00
status: unlisted
embargo: 2012-03-20T10:00Z
expires: 2013-01-01
corrections:
  - {date: 2012-03-23, text: " It was Tuesday. "}
sources:
  - https://example.org/a
  - A book
  - {title: A report, url: "https://example.org/rapport/é", archived: "https://example.net/"}
key_points: [one, two]
related: {pin: posts/a.md, exclude: [posts/b.md]}
aliases: [old/name/, /older.html]
canonical: https://example.net/original
lang: fr
translation_of: posts/en.md
template: long-read.html
extra: {at: 12:30, count: 5, live: yes}
"""
    )
    paris = timezone(timedelta(hours=1))
    assert made.dek == "Two lines"
    assert made.kicker == "2012"
    assert made.dateline == "BAMAKO"
    assert made.authors == ("anna", "Smith, John")
    assert (made.section, made.story, made.type) == ("Africa", "Sahel", "opinion")
    assert made.tags == ("mali", "2012", "no", "012")
    assert made.image == Image(src="a.jpg", alt="A road", caption="The road", credit="AFP")
    assert made.updated == datetime(2012, 3, 22, 10, tzinfo=paris)
    assert made.status == "unlisted"
    assert made.embargo == datetime(2012, 3, 20, 10, tzinfo=UTC)
    assert made.expires == datetime(2013, 1, 1, tzinfo=paris)
    corrected = datetime(2012, 3, 23, tzinfo=paris)
    assert made.corrections == (
        Correction(date=corrected, text="It was Tuesday.", id="correction_20120323"),
    )
    assert made.sources == (
        Reference(title="https://example.org/a", url="https://example.org/a"),
        Reference(title="A book"),
        Reference(
            title="A report", url="https://example.org/rapport/é", archived="https://example.net/"
        ),
    )
    assert made.key_points == ("one", "two")
    assert made.related == RelatedChoice(pin=("posts/a.md",), exclude=("posts/b.md",))
    assert made.aliases == ("/old/name/", "/older.html")
    assert made.canonical == "https://example.net/original"
    assert (made.lang, made.translation_of) == ("fr", "posts/en.md")
    assert made.template == "long-read.html"
    assert made.extra == {"at": "12:30", "count": 5, "live": "yes"}


@pytest.mark.parametrize("title", ["1984", "no", "012", "12:30", "1e3", "true", "2024-02-30"])
def test_a_title_is_the_text_that_was_written(title: str) -> None:
    text = f"---\ntitle: {title}\n---\n"
    assert parse_post(PATH, text, "d", CONFIG)[1].title == title


@pytest.mark.parametrize(
    ("front", "field", "value"),
    [
        ("id: tag:example.org,2012:a", "id", "tag:example.org,2012:a"),
        ('guid: "12 at https://old.example"', "id", "12 at https://old.example"),
        ("summary: a", "dek", "a"),
        ("excerpt: a", "dek", "a"),
        ("description: a", "dek", "a"),
        ("subtitle: a", "dek", "a"),
        ("author: Smith, John", "authors", ("Smith, John",)),
        ("authors: Jane Doe, Senior Adviser", "authors", ("Jane Doe, Senior Adviser",)),
        ("author: [a, b]", "authors", ("a", "b")),
        ("authors: a", "authors", ("a",)),
        ("category: a", "section", "a"),
        ("categories: [a]", "section", "a"),
        ("categories: a", "section", "a"),
        ("lastmod: 2012-04-01T00:00Z", "updated", datetime(2012, 4, 1, tzinfo=UTC)),
        ("modified: 2012-04-01T00:00Z", "updated", datetime(2012, 4, 1, tzinfo=UTC)),
        ("draft: true", "status", "draft"),
        ("draft: false", "status", "published"),
        ("draft: true\nstatus: draft", "status", "draft"),
        ("image: a.jpg", "image", Image(src="a.jpg")),
        ("related: false", "related", RelatedChoice(show=False)),
        ("related: true", "related", RelatedChoice()),
        ("tags: mali", "tags", ("mali",)),
        ("dek:\ntags:\nimage:\nextra:", "dek", ""),
        ("extra: {a: '5'}", "extra", {"a": "5"}),
        ("slug: Ma Li", "slug", "Ma Li"),
    ],
)
def test_other_spellings_and_short_forms(front: str, field: str, value: object) -> None:
    assert getattr(post(front), field) == value


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2012-03-21", "2012-03-21T00:00:00+01:00"),
        ("'2012-07-21'", "2012-07-21T00:00:00+02:00"),
        ("2012-03-21 10:00", "2012-03-21T10:00:00+01:00"),
        ("2012-03-21 9:05:07", "2012-03-21T09:05:07+01:00"),
        ("2012-03-21T10:00:00.25", "2012-03-21T10:00:00.250000+01:00"),
        ("2012-03-21T10:00:00Z", "2012-03-21T10:00:00+00:00"),
        ('"2012-03-21T10:00:00-04:00"', "2012-03-21T10:00:00-04:00"),
        ("2012-03-21 10:00:00 +0530", "2012-03-21T10:00:00+05:30"),
        ("2024-02-29", "2024-02-29T00:00:00+01:00"),
        # The clocks of Paris skip 02:00 to 03:00 on 25 March 2012 ...
        ("2012-03-25 02:30", "2012-03-25T03:30:00+02:00"),
        # ... and show 02:00 to 03:00 twice on 28 October.
        ("2012-10-28 02:30", "2012-10-28T02:30:00+02:00"),
        # Local mean time was 9 minutes and 21 seconds ahead.
        ("1890-01-01", "1890-01-01T00:00:00+00:09"),
    ],
)
def test_dates(written: str, iso: str) -> None:
    made = post(f"date: {written}").date
    assert made.isoformat() == iso
    assert isinstance(made.tzinfo, timezone)
    assert made.fold == 0


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (
            "2024-02-30",
            "a date that does not exist: '2024-02-30'",
            "February 2024 ends on the 29th",
        ),
        (
            "2026-02-30",
            "a date that does not exist: '2026-02-30'",
            "February 2026 ends on the 28th",
        ),
        ("2026-04-31", "a date that does not exist: '2026-04-31'", "April 2026 ends on the 30th"),
        (
            "2026-12-32",
            "a date that does not exist: '2026-12-32'",
            "December 2026 ends on the 31st",
        ),
        ("2026-02-00", "is a date that does not exist: '2026-02-00'", "write it as"),
        ("2024-13-31", "is a date that does not exist: '2024-13-31'", "write it as"),
        ("0000-02-30", "is a date that does not exist: '0000-02-30'", "write it as"),
        ("2024-13-01", "is a date that does not exist: '2024-13-01'", "write it as"),
        ("0000-01-01", "is a date that does not exist: '0000-01-01'", "write it as"),
        ("2024-02-29 24:00", "is a time that does not exist: '24:00'", "write it as"),
        ("2024-02-29 10:60", "is a time that does not exist: '10:60'", "write it as"),
        ("2024-02-29 10:00:00 CET", "has an unknown time zone: 'CET'", "+01:00"),
        ("2024-02-29 10:00 Europe/Paris", "has an unknown time zone", "+01:00"),
        ("2024-02-29 10:00 +25:00", "has an impossible offset: '+25:00'", "-14:00 to +14:00"),
        ("2024-02-29 10:00 +01:75", "has an impossible offset: '+01:75'", "-14:00 to +14:00"),
        ("21.3.2012", "is not a date: '21.3.2012'", "2012-03-21"),
        ("2026-3-4", "is not a date: '2026-3-4'", "write 2026-03-04"),
        ("2026/03/4 10:00", "is not a date: '2026/03/4 10:00'", "write 2026-03-04 10:00"),
        ("2026-2-30", "is not a date: '2026-2-30'", "write it as"),
        ("2026-3-4 noon", "is not a date: '2026-3-4 noon'", "write it as"),
        ("20120321", "is not a date: '20120321'", "2012-03-21"),
        ("tomorrow", "is not a date: 'tomorrow'", "2012-03-21"),
        ("٢٠١٢-٠٣-٢١", "is not a date", "2012-03-21"),
        ("0001-01-01", "is out of range: '0001-01-01'", "2012-03-21"),
        ("9999-12-31 23:00 -05:00", "is out of range", "2012-03-21"),
    ],
)
@pytest.mark.parametrize("field", ["date", "updated", "embargo", "expires"])
def test_impossible_dates_are_located(field: str, written: str, message: str, hint: str) -> None:
    (problem,) = problems(f"{field}: {written}")
    assert problem.location == Location(PATH, 3, len(field) + 3)
    assert problem.message.startswith(f"'{field}' ")
    assert message in problem.message
    assert hint in problem.hint
    assert problem.excerpt == f"{field}: {written}"


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(min_value=datetime(1000, 1, 1), max_value=datetime(9998, 12, 31)),
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from(["T", " "]),
)
def test_dates_with_an_offset_are_read_back(moment: datetime, minutes: int, separator: str) -> None:
    moment = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    made = post(f"date: {moment.isoformat(sep=separator)}").date
    assert made == moment
    assert made.utcoffset() == moment.utcoffset()


@settings(max_examples=200, deadline=None)
@given(st.dates(), st.text(max_size=8))
def test_no_date_raises_anything_but_content_errors(date: date, rest: str) -> None:
    quoted = f"{date}{rest}".replace("'", "''")
    try:
        assert post(f"date: '{quoted}'").date.tzinfo
    except ContentError as error:
        assert [p for p in map(place, error.problems) if p.line >= 3]  # noqa: PT017


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("posts/2012-03-21-libya-mali.md", "/blog/2012/03/21/libya-mali/"),
        ("posts/2012-03-21-libya-mali.markdown", "/blog/2012/03/21/libya-mali/"),
        ("posts/2012-03-21-libya-mali/index.md", "/blog/2012/03/21/libya-mali/"),
        ("posts/africa/2012-03-21-libya-mali.md", "/blog/2012/03/21/libya-mali/"),
        ("posts/2012-03-21-Élection à Bamako.md", "/blog/2012/03/21/%C3%A9lection-%C3%A0-bamako/"),
    ],
)
def test_date_and_slug_from_the_name(path: str, url: str) -> None:
    assert post(path=path).url == url


def test_front_matter_goes_before_the_name() -> None:
    made = post("date: 2011-01-02T23:30:00-05:00\nslug: other")
    assert made.url == "/blog/2011/01/02/other/"  # the day where it was written


def test_section_in_the_permalink() -> None:
    config = Config(
        title="a", url="https://b.org/", permalink="/{section}/{year}-{month}-{day}/{slug}/"
    )
    assert post("section: West Africa", config=config).url == "/west-africa/2012-03-21/libya-mali/"
    (problem,) = problems("", config=config)
    assert "'section' is missing, and the permalink /{section}/" in problem.message
    assert problem.location == Location(PATH, 2, 1)
    assert "write 'section" in problem.hint


@pytest.mark.parametrize(
    ("path", "line", "message", "hint"),
    [
        ("posts/libya.md", 2, "'date' is missing", "or begin the file's name with it"),
        ("posts/2024-02-30-libya.md", 2, "a date that does not exist: '2024-02-30'", "the 29th"),
        ("posts/2012-03-21.md", 2, "the file's name gives no address", "write 'slug: …'"),
        ("posts/2012-03-21-!!!.md", 2, "the file's name gives no address", "write 'slug: …'"),
        ("posts/index.md", 2, "the file's name gives no address", "write 'slug: …'"),
    ],
)
def test_names_that_do_not_do(path: str, line: int, message: str, hint: str) -> None:
    problem = next(p for p in problems("", path) if message in p.message)
    assert problem.location == Location(path, line, 1)
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("path", "front", "url"),
    [
        ("pages/about.md", "", "/blog/about/"),
        ("pages/legal/imprint.md", "", "/blog/legal/imprint/"),
        ("pages/legal/index.md", "", "/blog/legal/"),
        ("pages/legal/imprint.md", "slug: who", "/blog/legal/who/"),
        ("pages/2012-03-21-notes.md", "", "/blog/2012-03-21-notes/"),
        ("pages/À propos.md", "", "/blog/%C3%A0-propos/"),
    ],
)
def test_addresses_of_pages(path: str, front: str, url: str) -> None:
    assert page(path, front).url == url


def test_fields_of_pages() -> None:
    made = page("pages/about.md", "summary: Who\nlastmod: 2012-03-21\ndraft: true\nimage: a.png")
    assert (made.dek, made.status, made.image) == ("Who", "draft", Image(src="a.png"))
    assert made.updated == datetime(2012, 3, 21, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("path", "front", "message", "hint"),
    [
        ("pages/index.md", "", "cannot take the place of the home page", "rename"),
        ("pages/!!!.md", "", "the file's name gives no address", "write 'slug"),
        ("pages/!!!/a.md", "", "the folder '!!!' gives no address", "rename it"),
        ("pages/a.md", "tags: [b]", "unknown key 'tags'", "put free fields under 'extra'"),
    ],
)
def test_wrong_pages(path: str, front: str, message: str, hint: str) -> None:
    with pytest.raises(ContentError) as caught:
        page(path, front)
    (problem,) = caught.value.problems
    assert message in problem.message
    assert hint in problem.hint


# ---------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("front", "column", "message", "hint"),
    [
        ("taggs: [mali]", 1, "unknown key 'taggs'", "did you mean 'tags'?"),
        ("Titel: a", 1, "unknown key 'Titel'", "did you mean 'title'?"),
        ("layout: a", 1, "unknown key 'layout'", "write 'template'"),
        ("thumbnail: a", 1, "unknown key 'thumbnail'", "write 'image'"),
        ("featured_image: a", 1, "unknown key 'featured_image'", "write 'image'"),
        ("cover: a", 1, "unknown key 'cover'", "write 'image'"),
        ("stories: [a]", 1, "unknown key 'stories'", "write 'story'"),
        ("story: [a, b]", 8, "'story' must be text, not a list", "a post is in one story"),
        ("theme: a", 1, "unknown key 'theme'", "see docs/theme.md"),
        ("mood: a", 1, "unknown key 'mood'", "put free fields under 'extra'"),
        (
            "authors: [{name: Ana}]",
            11,
            "item 1 of 'authors' must be text",
            "the author's id; names",
        ),
        ("author: {name: Ana}", 9, "'author' must be text or a list", "the author's id; names"),
        ("authors: ana, ben_2", 10, "'authors' is one text with commas", "write [ana, ben_2]"),
        ("author: ana,ben", 9, "'author' is one text with commas", "write [ana,ben]"),
        ("tags: {a: b}", 7, "'tags' must be text or a list, not a mapping", ""),
        ("tags: [a, [b]]", 11, "item 2 of 'tags' must be text, not a list", "in quotes"),
        ("tags: [a, ]\nkicker: [b]", 9, "'kicker' must be text, not a list", "in quotes"),
        ("tags: [a, '']", 11, "'tags' has an empty entry", "delete it"),
        ("tags: [a, null]", 11, "item 2 of 'tags' is empty", ""),
        ("tags: mali, libya", 7, "'tags' is one text with commas", "write [mali, libya]"),
        ("tags: ['!!!']", 8, "'!!!' has no letter or digit", "give it a name"),
        ("type: oppinion", 7, "'type' must be analysis, opinion", "did you mean 'opinion'?"),
        ("status: publishd", 9, "'status' must be draft, published", "'published'?"),
        ("draft: yes", 8, "'draft' must be true or false, not 'yes'", "write true"),
        ("status: published\ndraft: true", 8, "'draft: true' contradicts", "keep one of the two"),
        ("status: draft\ndraft: false", 8, "'draft: false' contradicts", "keep one of the two"),
        ("dek: a\nsummary: b", 10, "'summary' says again what 'dek' says", "keep 'dek'"),
        ("authors: a\nauthor: b", 9, "'author' says again what 'authors' says", "'authors'"),
        ("modified: 2012-01-01\nlastmod: 2012-01-01", 11, "'modified' says again", "'updated'"),
        ("categories: [a, b]", 13, "a post has one section", "write 'section: a'"),
        ("image: {alt: a}", 8, "'src' is missing in 'image'", "write 'src: …'"),
        ("image: {src: ' '}", 14, "'image.src' is empty", "path"),
        ("image: {src: a, altt: b}", 17, "unknown key 'altt' in 'image'", "'alt'?"),
        ("image: [a]", 8, "'image' must be text or a mapping", ""),
        (
            "corrections: [{date: 2012-02-30, text: a}]",
            22,
            "'date' is a date that does",
            "the 29th",
        ),
        ("corrections: [{text: a}]", 15, "'date' is missing in item 1 of 'corrections'", "write"),
        ("corrections: [a]", 15, "must be a mapping", "write '- {text: a, date: …}' on a line"),
        ("corrections: [{date: 2012-01-01, text: ' '}]", 15, "needs a date and a text", "both"),
        ("sources: [{url: 'https://a.org'}]", 11, "'title' is missing in item 1", "write"),
        ("sources: [{title: a, url: 'ftp://a'}]", 27, "'url' must be a whole address", "https"),
        ("sources: ['https://']", 11, "the source must be a whole address", "https"),
        ("sources: ['']", 11, "a source needs a title", "write 'title"),
        ("related: {pins: a}", 11, "unknown key 'pins' in 'related'", "did you mean 'pin'?"),
        ("related: {pin: [a, ' ']}", 20, "'related.pin' has an empty entry", "delete it"),
        ("related: {exclude: ''}", 20, "'related.exclude' has an empty entry", "delete it"),
        ("related: never", 10, "must be true or false or a mapping", "'related: {pin: [FILE]}'"),
        ("related: [a]", 10, "must be true or false or a mapping", "'related: {pin: [FILE]}'"),
        ("lang: en_GB", 7, "'lang' is not a language tag: 'en_GB'", "write en-GB"),
        ("canonical: /a/", 12, "'canonical' must be a whole address", "https://"),
        ("canonical: 'javascript:alert(1)'", 12, "'canonical' must be a whole address", ""),
        ("image: 'http://['", 8, "'image' is not a URL", "https://"),
        ("image: 'http://[::1'", 8, "'image' is not a URL", "https://"),
        ("image: '//['", 8, "'image' is not a URL", "https://"),
        ("image: http://", 8, "'image' must be a whole address", "https://"),
        ("image: http://x y/z.png", 8, "'image' has characters", "percent-encode"),
        (r'image: "/\n/["', 8, "'image' has characters", "percent-encode"),
        ("image: {src: 'http://['}", 14, "'image.src' is not a URL", "https://"),
        ("template: ../base.html", 11, "'template' must be a file name ending in .html", ""),
        ("template: a..b.html", 11, "'template' must be a file name ending in .html", ""),
        ("template: base.txt", 11, "'template' must be a file name ending in .html", ""),
        ("slug: ../x", 7, "'slug' begins with a dot", "write x"),
        ("slug: /abs", 7, "'slug' has /", "write abs"),
        ("slug: '%2e%2e/'", 7, "'slug' has % /", "write"),
        (r"slug: ..\x", 7, r"'slug' begins with a dot", "write x"),
        (r"slug: a\b", 7, r"'slug' has \\", "write a-b"),
        ("slug: ..", 7, "'slug' is empty or leaves its folder", "write my-post"),
        (r'slug: "a\0b"', 7, "an escape makes the character U+0000", "single quotes"),
        ("aliases: [/a/../b]", 11, "'/a/../b' has a part that is empty or leaves", "write a path"),
        ("aliases: ['https://a.org/b']", 11, "has a part that has :", "write a path"),
        ("aliases: /a/%2e%2e/", 10, "has a part that has %", "write a path"),
        ("aliases: /", 10, "has a part that is empty", "write a path"),
        (r"aliases: a\..\b", 10, "has a part that has", "write a path"),
        ("extra: text", 8, "'extra' must be a mapping", ""),
        ("extra:\n\ta: b", 1, "a tab indents this line", "indent with spaces"),
    ],
)
def test_mistakes_are_located(front: str, column: int, message: str, hint: str) -> None:
    problem = next(p for p in problems(front) if message in p.message)
    assert place(problem).path == PATH
    assert place(problem).line >= 3
    assert place(problem).column == column
    assert hint in problem.hint
    assert problem.excerpt.strip() in front


LOST = "everything behind ' #' is a comment and would be lost"


@pytest.mark.parametrize(
    ("front", "column", "hint"),
    [
        *(
            (f"{name}: Route #9 closed", len(name) + 9, f'quotes: {name}: "Route #9 closed"')
            for name in (
                *("dek", "summary", "excerpt", "description", "subtitle", "kicker", "story"),
                *("section", "category", "categories", "tags", "key_points", "dateline"),
            )
        ),
        ('dek: Say "it"\t# 9', 15, 'quotes: dek: "Say \\"it\\"\t# 9"'),
        ("dek: #MeToo at ten", 6, 'quotes: dek: "#MeToo at ten"'),
        ("dek: Route\n  of F#no #9 é", 11, "put the value in quotes"),
        ("key_points:\n  - Route #9", 11, 'quotes: - "Route #9"'),
        ("key_points:\n  - 'b'\n  - #9", 5, 'quotes: - "#9"'),
        ("tags:\n- b\n- 😀 #9", 5, 'quotes: - "😀 #9"'),
        ("image:\n  src: a.jpg\n  alt: Route #9", 14, 'quotes: alt: "Route #9"'),
        ("image:\n  src: a.jpg\n  caption: a #9", 14, 'quotes: caption: "a #9"'),
        ("image: {\n  src: a.jpg,\n  credit: AFP #9\n  }", 15, 'quotes: credit: "AFP #9"'),
        ("corrections:\n- text: It is #9\n  date: 2012-03-23", 15, '- text: "It is #9"'),
        ("sources:\n- Volume #9", 10, 'quotes: - "Volume #9"'),
        ("sources:\n- title: Volume #9", 17, 'quotes: - title: "Volume #9"'),
    ],
)
def test_prose_that_a_comment_would_swallow(front: str, column: int, hint: str) -> None:
    (problem,) = problems(front)
    line, sign = place(problem).line, place(problem).column
    written = f"---\ntitle: Libya\n{front}".split("\n")[line - 1]
    assert (problem.message, sign, written[sign - 1]) == (LOST, column, "#")
    assert hint in problem.hint
    assert problem.excerpt


@pytest.mark.parametrize("title", ["Route #9 closed", "#9 closed"])
@pytest.mark.parametrize("parse", [parse_post, parse_standalone])
def test_a_title_that_a_comment_would_swallow(
    title: str, parse: Callable[[str, str, str, Config], object]
) -> None:
    with pytest.raises(ContentError) as caught:
        parse(PATH, f"---\ntitle: {title}\n---\n", "d", CONFIG)
    (problem,) = caught.value.problems
    assert problem.location == Location(PATH, 2, 8 + title.index("#"))
    assert (problem.message, problem.excerpt) == (LOST, f"title: {title}")
    assert problem.hint == f'put the value in quotes: title: "{title}"'


@pytest.mark.parametrize(
    ("front", "field", "value"),
    [
        ("# dek\n  # of it\ndek: a\n# b", "dek", "a"),
        ("dek: # one sentence", "dek", ""),
        ("dek: C# and F#", "dek", "C# and F#"),
        ("dek: 'Route #9' # open", "dek", "Route #9"),
        ("dek: >  # folded\n  Route #9\n", "dek", "Route #9"),
        ("status: draft  # until Monday", "status", "draft"),
        ("date: 2012-03-21 # a Wednesday", "slug", "libya-mali"),
        ("tags: [a, b] # two", "tags", ("a", "b")),
        ("tags: # two\n- a\n# and\n- b", "tags", ("a", "b")),
        ("image: {src: a.jpg, alt: A} # own", "image", Image(src="a.jpg", alt="A")),
        ("extra:\n  title: a # b", "extra", {"title": "a"}),
    ],
)
def test_comments_beside_prose(front: str, field: str, value: object) -> None:
    assert getattr(post(front), field) == value


def test_all_mistakes_are_told_at_once() -> None:
    found = problems("taggs: [a]\ndate: 2012-02-30\nslug: ../x\nsummary: a\ndek: b\ntype: c")
    assert [(place(p).line, place(p).column) for p in found] == [
        (3, 1),
        (4, 7),
        (5, 7),
        (6, 10),
        (8, 7),
    ]


FRAGMENTS = st.sampled_from(
    [
        *("title: a\n", "date: ", "tags: ", "image: ", "related: ", "corrections:\n", "extra: "),
        *("draft: ", "sources: ", "aliases: ", "null", "true", "2012", ": ", "a", "- ", "  "),
        *"[]{}\t\n'\"",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS, max_size=12).map("".join) | st.text())
def test_no_text_raises_anything_but_content_errors(text: str) -> None:
    for written in (text, f"---\n{text}\n---\n{text}", f"---\ntitle: a\nextra: {text}\n---\n"):
        for parse, path in ((parse_post, PATH), (parse_standalone, "pages/a.md")):
            try:
                parse(path, written, "d", CONFIG)
            except ContentError as error:
                assert all(p.message and place(p) for p in error.problems)  # noqa: PT017
