"""Terms in the forms that texts have."""

import pytest

from blogforge.content.forms import Forms, is_name, plain
from blogforge.content.terms import BODY, terms

TEXT = (
    "Pipelines leak. The pipeline near Kidal was old; pipelines are. Junta leaders met. "
    "Soldiers of the junta’s guard saw Muammar Qaddafi, and Qaddafi saw (them). Kidal is calm."
)


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("pipelin", "pipelines"),
        ("junta", "junta"),
        ("kidal", "Kidal"),
        ("soldier", "soldiers"),
        ("muammar_qaddafi", "Muammar Qaddafi"),
        ("qaddafi", "Qaddafi"),
        ("leak", "leak"),
    ],
)
def test_the_usual_form_of_a_term(term: str, form: str) -> None:
    assert Forms([term], "en").usual([TEXT]) == {term: form}


def test_of_equally_many_forms_the_shorter_is_shown() -> None:
    assert Forms(["polici"], "en").usual(["new policies, one policy"]) == {"polici": "policy"}


def test_a_capital_of_titles_alone_is_none() -> None:
    texts = ["A New Pipeline For Oil", "They say the pipeline and the oil are old."]
    assert Forms(["pipelin"], "en").usual(texts) == {"pipelin": "pipeline"}


def test_the_case_of_an_address_is_not_a_word_s() -> None:
    text = "see fec.gov/fec or mail fec@fec.gov, says the FEC"
    assert Forms(["fec"], "en").usual([text]) == {"fec": "FEC"}


def test_a_term_that_stands_nowhere_has_no_form() -> None:
    assert Forms(["oil", "qaddafi_muammar", "saw_junta"], "en").usual([TEXT]) == {}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("L’État et les élections d’Alger", "fr"),
        ("全球石油价格", "zh"),
        ("ΛΕΞΕΙΣ και λέξεις", "el"),
        ("İstanbul'da seçim", "tr"),
        ("ﬁnancial ﬂows", "en"),
        ("किताबें और चुनाव", "hi"),
        ("Straße STRASSE", "de"),
    ],
)
def test_every_term_of_a_text_has_a_form_there(text: str, lang: str) -> None:
    counted = terms([(BODY, text)], lang).words.split()
    assert Forms(counted, lang).usual([text]).keys() == set(counted)


@pytest.mark.parametrize(
    ("form", "lang", "name"),
    [
        ("Mali", "en", True),
        ("Muammar Qaddafi", "en", True),
        ("human rights", "en", False),
        ("Human rights", "en", False),
        ("UN", "en", True),
        ("Regierung", "de", False),
        ("Angela Merkel", "de-AT", True),
        ("全球", "zh", False),
        ("Мали", "ru", True),
    ],
)
def test_capitals_make_names(form: str, lang: str, name: bool) -> None:
    assert is_name(form, lang) is name


def test_the_text_of_a_body_parts_what_stands_in_elements_of_its_own() -> None:
    assert plain("<h2>One</h2><p>Two &amp; <b>three</b></p>").split() == [
        "One",
        "Two",
        "&",
        "three",
    ]
