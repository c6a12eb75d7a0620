"""Sites of Hugo: what becomes of each thing that their authors write."""

from pathlib import Path
from typing import Any

import pytest

from blogforge.images import Image
from blogforge.importers.found import Found, Person, Taxon
from tests.importers.reading import SAMPLES, item, line_of, read, reasons, site, told

GUNS, GOLD = "news/libya-mali.md", "news/african-gold.md"
MARKET = "timbuktu-market/index.md"


@pytest.fixture(scope="module")
def found() -> Found:
    return read("hugo", SAMPLES / "hugo")


FIELDS: list[tuple[str, str, Any]] = [
    (GUNS, "title", "Guns on the river: how an arsenal moved"),
    (GUNS, "dek", "The fall of one regime armed a revolt against another."),
    (GUNS, "date", "2012-03-21 21:30+01:00"),
    (GUNS, "updated", "2012-03-25 08:00+00:00"),
    (GUNS, "old", "/2012/03/guns-on-the-river/"),  # by `permalinks`, with the slug
    (GUNS, "aliases", ("/2012/guns.html", "/2012/03/older-name")),
    (GUNS, "authors", ("ines",)),
    (GUNS, "section", "Africa"),  # the first category
    (GUNS, "tags", ("Libya", "Gold", "gold", "War")),  # and the others
    (GUNS, "image", Image(src="/images/boat.png")),
    (GUNS, "extra", {"mood": "grave", "weight": "3", "toc": "true"}),
    (GOLD, "title", 'African gold: "who pays?"'),  # TOML
    (GOLD, "date", "2012-05-02"),
    (GOLD, "embargo", "2012-05-03 06:00+00:00"),  # publishDate
    (GOLD, "expires", "2099-01-01"),
    (GOLD, "dek", "Gold is weighed twice and taxed once."),
    (GOLD, "authors", ("Tomas Wexelholm, Exchange Desk",)),  # never guessed apart
    (GOLD, "old", "/2012/05/african-gold-who-pays/"),
    (
        GOLD,
        "image",
        Image(src="https://cdn.example/gold.jpg", alt="Bars", caption="Bars in a vault"),
    ),
    ("json-front.md", "date", "2012-06-01 10:00+00:00"),  # in the site's zone
    ("json-front.md", "tags", ("ferry",)),
    ("json-front.md", "body", "The ferry left at ten, Bamako time.\n"),
    ("draft-coup.md", "status", "draft"),
    ("future-talks.md", "embargo", "2098-07-01"),
    ("unlisted-note.md", "status", "unlisted"),
    ("no-date.md", "kind", "page"),
    ("windows.md", "body", "Lines end as they do there.\n"),
    ("windows.md", "date", "2012-07-04 08:15+00:00"),
    ("everything’s.md", "date", "2012-07-02 15:04:05+00:00"),  # RFC 5322
    ("everything’s.md", "old", "/2012/07/an-odd-name/"),
    ("about.md", "kind", "page"),  # though it has a date
    ("about.md", "old", "/who-we-are/"),  # `url`
    ("about.md", "aliases", ("/about-the-desk/", "/team")),
    ("about.md", "body", "We are three people and a boat. Our editor is Ines Kaboret.\n"),
    ("house-style.md", "kind", "page"),
    ("news/_index.md", "kind", "page"),  # a list with a text of its own
    ("raw.html", "form", "html"),
    ("raw.html", "title", "Old figures"),
    (MARKET, "section", "Africa"),  # the list's title, not the folder's name
    (MARKET, "story", "Full markets"),
    (
        MARKET,
        "image",
        Image(src="photos/stall.png", alt="Onions on a cloth", credit="Salma Idrazen"),
    ),
    ("timbuktu-market/index.fr.md", "translation_of", f"content/africa/{MARKET}"),
    ("timbuktu-market/index.fr.md", "old", "/fr/africa/timbuktu-market/"),
    ("azawad.md", "old", "/special/azawad.html"),
    ("azawad.md", "story", "The northern war"),  # by a cascade
    ("etat-declare.fr.md", "translation_of", "content/africa/mali/azawad.md"),  # translationKey
    ("etat-declare.fr.md", "language", "fr"),
    ("ferry.fr.md", "old", "/fr/economy/bac/"),
]


