"""Names that count as one, however they are spelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogforge.content.entities import Entities, parse_entities
from blogforge.content.terms import ASIDE, BODY, TITLE, stems_of, terms
from blogforge.errors import ContentError, Location

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from blogforge.model import Terms

TABLE = {
    "Muammar Qaddafi": ["Qaddafi", "Gaddafi", "Qadhafi", "Muammar Gaddafi", "卡扎菲", "القذافي"],
    "al-Qaeda": ["Al-Qaida"],
    "Houthis": ["Huthis", "Ansar Allah"],
    "US": ["U.S.", "United States", "United States of America"],
    "World Health Organization": ["WHO"],
    "Bank of England": [],
    "England": [],
    "St. Petersburg": ["Petrograd", "Санкт-Петербург"],
    "George W. Bush": [],
    "rhine delta": [],
    "Sana'a": ["Sanaa"],
    "São Paulo": [],
    "İzmir": [],
    "กัดดาฟี": [],
    "カダフィ・ムアマル": [],
    "9/11": ["September 11"],
    "AT&T": [],
}
ENTITIES = Entities.of(TABLE)
NAMES = {
    *("muammar_qaddafi", "al_qaeda", "world_health_organization", "bank_of_england"),
    *("st_petersburg", "george_w_bush", "rhine_delta", "sana_a", "são_paulo", "9_11", "AT_T"),
    *("カダフィ_ムアマル", "mouammar_kadhafi", "united_states", "houthi_movement"),
}


def counted(text: str, lang: str = "en", entities: Entities = ENTITIES) -> dict[str, float]:
    """How often each word and entity is in a text, without pairs of words."""
    return mentions(terms([(BODY, text)], lang, entities))


def mentions(found: Terms) -> dict[str, float]:
    counts = zip(found.words.split(), found.counts, strict=True)
    return {term: count / BODY for term, count in counts if "_" not in term or term in NAMES}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Qaddafi", {"muammar_qaddafi": 1}),
        ("Gaddafi, GADDAFI and gaddafi", {"muammar_qaddafi": 3, "and": 1}),
        ("Gaddafi's, Qadhafi’s", {"muammar_qaddafi": 2}),
        ("“Gaddafi”—(Gaddafi)/Gaddafi_Gaddafi", {"muammar_qaddafi": 4}),
        ("«Gaddafi» ‚Gaddafi‘ *Gaddafi*", {"muammar_qaddafi": 3}),
        ("l’Azawad de Gaddafi", {"azawad": 1, "de": 1, "muammar_qaddafi": 1}),
        ("Muammar Gaddafi", {"muammar_qaddafi": 1}),
        ("Muammar\n  Gaddafi", {"muammar_qaddafi": 1}),
        ("Muammar, Gaddafi", {"muammar": 1, "muammar_qaddafi": 1}),
        ("ＧＡＤＤＡＦＩ", {"muammar_qaddafi": 1}),
        ("Gaddafis Gaddafi2 xGaddafi", {"gaddafi": 1, "gaddafi2": 1, "xgaddafi": 1}),
        ("Gaddafi\u0301", {"gaddafí": 1}),
        ("Al-Qaida, al-Qaeda, al Qaeda, Al\u2011Qaida's", {"al_qaeda": 4}),
        ("alqaeda al, Qaeda", {"alqaeda": 1, "al": 1, "qaeda": 1}),
        ("the US, U.S., U.S.’s and united states", {"US": 4, "the": 1, "and": 1}),
        ("us u.s. Us US", {"us": 2, "US": 1}),
        ("United States of America", {"US": 1}),
        ("who Who WHO", {"who": 2, "world_health_organization": 1}),
        ("the Bank of England", {"the": 1, "bank_of_england": 1}),
        ("bank of New England", {"bank": 1, "of": 1, "new": 1, "england": 1}),
        ("St Petersburg, St. Petersburg, St.Petersburg", {"st_petersburg": 3}),
        ("George W. Bush and George W Bush", {"george_w_bush": 2, "and": 1}),
        ("rhine, delta", {"rhine": 1, "delta": 1}),
        ("rhine. delta", {"rhine": 1, "delta": 1}),
        ("rhine–delta rhine/delta", {"rhine_delta": 2}),
        ("Sana'a, Sana’a, Sanaa", {"sana_a": 3}),
        ("Sao Paulo, São Paulo, Sa\u0303o Paulo", {"sao": 1, "paulo": 1, "são_paulo": 2}),
        ("On 9/11, or September 11, or 11 9", {"on": 1, "or": 2, "9_11": 2}),
        ("AT&T and at & t", {"AT_T": 1, "and": 1, "at": 1}),
        ("Ansar Allah, a Houthi group", {"houthi": 2, "group": 1}),
        ("前领导人卡扎菲上校", {"前领": 1, "领导": 1, "导人": 1, "muammar_qaddafi": 1, "上校": 1}),
        ("رحيل القذافي", {"رحيل": 1, "muammar_qaddafi": 1}),
        ("ムアマルカダフィ・ムアマル", {"ムア": 1, "アマ": 1, "マル": 1, "カダフィ_ムアマル": 1}),
        ("カダフィムアマル", {"カダフィ_ムアマル": 1}),
        ("", {}),
    ],
)
def test_spellings_count_as_one_term(text: str, words: dict[str, float]) -> None:
    assert counted(text) == words


@pytest.mark.parametrize(
    ("lang", "text", "words"),
    [
        ("fr", "l’armée de Kadhafi", {"armé": 1, "mouammar_kadhafi": 1}),
        ("de", "Gaddafis Sohn", {"mouammar_kadhafi": 1, "sohn": 1}),
        ("tr", "Kaddafi'nin", {"mouammar_kadhafi": 1, "nin": 1}),
        ("ru", "«Каддафи» и Путина", {"mouammar_kadhafi": 1, "путин": 1}),
        ("el", "ο Καντάφι", {"mouammar_kadhafi": 1}),
        ("he", "קדאפי", {"mouammar_kadhafi": 1}),
        ("hi", "गद्दाफ़ी ने", {"mouammar_kadhafi": 1, "न": 1}),
        ("ko", "카다피", {"mouammar_kadhafi": 1}),
        ("ja", "カダフィ大佐", {"mouammar_kadhafi": 1, "大佐": 1}),
        ("th", "นายกัดดาฟีตาย", {"นา": 1, "าย": 2, "mouammar_kadhafi": 1, "ตา": 1}),
        ("xx", "Kadhafi", {"mouammar_kadhafi": 1}),
    ],
)
def test_a_table_is_for_all_languages(lang: str, text: str, words: dict[str, float]) -> None:
    western = ["Kadhafi", "Gaddafis", "Kaddafi", "Каддафи", "Καντάφι"]
    eastern = ["קדאפי", "गद्दाफ़ी", "카다피", "カダフィ", "กัดดาฟี"]
    table = {"Mouammar Kadhafi": [*western, *eastern], "Путин": ["Poutine"]}
    found = counted(text, lang, Entities.of(table))
    assert {term: times for term, times in found.items() if term not in {"de", "и", "ο"}} == words


def test_a_name_weighs_what_the_text_weighs_that_it_stands_in() -> None:
    weighted = [(TITLE, "Gaddafi"), (BODY, "Qaddafi falls"), (ASIDE, "Qadhafi, Qadhafi")]
    assert mentions(terms(weighted, "en", ENTITIES)) == {"muammar_qaddafi": 4.5, "fall": 1}


def test_words_of_names_are_known_where_they_do_not_count() -> None:
    found = terms([(BODY, "The Bank of England is no bank.")], "en", ENTITIES)
    assert "bank" in found.words.split()
    assert sorted(found.folded.split()) == ["england", "of"]


def test_a_name_parts_the_words_beside_it() -> None:
    text = "President Gaddafi Airlines. " * 3
    assert "presid_airlin" in terms([(BODY, text.replace("Gaddafi", ""))], "en").words.split()
    assert "presid_airlin" not in terms([(BODY, text)], "en", ENTITIES).words.split()


def test_a_form_that_nobody_listed_is_a_pair_of_the_same_name() -> None:
    entities = Entities.of({"Houthi Movement": ["Ansar Allah"]})
    text = "Ansar Allah and other Houthi Movements."
    assert mentions(terms([(BODY, text)], "en", entities))["houthi_movement"] > 1


def test_without_a_spelling_nothing_changes() -> None:
    text = "Nothing here, not even of banks in the united kingdom."
    assert terms([(BODY, text)], "en", ENTITIES) == terms([(BODY, text)], "en")
    assert terms([(BODY, text)], "en", Entities()) == terms([(BODY, text)], "en")


# ---------------------------------------------------------------- laws

PIECES = (
    "Al",
    "al",
    "AL",
    "Qaeda",
    "ba",
    "a",
    "10",
    "İ",
    "é",
    "é",
    "卡",
    "扎",
    "カ",
    "・",
    "กั",
    "ด",
)
SIGNS = ("", " ", "-", "’s ", ". ", ", ", "_", "\n", "«", "\u0301")
texts = st.lists(st.sampled_from([*PIECES, *SIGNS]), max_size=12).map("".join)
names = st.lists(st.sampled_from([*PIECES, " ", "-", "."]), min_size=1, max_size=4).map("".join)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[str]]:
    """Tables that can be read: no spelling of two names, each with a letter or digit."""
    table: dict[str, list[str]] = {}
    for spellings in draw(st.lists(st.lists(names, min_size=1, max_size=3), max_size=4)):
        more = {**table, spellings[0]: spellings[1:]}
        if readable(more):
            table = more
    return table


def readable(table: Mapping[str, Sequence[str]]) -> bool:
    try:
        parse_entities(written(table))
    except ContentError:
        return False
    return True


def written(table: Mapping[str, Sequence[str]]) -> str:
    def quoted(text: str) -> str:
        return f'"{text}"'

    lines = (f"{quoted(name)}: [{', '.join(map(quoted, known))}]" for name, known in table.items())
    return "\n".join(lines)


@given(tables(), texts, st.randoms())
def test_the_order_of_a_table_does_not_matter(
    table: dict[str, list[str]], text: str, random: Random
) -> None:
    items = [(name, random.sample(known, len(known))) for name, known in table.items()]
    random.shuffle(items)
    one, other = parse_entities(written(table)), parse_entities(written(dict(items)))
    assert one == other
    assert one.digest == other.digest
    assert terms([(BODY, text)], "en", one) == terms([(BODY, text)], "en", other)


@given(tables(), texts)
def test_what_has_no_name_is_left_alone(table: dict[str, list[str]], text: str) -> None:
    entities = parse_entities(written(table))
    plain = terms([(BODY, text)], "en")
    found = terms([(BODY, text)], "en", entities)
    if not entities.concern(plain, "en"):
        assert found == plain


@given(tables(), tables(), texts)
def test_equal_concerns_are_equal_terms(
    table: dict[str, list[str]], other: dict[str, list[str]], text: str
) -> None:
    """What holds an article when the table changes: it may look only at the terms it has."""
    before, after = (parse_entities(written(one)) for one in (table, other))
    terms_before = terms([(BODY, text)], "en", before)
    terms_after = terms([(BODY, text)], "en", after)
    if before.concern(terms_before, "en") == after.concern(terms_before, "en"):
        assert terms_before == terms_after


@given(tables(), texts)
def test_every_stem_is_known(table: dict[str, list[str]], text: str) -> None:
    found = terms([(BODY, text)], "en", parse_entities(written(table)))
    assert {*stems_of(text, "en")} <= {*found.words.split(), *found.folded.split()}


# ---------------------------------------------------------------- entities.yaml


def test_a_table() -> None:
    entities = parse_entities(
        """
