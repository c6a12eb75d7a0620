from collections.abc import Callable
from pathlib import Path

import pytest

from blogforge.config import Config, load_config
from blogforge.errors import ConfigError, Location, MachineError, Problem
from blogforge.settings import PluginConfig, SectionConfig

Load = Callable[[str | bytes], Config]

TWO_LINES = "title: Mali Watch\nurl: https://example.org\n"


def line_of(problem: Problem) -> int:
    return problem.location.line if problem.location else 0


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def load(text: str | bytes) -> Config:
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "blogforge.yaml").write_bytes(data)
        return load_config(tmp_path)

    return load


def test_two_lines_do(load: Load) -> None:
    config = load(TWO_LINES)
    assert config == Config(title="Mali Watch", url="https://example.org/")
    assert (config.base_path, config.origin) == ("/", "https://example.org")


def test_everything_can_be_set(load: Load) -> None:
    config = load(
        """
title: 1984
url: HTTPS://Example.org/blog
language: fr-CA
timezone: America/Montreal
permalink: /{section}/{year}-{month}/{slug}/
paginate: 5
markdown: {engine: commonmark, trust: false, seconds: 2.5}
feeds:
  groups: [rss, json]
related:
sections:
  - name: Africa
  - {name: Europe, dek: 012}
plugins:
  - podcast
  - {module: wire, options: {limit: 5, code: 012, live: true, name: '5'}}
extra: {year: 2012, at: 12:30, word: no}
"""
    )
    assert config.title == "1984"
    assert config.url == "https://example.org/blog/"
    assert config.base_path == "/blog/"
    assert config.paginate == 5
    assert (config.markdown.trust, config.markdown.seconds) == (False, 2.5)
    assert config.feeds.groups == ("rss", "json")
    assert config.related.limit == 4
    assert config.sections == (
        SectionConfig(name="Africa"),
        SectionConfig(name="Europe", dek="012"),
    )
    options = {"limit": 5, "code": "012", "live": True, "name": "5"}
    assert config.plugins == ("podcast", PluginConfig(module="wire", options=options))
    assert config.extra == {"year": 2012, "at": "12:30", "word": "no"}


