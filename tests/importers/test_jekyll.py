"""Sites of Jekyll: what becomes of each thing that their authors write."""

from pathlib import Path
from typing import Any

import pytest

from blogforge.images import Image
from blogforge.importers.found import Found, Person
from tests.importers.reading import SAMPLES, item, line_of, read, reasons, site, told

GRAIN, ICE = "grain-ships.md", "ice.markdown"


@pytest.fixture(scope="module")
def found() -> Found:
    return read("jekyll", SAMPLES / "jekyll")


FIELDS: list[tuple[str, str, Any]] = [
    (GRAIN, "title", "Grain ships: why they wait"),
    (GRAIN, "date", "2012-03-21 21:30-04:00"),
    (GRAIN, "updated", "2012-03-23"),
    (GRAIN, "old", "/harbour/economy/ports/2012/03/21/grain-ships/"),
    (GRAIN, "section", "Economy"),  # `categories: economy ports`
    (GRAIN, "tags", ("grain", "Black Sea", "ports")),
    (GRAIN, "authors", ("rui",)),  # by the site's defaults
    (GRAIN, "aliases", ("/harbour/grain.html", "/harbour/2012/grain/")),
    (
        GRAIN,
        "image",
        Image(src="/assets/images/ship.png", alt="A ship at anchor", caption="Off the mole"),
    ),
    (GRAIN, "extra", {"layout": "post", "comments": "true"}),
    (ICE, "old", "/harbour/2012/ice-01.html"),  # its own `permalink`
    (ICE, "section", "Weather & tides"),  # `category` is one
    (ICE, "tags", ("cold", "river")),  # `tags: cold river` are two
    (ICE, "authors", ("Mette Skov",)),
    (ICE, "dek", "A short winter."),
    ("dakar.md", "section", "Africa"),  # the folder above `_posts`
    ("dakar.md", "tags", ("Ports",)),
    ("dakar.md", "story", "Night harbours"),
    ("dakar.md", "authors", ("rui", "Amina Diallo")),
    ("dakar.md", "old", "/harbour/africa/ports/2012/04/02/dakar/"),
    ("unpublished.md", "status", "draft"),
    ("bananas.md", "status", "draft"),
    ("bananas.md", "old", ""),
    ("no-date-in-name.md", "status", "draft"),
    ("short-year.md", "date", "2012-06-08 14:05+01:00"),  # 8/6/2012 as Ruby reads it, in Lisbon
    ("short-year.md", "status", "unlisted"),
    ("html-post.html", "date", "2012-06-04"),  # and not that of its name
    ("html-post.html", "form", "html"),
    ("spaces.md", "old", "/harbour/2012/06/05/Ünïcode-&-spaces/"),
    ("spaces.md", "language", "pt"),
    ("spaces.md", "translation_of", "_posts/2012-06-05-unicode-en.md"),  # `ref`
    ("unicode-en.md", "old", "/harbour/2012/06/05/unicode/"),
    ("without-matter.md", "title", "A heading is its title"),
    ("without-matter.md", "body", "Text under it.\n"),
    ("no-liquid.md", "body", "Write `{{ page.title }}` and {{ site.url }}.\n"),
    ("pilot.md", "old", "/harbour/talks/pilot/"),  # a collection
    ("pilot.md", "section", "Interviews"),
    ("about.md", "kind", "page"),
    ("about.md", "aliases", ("/harbour/who/", "/harbour/contact/")),  # `redirect_to` it
    ("tides.html", "old", "/harbour/docs/tides/"),
]


@pytest.mark.parametrize(("end", "field", "expected"), FIELDS)
def test_a_field_is_what_its_document_says(
    found: Found, end: str, field: str, expected: object
) -> None:
    assert getattr(item(found, end), field) == expected


BODIES = [
    (GRAIN, "lie off the harbour. Their crews"),  # excerpt_separator
    (GRAIN, "[the earlier one](blogforge-item:_posts/2012-02-01-ice.markdown#why)"),
    (GRAIN, "[Dakar](blogforge-item:africa/_posts/2012-04-02-dakar.md)"),
    (GRAIN, "[About](/harbour/about/), [the list](blogforge-item:assets/list.csv),"),
    (GRAIN, "[this](/harbour/about/), [all](https://notes.example/harbour/about/)."),
    (GRAIN, '![A ship](/assets/images/ship.png "The Maria, waiting | Rui Tavares Lobo")'),
    (GRAIN, "![A crane](/harbour/assets/images/crane.png)\n"),
    (GRAIN, '````ruby\nputs "{{ not.liquid }}" # ```\n````'),
    (GRAIN, "\n{{ shown.as.it.is }}\n"),
    (GRAIN, "Phone: +351 1. By Grain ships: why they wait. {{ page.nothing | upcase }}"),
    (GRAIN, "{% if site.show\\_maps %}A map.{% endif %}"),
    (GRAIN, "\n{% include newsletter.html %}\n"),
    (GRAIN, '<iframe src="https://www.youtube-nocookie.com/embed/w7Ft2ymGmfc"'),
    (GRAIN, "[Gist on GitHub](https://gist.github.com/5555251)"),
    (GRAIN, "🚢 and 10:30:45."),
    (ICE, "## Why {#why}\n"),
    (ICE, "\nA notice.\n"),
    (ICE, "Formulas such as $$E = mc^2$$ stay.\n\n[^1]: Very cold.\n"),
    ("html-post.html", '<a href="/harbour/2012/ice-01.html">link</a> &amp; an entity'),
]


@pytest.mark.parametrize(("end", "part"), BODIES)
def test_a_body_has_what_its_liquid_meant(found: Found, end: str, part: str) -> None:
    assert part in item(found, end).body


