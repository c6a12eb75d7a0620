"""A source as readers find one, with what tends to go wrong, for the laws of every import."""

import io
from pathlib import Path

from PIL import Image as Pictures

from blogforge.images import Image
from blogforge.importers.found import (
    File,
    Found,
    Item,
    LeftOut,
    Note,
    Origin,
    Person,
    Taxon,
    link_to,
)

URL = "https://www.desk.example"


def png() -> bytes:
    """A picture."""
    data = io.BytesIO()
    Pictures.new("RGB", (30, 20)).save(data, "PNG")
    return data.getvalue()


def origin(line: int) -> Origin:
    return Origin(path="export.xml", line=line, item=f"entry {line}")


ITEMS = (
    Item(
        key="1",
        origin=origin(1),
        old=f"{URL}/2012/03/21/libya-mali/",
        title="How Libya's guns came to Mali: #1, no",
        dek="What: a “dek” - with {every} trap, & more",
        date="2012-03-21T10:00:00+01:00",
        updated="2012-03-22",
        authors=("jane", "An Agency"),
        section="Africa",
        tags=("mali", "no", "1984", "12:30", "mali"),
        slug="libya-mali",
        aliases=("/?p=1", "/old/libya.html"),
        form="html",
        body=(
            '<p>See <a href="http://desk.example/2012/04/01/next_one?utm_source=x#part">next</a>,'
            ' <a href="/?p=2">again</a>, <a href="/nowhere/">nowhere</a>,'
            ' <a href="/about/team/">the team</a>, <a href="https://other.example/">other</a>,'
            ' <a href="/category/africa">Africa</a>.</p>'
            '<p><img src="http://desk.example/wp-content/uploads/2012/gun-300x200.png" alt="A gun">'
            '</p><p><a href="/wp-content/uploads/2012/report (1).pdf">The report</a></p>'
        ),
        image=Image(src=f"{URL}/wp-content/uploads/2012/gun.png", alt="A gun", credit="Jane"),
        extra={"mood": "1e3", "deep": {"list": ["no", 1, True, None, "012"]}},
        corrections=(("2012-03-23", "It was Gao."),),
        sources=("https://un.example/report", {"title": "A: report", "url": "https://un.example/"}),
        id="https://www.desk.example/?p=1",
    ),
    Item(
        key="2",
        origin=origin(2),
        old=f"{URL}/2012/04/01/next_one/",
        title="Next",
        date="2012-04-01",
        slug="next_one",
        references=("/?p=2", "next"),
        body=(
            f"Text [a](/2012/03/21/libya-mali) `[b](/about/)` [d](/draft/) [n]({link_to('next')})"
            f" [m](/files/x.pdf) [c]({link_to('mirror')}) [gone]({link_to('gone.md')})\n\n"
            "    [code](/about/)\n\n[ref]: <http://www.desk.example/about/team> 'x'\n\n[ref]\n"
        ),
        notes=(Note(what="a note", line=3),),
    ),
    Item(key="3", origin=origin(3), kind="page", old=f"{URL}/about/team/", title="Team", body="We"),
    Item(key="4", origin=origin(4), title="Draft", status="draft", slug="draft", old="/draft/"),
    Item(
        key="5",
        origin=origin(5),
        old=f"{URL}/2012/03/21/Libya-Mali/",
        title="The same address but for its capitals",
        date="2012-03-21",
        slug="libya-mali",
        body="![mine](<My pic (1).png>)",
        files=(File(name="My pic (1).png", content=png()),),
    ),
    Item(key="6", origin=origin(6), title="", date="soon", slug="", body="# Nothing but a heading"),
    Item(
        key="7",
        origin=origin(7),
        title="Miroir",
        date="2012-05-01",
        language="fr",
        translation_of="1",
        references=("mirror",),
        old=f"{URL}/fr/2012/05/01/miroir/",
        slug="miroir",
        body="Le miroir.",
    ),
    Item(key="8", origin=origin(8), kind="page", old=f"{URL}/archive/", title="Archive", body="x"),
    Item(key="8", origin=origin(9), title="x" * 300, date="2012-05-02", slug="y" * 300, body="x"),
    Item(
        key="9",
        origin=origin(11),
        title="A page of ours",
        kind="page",
        old=f"{URL}/author/jane/",
        body="A [link](/stops/) to what has stopped",
    ),
    Item(
        key="11",
        origin=origin(12),
        title="It would stop a build",
        date="2012-05-04",
        old=f"{URL}/stops/",
        body="See[^1]\n\n[^1]: One.\n\n[^1]: Two.\n",
    ),
    Item(key="10", origin=origin(10), title="صفحة", date="2012-05-03", body="نص", tags=("!!!",)),
)
FOUND = Found(
    counted=15,
    items=ITEMS,
    people=(
        Person(
            id="jane",
            name="Jane: Doe",
            bio="Writes\nhere.",
            handle="@jane",
            image=f"{URL}/wp-content/uploads/2012/gun.png",
            links=(("Web", "https://jane.example/"), ("Odd", "javascript:alert(1)")),
        ),
    ),
    taxa=(
        Taxon(
            kind="section",
            name="Africa",
            dek="South of: the Sahara",
            addresses=("/category/africa/",),
        ),
        Taxon(kind="tag", name="unused", addresses=("/tag/unused/",)),
    ),
    files=(
        File(
            name="gun.png",
            addresses=(f"{URL}/wp-content/uploads/2012/gun.png",),
            content=png(),
        ),
        File(
            name="report.pdf",
            addresses=(f"{URL}/wp-content/uploads/2012/report (1).pdf",),
            content=b"%PDF",
        ),
        File(
            name="broken.png",
            addresses=(f"{URL}/wp-content/uploads/2012/broken.png",),
            content=png()[:40],
        ),
    ),
    left_out=(LeftOut(origin=origin(20), what="comment", reason="not read", count=3),),
    settings={"title": "Desk: no", "url": URL, "language": "en", "timezone": "Europe/Paris"},
)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
