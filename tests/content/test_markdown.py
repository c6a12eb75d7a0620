from __future__ import annotations

import pickle
import re
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blogforge.config import Config
from blogforge.content import engines, signs
from blogforge.content.engines import Engine, to_html
from blogforge.content.highlight import highlight
from blogforge.content.markdown import render
from blogforge.content.tags import show_strays
from blogforge.errors import ContentError
from blogforge.model import Article, Document, Source, Standalone, Targets
from blogforge.pool import Crew
from blogforge.settings import MarkdownConfig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown import Markdown

ENGINES: tuple[Engine, ...] = get_args(Engine)
CASES = Path(__file__).parent / "cases"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


def made(body: str, engine: Engine = "markdown", **options: object) -> Article:
    source = Source(path="posts/case.md", digest="", body=body, body_line=5)
    document = Standalone(
        path=source.path, digest="", url="/case/", slug="case", title="Case", lang="en"
    )
    markdown = MarkdownConfig(engine=engine, **options)  # type: ignore[arg-type]
    config = Config(title="T", url="https://example.org/", markdown=markdown)
    return render(source, document, Targets(urls={}), config)


def cases(name: str) -> Iterator[tuple[str, str, str]]:
    text = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    yield from re.findall(r"^([^\n]+)\n\.\n(.*?)^\.\n(.*?)^\.$", text, re.M | re.S)


def shape(html: str) -> str:
    """HTML without what the engines may differ in: attributes' order, line breaks around tags."""

    def tag(match: re.Match[str]) -> str:
        attributes = re.findall(r'[^\s=]+(?:="[^"]*")?', match[2])
        return f"<{' '.join([match[1], *sorted(attributes)])}>"

    html = re.sub(r"<([a-zA-Z][^\s>]*)([^>]*)>", tag, html)
    return re.sub(r"\n*(</?[a-zA-Z][^>]*>)\n*", r"\1", html).strip()


FILES = sorted(path.stem for path in CASES.glob("*.txt") if path.stem != "commonmark")
TABLE = [
    pytest.param(body, html, id=f"{name}: {title}")
    for name in FILES
    for title, body, html in cases(name)
]


def test_the_table_has_been_read() -> None:
    assert len(TABLE) >= 40


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("body", "html"), TABLE)
def test_the_engines_agree(body: str, html: str, engine: Engine) -> None:
    assert shape(made(body, engine).html) == shape(html)


@pytest.mark.parametrize(
    ("body", "html"), [pytest.param(b, h, id=t) for t, b, h in cases("commonmark")]
)
def test_the_commonmark_engine_follows_the_specification(body: str, html: str) -> None:
    assert to_html(body, "commonmark") == html


# ---------------------------------------------------------------- what an article holds


@pytest.mark.parametrize("engine", ENGINES)
def test_an_article_knows_its_contents_and_length(engine: Engine) -> None:
    article = made('# A\n\nThe "first" *one*.[^1]\n\n## B--C\n\n### D\n\n[^1]: Note', engine)
    assert [(h.level, h.id, h.text) for h in article.toc] == [
        (2, "a", "A"),
        (3, "b-c", "B–C"),
    ]
    assert article.excerpt == "The “first” one."
    assert article.words == 7
    assert article.minutes == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_the_excerpt_is_the_first_paragraph_of_the_text_itself(engine: Engine) -> None:
    body = '> Quoted.\n\n![x](x.png "Caption")\n\n> [!FACTS]\n>\n> Boxed.\n\nAt last.'
    assert made(body, engine).excerpt == "At last."


def test_a_long_excerpt_ends_behind_a_word() -> None:
    excerpt = made("seven ch " * 60).excerpt
    assert excerpt.endswith(("seven…", "ch…"))
    assert len(excerpt) <= 281


def test_chinese_is_counted_by_character() -> None:
    article = made("今天天气很好" * 200 + " and English")
    assert article.words == 1202
    assert article.minutes == 2


def test_typography_may_be_switched_off() -> None:
    assert made("\"a\" -- 'b'...", typography=False).html == "<p>\"a\" -- 'b'...</p>"


