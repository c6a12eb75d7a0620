"""Pull quotes and datelines, the same from both engines."""

import pytest

from blogforge.config import Config
from blogforge.content.markdown import render
from blogforge.model import Article, Source, Targets
from blogforge.pages.feed_html import feed_html
from blogforge.settings import MarkdownConfig
from tests.invented import post

ENGINES = pytest.mark.parametrize("engine", ["markdown", "commonmark"])
TEXT = "A regime can fall in a *week*; its arsenal takes years to finish falling."
DUPLICATE = (
    '<aside class="pull-quote" aria-hidden="true">\n'
    "<p>Its arsenal takes years to finish falling</p>\n</aside>"
)


def made(body: str, engine: str = "markdown", *, trust: bool = True, dateline: str = "") -> Article:
    settings = MarkdownConfig(engine=engine, trust=trust)  # type: ignore[arg-type]  # a literal
    config = Config(title="T", url="https://t.example/", markdown=settings)
    document = post("a", dateline=dateline)
    source = Source(path=document.path, digest="", body=body)
    return render(source, document, Targets(urls={}), config)


@ENGINES
@pytest.mark.parametrize("mark", ["> [!QUOTE]\n> ", "> [!quote] ", "> [!QUOTE]\n>\n> "])
@pytest.mark.parametrize("first", [True, False])
def test_a_sentence_of_the_article_is_said_once(engine: str, mark: str, *, first: bool) -> None:
    pulled = f"{mark}Its arsenal takes years to finish falling"
    article = made("\n\n".join([pulled, TEXT] if first else [TEXT, pulled]), engine)
    plain = made(TEXT, engine)
    assert DUPLICATE in article.html
    assert (article.words, article.terms, article.excerpt) == (
        plain.words,
        plain.terms,
        plain.excerpt,
    )
    assert "<aside" not in feed_html(article.html, "https://t.example/a/")
    assert "arsenal" in feed_html(article.html, "https://t.example/a/")


@ENGINES
def test_what_only_the_quote_says_is_for_everybody(engine: str) -> None:
    article = made(f"{TEXT}\n\n> [!QUOTE]\n> Nobody counted the guns.\n>\n> — A sailor", engine)
    assert '<aside class="pull-quote">' in article.html
    assert "— A sailor" in article.html
    assert article.words > made(TEXT).words
    assert "<aside" in feed_html(article.html, "https://t.example/a/")


@ENGINES
def test_what_the_keyboard_reaches_is_not_hidden(engine: str) -> None:
    body = (
        f"{TEXT}\n\n> [!QUOTE]\n> [Its arsenal takes years](https://t.example/) to finish falling"
    )
    assert "aria-hidden" not in made(body, engine).html


@ENGINES
def test_other_quotes_are_what_they_were(engine: str) -> None:
    body = "> We shall see [!QUOTE].\n>\n> — Reuters"
    assert '<figure class="quote">' in made(body, engine).html


@ENGINES
@pytest.mark.parametrize("trust", [True, False])
def test_a_dateline_opens_the_first_paragraph(engine: str, *, trust: bool) -> None:
    body = f"![A map](https://t.example/m.png)\n\n> A motto.\n\n{TEXT}\n\nMore."
    article = made(body, engine, trust=trust, dateline="N'Djamena <b>")
    opening = '<p><span class="dateline">N\'Djamena &lt;b&gt;</span> — A regime can'
    assert opening in article.html
    plain = made(body, engine, trust=trust)
    assert (article.words, article.terms, article.excerpt) == (
        plain.words,
        plain.terms,
        plain.excerpt,
    )
    assert article.html.count("dateline") == 1
    assert opening in feed_html(article.html, "https://t.example/a/")


@ENGINES
def test_a_dateline_without_a_paragraph_is_told(engine: str) -> None:
    (warning,) = made("> A motto.", engine, dateline="BAMAKO").warnings
    assert "there is none" in warning.message
    assert warning.key == ("dateline",)
