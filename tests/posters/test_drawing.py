import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from PIL import Image

from blogforge.posters.designs import DESIGNS, draw
from blogforge.posters.poster import HEIGHT, WIDTH, Poster

LONG = "A headline that its editor should have cut, since nobody reads as far as this " * 4
POSTER = Poster(
    title="Who pays for a pipeline?",
    kicker="Europe",
    note="Inès Kaboret",
    brand="The Meridian Desk",
)


def pixels(poster: Poster) -> Image.Image:
    return Image.open(io.BytesIO(draw(poster))).convert("RGB")


@pytest.mark.parametrize("look", DESIGNS)
def test_a_poster_is_a_small_picture_of_the_size_that_networks_ask_for(look: str) -> None:
    for title in ("Salt, still", LONG, ""):
        data = draw(structs.replace(POSTER, title=title, look=look))
        assert Image.open(io.BytesIO(data)).size == (WIDTH, HEIGHT)
        assert len(data) < 60_000
        assert data == draw(structs.replace(POSTER, title=title, look=look))


@pytest.mark.parametrize("look", DESIGNS)
def test_nothing_touches_the_edge_and_texts_keep_apart(look: str) -> None:
    image = pixels(structs.replace(POSTER, title=LONG, note=LONG, kicker=LONG[:40], look=look))
    paper = image.getpixel((4, 4))
    edges = [image.crop(box) for box in ((0, 0, WIDTH, 20), (0, 0, 20, HEIGHT))]
    edges += [
        image.crop(box) for box in ((0, HEIGHT - 20, WIDTH, HEIGHT), (WIDTH - 20, 0, WIDTH, HEIGHT))
    ]
    assert all(edge.getcolors() == [(edge.width * edge.height, paper)] for edge in edges)


@settings(max_examples=30)
@given(st.text(max_size=60), st.text(max_size=200), st.booleans())
def test_there_is_nothing_that_cannot_be_drawn(title: str, note: str, rtl: bool) -> None:
    assert draw(Poster(title=title, kicker=note, note=note, brand=title, rtl=rtl))


def test_what_is_written_from_the_right_stands_on_the_right() -> None:
    def left_of_headline(poster: Poster) -> int:
        image = pixels(poster).crop((0, 210, WIDTH, 480)).convert("L").point(lambda v: 255 - v)
        box = image.point(lambda value: 255 if value > 128 else 0).getbbox()
        assert box is not None
        return box[0]

    arabic = structs.replace(POSTER, title="أسئلة", rtl=True)
    assert left_of_headline(arabic) > WIDTH // 2 > left_of_headline(POSTER)


def test_names_tell_nothing_and_follow_from_what_is_shown() -> None:
    other = structs.replace(POSTER, title="Who pays for a pipeline")
    assert other.name != POSTER.name == structs.replace(POSTER).name
    assert POSTER.name.removesuffix(".png").isalnum()
