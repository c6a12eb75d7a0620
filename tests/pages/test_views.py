from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from blogforge.model import Author, Standalone
from blogforge.pages.views import View
from tests.invented import CONFIG, day, post, site_of, standalone
from tests.rendering import FILES, publication, write

A, B, C, HIDDEN = "posts/a.md", "posts/b.md", "posts/c.md", "posts/hidden.md"
RELATED = (f"card:{A}", f"related:{A}", f"card:{C}", f"card:{B}")


@pytest.fixture
def view(tmp_path: Path) -> View:
    site = site_of(
        [
            post("a", section="Africa", tags=("Coup", "arms"), authors=("ana",), story="War"),
            post("b", section="africa", date=day(2), story="War", lang="fr"),
            post("c", date=day(3), section="Europe", extra={"colour": "red"}),
            post("hidden", status="unlisted", date=day(4), tags=("Coup", "Alone"), story="War"),
        ],
        CONFIG,
        standalones=[standalone("about", lang="de", updated=day(9))],
        authors=[Author(id="ana", name="Ana Ruiz")],
        bodies={A: "<p>Guns &amp; sand.</p>"},
        data={"ticker": {"gold": 1}},
    )
    site = replace(site, related={A: (C, B)})
    return View(publication(write(tmp_path, FILES), site).inputs)


def test_nothing_is_read_before_anybody_asks(view: View) -> None:
    assert not view.reads


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda v: v.config.title, ["config:title"]),
        (lambda v: v.card(A), [f"card:{A}"]),
        (lambda v: v.cards([B, C]), [f"card:{B}", f"card:{C}"]),
        (lambda v: v.group("tag:coup"), ["group:tag:coup"]),
        (lambda v: v.groups("tag"), ["groups:tag"]),
        (lambda v: v.sections(), ["groups:section"]),
        (lambda v: v.latest(2), ["latest:2", f"card:{C}", f"card:{B}"]),
        (lambda v: v.section("AFRICA", 1), ["members:section:africa:1", f"card:{B}"]),
        (lambda v: v.section("Nowhere", 1), ["members:section:nowhere:1"]),
        (lambda v: v.related(v.card(A)), [*RELATED]),
        (lambda v: v.related(v.card(A), 1), [f"card:{A}", f"related:1::{A}", f"card:{C}"]),
        (lambda v: v.related(v.card(A), section=""), [*RELATED]),
        (lambda v: v.thread(v.card(A)), [f"card:{A}", f"thread:{A}", f"card:{B}"]),
        (lambda v: v.data("ticker"), ["data:ticker"]),
        (lambda v: v.asset("style.css"), ["asset:style.css"]),
        (lambda v: v.absolute("/a/"), ["config:origin"]),
        (lambda v: v.absolute(""), []),
        (lambda v: v.file("static:style.css"), ["file:static:style.css"]),
        (lambda v: v.author("ana"), ["author:ana"]),
        (lambda v: v.article("pages/about.md"), ["post:pages/about.md", "body:pages/about.md"]),
        (
            lambda v: v.article(A),
            [
                f"post:{A}",
                f"body:{A}",
                f"card:{A}",
                f"authors:{A}",
                f"tags:{A}",
                f"translations:{A}",
            ],
        ),
    ],
)
def test_every_read_is_recorded(view: View, call: object, names: list[str]) -> None:
    assert callable(call)
    call(view)
    assert list(view.reads) == names


@pytest.mark.parametrize("limit", [0, -1, 51, True, 2.0, "2"])
def test_a_block_has_as_many_places_as_a_page_has_room_for(view: View, limit: object) -> None:
    with pytest.raises(ValueError, match="a whole number from 1 to 50"):
        view.related(view.card(A), limit)  # type: ignore[arg-type]


@pytest.mark.parametrize("what", [None, "posts/a.md", (), 3])
def test_a_block_and_a_thread_are_of_an_article_or_a_card(view: View, what: object) -> None:
    with pytest.raises(TypeError, match=r"related: 'article' must be an article or a card, not"):
        view.related(what)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"thread: 'article' must be an article or a card, not"):
        view.thread(what)  # type: ignore[arg-type]