def test_comments_and_lists_of_contents_are_dropped_and_told(found: Found) -> None:
    assert "harbour master" not in item(found, GRAIN).body
    assert "toc" not in item(found, ICE).body
    assert "This list becomes" not in item(found, ICE).body
    assert [what for _, what in told(found, ICE)] == [
        "the list of contents is dropped: the article page has its own",
        "attributes of the old theme are dropped: .no_toc",
        "attributes of the old theme are dropped: .notice",
        "formulas stay as text ($$…$$)",
    ]


def test_notes_stand_at_the_lines_they_are_about(found: Found) -> None:
    assert line_of(found, GRAIN, "the include 'figure.html'").startswith("![A ship]")
    assert line_of(found, GRAIN, "the tag 'endif'").endswith("{% endif %}")
    assert line_of(found, GRAIN, "gist").startswith("[Gist")
    assert line_of(found, ICE, "formulas").startswith("Formulas")


def test_what_is_left_out_has_a_reason(found: Found) -> None:
    assert {path: reason.split(":")[0] for path, reason in reasons(found).items()} == {
        "404.md": "blogforge makes a page for wrong addresses itself",
        "_posts/2012-06-01-moved-elsewhere.md": "it only leads to https",
        "_posts/2012-06-02-textile.textile": ".textile is no Markdown",
        "_posts/2012-06-06-broken.md": "the front matter is no YAML",
        "_team/rui.md": "the collection 'team' has no pages on the old site",
        "contact.md": "it only leads to /about/",
        "index.html": "it is a template of the old theme, which lists posts",
    }
    assert found.counted == len(found.items) + len(found.left_out)


def test_people_stand_in_their_data_file_and_keep_no_address(found: Found) -> None:
    assert found.people == (
        Person(
            id="rui",
            name="Rui Tavares Lobo",
            bio="Rui counts containers.",
            handle="ruicounts",
            links=(("web", "https://rui.example/"),),
        ),
    )


def test_the_site_and_its_files_are_known(found: Found) -> None:
    assert found.settings == {
        "title": "The Harbour Notes",
        "dek": "What comes in, and what goes out.",
        "url": "https://notes.example/harbour",
        "language": "en",
        "timezone": "Europe/Lisbon",
    }
    assert [file.addresses[0] for file in found.files] == [
        "/harbour/assets/images/crane.png",
        "/harbour/assets/images/ship.png",
        "/harbour/assets/list.csv",
    ]


PERMALINKS = [
    ("date", "/a-b/2012/03/05/a-title.html"),
    ("pretty", "/a-b/2012/03/05/a-title/"),
    ("ordinal", "/a-b/2012/065/a-title.html"),
    ("weekdate", "/a-b/2012/W10/Mon/a-title.html"),
    ("none", "/a-b/a-title.html"),
    ("/:short_year/:i_month/:i_day/:slug", "/12/3/5/a-title"),
]


@pytest.mark.parametrize(("permalink", "old"), PERMALINKS)
def test_addresses_are_those_of_the_old_site(tmp_path: Path, permalink: str, old: str) -> None:
    files = {
        "_config.yml": f"permalink: {permalink}\n",
        "_posts/2012-03-05-a-title.md": "---\ncategory: A-B\n---\nx\n",
    }
    assert item(read("jekyll", site(tmp_path, files)), "a-title.md").old == old


def test_tags_in_code_stay_as_they_are(tmp_path: Path) -> None:
    body = "```\n{{#include <a_b>}}\n```\n\n`{{ page.x_y }}` and {{ page.x_y }}.\n"
    files = {"_posts/2012-03-05-a.md": f"---\ntitle: A\n---\n{body}"}
    made = item(read("jekyll", site(tmp_path, files)), "a.md").body
    assert made == body.replace("and {{ page.x_y }}", "and {{ page.x\\_y }}")


TAGS = [
    (
        '{% include "linked-figure.html",\n  image: "/a/b.jpg",\n  alt: "An alt" %}',
        "![An alt](/a/b.jpg)",
    ),
    ('{% include image.html url="/a.png" description="A *boat*" %}', '![A boat](/a.png "A boat")'),
    (
        '{% image "a/b.png", "A "good" chart" %}',
        '<img src="/a/b.png" alt="A &quot;good&quot; chart">',
    ),
    ("{% img left /a.png 300 200 %}", '<img src="/a.png" alt="">'),
    ("{% include %}", "{% include %}"),
    ("{%- raw -%}{{ a }}{%- endraw -%}", "{{ a }}"),
    ("{% raw %}{{ a }}", "{% raw %}{{ a }}"),
    ("{% vimeo 12 %}", 'src="https://player.vimeo.com/video/12?dnt=1"'),
    ("{% post_url 1999-01-01-nothing %}", "{% post\\_url 1999-01-01-nothing %}"),
    ("{{ site.url }}{{ site.baseurl }}/x", "https://x.example/x"),
    ("{{ '/x' | prepend: site.baseurl | prepend: site.url }}", "https://x.example/x"),
    ("{{ site.title | upcase }}", "{{ site.title | upcase }}"),
]


@pytest.mark.parametrize(("text", "expected"), TAGS)
def test_a_tag_becomes_what_it_plainly_means(tmp_path: Path, text: str, expected: str) -> None:
    files = {
        "_config.yml": "url: https://x.example\ntitle: X\n",
        "_posts/2012-03-05-a.md": f"---\ntitle: A\n---\n{text}\n",
    }
    assert expected in item(read("jekyll", site(tmp_path, files)), "a.md").body
