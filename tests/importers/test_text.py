"""Copied articles, and where each of their parts is found: the samples beside this file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from blogforge.importers.encodings import text_of
from blogforge.importers.text.article import Article, article
from blogforge.importers.text.passages import words
from blogforge.importers.text.speech import language_of

SAMPLES = Path(__file__).parent / "samples" / "text"
INES, RUTH, TOMAS = "Inès Kaboret", "Ruth Okpalla-Dene", "Tomas Wexelholm"
SALMA, LINH = "Salma Idrazen", "Linh Vasquelle"

# What each sample says. `places` counts passages by place, `has` and `lacks` are parts of the body.
EXPECTED: dict[str, dict[str, Any]] = {
    "libya-mali": {
        "title": "How Libya's guns came to Mali",
        "dek": "The fall of one regime has armed a revolt against another, and tonight the "
        "soldiers sent to stop it have turned on their own government’s ministers.",
        "names": ("Jane Halloran",),
        "handles": {"Jane Halloran": "@janehalloran"},
        "bios": {"Jane Halloran": "a writer on the Sahel and the author of Nothing but Sand."},
        "more": {
            "Libya's open bunkers": "Nobody counted what stood in them, and now nobody has to.",
            "Full markets, empty plates": "The harvest failed in Niger, and yet there is millet "
            "for whoever can pay.",
        },
        "places": {"repeated": 2, "quote": 2, "": 3},
        "has": ["> Traders on the tracks", ">\n> Few of the men", ">\n> — Sahel Wire\n"],
        "lacks": ["sent to", "More from", "@", '"Few'],
    },
    "one-line-paragraphs": {
        "names": (TOMAS, RUTH),
        "date": "2012-06-19",
        "handles": {TOMAS: "@wexelholm", RUTH: ""},
        "more": {"Libya's open bunkers": ""},
        "places": {"": 3},
        "lacks": ["Read more"],
    },
    "wrapped": {
        "dek": "A narrow sea, a wide bill",
        "date": "2012-07-24",
        "places": {"": 3, "bullet": 3},
        "has": [
            "without a single ship",
            "of the well-known underwriters",
            "- a hull that is worth less than what it carries\n- a crew",
        ],
    },
    "pipes": {
        "title": "Uranium by the kilo",
        "kicker": "WORLD",
        "names": (RUTH,),
        "date": "2013-03-12T09:05:00-04:00",
        "places": {"": 2, "furniture": 5},
    },
    "page": {  # copied from a page of blogforge
        "title": "How Libya’s guns came to Mali",
        "kicker": "The war in the north",
        "dek": "The fall of one regime has armed a revolt against another.",
        "names": (INES,),
        "date": "2012-03-21T21:30:00",
        "handles": {INES: "@kaboret@meridian.example"},
        "tags": ("Mali", "Libya"),
        "captions": [
            ("The road home from Libya is unmarked.", "The Meridian Desk"),
            ("", "The Meridian Desk"),
        ],
        "doubts": 2,
        "places": {"": 5, "heading": 0, "label": 3, "furniture": 6},
    },
    "french": {
        "date": "2012-03-23T14:30:00",
        "names": (INES,),
        "handles": {INES: "@kaboret"},
        "more": {"Les bunkers ouverts": "Personne n’a compté ce qu’ils contenaient."},
        "language": "fr",
        "has": ["> Les convois", "> On n’y parlait", "qui ne venaient plus.\n>\n> — Radio Fleuve"],
    },
    "german": {
        "date": "2012-07-24T14:30:00",
        "names": (TOMAS,),
        "more": {"Uran nach Kilo": ""},
        "language": "de",
        "places": {"": 3, "quote": 0},
    },
    "arabic": {
        "title": "كيف وصلت بنادق ليبيا إلى مالي",
        "names": ("سلمى إدرازن",),
        "date": "2012-03-21",
        "more": {"مخازن ليبيا المفتوحة": ""},
        "language": "ar",
        "places": {"": 2},
    },
    "spanish": {"date": "2013-03-12", "names": (RUTH,), "language": "es", "places": {"": 2}},
    "russian": {"date": "2012-03-21", "names": (), "language": "ru", "places": {"": 2}},
    "mojibake": {
        "title": "Libya’s open bunkers",
        "dek": "Nobody counted what stood in them — and now nobody has to",
        "names": (INES,),
        "has": ["Mizdá stood", "“We took what we could carry,” said"],
    },
    "windows": {"has": ["“Nobody pays,” says a trader in Sofia – “until", "40 € a head"]},
    "invisible": {
        "title": "A river and its arithmetic",
        "names": (SALMA,),
        "date": "2013-06-18",
        "has": ["cubic metres, which is a year and a half of the river."],
    },
    "metacharacters": {
        "title": "# 9 and the *other* numbers",
        "names": ("The Data Desk",),
        "has": ["1984\\. That", "\\_total\\_", "5 \\* 4", "\\+ 12", "&lt;b>", "snake_case_names"],
        "places": {"": 4, "quote": 1},
    },
    "doubtful-quotations": {"places": {"": 5, "quote": 0}, "doubts": 2},
    "embedded-quotation-with-source": {
        "places": {"": 3, "quote": 3, "attribution": 1},
        "has": [
            "> The first street",
            "> — Report of the camp’s administration",
            "> On Tue, the clerk wrote that the water had come and that it was brown.",
        ],
    },
    "footnotes": {
        "places": {"": 2, "note": 2, "label": 1},
        "has": ["a month.[^1] It", "village.[^2]", "[^1]: Section 3", "[^2]: The states"],
    },
    "superscript-notes": {"places": {"note": 1}, "has": ["harbour.[^1] ", "[^1]: The port"]},
    "subheadings": {
        "places": {"heading": 2, "number": 3},
        "has": [
            "## Who fills it, and when?",
            "## The farmers downstream",
            "1. The water",
            "\n3. The",
        ],
    },
    "captions": {
        "dek": "The platform has drilled nothing, and has moved two navies.",
        "captions": [
            (
                "Fishing boats near the platform, seen from a coast guard vessel.",
                "HOANG DINH/AFP/Getty Images",
            ),
            ("", "Photo: The Meridian Desk"),
        ],
        "places": {"": 2},
    },
    "byline-by-bio": {
        "names": (RUTH,),
        "handles": {RUTH: "@okpalladene"},
        "bios": {RUTH: "writes about power, in megawatts and otherwise."},
    },
    "two-bios": {
        "names": (TOMAS, SALMA, LINH),
        "date": "2013-11-24T22:00:00+00:00",
        "handles": {TOMAS: "@wexelholm", SALMA: ""},
        "corrections": [
            ("2013-12-02", "An earlier version of this article gave the wrong day of the signing.")
        ],
        "places": {"": 2},
    },
    "stranger-in-the-end": {"names": (INES,), "bios": {}, "places": {"": 3}},
    "no-date": {"date": "", "places": {"": 2}},
    "ambiguous-date": {"date": "", "places": {"": 2, "label": 1}},
    "labels": {
        "kicker": "ANALYSIS",
        "date": "2014-06-24",
        "updated": "2014-06-25",
        "section": "Economy",
        "tags": ("Gas", "Black Sea", "Pipelines"),
        "address": "http://meridian.example/2014/06/24/pipeline/",
        "places": {"": 2, "furniture": 1},
    },
    "more-with-bylines": {
        "names": (INES,),
        "date": "2013-02-05",
        "more": {
            "How Libya's guns came to Mali": "",
            "Libya's open bunkers": "",
            "Azawad, declared": "",
            "A state declared, and nobody to recognise it": "",
            "Why do armies lose deserts?": "They know how to hold a line, and there is none.",
        },
        "places": {"": 2, "entry note": 2},
    },
    "label-explained": {
        "title": "The Wheat That Never Reached Port Sudan",
        "dek": "Three ships waited forty days for a stamp. The bread queues did not.",
        "kicker": "Argument",
        "names": ("Nadia Okonkwo-Reyes",),
        "bios": {"Nadia Okonkwo-Reyes": "where she covers trade and hunger."},
        "handles": {"Nadia Okonkwo-Reyes": "@nokonkwo"},
        "date": "2013-05-14T16:12:00",
        "tags": ("Africa", "Economics", "Sudan"),
        "places": {
            "": 6,
            "quote": 2,
            "entry": 4,
            "bio": 1,
            "repeated": 1,
            "caption": 1,
            "credit": 1,
        },
        "has": ["He would order", "> — Agence France-Presse\n", "What the rules cost"],
        "lacks": ["ADVERT", "Commenting", "Follow topics"],
    },
    "wide-spaces": {
        "title": "The Radio Station at the End of the Road",
        "dek": "In Kidal, one transmitter outlived three armies…",
        "kicker": "World | Dispatch",
        "names": ("Ibrahim Ag Toure",),
        "date": "2013-06-18",
        "more": {"Mali's Other Election": "", "Letter From Gao: The Price of Diesel": ""},
        "places": {"": 7, "bio": 1, "entry note": 2, "credit": 1},
        "has": ["Jan. 17", '"flattering."'],
        "lacks": ["Photo", "Reprints", "* * *"],
    },
    "email": {"title": "Azawad, declared", "places": {"": 2, "furniture": 5}},
    "title-and-teaser-of-text": {
        "title": "How we counted",
        "dek": "",
        "places": {"": 2, "repeated": 2, "furniture": 1},
    },
    "dialogue": {"places": {"": 4, "quote": 0, "rule": 1}, "has": ["“Is there enough of it?”\n"]},
}


def parsed(name: str) -> Article:
    """What is found in a sample."""
    return article(text_of((SAMPLES / f"{name}.txt").read_bytes(), name)[0])


def shown(found: Article, key: str) -> Any:
    """An article's part in the words of the table above."""
    match key:
        case "handles":
            return {bio.name: bio.handle for bio in found.bios}
        case "more":
            return {entry.title: entry.dek for entry in found.more}
        case "captions":
            return [(caption.caption, caption.credit) for caption in found.captions]
        case "corrections":
            return list(found.corrections)
        case "language":
            return language_of(words(found.body))
        case "doubts":
            return sum(bool(passage.doubt) for passage in found.passages)
        case _:
            return getattr(found, key)


def test_every_sample_is_in_the_table() -> None:
    assert {path.stem for path in SAMPLES.glob("*.txt")} == {*EXPECTED}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_part_is_in_its_place(name: str) -> None:
    found, expected = parsed(name), dict(EXPECTED[name])
    places, bios = expected.pop("places", {}), expected.pop("bios", None)
    has, lacks = expected.pop("has", []), expected.pop("lacks", [])
    counted = {
        place: sum(p.place == place and bool(p.text) for p in found.passages) for place in places
    }
    assert counted == places
    assert {key: shown(found, key) for key in expected} == expected
    assert not [text for text in has if text not in found.body]
    assert not [text for text in lacks if text in found.body]
    if bios is not None:
        assert {bio.name for bio in found.bios} == {*bios}
        assert all(bio.text.endswith(bios[bio.name]) for bio in found.bios)