@pytest.mark.parametrize(("end", "field", "expected"), FIELDS)
def test_a_field_is_what_its_page_says(
    found: Found, end: str, field: str, expected: object
) -> None:
    assert getattr(item(found, end), field) == expected


BODIES = [
    (GUNS, "The first lorries came at night. By March"),  # <!--more-->
    (
        GUNS,
        '![A boat with a tarpaulin](/images/boat.png "The Ségou, in March (https://desk.example/) |'
        ' Ines Kaboret")',
    ),
    (GUNS, '[African gold: "who pays?"](blogforge-item:content/news/african-gold.md#prices) first'),
    (GUNS, "[the market](blogforge-item:content/africa/timbuktu-market/index.md)"),
    (GUNS, "[here](blogforge-item:content/economy/ferry.fr.md) in French"),
    (GUNS, "[prices](#prices)"),
    (GUNS, "## Prices {#prices}\n"),
    (GUNS, "⛵ is a code, `:boat:` is not, and 10:30:45 is a time."),
    (GOLD, '````go\nprice := "{.lead}" // `:boat:`\n```\n````'),
    (GOLD, '<iframe src="https://www.youtube-nocookie.com/embed/w7Ft2ymGmfc" title="Video on You'),
    (GOLD, '<iframe src="https://player.vimeo.com/video/146022717?dnt=1" title="A pit"'),
    (GOLD, "[Post on X](https://x.com/riverdesk/status/453110110599868418)"),
    (GOLD, "[Post on Instagram](https://www.instagram.com/p/BWNjjyYFxVx/)"),
    (GOLD, "[Gist on GitHub](https://gist.github.com/ines/23932424365401ffa5e9d9810102a477)"),
    (GOLD, "<https://desk.example/gold>"),  # a QR code
    (GOLD, '<details markdown="1" open>\n<summary>The table</summary>\n\nInner **words** stay.'),
    (GOLD, '{{\\< price-box currency="CFA" \\>}}\nAn ounce *costs* more.\n{{\\< footnote \\>}}'),
    (GOLD, 'Written as {{< figure src="x" >}} and {{% ref "x" %}}.'),
]


@pytest.mark.parametrize(("end", "part"), BODIES)
def test_a_body_has_what_its_shortcodes_meant(found: Found, end: str, part: str) -> None:
    assert part in item(found, end).body


def test_what_is_left_out_has_a_reason(found: Found) -> None:
    assert {
        path.removeprefix("content/"): reason.split(":")[0]
        for path, reason in reasons(found).items()
    } == {
        "_index.md": "blogforge makes the front page and the archive, which list all posts",
        "africa/_index.md": "its title and dek are those of 'Africa', whose list blogforge makes",
        "africa/_index.fr.md": "its title and dek are those of 'Africa' in fr",
        "africa/teaser/index.md": "it is a headless bundle",
        "africa/timbuktu-market/aside.md": "it is a part of the bundle content/africa/timbuktu-"
        "market, which only its old theme showed",
        "authors/ines/_index.md": "its words stand in authors.yaml, at ines",
        "news/bad-date.md": "its date",
        "news/bad-yaml.md": "the front matter is no YAML",
        "news/no-page.md": "its 'build' says that no page is made of it",
        "news/notes.org": ".org is no Markdown",
        "tags/gold/_index.md": "its title and dek are those of 'Gold', whose list blogforge makes",
    }
    assert found.counted == len(found.items) + len(found.left_out)


def test_notes_stand_at_the_lines_they_are_about(found: Found) -> None:
    assert line_of(found, GOLD, "the shortcode 'footnote'").startswith("{{\\< footnote")
    assert line_of(found, GOLD, "stays as HTML: vimeo").startswith("<iframe")
    assert line_of(found, GUNS, "'no-such-page.md' names no page").startswith("[nothing]")
    assert line_of(found, GUNS, "attributes of the old theme are dropped: .wide").startswith("## P")
    assert (0, "it has no date: a page, not a post") in told(found, "no-date.md")


