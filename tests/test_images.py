"""What readers get of pictures: renditions, sizes, nothing private; and what a build does."""

import re
import shutil
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from msgspec import structs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from blogforge import gallery
from blogforge.build import Report, build
from blogforge.check import check
from blogforge.edition import prepare
from blogforge.errors import BlogforgeError
from blogforge.options import Options
from blogforge.pictures import kept
from blogforge.serve.quick import quick
from blogforge.serve.showing import Showing
from tests.commands import tree
from tests.conftest import CONFIG, MakeSite
from tests.pictures import opened, picture, placed, saved

Layout = dict[str, str | bytes]
OPTIONS = Options(now=datetime(2026, 1, 1, tzinfo=UTC), jobs=1)
ALONE = CONFIG + "social_cards: {enabled: false}\n"  # which are kept beside renditions
SMALL = ALONE + "images: {widths: [40, 80], sizes: 30rem}\n"
BLOG = SMALL.replace("dispatch.example", "dispatch.example/blog/")


def post(body: str = "Text.", *lines: str, title: str = "A", date: str = "2024-01-01") -> str:
    return "\n".join(["---", f"title: {title}", f"date: {date}", *lines, "---", "", body, ""])


def built(site: Path, options: Options = OPTIONS) -> Report:
    return build(site, options)


def page(site: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / "public" / path).read_text(encoding="utf-8"))


def first(tree: LexborHTMLParser, selector: str) -> LexborNode:
    found = tree.css_first(selector)
    assert found is not None, selector
    return found


def shown(node: LexborNode | None) -> dict[str, str]:
    assert node is not None
    return {name: value or "" for name, value in node.attributes.items()}


def addresses(srcset: str) -> dict[str, int]:
    """The widths that a `srcset` promises, by address."""
    found = (entry.split() for entry in srcset.split(","))
    return {url: int(width.removesuffix("w")) for url, width in found}


# ---------------------------------------------------------------- what readers get