@pytest.mark.parametrize("engine", ENGINES)
def test_untrusted_html_is_sanitized(engine: Engine) -> None:
    article = made(
        '<div onclick="x()" style="position:fixed">a</div>\n\n'
        '<script>evil()</script>\n\n<iframe src="//x"></iframe>\n\n'
        "[b](javascript:x()) *c*[^1]\n\n| d |\n|:--|\n| e |\n\n```python\nf\n```\n\n[^1]: g",
        engine,
        trust=False,
    )
    for danger in ("onclick", "script>", "evil", "iframe", "javascript", "position"):
        assert danger not in article.html
    for kept in ('class="left"', "footnote-ref", "footnote-backref", '<span class="n">f', "<em>c"):
        assert kept in article.html


@pytest.mark.parametrize("engine", ENGINES)
def test_one_post_leaves_no_trace_in_the_next(engine: Engine) -> None:
    alone = made("Text.[^1]\n\n[^1]: Note.", engine)
    made("[^1]: Another\n\n*[T]: Tango\n\n[x]: /y\n\nA.[^1]\n\n- a\n\n    - b", engine)
    assert made("Text.[^1]\n\n[^1]: Note.", engine) == alone


def test_an_engine_that_failed_is_not_used_again() -> None:
    to_html("a", "markdown")
    before = engines._own.engine
    to_html("a", "markdown")
    assert engines._own.engine is before
    with pytest.raises(AttributeError):
        to_html(None, "markdown")  # type: ignore[arg-type]
    to_html("a", "markdown")
    assert engines._own.engine is not before


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("body", "place", "message"),
    [
        ("a\n\n<script>\nb\n\nc", "7:1", "<script> is never closed"),
        ("a\n\n<textarea>\nb\n\nc", "7:1", "<textarea> is never closed"),
        ("a\n\n<style>\n\nb", "7:1", "<style> is never closed"),
        ("a <title>b\n\nc", "5:3", "<title> is never closed"),
        ("<template>\n\nb", "5:1", "<template> is never closed"),
        ("a[^1]\n\n[^1]: b\n\n[^1]: c", "9:1", "footnote [^1] is defined twice"),
    ],
)
def test_what_would_hide_text_is_an_error(
    body: str, place: str, message: str, engine: Engine
) -> None:
    with pytest.raises(ContentError) as caught:
        made(body, engine)
    (problem,) = caught.value.problems
    assert str(problem.location) == f"posts/case.md:{place}"
    assert message in problem.message
    assert problem.excerpt
    assert problem.hint


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("body", "place", "message"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "7:1", "more cells"),
        ("a\n\nb [c](nothing.md)", "7:7", "links to nothing.md"),
    ],
)
def test_what_is_doubtful_is_a_warning(body: str, place: str, message: str, engine: Engine) -> None:
    (problem,) = made(body, engine).warnings
    assert problem.level == "warning"
    assert str(problem.location) == f"posts/case.md:{place}"
    assert message in problem.message
    assert problem.excerpt
    assert problem.hint


@pytest.mark.parametrize("body", ["a\n\n<!-- w1w\n\nw2w", '<div class="a\n\nw1w "w2w" w3w'])
def test_raw_html_that_stays_open_hides_nothing(body: str) -> None:
    assert complete(body, "markdown")
    with pytest.raises(ContentError, match="never closed"):
        made(body, "commonmark")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "body",
    ["<?php\n\nw1w > w2w", "<![CDATA[\n\nw1w > w2w", "- <!w1w", "Vec<w1w>", "a </w1w/w2w/> <w3w:>"],
)
def test_what_is_no_tag_is_shown(body: str, engine: Engine) -> None:
    assert complete(body, engine)


def test_all_problems_of_a_body_are_reported() -> None:
    with pytest.raises(ContentError) as caught:
        made("[a](x.md) [b](y.md) <script>\n\n| a |\n|---|\n| b | c |")
    levels = [problem.level for problem in caught.value.problems]
    assert sorted(levels) == ["error", "warning", "warning", "warning"]


