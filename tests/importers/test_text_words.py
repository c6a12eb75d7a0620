"""The law of copied texts: no word is lost and none said twice, whatever the text is like."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from html import unescape
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from blogforge.content.engines import Engine, to_html
from blogforge.importers.text.article import Article, article
from blogforge.importers.text.cleaning import clean
from blogforge.importers.text.markdown import escaped
from tests.importers.test_text import EXPECTED, parsed

_WORD = re.compile(r"[^\W_]+")
_VOCABULARY = tuple(
    "convoy millet depot river the of said Reuters Mali Timbuktu café 1984 a is by more from read "  # noqa: SIM905
    "photo notes l’été naïve «oui» “no” \"yes\" 'so' rock’n’roll *star* under_score [x] (y) A&B "
    "5>4 3.5% end. why? stop! so: well; dash— @jane http://a.example/b_c?d=e مالي Мали 中文 €40 #1 "
    "~ ^ | ` \\ ...".split()
)


def counted(*texts: str) -> Counter[str]:
    """How often each word stands in the texts."""
    return Counter(word for text in texts for word in _WORD.findall(normalize("NFKC", text)))


def in_post(found: Article) -> Counter[str]:
    """The words of everything that the post will hold, less those that are not the text's own."""
    added = [p.value for p in found.passages if p.place == "attribution" and not p.text]
    kept = counted(
        found.title,
        found.kicker,
        found.dek,
        found.section,
        *found.tags,
        unescape(found.body),
        *(bio.text for bio in found.bios),
        *(text for entry in found.more for text in (entry.title, entry.dek)),
        *(text for caption in found.captions for text in (caption.caption, caption.credit)),
        *(text for _, text in found.corrections),
    )
    kept.subtract(counted(*added))
    return kept


def assert_no_word_lost(source: str, found: Article) -> None:
    """The text's words are those of the post and those that are told beside it."""
    assert in_post(found) + counted(*(p.text for p in found.beside())) == counted(source)


@pytest.mark.parametrize("name", EXPECTED)
def test_samples_lose_no_word(name: str) -> None:
    found = parsed(name)
    assert_no_word_lost(" ".join(passage.text for passage in found.passages), found)


sentence = st.lists(st.sampled_from(_VOCABULARY), min_size=1, max_size=30).map(" ".join)
furniture = st.sampled_from(
    ["Advertisement", "Share this: Facebook Twitter", "5 min read", "© 2012 The Desk",
     "12 Comments",
     "Print", "Home > World", "March 21, 2012", "By Jane Doe",
     "By Jane Doe | March 21, 2012 | Print",
     "More from The Desk", "Read more: Salt, still", "Related", "Photo: A. Smith/Reuters", "* * *",
     "Jane Doe is a writer (@jane).", "Follow her on Twitter @jane", "Notes", "[1] See there.",
     "1. One", "2. Two", "• point", "- point", "> quoted", "As Reuters reports:", "— Reuters",
     "Correction, March 22, 2012: It was Gao.", "Filed under: Mali, Gao", "3/4/2012",
     "“All of this is said.”", '"Opened and not closed', "Section: Africa", "ANALYSIS"]
)  # fmt: skip
lines = st.lists(st.one_of(sentence, furniture), min_size=1, max_size=25)


@settings(max_examples=150)
@given(lines, st.sampled_from(["\n", "\n\n", "\r\n\r\n"]), st.sampled_from([0, 60, 72]), st.data())
def test_generated_articles_lose_no_word(
    said: list[str], between: str, width: int, data: st.DataObject
) -> None:
    if data.draw(st.booleans()):  # the dek said twice, in straight and in curly quotes
        dek = data.draw(sentence)
        said[1:1] = [f"{dek[: len(dek) // 2]}...", dek, dek.replace("'", "’")]
    wrapped = [
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        if width
        else line
        for line in said
    ]
    source = between.join(wrapped)
    assert_no_word_lost(source, article(source))


signs = st.text(alphabet="*_`[]<>()#+-.!&~|^:=\\{}$%\"'1a Bé;/@", min_size=1, max_size=40)


@settings(max_examples=150)
@given(signs)
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    plain = " ".join(clean(text)[0].split())
    engine: Engine
    for engine in ("markdown", "commonmark"):
        html = to_html(f"{escaped(plain)}\n", engine)
        shown = LexborHTMLParser(html).text()
        assert " ".join(shown.split()) == plain, (engine, html)