@pytest.mark.parametrize("section", [None, 3, ["africa"]])
def test_a_section_is_named_by_text(view: View, section: object) -> None:
    with pytest.raises(TypeError, match="related: 'section' must be a name or key, not"):
        view.related(view.card(A), section=section)  # type: ignore[arg-type]


def test_a_section_is_named_as_section_does(view: View) -> None:
    with pytest.raises(LookupError, match=r"no section 'Afrika': did you mean 'Africa'\?"):
        view.related(view.card(A), section="Afrika")


def test_a_read_of_nothing_is_recorded_too(view: View) -> None:
    assert view.thread(view.card(C)) is None
    assert f"thread:{C}" in view.reads


def test_groups_stand_by_name_and_sections_as_the_navigation(view: View) -> None:
    assert [group.name for group in view.groups("tag")] == ["arms", "Coup"]
    assert [group.name for group in view.sections()] == ["Africa", "Europe"]


def test_lists_are_newest_first_and_unlisted_posts_in_none(view: View) -> None:
    assert [card.path for card in view.latest(9)] == [C, B, A]
    assert [card.path for card in view.section("Africa", 9)] == [B, A]


def test_a_thread_as_cards(view: View) -> None:
    thread = view.thread(view.card(HIDDEN))
    assert thread
    assert thread.group.name == "War"
    assert [card.path for card in thread.earlier] == [A, B]
    assert thread.later == ()


def test_an_article_is_cited_and_shared_by_its_one_address(tmp_path: Path) -> None:
    elsewhere = post("x", title="Guns & sand", canonical="https://other.example/guns/")
    config = replace(CONFIG, share=("x",), cite=("plain",))
    site = site_of([elsewhere], config, standalones=[standalone()])
    view = View(publication(write(tmp_path, FILES), site).inputs)
    card = view.card("posts/x.md")
    (link,), (citation,) = view.share_links(card), view.citations(card)
    assert link.url.endswith("text=Guns%20%26%20sand&url=https%3A%2F%2Fother.example%2Fguns%2F")
    assert "https://other.example/guns/" in citation.html
    assert {"config:cite", "config:share", "authors:posts/x.md"} <= set(view.reads)
    about = view.article("pages/about.md")
    assert view.citations(about) == ()
    assert "https%3A%2F%2Fdispatch.example%2Fabout%2F" in view.share_links(about)[0].url


def test_links_that_leave_the_site_are_told_for_paper(tmp_path: Path) -> None:
    body = (
        '<p><a href="/here/">a</a> <a class="x" title="1 > 0" href="https://a.example/?x=1&amp;y">'
        '<b>b</b></a> <a href="#c">c</a><a href="http://b.example/">d</a> <a id="e">e</a></p>'
    )
    site = site_of([post("x")], bodies={"posts/x.md": body})
    view = View(publication(write(tmp_path, FILES), site).inputs)
    links = view.article("posts/x.md").links
    assert links == ("https://a.example/?x=1&y", "http://b.example/")


def test_an_article_has_what_its_post_and_body_have(view: View) -> None:
    article = view.article(A)
    assert article.html == "<p>Guns &amp; sand.</p>"
    assert article.html.__html__() == article.html
    assert (article.section, article.section_url) == ("Africa", "/section/africa/")
    assert [tag.name for tag in article.tags] == ["Coup", "arms"]
    assert [author.name for author in article.authors] == ["Ana Ruiz"]
    assert article.byline[0].url == "/author/ana/"
    assert article.updated is None
    assert article.dek == ""  # although its card begins as the article


def test_tags_without_a_page_are_not_shown(view: View) -> None:
    assert [tag.name for tag in view.article(HIDDEN).tags] == ["Coup"]


def test_a_page_is_an_article_without_date_and_authors(view: View) -> None:
    page = view.article("pages/about.md")
    assert (page.title, page.lang, page.updated) == ("About", "de", day(9))
    assert page.date is None
    assert (page.authors, page.tags, page.byline) == ((), (), ())
    assert set(Standalone.__struct_fields__) - {
        "digest",
        "slug",
        "aliases",
        "canonical",
        "ignored",
        "template",
        "translation_of",
    } <= set(page.__struct_fields__)


def test_settings_are_read_by_their_own_names(view: View) -> None:
    config = view.as_config()
    assert (config.base_path, config.related.limit) == ("/", 4)
    assert set(view.reads) == {"config:base_path", "config:related"}