@pytest.mark.parametrize("engine", ["markdown", "commonmark"])
@pytest.mark.parametrize(("config", "base"), [(SMALL, "/"), (BLOG, "/blog/")])
def test_browsers_may_choose_among_renditions(
    make_site: MakeSite, config: str, base: str, engine: str
) -> None:
    body = '![A boat](boat.jpg "Off Bamako | Ana Ruiz")\n\n![A map](/maps/a%20map.png)'
    site = make_site(
        {
            "posts/a/index.md": post(body),
            "posts/a/boat.jpg": picture(100, 50),
            "static/maps/a map.png": picture(60, 30, "PNG"),
        },
        config=f"{config}markdown: {{engine: {engine}}}\n",
    )
    built(site)
    boat, sea = page(site, "2024/01/01/a/index.html").css(".article-body figure.image > picture")
    for figure, widths in ((boat, (40, 80)), (sea, (40, 60))):
        avif, webp, image = figure.iter()
        assert [shown(s)["type"] for s in (avif, webp)] == ["image/avif", "image/webp"]
        for source in (avif, webp):
            assert shown(source)["sizes"] == "30rem"
            found = addresses(shown(source)["srcset"])
            assert tuple(found.values()) == widths
            for url, width in found.items():
                file = site / "public" / url.removeprefix(base).replace("%20", " ")
                assert opened(file.read_bytes()).size == (width, width // 2)
                assert f"image/{file.suffix[1:]}" == shown(source)["type"]
        assert shown(image)["decoding"] == "async"
    assert shown(boat.css_first("img"))["src"] == f"{base}media/a/boat.jpg"
    assert shown(sea.css_first("img"))["src"] == f"{base}maps/a%20map.png"
    assert (boat.next and boat.next.text()) == "Off Bamako Ana Ruiz"
    assert {"width": "100", "height": "50"}.items() <= shown(boat.css_first("img")).items()


def test_the_first_image_of_a_page_does_not_wait(make_site: MakeSite) -> None:
    body = "![1](a.jpg)\n\nText ![2](a.jpg).\n\n![3](https://elsewhere.example/c.jpg)"
    site = make_site(
        {
            "posts/a.md": post(body),
            "posts/b.md": post(body, "image: a.jpg", title="B"),
            "posts/a.jpg": picture(50, 50),
        },
        config=SMALL,
    )
    built(site)
    images = page(site, "2024/01/01/a/index.html").css(".article-body img")
    assert [shown(image).get("loading") for image in images] == [None, "lazy", "lazy"]
    hero, *images = page(site, "2024/01/01/b/index.html").css("article img")
    assert (shown(hero)["fetchpriority"], shown(hero).get("loading")) == ("high", None)
    assert [shown(image).get("loading") for image in images] == ["lazy"] * 3


def test_what_an_author_says_of_an_image_holds(make_site: MakeSite) -> None:
    body = """
<img src="a.jpg" alt="1" width="30">

<img src="a.jpg" alt="2" srcset="a.jpg 2x" loading="eager">

<picture><source srcset="a.jpg"><img src="a.jpg" alt="a > b"></picture>

<img src="a.jpg?x=1#y" alt="a > b &quot;c&quot;">

<!-- <img src="a.jpg"> -->

<pre><img src="elsewhere.png" alt="4"></pre>
"""
    site = make_site(
        {"posts/a.md": post(body), "posts/a.jpg": picture(50, 50)},
        config=SMALL,
    )
    built(site)
    html = (site / "public/2024/01/01/a/index.html").read_text(encoding="utf-8")
    narrow, own, in_picture, asked, gone = map(
        shown, LexborHTMLParser(html).css(".article-body img")
    )
    assert ("width" in narrow, "height" in narrow) == (True, False)
    assert shown(LexborHTMLParser(html).css_first(".article-body source"))["sizes"] == "30px"
    assert (own["srcset"], own["loading"]) == ("/media/a.jpg 2x", "eager")
    assert in_picture.keys() == {"src", "alt"}
    assert asked["alt"] == 'a > b "c"'
    assert asked["width"] == "50"
    assert gone["src"] == "elsewhere.png"
    assert html.count("<picture>") == 3
    assert '<!-- <img src="a.jpg"> -->' in html


def test_portraits_and_cards_have_renditions(make_site: MakeSite) -> None:
    site = make_site(
        {
            "posts/a.md": post("Text.", "image: {src: a.jpg, alt: A boat}", "authors: [ana]"),
            "posts/a.jpg": picture(100, 50),
            "authors.yaml": "ana:\n  name: Ana\n  bio: Ana writes.\n  image: /ana.png\n",
            "static/ana.png": picture(90, 90, "PNG"),
        },
        config=SMALL,
    )
    built(site)
    portrait = page(site, "author/ana/index.html").css_first("picture .portrait")
    assert {"width": "112", "height": "112"}.items() <= shown(portrait).items()
    assert page(site, "2024/01/01/a/index.html").css_first(".bio picture source[srcset]")
    card = page(site, "index.html").css_first(".card-image picture img")
    expected = {"alt": "A boat", "width": "100", "height": "50", "fetchpriority": "high"}
    assert expected.items() <= shown(card).items()
    assert re.fullmatch("#[0-9a-f]{6}", shown(card)["data-color"])


def test_portraits_may_be_beside_posts(make_site: MakeSite) -> None:
    authors = "".join(
        f"{name}:\n  name: {name}\n  image: posts/who/{name}.png\n" for name in ("ana", "ben")
    )
    site = make_site(
        {
            "posts/a.md": post("Text.", "authors: [ana]"),
            "posts/who/ana.png": picture(90, 90, "PNG"),
            "posts/who/ben.png": picture(90, 90, "PNG"),
            "authors.yaml": authors,
        },
        config=BLOG,
    )
    built(site)
    portrait = shown(page(site, "author/ana/index.html").css_first("picture .portrait"))
    assert portrait["src"] == "/blog/media/who/ana.png"
    media = {path for path in tree(site / "public") if path.startswith("media/")}
    assert "media/who/ana.png" in media
    assert not [path for path in media if "ben" in path]  # who has not written yet


def test_other_sites_and_feeds_get_a_common_format_of_sensible_size(make_site: MakeSite) -> None:
    body = "![A map](map.webp)\n\n![A camel](camel.jpg)"
    site = make_site(
        {
            "posts/a.md": post(body, "image: {src: boat.jpg, credit: Ana Ruiz}"),
            "posts/boat.jpg": picture(2000, 1000),
            "posts/map.webp": picture(300, 200, "WEBP"),
            "posts/camel.jpg": picture(300, 200),
        },
        config=CONFIG,
    )
    built(site)
    head = page(site, "2024/01/01/a/index.html")
    image = shown(head.css_first('meta[property="og:image"]'))["content"]
    assert re.fullmatch(r"https://dispatch\.example/media/boat\.\w{8}\.1200\.jpg", image)
    path = image.removeprefix("https://dispatch.example/")
    assert opened((site / "public" / path).read_bytes()).size == (1200, 600)
    assert shown(head.css_first('meta[property="og:image:width"]'))["content"] == "1200"
    facts = first(head, 'script[type="application/ld+json"]').text()
    assert f'"url":"{image}","width":1200,"height":600' in facts
    feed = (site / "public/feed.xml").read_text(encoding="utf-8")
    assert f'<media:content url="{image}" type="image/jpeg" medium="image" width="1200"' in feed
    body = unescape(feed)
    assert re.search(r'A map"[^>]* src="[^"]*map\.\w{8}\.300\.jpg" width="300" height="200"', body)
    assert "https://dispatch.example/media/camel.jpg" in feed
    assert "srcset" not in feed
    assert "data-color" not in feed


def test_what_moves_or_is_drawn_is_left_as_it_is(make_site: MakeSite) -> None:
    frames = [opened(picture(90, 60, color=color)) for color in ((0, 0, 0), (255, 255, 255))]
    film = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    body = "![A film](film.gif)\n\n![A drawing](drawing.svg)"
    site = make_site(
        {"posts/a.md": post(body), "posts/film.gif": film, "posts/drawing.svg": drawing},
        config=SMALL,
    )
    built(site)
    media = {path for path in tree(site / "public") if path.startswith("media/")}
    assert media == {"media/film.gif", "media/drawing.svg"}
    assert (site / "public/media/film.gif").read_bytes() == film
    moving, drawn = page(site, "2024/01/01/a/index.html").css(".article-body img")
    assert {"src": "/media/film.gif", "width": "90", "height": "60"}.items() <= shown(
        moving
    ).items()
    assert {"width": "300", "height": "150"}.items() <= shown(drawn).items()


def test_pictures_may_be_left_alone(make_site: MakeSite) -> None:
    files: Layout = {
        "posts/a.md": post("![x](a.jpg)", "image: a.jpg"),
        "posts/a.jpg": picture(90, 60, exif=placed()),
    }
    site = make_site(files, config=CONFIG + "images: {enabled: false}\n")
    built(site)
    media = {path for path in tree(site / "public") if path.startswith("media/")}
    assert media == {"media/a.jpg"}
    assert "<picture" not in (site / "public/2024/01/01/a/index.html").read_text()
    assert b"Secret Phone" not in (site / "public/media/a.jpg").read_bytes()


# ---------------------------------------------------------------- what nobody gets


def test_no_published_picture_tells_where_it_was_taken(make_site: MakeSite) -> None:
    taken = picture(90, 60, exif=placed(6))
    names = ("posts/shown.jpg", "posts/linked.jpg", "static/unnamed.jpg", "static/named.jpg")
    body = "![x](shown.jpg) [y](linked.jpg) ![z](/named.jpg)"
    files: Layout = {"posts/a.md": post(body), **dict.fromkeys(names, taken)}
    site = make_site(files, config=SMALL)
    assert b"Secret Phone" in taken
    built(site)
    published = {path: data for path, data in tree(site / "public").items() if "named" in path}
    assert {"unnamed.jpg", "named.jpg"} <= published.keys()
    for path, data in tree(site / "public").items():
        assert b"Secret Phone" not in data, path
        assert b"Bamako" not in data, path
        if path.endswith((".jpg", ".webp", ".avif")):
            image = opened(data)
            assert not image.getexif().get_ifd(0x8825), path
            turned = image.getexif().get(0x0112, 1) == 6
            assert (image.width > image.height) is turned, path
    assert (
        shown(page(site, "2024/01/01/a/index.html").css_first(".article-body img"))["width"] == "60"
    )


def test_the_notice_of_a_withdrawn_post_has_renditions_of_what_it_shows(
    make_site: MakeSite,
) -> None:
    files: Layout = {
        "posts/a.md": post("![A map](map.png)", "image: lead.jpg", "status: withdrawn"),
        "posts/map.png": picture(90, 60, "PNG"),
        "posts/lead.jpg": picture(90, 60),
    }
    site = make_site(files, config=SMALL)
    built(site)
    assert page(site, "2024/01/01/a/index.html").css_first("picture source[srcset]")
    assert not [path for path in tree(site / "public") if "lead" in path]


def test_a_drafts_picture_stays_at_home(make_site: MakeSite) -> None:
    files: Layout = {
        "posts/a.md": post("Text."),
        "posts/hidden/index.md": post("![x](wombat.jpg)", "image: wombat.jpg", "status: draft"),
        "posts/hidden/wombat.jpg": picture(90, 60),
    }
    site = make_site(files, config=SMALL)
    built(site)
    assert not [path for path in tree(site / "public") if "wombat" in path]
    assert not list((site / ".public.blogforge").glob("images/*"))


# ---------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (post("Text.\n\nSee ![x](pics/boat.jpg)"), "posts/a.md:8:10"),
        (post("Text.\n\n<img src='pics/boat.jpg' alt=''>"), "posts/a.md:8:11"),
        (post("![x][b]\n\n[b]: pics/boat.jpg"), "posts/a.md:8:6"),
        (post("Text.", "image: pics/boat.jpg"), "posts/a.md:4:8"),
        (post("Text.", "image:", "  alt: x", "  src: pics/boat.jpg"), "posts/a.md:6:8"),
    ],
)
def test_a_broken_picture_is_told_where_it_is_named(
    make_site: MakeSite, text: str, where: str
) -> None:
    site = make_site({"posts/a.md": text, "posts/pics/boat.jpg": picture(90, 60)[:-300]})
    with pytest.raises(BlogforgeError) as caught:
        built(site)
    (problem,) = caught.value.problems
    assert str(problem.location) == where
    assert problem.message.startswith("the picture posts/pics/boat.jpg cannot be shown: it is dam")
    assert not (site / "public").exists()
    assert [found.location for found in check(site, OPTIONS)] == [problem.location]