@pytest.mark.parametrize(
    "body",
    [
        "```\n[^1]: a\n[^1]: b\n| a |\n|---|\n| b | c |\n```",
        "| a | b |\n|---|---|\n| 1 | 2 ||",
        "| a | b |\n|---|---|\n| 1 \\| 1 | 2 |",
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_what_hides_nothing_is_no_error(body: str, engine: Engine) -> None:
    made(body, engine)


def render_one(site: tuple[Document, Config], source: Source) -> Article:
    document, config = site
    return render(source, document, Targets(urls={}), config)


def test_an_error_is_a_value_where_that_is_wanted() -> None:
    source = Source(path="posts/a.md", digest="", body="<script>")
    document = Standalone(path="posts/a.md", digest="", url="/", slug="a", title="", lang="en")
    config = Config(title="T", url="https://example.org/")
    results = Crew().map(render_one, (document, config), [source], keep=ContentError)
    (error,) = results
    assert isinstance(error, ContentError)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert again.problems == error.problems


# ---------------------------------------------------------------- time


def _endless(_body: str, _engine: str) -> str:
    while True:
        pass


def test_a_body_may_take_its_time_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blogforge.content.markdown.to_html", _endless)
    handler = signal.getsignal(signal.SIGALRM)
    with pytest.raises(ContentError, match=r"^posts/case\.md:5: takes longer than 0\.05 s"):
        made("a", seconds=0.05)
    assert signal.getsignal(signal.SIGALRM) is handler
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0.0


def test_an_earlier_alarm_still_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    handler = signal.signal(signal.SIGALRM, lambda number, _frame: rung.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        made("a")
        signal.sigtimedwait([], 0.2) if not rung else None
        assert rung == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)


@pytest.mark.parametrize("engine", ENGINES)
def test_threads_render_at_once(engine: Engine) -> None:
    bodies = [
        f"{n}[^{n}]\n\n" + "- *a*\n- [b](c.md)\n\n" * n + f"```python\nx = {n}\n```\n\n[^{n}]: d"
        for n in range(40)
    ]
    alone = [made(body, engine) for body in bodies]
    highlight.cache_clear()
    switching = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as executor:
            assert list(executor.map(lambda body: made(body, engine), bodies * 3)) == alone * 3
    finally:
        sys.setswitchinterval(switching)


# ---------------------------------------------------------------- hostile input

HOSTILE: dict[str, Callable[[int], str]] = {
    "nested strong emphasis": lambda n: "*a **a " * n + "b" + " a** a*" * n,
    "many emphasis closers": lambda n: "a_ " * n,
    "many emphasis openers": lambda n: "_a " * n,
    "many link closers": lambda n: "a]" * n,
    "many link openers": lambda n: "[a" * n,
    "mismatched openers and closers": lambda n: "*a_ " * n,
    "openers and closers multiple of three": lambda n: "a**b" + "c* " * n,
    "link openers and emphasis closers": lambda n: "[ a_" * n,
    "pattern [ (](": lambda n: "[ (](" * n,
    "nested brackets": lambda n: "[" * n + "a" + "]" * n,
    "nested block quotes": lambda n: "> " * n + "a",
    "nested lists": lambda n: "".join("  " * i + "* a\n" for i in range(min(n, 150))),
    "deep list in one line": lambda n: "- " * n + "a",
    "backticks": lambda n: "".join("e" + "`" * i for i in range(int((2 * n) ** 0.5))),
    "unclosed links": lambda n: "[a](<b" * n,
    "unclosed links with titles": lambda n: '[a](b "' * n,
    "unclosed comments": lambda n: "</" + "<!--" * n,
    "unclosed cdata": lambda n: "a <![CDATA[" * n,
    "unclosed declarations": lambda n: "a <!A " * n,
    "unclosed instructions": lambda n: "a <?b " * n,
    "entities": lambda n: "&a;&#1;&#x;&" * n,
    "empty list items": lambda n: "*\n" * n,
    "reference definitions": lambda n: "".join(f"[{i}]: u\n" for i in range(n)) + "[0] " * n,
    "long table": lambda n: "|x" * (n // 50) + "|\n" + "|-" * (n // 50) + "|\n" + "|a\n" * 50,
    "tables' headers": lambda n: "a | b\n" * n,
    "images": lambda n: "![" * n + "a",
    "nested divisions": lambda n: "<div>" * n + "a",
    "open formatting": lambda n: "<b>" * n + "a",
    "quotes and apostrophes": lambda n: "\"'" * n,
    "hyphens and dots": lambda n: "-- ... " * n,
    "footnotes": lambda n: "".join(f"a[^{i}]\n\n[^{i}]: b\n\n" for i in range(n // 20)),
    "definitions": lambda n: "a\n: b\n" * (n // 5),
    "braces": lambda n: "*a*{.b " * n,
    "null and control characters": lambda n: "a\x00\x02\x03\x1b" * n,
    "spaces": lambda n: "a" + " " * n + "b",
    "hard breaks": lambda n: "a  \n" * n,
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends(name: str, engine: Engine) -> None:
    body = HOSTILE[name](1500)
    try:
        html = made(body, engine, seconds=0.3).html
    except ContentError as error:
        html = str(error)
    assert html.startswith("posts/case.md:5") or "a" not in body or "a" in html


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("body", ["<div>" * 50_000 + "a", "<b>" * 50_000 + "a"])
def test_depth_is_an_error_of_the_post(body: str, engine: Engine) -> None:
    with pytest.raises(ContentError, match=r"too deeply|takes longer"):
        made(body, engine, seconds=1.0)


def test_deep_quotes_do_not_crash_the_process() -> None:
    assert complete(">" * 50_000 + "w1w", "markdown")  # which takes the rest for text
    with pytest.raises(ContentError, match="too deeply"):
        made(">" * 50_000 + "a", "commonmark")


@pytest.mark.parametrize("engine", ENGINES)
def test_the_recursion_limit_is_an_error_of_the_post(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recurse(body: str, chosen: Engine) -> str:
        return recurse(body, chosen)

    monkeypatch.setattr("blogforge.content.markdown.to_html", recurse)
    with pytest.raises(ContentError, match="too deeply"):
        made("a", engine)
    assert sys.getrecursionlimit() < 10**6


# ---------------------------------------------------------------- no word is lost

WORD = re.compile(r"w\d+w")


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Markdown of all sorts of blocks, made of words that each occur once."""
    numbers = iter(range(10_000))

    def words(separator: str = " ", most: int = 4) -> str:
        count = draw(st.integers(1, most))
        return separator.join(f"w{n}w" for n in islice(numbers, count))

    def inline() -> str:
        before, after = draw(
            st.sampled_from(
                [
                    ("", ""), ("*", "*"), ("**", "**"), ("[", "](/x)"), ("`", "`"), ('"', '"'),
                    ("'", "'"), ("(", ")"), ("<b>", "</b>"), ("_", "_"), ("<", ">"), ("{", "}"),
                    ("**x**{", "}"), ("--", "..."), ("![", "](/x.png)"), ("[", "]"), ("~~", "~~"),
                    ("</", "/>"), ("&", ";"), ("<i>", ""), ("", "</p>"), ("<!", ""), ("", "[^n]"),
                ]
            )
        )  # fmt: skip
        return f"{before}{words()}{after}"

    def text() -> str:
        return " ".join(inline() for _ in range(draw(st.integers(1, 3))))

    def block(number: int) -> str:
        kinds: list[Callable[[], str]] = [
            text,
            lambda: f"# {text()}",
            lambda: f"### {text()}",
            lambda: f"- {text()}\n- {text()}",
            lambda: f"1. {text()}\n\n    {text()}",
            lambda: f"> {text()}\n> {text()}",
            lambda: f"> {words()}\n>\n> — {text()}",
            lambda: f"> [!FACTS] {text()}\n> {text()}",
            lambda: f"| {words()} | {words()} |\n|---|--:|\n| {words()} | {words()} |",
            lambda: f"x[^{number}]\n\n[^{number}]: {text()}",
            lambda: f"[^u{number}]: {text()}",
            lambda: f"```python\n{words()}\n```",
            lambda: f"    {words()}",
            lambda: f"<div>\n{words()}\n\n{text()}\n\n</div>",
            lambda: f'![{words()}](/a.png "{words()} | {words()}")',
            lambda: f"{words()}\n=====\n\n{words()}  \n{text()}",
        ]
        return draw(st.sampled_from(kinds))()

    return "\n\n".join(block(number) for number in range(draw(st.integers(1, 5))))


def complete(body: str, engine: Engine) -> bool:
    """Whether each word of the body can be seen in the article, or in an image's text."""
    html = made(body, engine).html
    seen = re.sub(r"<(?!img)[^>]*>", "", html)
    return set(WORD.findall(body)) <= set(WORD.findall(unescape(seen)))


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=150, deadline=None)
@given(body=documents())
def test_every_word_is_in_the_article(engine: Engine, body: str) -> None:
    assert complete(body, engine), body


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=100, deadline=None)
@given(body=documents())
def test_a_body_without_a_tag_has_no_stray_one(engine: Engine, body: str) -> None:
    html = to_html(body.replace("<", "&lt;"), engine)
    assert show_strays(html) == html


def without_signs() -> Markdown:
    """The engine that searches for everything everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signs, "search_where_there_are_signs", lambda _engine: None)
        return engines.python_markdown()


SIGNS = st.lists(
    st.sampled_from(
        [
            *(
                "w1w",
                "a b",
                "\n",
                "\n\n",
                "  \n",
                "    ",
                "*",
                "**",
                "_",
                "`",
                "``",
                "\\",
                "[",
                "]",
            ),
            *(
                "(x)",
                "[^1]",
                "[^1]: ",
                "![",
                "]: x",
                "<b>",
                "</b>",
                "<a@b.c>",
                "<http://x>",
                "&amp;",
            ),
            *("&", "# ", "#", "---", "- - -", "* * *", "===", "- ", "1. ", ": ", "\n: ", "> ", "|"),
            *("|-|", "*[w1w]: x", "*[", "{.x}", "<div markdown=1>", "</div>", "```", "~~~", ":"),
        ]
    ),
    max_size=14,
).map("".join)


@settings(max_examples=500, deadline=None)
@given(body=documents() | SIGNS)
@example("- - -")
@example("_  _  _")
@example("*[w1w]: x\n\nw1w")
@example("w1w\n\n[x]: /y\n\n[x]")
def test_looking_for_signs_first_changes_nothing(body: str) -> None:
    assert to_html(body, "markdown") == without_signs().convert(body)


@pytest.mark.parametrize(
    "body",
    [
        "[^u]: w0w\n\nw1w\n\n<!w2w",
        "Text.\n\n[^n]: w0w\n\n```\nw1w",
        "[^n]: w0w\n\n<pre>w1w",
        "- Item[^1]\n\n    [^1]: w0w\n\nText.\n\n[^2]: w1w",
    ],
)
def test_a_note_that_nobody_refers_to_is_kept(body: str) -> None:
    assert complete(body, "commonmark")


@pytest.mark.corpus
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here")
def test_no_word_of_real_posts_is_lost(engine: Engine) -> None:
    posts = sorted((CORPORA / "18f" / "posts").glob("*.md"))[::5]
    for path in posts:
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
        article = made(body, engine).html
        html = unescape(article + re.sub(r"</?[a-z][^>]*>", "", article))
        prose = re.sub(r"^\s*\[[^\]]+\]:.*$", "", body, flags=re.M)
        prose = re.sub(r"\]\([^)]*\)|\]\s?\[[^\]]*\]|\{:?[^}]*\}|<[^>]*>|[a-z]+://\S+", "", prose)
        words = set(re.findall(r"[^\W_]{4,}", unescape(prose).replace("*", "")))
        assert words <= set(re.findall(r"[^\W_]{4,}", html)), path.name


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("*one**two*three", "<p><em>one**two</em>three</p>"),
        ("**a***b***c*", "<p><strong>a</strong><em>b</em>*<em>c</em></p>"),
    ],
)
def test_mixed_asterisks_are_paired(body: str, html: str) -> None:
    assert to_html(body, "markdown").strip() == html


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["*", "**", "***", "_", "__", " "]), min_size=2, max_size=9))
@example(["*", "**", "__", "_", "**", "***", "*", "*"])
@example(["**", "*", "**", "__", "*", " ", "_", "**"])
@example([" ", "**", "*", "**", "__", "***", "***", "**", " "])
def test_emphasis_loses_no_letter(runs: list[str]) -> None:
    body = "x" + "".join(run + letter for run, letter in zip(runs, "abcdefghi", strict=False))
    text = re.sub(r"<[^>]*>", "", to_html(body, "markdown"))
    assert re.sub(r"[*_\s]", "", text) == re.sub(r"[*_\s]", "", body)


@pytest.mark.parametrize(
    "body",
    [
        'Before.\n\n<div markdown="1"><div>Text KEEP2.\n\nThe rest KEEP3.',
        "KEEP2\n\n<div markdown=1><div><div>KEEP3",
        '<section markdown="1"><div><section>KEEP2\n\n*KEEP3*',
    ],
)
def test_a_block_that_stays_open_keeps_the_rest(body: str) -> None:
    html = to_html(body, "markdown")
    assert "KEEP2" in html
    assert "KEEP3" in html


# ---------------------------------------------------------------- links to pages of the site


@pytest.mark.parametrize("engine", ENGINES)
def test_pages_of_the_site_that_a_body_links_to_by_url(engine: Engine) -> None:
    body = """\
[one](/2012/03/one/) [two](https://example.org/2012/two/?x#y) [again](/2012/03/one)
[away](https://elsewhere.example/three/) [away](//example.com/four/) [this](#part)

<a href="https://example.org/five/">five</a> ![](/picture.png)
"""
    assert made(body, engine).addresses == ("2012/03/one", "2012/two", "five")
