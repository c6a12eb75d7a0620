from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec.structs import replace

from blogforge.model import Author
from blogforge.pages.citing import Work, citations
from blogforge.settings import CitationStyle

WORK = Work(
    authors=(Author(id="ines", name="Inès Kaboret"),),
    title="How Libya’s guns came to Mali",
    publication="The Meridian Desk",
    day=date(2012, 3, 21),
    url="https://blogforge.example/2012/03/21/libya-mali/",
    slug="libya-mali",
    lang="en",
)
URL = WORK.url
DESK = Author(id="data", name="The Data Desk")


def cited(style: CitationStyle, work: Work = WORK, **fields: object) -> str:
    """The text of a citation, as a reader copies it."""
    (found,) = citations(replace(work, **fields), [style])
    return unescape(Markup(found.html).striptags()) if style != "bibtex" else unescape(found.html)


def authors(*names: str) -> tuple[Author, ...]:
    return tuple(Author(id=name, name=name) for name in names)


def test_one_author_in_every_style() -> None:
    assert cited("plain") == (
        f"Inès Kaboret, “How Libya’s guns came to Mali”, The Meridian Desk, 21 March 2012, {URL}"
    )
    assert cited("chicago") == (
        f"Kaboret, Inès. “How Libya’s guns came to Mali.” The Meridian Desk, March 21, 2012. {URL}."
    )
    assert cited("apa") == (
        "Kaboret, I. (2012, March 21). How Libya’s guns came to Mali. The Meridian Desk. " + URL
    )
    assert cited("bibtex") == (
        "@article{kaboret-2012-libya-mali,\n"
        "  author = {Kaboret, Inès},\n"
        "  title = {{How Libya’s guns came to Mali}},\n"
        "  journal = {The Meridian Desk},\n"
        "  year = {2012},\n"
        "  month = mar,\n"
        "  day = {21},\n"
        f"  url = {{{URL}}},\n"
        "  langid = {en},\n"
        "}"
    )


@pytest.mark.parametrize(
    ("names", "chicago", "apa", "plain"),
    [
        ((), "The Meridian Desk. “", "How Libya’s guns came to Mali. (2012, March 21). The", "“"),
        (
            ("Inès Kaboret", "Ruth Okpalla-Dene"),
            "Kaboret, Inès, and Ruth Okpalla-Dene. “",
            "Kaboret, I., & Okpalla-Dene, R. (2012",
            "Inès Kaboret and Ruth Okpalla-Dene, “",
        ),
        (
            ("Jean-Paul Sartre", "The Data Desk", "Anna van der Berg"),
            "Sartre, Jean-Paul, The Data Desk, and Anna van der Berg. “",
            "Sartre, J.-P., The Data Desk, & van der Berg, A. (2012",
            "Jean-Paul Sartre, The Data Desk and Anna van der Berg, “",
        ),
        (
            tuple(f"A{n} B{n}" for n in range(7)),
            "B0, A0, A1 B1, A2 B2, et al. “",
            "B0, A., B1, A., B2, A., B3, A., B4, A., B5, A., & B6, A. (2012",
            "A0 B0, A1 B1, A2 B2, A3 B3, A4 B4, A5 B5 and A6 B6, “",
        ),
    ],
    ids=["nobody", "two", "a desk among three", "many"],
)
def test_who_wrote(names: tuple[str, ...], chicago: str, apa: str, plain: str) -> None:
    people = authors(*names)
    assert cited("chicago", authors=people).startswith(chicago)
    assert cited("apa", authors=people).startswith(apa)
    assert cited("plain", authors=people).startswith(plain)


def test_of_more_than_twenty_authors_apa_names_the_first_and_the_last() -> None:
    people = authors(*(f"Ann B{n}" for n in range(1, 23)))
    assert "B19, A., . . . B22, A. (2012" in cited("apa", authors=people)


def test_an_editor_says_which_part_of_a_name_is_the_family_s() -> None:
    people = (Author(id="x", name="Xi Jinping", sort_name="Xi, Jinping"),)
    assert cited("chicago", authors=people).startswith("Xi, Jinping. “")
    people = (Author(id="wire", name="Sahel Wire", sort_name="Sahel Wire"),)
    assert cited("chicago", authors=people).startswith("Sahel Wire. “")
    assert "author = {{Sahel Wire}}," in cited("bibtex", authors=people)


@pytest.mark.parametrize(
    ("title", "chicago", "apa"),
    [
        ("Who pays?", "“Who pays?” The", ". Who pays? The Meridian"),
        ("The “end” of oil", "“The ‘end’ of oil.” The", ". The “end” of oil. The Meridian"),
        ("“Never again”", "“‘Never again’.” The", ". “Never again”. The Meridian"),
    ],
)
def test_the_stops_and_quotes_of_a_title(title: str, chicago: str, apa: str) -> None:
    assert chicago in cited("chicago", title=title)
    assert apa in cited("apa", title=title)


def test_a_title_in_another_language_among_english_words() -> None:
    french = replace(WORK, title="Les armes de « Libye »", lang="fr")
    chicago, plain = citations(french, ["chicago", "plain"])
    assert (chicago.lang, plain.lang) == ("en", "fr")
    assert '<bdi lang="fr" dir="ltr">Les armes de' in chicago.html
    assert ", «\u202fLes armes de" in plain.html
    assert "21 mars 2012" in plain.html
    arabic = citations(replace(WORK, title="ثلاثة أسئلة", lang="ar"), ["apa"])[0].html
    assert '<bdi lang="ar" dir="rtl">ثلاثة أسئلة</bdi>.' in arabic


def test_the_plain_form_has_the_commas_of_its_language() -> None:
    assert f"，The Meridian Desk，2012年3月21日，{URL}" in cited("plain", lang="zh")
    assert "، The Meridian Desk، 21 مارس 2012، " in cited("plain", lang="ar")


def test_what_latex_reads_as_more_than_itself() -> None:
    entry = cited("bibtex", title=r"100% of $5 {a} \b & c_d #1 ~x^2")
    assert r"{{100\% of \$5 \{a\} \textbackslash{}b \& c\_d \#1 " in entry
    assert r"\textasciitilde{}x\textasciicircum{}2}}," in entry


@given(st.text(min_size=1), st.text(min_size=1))
def test_whatever_it_is_called_stays_text(title: str, name: str) -> None:
    work = replace(WORK, title=f"{title}<b>", authors=authors(f"{name} <i>"))
    for citation in citations(work, ["plain", "chicago", "apa", "bibtex"]):
        assert "<b>" not in citation.html
        assert "<i>" not in citation.html