def test_every_broken_picture_is_told_beside_other_mistakes(make_site: MakeSite) -> None:
    site = make_site(
        {
            "posts/a.md": post("![x](/a.png) ![y](/b.png)", "authors: [ana]"),
            "posts/b.md": post("Text.", "titel: B"),
            "authors.yaml": "ana:\n  name: Ana\n  image: /c.png\n",
            **{f"static/{name}.png": "<html>" for name in "abc"},
        }
    )
    with pytest.raises(BlogforgeError) as caught:
        built(site)
    told = [(str(p.location), p.message.partition(":")[0]) for p in caught.value.problems]
    assert told == [
        ("authors.yaml", "the picture static/c.png cannot be shown"),
        ("posts/a.md:7:6", "the picture static/a.png cannot be shown"),
        ("posts/a.md:7:19", "the picture static/b.png cannot be shown"),
        ("posts/b.md:4:1", "unknown key 'titel'"),
    ]


def test_a_picture_that_nobody_shows_may_be_anything_but_cut_off(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": post(), "static/odd.jpg": "<html>"})
    built(site)
    assert (site / "public/odd.jpg").read_bytes() == b"<html>"
    make_site({"static/cut.jpg": picture(90, 60)[:100]})
    with pytest.raises(BlogforgeError, match=r"static/cut\.jpg: the picture .* breaks off"):
        built(site)


# ---------------------------------------------------------------- once, and exactly


PLACES: Layout = {
    "posts/shows.md": post("![x](boat.jpg)", "authors: [ana]", title="Shows"),
    "posts/leads.md": post("Text.", "image: boat.jpg", "section: Africa", title="Leads"),
    "posts/plain.md": post("Text.", "section: Africa", title="Plain"),
    "posts/other.md": post("![x](map.png)", title="Other"),
    "authors.yaml": "ana:\n  name: Ana\n  bio: Ana writes.\n  image: /ana.png\n",
    "static/ana.png": picture(90, 90, "PNG"),
    "posts/boat.jpg": picture(100, 60),
    "posts/map.png": picture(100, 60, "PNG"),
}
EDITS = SMALL + "related: {limit: 0}\nfeeds: {items: 1}\n"


@pytest.fixture
def site(make_site: MakeSite) -> Path:
    return make_site(PLACES, config=EDITS)


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The files that are new or have other bytes."""
    return {path for path, data in after.items() if before.get(path) != data} - {".blogforge"}


def test_another_picture_renders_what_shows_it_and_nothing_else(site: Path) -> None:
    built(site)
    before = tree(site / "public")
    (site / "posts/boat.jpg").write_bytes(picture(100, 60, color=(200, 30, 30)))
    report = built(site)
    after = tree(site / "public")
    assert set(report.rendered) == changed(before, after)
    pages = {"2024/01/01/shows/index.html", "2024/01/01/leads/index.html", "index.html"}
    assert pages < set(report.rendered)
    assert not {"2024/01/01/plain/index.html", "2024/01/01/other/index.html"} & {*report.rendered}
    assert len(after) == len(before)
    renditions = {path for path in after.keys() - before if path.startswith("media/boat.")}
    assert len(renditions) == 4
    built(site, structs.replace(OPTIONS, clean=True))
    assert tree(site / "public") == after


def test_a_picture_of_another_size_changes_feeds_too(site: Path) -> None:
    built(site)
    before = tree(site / "public")
    (site / "posts/boat.jpg").write_bytes(picture(120, 60))
    report = built(site)
    assert {*report.rendered} == changed(before, tree(site / "public"))
    assert {"feed.xml", "atom.xml", "section/africa/feed.xml"} < set(report.rendered)
    after = tree(site / "public")
    built(site, structs.replace(OPTIONS, clean=True))
    assert tree(site / "public") == after


def test_other_settings_renew_renditions_and_pages(site: Path) -> None:
    built(site)
    config = EDITS.replace("sizes: 30rem", "sizes: 30rem, quality: {webp: 40}")
    (site / "blogforge.yaml").write_text(config)
    incremental = built(site)
    assert not [path for path in incremental.rendered if path.endswith(".avif")]
    assert len([path for path in incremental.rendered if path.endswith(".webp")]) == 6
    found = tree(site / "public")
    built(site, structs.replace(OPTIONS, clean=True))
    assert tree(site / "public") == found


def test_a_picture_that_comes_or_goes_changes_what_shows_it(site: Path) -> None:
    built(site)
    before = tree(site / "public")
    (site / "static/ana.png").unlink()
    gone = {"2024/01/01/shows/index.html", "author/ana/index.html", "author/index.html"}
    assert set(built(site).rendered) == gone
    without = tree(site / "public")
    (site / "static/ana.png").write_bytes(picture(90, 90, "PNG"))
    assert set(built(site).rendered) == changed(without, before)
    assert tree(site / "public") == before


def test_a_picture_is_looked_at_and_encoded_once(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(site)
    before = tree(site / "public")

    def never(*_args: object) -> None:
        pytest.fail("a picture was decoded again")

    monkeypatch.setattr(gallery, "look", never)
    monkeypatch.setattr(kept, "encoded", never)
    shutil.rmtree(site / "public")
    built(site)
    assert tree(site / "public") == before
    (site / "posts/plain.md").write_text(post("Other text.", title="Plain"))
    built(site)


def test_renditions_that_nobody_needs_are_forgotten(site: Path) -> None:
    built(site)
    folder = site / ".public.blogforge/images"
    assert len(list(folder.iterdir())) == 12
    (site / "posts/other.md").unlink()
    built(site)
    assert len(list(folder.iterdir())) == 8


def test_workers_make_the_same_bytes(make_site: MakeSite) -> None:
    pictures: Layout = {
        f"posts/{n}.jpg": picture(60 + n, 40, color=(n * 20, 90, 120)) for n in range(10)
    }
    body = "\n\n".join(f"![x]({n}.jpg)" for n in range(10))
    site = make_site({"posts/a.md": post(body), **pictures}, config=SMALL)
    built(site)
    alone = tree(site / "public")
    built(site, structs.replace(OPTIONS, clean=True, jobs=3))
    assert tree(site / "public") == alone


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("written", "where"),
    [
        ("images: {widths: [8]}", "3:19"),
        ("images: {widths: [wide]}", "3:19"),
        ("images: {formats: [gif]}", "3:20"),
        ("images: {quality: {avif: 101}}", "3:26"),
        ("images: {quality: 80}", "3:19"),
        ("images: {size: 30rem}", "3:10"),
        ("images: {enabled: perhaps}", "3:19"),
    ],
)
def test_settings_that_cannot_be_meant(make_site: MakeSite, written: str, where: str) -> None:
    site = make_site({"posts/a.md": post()}, config=f"{CONFIG}{written}\n")
    with pytest.raises(BlogforgeError) as caught:
        built(site)
    assert [str(p.location) for p in caught.value.problems] == [f"blogforge.yaml:{where}"]


def test_a_setting_of_one_format(make_site: MakeSite) -> None:
    files: Layout = {"posts/a.md": post("![x](a.jpg)"), "posts/a.jpg": picture(90, 60)}
    site = make_site(files, config=ALONE + "images: {formats: [webp], widths: [30, 30]}\n")
    built(site)
    suffixes = [path.rpartition(".")[2] for path in tree(site / "public") if "media/" in path]
    assert sorted(suffixes) == ["jpg", "webp"]


# ---------------------------------------------------------------- the preview


def test_the_preview_makes_a_rendition_when_it_is_asked_for(site: Path) -> None:
    edition = prepare(site, OPTIONS)
    showing = Showing(site, {}, edition)
    (url,) = (p.renditions[-1].url for p in edition.site.pictures.values() if "boat" in p.url)
    answer = showing.look(url)
    assert (answer.status, answer.media_type) == (200, "image/webp")
    assert opened(answer.body).size == (80, 48)
    (site / "posts/boat.jpg").unlink()
    assert showing.look(url).status == 404


def test_a_picture_more_takes_the_preview_a_whole_edition(site: Path) -> None:
    (site / "static/new.jpg").write_bytes(picture(100, 60))
    edition = prepare(site, OPTIONS)
    known = PLACES["posts/shows.md"]
    assert isinstance(known, str)
    for more, is_quick in (("![y](map.png)", True), ("![y](/new.jpg)", False)):
        (site / "posts/shows.md").write_text(f"{known}\n{more}\n")
        assert bool(quick(edition, site, ["posts/shows.md"])) is is_quick
