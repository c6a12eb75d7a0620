"""Old addresses become links by file, wherever they stand in Markdown but in code."""

import pytest

from blogforge.importers.found import Found, Instructions, Item, Origin, Taxon
from blogforge.importers.linking import Addresses, Target, hosts_of, relative
from blogforge.importers.markdown_links import rewritten
from blogforge.importers.settings import configuration, permalink


def upper(destination: str, image: bool, line: int) -> str | None:
    """Each destination told apart: its text in capitals, with its kind and line."""
    if destination.startswith("#"):
        return None
    return f"{destination.upper()}.{'IMAGE' if image else 'LINK'}.{line}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[a](x) and ![b](y)", "[a](X.LINK.1) and ![b](Y.IMAGE.1)"),
        ('\n[a](<x y> "t")', '\n[a](X Y.LINK.2 "t")'),
        ("[a](x(1)y 't')", "[a](X(1)Y.LINK.1 't')"),
        ("[a](x\\_y&amp;z)", "[a](X_Y&Z.LINK.1)"),
        ("[![b](y)](x)", "[![b](Y.IMAGE.1)](X.LINK.1)"),
        ("[a](#x)", "[a](#x)"),
        ("`[a](x)` ``[a](`x)``", "`[a](x)` ``[a](`x)``"),
        ("```\n[a](x)\n```\n[a](x)", "```\n[a](x)\n```\n[a](X.LINK.4)"),
        ("~~~md\n[a](x)\n```\n~~~\n", "~~~md\n[a](x)\n```\n~~~\n"),
        ("p\n\n    [a](x)\n\np", "p\n\n    [a](x)\n\np"),
        ("- p\n\n    [a](x)", "- p\n\n    [a](X.LINK.3)"),
        ("[r]: x 't'\n[^1]: x", "[r]: X.LINK.1 't'\n[^1]: x"),
        ("<http://x.y/z>", "[http://x.y/z](HTTP://X.Y/Z.LINK.1)"),
        ("<a href='x'>y</a>", "<a href='X.LINK.1'>y</a>"),
        ('<img alt="a>b" src="x&amp;y">', '<img alt="a>b" src="X&amp;Y.IMAGE.1">'),
        ('<img srcset="x 1x, y 2x">', '<img srcset="X.IMAGE.1 1x, Y.IMAGE.1 2x">'),
        ("<pre><a href='x'></pre><!-- [a](x) -->", "<pre><a href='x'></pre><!-- [a](x) -->"),
        ("\\[a](x) [a\\](x)", "\\[a](X.LINK.1) [a\\](x)"),
        ("a ](b no", "a ](b no"),
        ("", ""),
    ],
)
def test_destinations_are_written_anew_where_they_stand(body: str, expected: str) -> None:
    assert rewritten(body, upper) == expected


HERE = Item(
    key="here",
    origin=Origin(path="content/news/here.md"),
    title="x",
    old="https://www.desk.example/2012/here/",
)


@pytest.fixture
def addresses() -> Addresses:
    found = Addresses(["desk.example"], "https://www.desk.example/")
    found.add(
        Target(path="there.md"),
        ["https://www.desk.example/2012/There/", "/?p=7"],
        ["content/news/there.md", "the-slug"],
    )
    found.add(Target(path="gun.png"), ["https://desk.example/uploads/gun.png"])
    found.add(Target(url="/"), ["https://www.desk.example/"])
    return found


@pytest.mark.parametrize(
    ("spelling", "path"),
    [
        ("https://www.desk.example/2012/There/", "there.md"),
        ("http://desk.example/2012/there", "there.md"),
        ("//desk.example:443/2012/there/index.html?utm_source=x#part", "there.md"),
        ("/2012/THERE/", "there.md"),
        ("/2012/%54here/", "there.md"),
        ("../there/", "there.md"),
        ("there.md", "there.md"),
        ("../../content/news/there.md#x", "there.md"),
        ("/?p=7", "there.md"),
        ("http://desk.example/?utm=1&p=7", "there.md"),
        ("blogforge-item:the-slug#x", "there.md"),
        ("https://desk.example/uploads/gun-300x200.png", "gun.png"),
        ("/uploads/gun-scaled.png?w=10", "gun.png"),
        ("/2012/there/?replytocom=3", "there.md"),
        ("http://desk.example", ""),
    ],
)
def test_any_spelling_of_an_old_address_is_found(
    addresses: Addresses, spelling: str, path: str
) -> None:
    target = addresses.find(spelling, HERE)
    assert target is not None
    assert target.path == path


@pytest.mark.parametrize(
    "other",
    [
        "https://other.example/2012/there/",
        "mailto:x@desk.example",
        "/?p=8",
        "#x",
        "/there/",
        "",
        "[::",
    ],
)
def test_nothing_else_is(addresses: Addresses, other: str) -> None:
    assert addresses.find(other, HERE) is None


def test_the_old_site_is_known_by_its_settings_or_its_posts() -> None:
    found = Found(counted=1, items=(HERE,))
    assert hosts_of(found, "") == ["desk.example"]
    assert hosts_of(found, "http://WWW.Old.example:8080/x") == ["old.example", "desk.example"]


def test_a_path_is_told_from_where_one_stands() -> None:
    assert relative("posts/a.md", "posts/b.md") == "a.md"
    assert relative("pages/about/team.md", "posts/fr/b.md") == "../../pages/about/team.md"
    assert relative("static/a b.png", "posts/b.md") == "/a%20b.png"


# ---------------------------------------------------------------- a new site's settings


def posts(*olds: str) -> tuple[Item, ...]:
    return tuple(
        Item(
            key=old,
            origin=Origin(path="x"),
            title="x",
            date="2012-03-21",
            section="World Affairs",
            old=old,
        )
        for old in olds
    )


@pytest.mark.parametrize(
    ("old", "pattern"),
    [
        ("https://desk.example/2012/03/21/a-post/", "/{year}/{month}/{day}/{slug}/"),
        ("/2012/03/a-post.html", "/{year}/{month}/{slug}/"),
        ("/world-affairs/a-post", "/{section}/{slug}/"),
        ("/blog/2012/03/21/a-post/", "/blog/{year}/{month}/{day}/{slug}/"),
        ("/a-post/", "/{slug}/"),
        ("/?p=3", "/{year}/{month}/{day}/{slug}/"),
    ],
)
def test_a_new_site_keeps_the_addresses_that_it_can(old: str, pattern: str) -> None:
    assert permalink(posts(old, old, "/other/thing/1/"), "https://desk.example/") == pattern


def test_a_new_site_says_what_the_source_says() -> None:
    found = Found(
        counted=2,
        items=posts("/a/", "/b/"),
        taxa=(Taxon(kind="section", name="World Affairs", dek="Abroad"),),
        settings={
            "title": "Desk: no",
            "url": "no url",
            "timezone": "Mars/Base",
            "language": "en-GB",
        },
    )
    text, problems = configuration(found, Instructions(timezone="Europe/Paris"))
    assert (
        "title: 'Desk: no'\nurl: https://example.org/\nlanguage: en-GB\ntimezone: Europe/Paris"
        in text
    )
    assert "- name: World Affairs\n  dek: Abroad" in text
    assert len(problems) == 1
