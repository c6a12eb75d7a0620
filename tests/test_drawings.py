"""How large drawings ask to be shown, and that pages keep the place for them."""

import pytest

from blogforge.build import build
from blogforge.errors import ContentError
from blogforge.options import Options
from blogforge.pictures.drawings import size
from tests.conftest import MakeSite

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}></svg>'
POST = "---\ntitle: A\ndate: 2024-01-01\nimage: {src: sea.svg, alt: A sea}\n---\n![B](sea.svg)\n"


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('width="640" height="480"', (640, 480)),
        ('width="640px" height="1in" viewBox="0 0 1 1"', (640, 96)),
        ('width="100mm" viewBox="0 0 200 100"', (378, 189)),
        ('height="100" viewBox="0 0 200 100"', (200, 100)),
        ('viewBox="0,0,16,9"', (1200, 675)),
        ('width="100%" height="100%" viewBox="-8 -8 16 16"', (1200, 1200)),
        ('viewBox="0 0 0 9"', (300, 150)),
        ('width="0.2" height="0.2"', (1, 1)),
        ("", (300, 150)),
        ('viewBox="nan inf -1 1e400"', (300, 150)),
        ('viewBox="0 0 1e-320 1e300"', (300, 150)),
        ('viewBox="0 0 inf 9"', (300, 150)),
        (f'width="1{"0" * 400}" height="9"', (300, 9)),
    ],
)
def test_a_drawing_says_how_large_it_is(attributes: str, expected: tuple[int, int]) -> None:
    assert size(SVG.format(attributes).encode()) == expected


def test_what_stands_before_the_drawing_is_passed_over() -> None:
    prolog = '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY w "80">]><!-- <svg width="7"> -->'
    data = prolog + " " * 9000 + SVG.format('width="&w;" height="60"')
    assert size(data.encode()) == (80, 60)
    assert size(data.encode("utf-16")) == (80, 60)


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n", b"<html></html>", b"<svg", b"drawing", b"<svgs/>"]
)
def test_what_is_no_drawing_has_no_size(data: bytes) -> None:
    assert size(data) is None


def test_pages_keep_the_place_of_drawings(make_site: MakeSite) -> None:
    drawing = SVG.format('viewBox="0 0 16 9"').encode()
    site = make_site({"posts/a.md": POST, "posts/sea.svg": drawing})
    build(site, Options(jobs=1))
    page = (site / "public" / "2024" / "01" / "01" / "a" / "index.html").read_text()
    assert page.count('width="1200" height="675"') == 2
    assert "<picture>" not in page
    assert (site / "public" / "media" / "sea.svg").read_bytes() == drawing


def test_what_is_no_drawing_is_an_error_where_it_is_named(make_site: MakeSite) -> None:
    site = make_site({"posts/a.md": POST, "posts/sea.svg": "drawn by hand"})
    with pytest.raises(ContentError, match="it is no JPEG, PNG, WebP, AVIF, GIF or SVG") as error:
        build(site, Options(jobs=1))
    assert str(error.value.problems[0].location) == "posts/a.md:4:14"