@pytest.mark.parametrize(
    ("line", "column", "message", "hint"),
    [
        ("titel: a", 1, "unknown key 'titel'", "did you mean 'title'?"),
        ("strangest: a", 1, "unknown key 'strangest'", "put free fields under 'extra'"),
        ("paginate: many", 11, "'paginate' must be a whole number, not 'many'", ""),
        ("paginate: 0", 11, "'paginate' must be at least 1, not '0'", ""),
        ("paginate: [5]", 11, "'paginate' must be a whole number, not a list", ""),
        ("markdown: {engine: comonmark}", 20, "'markdown.engine' must be", "'commonmark'?"),
        ("markdown: {trust: no}", 19, "'markdown.trust' must be true or false", "write false"),
        ("markdown: {seconds: inf}", 21, "'markdown.seconds' must be at most 3600", ""),
        ("markdown: {engin: a}", 12, "unknown key 'engin' in 'markdown'", "'engine'?"),
        ("markdown: fast", 11, "'markdown' must be a mapping", "'markdown: {engine: …}'"),
        ("markdown: commonmark", 11, "must be a mapping", "write 'markdown: {engine: commonmark}'"),
        ("feeds: 5", 8, "'feeds' must be a mapping", "write 'feeds: {items: 5}'"),
        ("publisher: 'A, B'", 12, "must be a mapping", "write 'publisher: {name: \"A, B\"}'"),
        ("sections: [Trade, Politics]", 12, "must be a mapping", "write '- name: Trade' on a line"),
        ("menu: [About]", 8, "must be a mapping", "write '- {title: About, url: …}' on a line"),
        ("theme: dark", 8, "'theme' must be a mapping", "write 'theme: {look: modern}'"),
        ("theme: {look: modren}", 15, "must be classic, modern or paper", "did you mean 'modern'"),
        ("theme: {accent: red}", 17, "'theme.accent' is not a colour: 'red'", "'#9f1d20'"),
        ("theme: {accent: }", 17, "'theme.accent' is empty", "# begins a comment"),
        ("theme: {icon: /a.svg}", 15, "'theme.icon' names no file", "put it at static/a.svg"),
        ("theme: {icon: ../a.svg}", 15, "names no file of static/: '../a.svg'", "put it at"),
        ("theme: {icon: //x.org/a.svg}", 15, "nobody else", "copy the image to static/"),
        ("theme: {logo: {src: a.txt}}", 21, "'theme.logo.src' is no image", "end in .svg"),
        ("theme: {logo: /a.svg}", 15, "must be a mapping", "write 'logo: {src: \"/a.svg\"}'"),
        (
            "theme: {fonts: {text: [A, b/c]}}",
            27,
            "item 2 of 'theme.fonts.text' is no font",
            "woff2",
        ),
        ("theme: {fonts: {text: a;b}}", 23, "is not a font: 'a;b'", "a family of system fonts"),
        ("layout: wide", 1, "unknown key 'layout'", "see docs/theme.md"),
        ("related: 6", 10, "'related' must be a mapping", "write 'related: {limit: 4}'"),
        ("related: false", 10, "must be a mapping", "'related: {limit: 0}' for no block"),
        ("related: {half_life: 0}", 22, "'related.half_life' must be more than 0", ""),
        ("related: {limit: 21}", 18, "'related.limit' must be at most 20", ""),
        ("related: {limit: four}", 18, "'related.limit' must be a whole number", ""),
        ("related: {limits: 4}", 11, "unknown key 'limits' in 'related'", "did you mean 'limit'?"),
        ("feeds: {groups: rss}", 17, "'feeds.groups' must be a list", "write [rss]"),
        ("feeds: {groups: [rss, atm]}", 23, "item 2 of 'feeds.groups' must be", "'atom'?"),
        (
            "feeds: {hub: [ftp://h.example]}",
            15,
            "item 1 of 'feeds.hub' must be a whole address",
            "https://example",
        ),
        ("sections: [{dek: a}]", 12, "'name' is missing in item 1 of 'sections'", "write 'name"),
        ("sections: [{name: }]", 19, "'name' is empty in item 1 of 'sections'", "write 'name"),
        ("menu: [{title: a, url: [b]}]", 24, "'url' of item 1 of 'menu' must be text", "quotes"),
        ("plugins: [{modul: a}]", 12, "unknown key 'modul' in item 1", "'module'?"),
        ("extra: a", 8, "'extra' must be a mapping", ""),
        ("dek: [a]", 6, "'dek' must be text, not a list", "in quotes"),
        ("language: en_US", 11, "'language' is not a language tag", "write en-US"),
        ("language: english", 11, "'language' is not a language tag", "write it as en"),
        ("timezone: Europe/Pari", 11, "'timezone' is not a known time zone", "'Europe/Paris'?"),
        ("timezone: ../etc", 11, "'timezone' is not a known time zone", "write it as"),
        ("timezone: localtime", 11, "'timezone' ", "write it as Europe/Paris or UTC"),
        ("timezone: Europe", 11, "'timezone' is not a known time zone", ""),
        ("permalink: '{slug}/'", 12, "'permalink' must begin and end with '/'", "write /{slug}/"),
        ("permalink: /{slug}", 12, "'permalink' must begin and end with '/'", "write /{slug}/"),
        ("permalink: /{year}/", 12, "'permalink' must contain {slug}", "/{slug}/"),
        ("permalink: /{slug}/{yeer}/", 12, "has an unknown field '{yeer}'", "'year'?"),
        ("permalink: /{slug}/{}/", 12, "has an unknown field '{}'", "the fields are {year}"),
        ("permalink: /{slug.real}/", 12, "has an unknown field '{slug.real}'", ""),
        ("permalink: /{slug!r}/", 12, "must have plain fields", "the fields are {year}"),
        ("permalink: /{slug:>99}/", 12, "must have plain fields", ""),
        ("permalink: /{slug/", 12, "has a brace that does not match", "{slug}"),
        ("permalink: /../{slug}/", 12, "has a part that is empty or leaves its folder", ""),
        ("permalink: /a%2f/{slug}/", 12, "has a part that has %", ""),
        ("permalink: /a\\b/{slug}/", 12, "has a part that has", ""),
        ("permalink: //{slug}/", 12, "has a part that is empty", ""),
        ("publisher: {logo: 'http://['}", 19, "'publisher.logo' is not a URL", "https://"),
        ("publisher: {logo: '//['}", 19, "'publisher.logo' is not a URL", "https://"),
        ("menu: [{title: a, url: 'javascript:alert(1)'}]", 24, "must be a whole address", "https:"),
        ("menu: [{title: a, url: ' javascript:x'}]", 24, "has characters that a URL", "percent"),
        ("menu: [{title: '', url: /a/}]", 16, "'title' of item 1 of 'menu' is empty", "readers"),
        ("sections: [{name: ' '}]", 19, "'name' of item 1 of 'sections' is empty", "readers"),
        ("languages: {fr: {sections: {A: {name: ''}}}}", 39, "A.name' is empty", "readers"),
        ("menu: [{title: a, url: '//a.org'}]", 24, "must be a whole address", "https:"),
        ("menu: [{title: a, url: 'http://['}]", 24, "'url' of item 1 of 'menu' is not a", "https:"),
        ("output: .", 9, "'output' must be a folder of its own", "write public"),
        ("tags: &a b", 7, "anchors such as '&a' are not supported", "in quotes"),
        ("dek: Foo: bar", 9, "': ' in it needs quotes", 'dek: "Foo: bar"'),
        ("url: https://b.org", 1, "the key 'url' stands in line 2 already", "keep one"),
    ],
)
def test_mistakes_are_located(load: Load, line: str, column: int, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(TWO_LINES + line + "\n")
    problem = next(p for p in caught.value.problems if message in p.message)
    assert problem.location == Location("blogforge.yaml", 3, column)
    assert hint in problem.hint
    assert problem.excerpt == line


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("example.org", "must be a whole address"),
        ("ftp://example.org", "must be a whole address"),
        ("https://", "must be a whole address"),
        ("https:///path", "must be a whole address"),
        ("https://example.org/?a=b", "must not have a '?' or '#'"),
        ("https://example.org/#", "must not have a '?' or '#'"),
        ("https://me@example.org/", "must not have a user name"),
        ("https://example.org:99999/", "is not a URL"),
        ("https://[::1/", "is not a URL"),
        ("https://example.org/a b/", "has characters"),
        ("https://example.org/a/../b", "must not have '.', '..'"),
        ("https://example.org/a//b", "must not have '.', '..' or empty"),
        ("https://exämple.org/", "must be ASCII"),
    ],
)
def test_wrong_urls(load: Load, url: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(f"title: a\nurl: '{url}'\n")
    (problem,) = caught.value.problems
    assert problem.location == Location("blogforge.yaml", 2, 6)
    assert problem.message.startswith("'url'")
    assert message in problem.message
    assert problem.hint


def test_all_problems_are_told_at_once(load: Load) -> None:
    with pytest.raises(ConfigError) as caught:
        load("titel: a\npaginate: many\ntimezone: Mars\nmarkdown: {engine: a}\n")
    assert [(line_of(p), p.message) for p in caught.value.problems] == [
        (1, "'title' is missing"),
        (1, "'url' is missing"),
        (1, "unknown key 'titel'"),
        (2, "'paginate' must be a whole number, not 'many'"),
        (3, "'timezone' is not a known time zone: 'Mars'"),
        (4, "'markdown.engine' must be markdown or commonmark, not 'a'"),
    ]
    assert caught.value.exit_status == 2


@pytest.mark.parametrize("text", ["", "- a\n", "just text\n"])
def test_what_is_no_mapping(load: Load, text: str) -> None:
    with pytest.raises(ConfigError, match="is not 'name: value' lines"):
        load(text)


def test_empty_title(load: Load) -> None:
    with pytest.raises(ConfigError, match=r"blogforge\.yaml:1:7: 'title' is empty"):
        load("title:\nurl: https://example.org\n")
    with pytest.raises(ConfigError, match=r"blogforge\.yaml:1:9: 'title' is empty"):
        load("title:  ' '\nurl: https://example.org\n")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (TWO_LINES.encode("utf-16"), "the file is UTF-16"),
        (TWO_LINES.encode() + b"dek: caf\xe9\n", "byte 51 is 0xe9"),
        (TWO_LINES.encode() + b"dek: \x07\n", "U\\+0007 is not allowed"),
    ],
)
def test_other_encodings_are_config_errors(load: Load, data: bytes, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load(data)


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    (problem,) = caught.value.problems
    assert problem.location == Location("blogforge.yaml")
    assert "blogforge new site DIR" in problem.hint
    (tmp_path / "blogforge.yml").touch()
    with pytest.raises(ConfigError, match=r"rename blogforge\.yml"):
        load_config(tmp_path)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "blogforge.yaml").mkdir()
    with pytest.raises(MachineError, match="cannot be read"):
        load_config(tmp_path)


def test_comments(load: Load) -> None:
    config = load("title: Mali Watch # for now\nurl: https://example.org # soon\n# sections\n")
    assert config.title == "Mali Watch"


def test_byte_order_mark_and_line_ends(load: Load) -> None:
    config = load(b"\xef\xbb\xbftitle: a\r\nurl: http://b.org\r\n")
    assert config.title == "a"


@pytest.mark.parametrize("url", ["/about/", "about/", "#top", "https://a.org/b", "mailto:a@b.org"])
def test_addresses_of_the_menu(load: Load, url: str) -> None:
    assert load(f"{TWO_LINES}menu: [{{title: a, url: '{url}'}}]\n").menu[0].url == url


@pytest.mark.parametrize("logo", ["logo.png", "/a/logo.png", "https://a.org/logo.png", ""])
def test_addresses_of_the_logo(load: Load, logo: str) -> None:
    assert load(f"{TWO_LINES}publisher: {{logo: '{logo}'}}\n").publisher.logo == logo


def test_a_format_named_twice_is_one(load: Load) -> None:
    config = load(f"{TWO_LINES}feeds: {{groups: [rss, json, rss]}}\n")
    assert config.feeds.groups == ("rss", "json")
