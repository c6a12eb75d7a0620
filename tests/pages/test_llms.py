from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from blogforge.settings import LanguageConfig, SectionConfig
from tests.invented import CONFIG, day, post, site_of, standalone
from tests.rendering import FILES, publication, write

if TYPE_CHECKING:
    from pathlib import Path

    from blogforge.model import Site

NAME = "llms.txt"


def made(root: Path, site: Site) -> str:
    return publication(write(root, FILES), site).text(NAME)


def test_the_file_has_the_parts_of_the_proposal(tmp_path: Path) -> None:
    config = replace(CONFIG, dek="Slow news.", sections=(SectionConfig(name="Africa", dek="All."),))
    posts = [
        post("a", section="Africa", dek="Who gains.", story="War"),
        post("b", date=day(2), title="No dek"),
    ]
    pages = [standalone("about"), standalone("hidden", status="unlisted")]
    assert (
        made(tmp_path, site_of(posts, config, standalones=pages))
        == """\
# The Dispatch

> Slow news.

Main language: English. The feeds have the full text of the articles.

## Sections

- [Africa](https://dispatch.example/section/africa/): All.

## Latest

- [No dek](https://dispatch.example/2012/03/02/b/): 2012-03-02. Begins b.
- [About a](https://dispatch.example/2012/03/01/a/): 2012-03-01. Who gains.

## Stories

- [War](https://dispatch.example/story/war/)

## Feeds

- [RSS](https://dispatch.example/feed.xml)
- [Atom](https://dispatch.example/atom.xml)
- [JSON Feed](https://dispatch.example/feed.json)

## More of this site

- [About](https://dispatch.example/about/)
- [Archive](https://dispatch.example/archive/)
"""
    )


def test_names_are_no_markdown(tmp_path: Path) -> None:
    config = replace(CONFIG, title="A\n# B [c](d) *e*")
    text = made(tmp_path, site_of([post("a", title="x](y) <z>", slug="f(g)")], config))
    assert text.startswith("# A # B \\[c\\](d) \\*e\\*\n")
    assert "- [x\\](y) \\<z\\>](https://dispatch.example/2012/03/01/f%28g%29/): 2012-03-01" in text


def test_a_site_may_bring_its_own_or_want_none(tmp_path: Path) -> None:
    none = publication(write(tmp_path, FILES), site_of([post()], replace(CONFIG, llms_txt=False)))
    assert NAME not in none.pages
    own = publication(write(tmp_path, {"static/llms.txt": "# Ours\n"}), site_of([post()]))
    assert own.text(NAME) == "# Ours\n"


def test_a_site_in_two_languages_names_the_other_s_front_page(tmp_path: Path) -> None:
    config = replace(CONFIG, languages={"fr": LanguageConfig()})
    text = made(tmp_path, site_of([post("a"), post("b", lang="fr", title="Bonjour")], config))
    assert text.count("- [Français](https://dispatch.example/fr/)\n") == 1
    assert "Bonjour" not in text
