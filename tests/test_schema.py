import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from jsonschema import Draft202012Validator

from blogforge.content.dates import DateError, moment
from blogforge.schema import schemas

NAMES = [
    *("blogforge.yaml", "authors.yaml", "entities.yaml"),
    *("front matter", "front matter of pages"),
]


def errors(name: str, text: str) -> list[str]:
    """What an editor would say; it resolves plain scalars, dates excepted."""
    loader = type("Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": {}})
    for tag, pattern, first in (
        ("bool", r"true|false", "tf"),
        ("int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
        ("float", r"-?[0-9]+\.[0-9]+", "-0123456789"),
        ("null", r"~|null|", ["~", "n", ""]),
    ):
        loader.add_implicit_resolver(  # type: ignore[attr-defined]  # of SafeLoader
            f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
        )
    value: Any = yaml.load(text, loader)  # noqa: S506  # a SafeLoader
    validator = Draft202012Validator(schemas()[name])
    return [error.message for error in validator.iter_errors(value)]


def test_there_is_one_for_each_file_that_authors_write() -> None:
    assert list(schemas()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_they_are_schemas(name: str) -> None:
    schema = schemas()[name]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("blogforge.yaml", "title: 1984\nurl: https://example.org\n"),
        ("blogforge.yaml", "title: a\nurl: http://b.org/c/\nmarkdown:\npaginate: 5\nextra: {a: 1}"),
        (
            "blogforge.yaml",
            "title: a\nurl: http://b.org\nplugins: [a, {module: b, options: {c: 1}}]",
        ),
        ("blogforge.yaml", "title: a\nurl: http://b.org\npermalink: /{section}/{year}-{slug}/x/"),
        ("authors.yaml", "{}"),
        ("authors.yaml", "anna: {name: Anna, links: {a: https://b.org}}\nwire:\n"),
        ("authors.yaml", "anna: {links: [{title: a, url: https://b.org}]}"),
        ("entities.yaml", "{}"),
        ("entities.yaml", "Qaddafi: [Gaddafi, 卡扎菲]\n1984: [1984.0, no]\nUS:\n"),
        ("front matter", "title: 12:30\ndate: 2012-03-21\ntags: [2012, no]\n"),
        ("front matter", "title: a\ndate: 2012-03-21 10:00\nauthor: b\nsummary: c\ncategory: d"),
        ("front matter", "title: a\nlastmod: 2012-03-21T10:00:00.5+01:00\ndraft: true\ndek:"),
        ("front matter", "title: a\nimage: b.jpg\nrelated: false\nsources: [c, {title: d}]"),
        ("front matter", "title: a\nimage: {src: b.jpg, alt: c}\nrelated: {pin: d, exclude: [e]}"),
        (
            "front matter",
            "title: a\ncorrections: [{date: 2012-03-21, text: b}]\nslug: c\nextra: {}",
        ),
        ("front matter of pages", "title: a\nupdated: 2012-03-21\nstatus: draft\naliases: /b/"),
    ],
)
def test_good_samples(name: str, text: str) -> None:
    assert errors(name, text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("blogforge.yaml", "title: a"),
        ("blogforge.yaml", "title: a\nurl: example.org"),
        ("blogforge.yaml", "title: a\nurl: https://b.org\ntagline: c"),
        ("blogforge.yaml", "title: a\nurl: https://b.org\npaginate: many"),
        ("blogforge.yaml", "title: a\nurl: https://b.org\npaginate: 0"),
        ("blogforge.yaml", "title: a\nurl: https://b.org\nmarkdown: {engine: c}"),
        ("blogforge.yaml", "title: a\nurl: https://b.org\npermalink: /{year}/"),
        ("blogforge.yaml", "title: a\nurl: https://b.org\nsections: [{dek: a}]"),
        ("authors.yaml", "[anna]"),
        ("authors.yaml", "anna: {nmae: Anna}"),
        ("authors.yaml", "anna: {links: [{title: a}]}"),
        ("entities.yaml", "[Qaddafi]"),
        ("entities.yaml", "Qaddafi: Gaddafi"),
        ("entities.yaml", "Qaddafi: [[Gaddafi]]"),
        ("front matter", "dek: a"),
        ("front matter", "title: [a]"),
        ("front matter", "title: a\ntaggs: [b]"),
        ("front matter", "title: a\ndate: tomorrow"),
        ("front matter", "title: a\ntype: oppinion"),
        ("front matter", "title: a\nimage: {alt: b}"),
        ("front matter", "title: a\nslug: ../b"),
        ("front matter", "title: a\ntemplate: ../b.html"),
        ("front matter", "title: a\ncanonical: /b/"),
        ("front matter of pages", "title: a\ntags: [b]"),
    ],
)
def test_bad_samples(name: str, text: str) -> None:
    assert errors(name, text)


@pytest.mark.parametrize(
    "date", ["2012-03-21", "2012-03-21 9:00 Z", "2012-03-21T10:00", "21.3.2012"]
)
def test_dates_are_those_that_are_read(date: str) -> None:
    try:
        moment(date, ZoneInfo("UTC"))
        read = True
    except DateError:
        read = False
    assert (errors("front matter", f"title: a\ndate: {date}") == []) is read