def test_lists_tell_of_sections_tags_and_people(found: Found) -> None:
    assert found.taxa[:2] == (
        Taxon(
            kind="section",
            name="Africa",
            dek="From the source to the delta.",
            addresses=("/africa/", "/continent/africa/", "/categories/africa/"),
        ),
        Taxon(kind="tag", name="Gold", dek="Mined, smuggled, taxed.", addresses=("/tags/gold/",)),
    )
    story = Taxon(kind="story", name="Full markets", addresses=("/series/full-markets/",))
    assert story in found.taxa
    bio = "Ines Kaboret has followed the river for ten years."
    (ines,) = found.people
    assert ines == Person(
        id="ines",
        name="Ines Kaboret",
        bio=bio,
        handle="ineskaboret",
        links=(("website", "https://ines.example/"),),
    )
    assert found.settings["languages"]["fr"]["sections"]["Africa"]["name"] == "Afrique"


def test_files_lie_beside_their_bundle_or_keep_their_address(found: Found) -> None:
    assert [file.name for file in item(found, MARKET).files] == ["photos/stall.png", "prices.csv"]
    assert not item(found, "timbuktu-market/index.fr.md").files  # it shows those
    assert {file.name: file.addresses[0] for file in found.files} == {
        "images/boat.png": "/images/boat.png",
        "report.txt": "/report.txt",
        "pictures/quay.png": "/pictures/quay.png",
    }


PERMALINKS = [
    ("/:year/:month/:day/:slug/", "/2012/03/21/a-title/"),
    ("/:sections[1:]/:contentbasename", "/mali/gold/"),
    ("/:section/:yearday/:filename/", "/news/81/gold/"),
    ("/:monthname/:weekdayname/:title.html", "/march/wednesday/a-title.html"),
    ("/:slugorcontentbasename/", "/gold/"),
]


@pytest.mark.parametrize(("pattern", "old"), PERMALINKS)
def test_addresses_are_those_of_the_old_site(tmp_path: Path, pattern: str, old: str) -> None:
    source = site(
        tmp_path,
        {
            "config.yaml": f"baseURL: https://x.example/\npermalinks: {{news: '{pattern}'}}\n",
            "content/news/mali/gold.md": "---\ntitle: A title\ndate: 2012-03-21\n---\n",
        },
    )
    assert item(read("hugo", source), "gold.md").old == old


def test_languages_may_have_folders_and_hosts(tmp_path: Path) -> None:
    source = site(
        tmp_path,
        {
            "config/_default/hugo.toml": "baseURL = 'https://a.example/base/'\nuglyURLs = true\n",
            "config/_default/languages.toml": "[en]\nweight = 1\ncontentDir = 'content/en'\n"
            "[fr]\ncontentDir = 'content/fr'\nbaseURL = 'https://b.example/'\n",
            "content/en/posts/a.md": "---\ntitle: A\ndate: 2012-03-21\n---\n",
            "content/fr/posts/a.md": "---\ntitle: A\ndate: 2012-03-21\n---\n",
        },
    )
    found = read("hugo", source)
    assert item(found, "en/posts/a.md").old == "/base/posts/a.html"
    assert item(found, "fr/posts/a.md").old == "https://b.example/posts/a.html"
    assert item(found, "fr/posts/a.md").translation_of == "content/en/posts/a.md"
    assert item(found, "en/posts/a.md").section == ""  # `posts` is where all of them lie


HOSTILE = ["{{< a >}}", "{{< a ", '{{< a "', "{{<", "{{% a b=` ", "{{< a >}}{{< b >}}{{< /a >}}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_word_of_what_is_no_shortcode_is_lost(tmp_path: Path, text: str) -> None:
    front = "---\ntitle: A\ndate: 2012-03-21\n---\n"
    source = site(tmp_path, {"content/posts/a.md": front + text * 1000})
    body = item(read("hugo", source), "a.md").body
    assert body.replace("\\", "").strip() == (text * 1000).strip()


def test_without_a_configuration_links_tell_the_addresses(tmp_path: Path) -> None:
    front = "---\ntitle: A\ndate: 2012-03-21\n---\n"
    links = " ".join(f"[{n}](https://x.example/2012/03/{n}/)" for n in "bcd")
    files = {f"content/posts/{name}.md": front for name in "bcd"}
    source = site(tmp_path, {"content/posts/a.md": front + links, **files})
    found = read("hugo", source, url="https://x.example")
    assert item(found, "a.md").old == "/2012/03/a/"
    assert "3 links say that posts were at /:year/:month/" in found.problems[0].message
