"""The recipes of docs/cookbook.md, each built as its reader would build it."""

import json
import re
from pathlib import Path

import pytest

from blogforge.build import build
from blogforge.options import Options
from blogforge.overrides import eject
from tests.conftest import MakeSite

SETTINGS = (
    "title: The Desk\nurl: https://desk.example\ntimezone: UTC\nsocial_cards: {enabled: false}\n"
    "sections: [{name: Africa}, {name: Europe}]\n"
)
FILES = {
    "pages/about.md": "---\ntitle: About\nlang: fr\nextra: {budget: 1200000}\n---\n\nWho we are.\n",
    "posts/2024-05-01-guns.md": (
        "---\ntitle: Guns\nsection: Africa\nstory: Guns\ndateline: BAMAKO\n"
        "sources: [An archive]\n---\n\nText.\n"
    ),
    "posts/2024-05-02-grain.md": (
        "---\ntitle: Grain\nsection: Europe\nstory: Guns\ndateline: BAMAKO\n---\n\nText.\n"
    ),
    "posts/2024-05-03-ships.md": (
        "---\ntitle: Ships\nsection: Africa\nstory: Guns\ndateline: GAO\ntype: opinion\n"
        "sources: [An archive]\n---\n\nText.\n"
    ),
    "posts/2024-05-04-secret.md": "---\ntitle: No\ndateline: KIDAL\nstatus: draft\n---\n\nText.\n",
}
_FILE = re.compile(r"^`(?P<name>[\w./]+)`[^\n]*:\n\n```\w+\n(?P<text>.*?)^```$", re.M | re.S)


@pytest.fixture
def published(make_site: MakeSite, repository: Path, request: pytest.FixtureRequest) -> Path:
    """The tree of a small site with the recipe under a heading of the cookbook."""
    text = (repository / "docs" / "cookbook.md").read_text(encoding="utf-8")
    recipe = text.split(f"\n## {request.param}\n")[1].split("\n## ")[0]
    files = {match["name"]: match["text"] for match in _FILE.finditer(recipe)}
    settings = SETTINGS + files.pop("blogforge.yaml", "")
    root = make_site({**FILES, **files}, settings)
    build(root, Options(jobs=1))
    return root / "public"


def page(published: Path, name: str) -> str:
    return (published / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("published", ["A front page of your own"], indirect=True)
def test_the_front_page(published: Path) -> None:
    columns = re.findall(r'id="column_\d"><a href="([^"]+)"', page(published, "index.html"))
    assert columns == ["/section/africa/", "/section/europe/"]
    lead, _, rest = page(published, "index.html").partition('<div class="columns">')
    blocks, _, stories = rest.partition('<section class="story-block"')
    assert "/2024/05/03/ships/" in lead
    assert "/2024/05/03/ships/" not in blocks
    assert "/2024/05/01/guns/" in blocks
    assert stories


@pytest.mark.parametrize("published", ["A front page of your own"], indirect=True)
def test_a_stylesheet_s_part(published: Path) -> None:
    root = published.parent
    sheet = eject(root, "style.css")
    with sheet.open("a", encoding="utf-8") as opened:
        opened.write('@import "css/columns.css";\n')
    build(root, Options(jobs=1))
    (style,) = published.glob("style.*.css")
    assert ".columns {" in style.read_text(encoding="utf-8")


@pytest.mark.parametrize("published", ["A page for each place"], indirect=True)
def test_a_page_for_each_place(published: Path) -> None:
    assert sorted(path.parent.name for path in published.glob("place/*/index.html")) == [
        "bamako",
        "gao",
    ]
    bamako = page(published, "place/bamako/index.html")
    assert bamako.index("Grain") < bamako.index("Guns")
    assert "<h1" in bamako
    assert '<a href="/place/bamako/">Bamako</a> 2' in page(published, "place/index.html")
    assert "/place/gao/" in page(published, "sitemap.xml")


@pytest.mark.parametrize("published", ["A filter"], indirect=True)
def test_a_filter(published: Path) -> None:
    (amount,) = re.findall(r'<p class="budget">(.*?)</p>', page(published, "about/index.html"))
    assert amount.replace("\N{NO-BREAK SPACE}", " ") == "1,2 M €"


@pytest.mark.parametrize("published", ["A new feed"], indirect=True)
def test_a_new_feed(published: Path) -> None:
    feed = json.loads(page(published, "partners.json"))
    (item,) = feed["items"]
    assert item["title"] == "Guns"
    assert item["url"] == "https://desk.example/2024/05/01/guns/"
    assert "<p>" in item["content_html"]