Muammar Qaddafi: [Gaddafi, "Muammar  Gaddafi"]
1984:
  - no
Islamic State:
US: []
"""
    )
    assert entities == Entities.of(
        {
            "US": [],
            "Islamic State": [],
            "1984": ["no"],
            "Muammar Qaddafi": ["Muammar Gaddafi", "Gaddafi"],
        }
    )
    assert entities.digest


@pytest.mark.parametrize("text", ["", "# none yet\n", "{}"])
def test_nobody(text: str) -> None:
    assert parse_entities(text) == Entities()
    assert not parse_entities(text)
    assert parse_entities(text).digest == ""


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("- Gaddafi", 1, 1, "entities are not 'name: [spellings]' lines", "Qaddafi: [Gaddafi"),
        ("A: Gaddafi", 1, 4, "'A' must be a list, not 'Gaddafi'", "write [Gaddafi]"),
        ("A: {b: c}", 1, 4, "'A' must be a list, not a mapping", ""),
        ("A: [b, [c]]", 1, 8, "item 2 of 'A' must be text, not a list", "in quotes"),
        ("A:\n- b\n- \n", 3, 2, "item 2 of 'A' is empty", ""),
        ("A: [b, '']", 1, 8, "a spelling is empty", "take it out"),
        ("A: ['…']", 1, 5, "'…' has no letter or digit", "write a name"),
        ("'?': [b]", 1, 1, "'?' has no letter or digit", "write a name"),
        ("A: [bo]\nC: [d, Bo]", 2, 8, "'Bo' stands for 'A' already", "keep one"),
        ("A: [bo]\nbo: [d]", 1, 5, "'bo' is a name of its own", "keep one"),
        ("al-A: [b]\nAl A: [d]", 2, 1, "'Al A' is the name 'al-A' again", "one list"),
        ("A: [b]\nA: [d]", 2, 1, "the key 'A' stands in line 1 already", "keep one"),
    ],
)
def test_mistakes_are_located(text: str, line: int, column: int, message: str, hint: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_entities(text)
    (problem,) = caught.value.problems
    assert message in problem.message
    assert hint in problem.hint
    assert problem.location == Location("entities.yaml", line, column)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ContentError) as caught:
        parse_entities("A: [bo, '']\nC: [Bo, d]\nE: [d]\n")
    assert [p.location and p.location.line for p in caught.value.problems] == [1, 2, 3]


def test_capitals_and_small_letters_are_two_spellings() -> None:
    entities = parse_entities("United States: [US]\nUs: [us all]")
    assert counted("us, US", entities=entities) == {"us": 1, "united_states": 1}


@given(st.text())
def test_no_text_raises_anything_but_content_errors(text: str) -> None:
    for told in (text, f"A: {text}", f"A: [{text}]", f"? {text}"):
        try:
            parse_entities(told)
        except ContentError as error:
            assert error.problems  # noqa: PT017
