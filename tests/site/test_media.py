from __future__ import annotations

import pytest
from msgspec.structs import replace

from blogforge.errors import ContentError
from blogforge.images import Image
from blogforge.site.media import media_path, media_urls, resolve_image
from tests.invented import CONFIG

BLOG = replace(CONFIG, url="https://x.example/blog/")
FILES = ("posts/libya/boat.jpg", "posts/a chart.svg", "posts/cafe\u0301.jpg", "pages/seal.png")


def test_where_files_are_published() -> None:
    assert list(media_urls(FILES, CONFIG).values()) == [
        "/media/libya/boat.jpg",
        "/media/a%20chart.svg",
        "/media/caf%C3%A9.jpg",  # in Unicode's form C, as in the tree
        "/media/seal.png",
    ]
    assert media_urls(FILES[:1], BLOG) == {FILES[0]: "/blog/media/libya/boat.jpg"}


@pytest.mark.parametrize(
    ("src", "document", "path"),
    [
        ("boat.jpg", "posts/libya/index.md", "posts/libya/boat.jpg"),
        ("./boat.jpg", "posts/libya/index.md", "posts/libya/boat.jpg"),
        ("libya/boat.jpg", "posts/a.md", "posts/libya/boat.jpg"),
        ("../libya/boat.jpg", "posts/mali/index.md", "posts/libya/boat.jpg"),
        ("../../../etc/passwd", "posts/mali/index.md", "../etc/passwd"),
    ],
)
def test_which_file_a_path_means(src: str, document: str, path: str) -> None:
    assert media_path(src, document) == path


@pytest.mark.parametrize(
    ("src", "url"),
    [
        ("libya/boat.jpg", "/blog/media/libya/boat.jpg"),
        ("/images/map of Mali.svg", "/blog/images/map%20of%20Mali.svg"),
        ("https://cdn.example/a%20b.jpg", "https://cdn.example/a%20b.jpg"),
        ("//cdn.example/a.jpg", "//cdn.example/a.jpg"),
    ],
)
def test_the_url_of_an_image(src: str, url: str) -> None:
    image = Image(src=src, alt="A boat", credit="Reuters")
    found = resolve_image(image, "posts/a.md", media_urls(FILES, BLOG), BLOG)
    assert found == replace(image, src=url)


@pytest.mark.parametrize("src", ["gone.jpg", "../../etc/passwd", "../boat.jpg"])
def test_an_image_that_is_not_there(src: str) -> None:
    with pytest.raises(ContentError) as caught:
        resolve_image(Image(src=src), "posts/a.md", media_urls(FILES, CONFIG), CONFIG)
    (problem,) = caught.value.problems
    assert str(problem.location) == "posts/a.md"
    assert f"'{src}' is not there" in problem.message
