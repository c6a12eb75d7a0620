"""What is seen in a picture, what is taken out of it, and what is made of it."""

import struct
import zlib
from functools import partial
from pathlib import Path

import pytest
from msgspec import structs
from PIL import Image, ImageCms

from blogforge.digest import digest_bytes
from blogforge.images import Rendition
from blogforge.pictures.encoding import encoded
from blogforge.pictures.kept import Kept, key_of
from blogforge.pictures.looks import MOST_PIXELS, UnreadableError, is_picture, look
from blogforge.pictures.privacy import without_metadata
from tests.pictures import opened, picture, placed, saved

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
CLEANED = ("JPEG", "PNG", "WEBP", "AVIF")
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><City>Bamako</City></x:xmpmeta>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def is_near(image: Image.Image, at: tuple[int, int], color: tuple[int, int, int]) -> bool:
    found = image.convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return all(abs(a - b) < 24 for a, b in zip(found, color, strict=True))


# ---------------------------------------------------------------- looks


@pytest.mark.parametrize("form", FORMATS)
def test_a_look(form: str) -> None:
    seen = look(picture(90, 60, form))
    assert (seen.format, seen.width, seen.height) == (form.lower(), 90, 60)
    assert seen.opaque
    assert not seen.moving
    red, green, blue = bytes.fromhex(seen.color[1:])
    assert red < green < blue


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_as_large_as_it_is_seen(orientation: int) -> None:
    seen = look(picture(90, 60, exif=placed(orientation)))
    assert (seen.width, seen.height) == ((60, 90) if orientation > 4 else (90, 60))


def test_what_shines_through_and_what_moves_is_seen() -> None:
    glass = Image.new("RGBA", (20, 10), (0, 0, 0, 100))
    assert not look(saved(glass, "PNG")).opaque
    frames = [Image.new("RGB", (20, 10), color) for color in ("red", "blue")]
    for form in ("GIF", "PNG", "WEBP"):
        film = saved(frames[0], form, save_all=True, append_images=frames[1:])
        assert look(film).moving, form


def test_a_photograph_with_a_preview_does_not_move() -> None:
    """Telephones write two pictures into one file, by the Multi-Picture Format."""
    image = opened(picture(90, 60))
    both = saved(image, "MPO", save_all=True, append_images=[image])
    seen = look(both)
    assert (seen.format, seen.moving) == ("jpeg", False)


def large(width: int, height: int) -> bytes:
    """A PNG that says that it is so large, and has no pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    length, check = len(content), zlib.crc32(kind + content)
    return struct.pack(">I", length) + kind + content + struct.pack(">I", check)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no JPEG"),
        (b"<html>Not found</html>", "no JPEG"),
        (picture(90, 60)[:-300], "damaged"),
        (picture(90, 60, "PNG")[:-30], "damaged"),
        (picture(90, 60, "WEBP")[:-100], "damaged"),
        (picture(90, 60, "AVIF")[:-100], "damaged"),
        (large(10_000, 10_000), "pixels"),
        (large(100_000, 100_000), "pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_shown_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        look(data)


def test_large_pictures_are_refused_from_the_first_pixel_on() -> None:
    wide = MOST_PIXELS // 10
    with pytest.raises(UnreadableError, match="damaged"):  # it is large enough, and has no pixels
        look(large(wide, 10))
    with pytest.raises(UnreadableError, match="pixels"):
        look(large(wide + 1, 10))


@pytest.mark.parametrize(
    ("path", "is_one"), [("a.JPG", True), ("b/c.webp", True), ("d.svg", False), ("png", False)]
)
def test_pictures_are_known_by_name(path: str, is_one: bool) -> None:
    assert is_picture(path) is is_one


# ---------------------------------------------------------------- privacy


@pytest.mark.parametrize("form", CLEANED)
def test_nothing_tells_where_a_picture_was_taken(form: str) -> None:
    exif = placed(6, "Ana Ruiz")
    taken = picture(90, 60, form, exif=exif, xmp=XMP, icc_profile=PROFILE)
    assert b"Bamako" in taken
    clean = without_metadata(taken)
    assert b"Bamako" not in clean
    assert b"Secret Phone" not in clean
    image = opened(clean)
    assert dict(image.getexif().get_ifd(0x8825)) == {}
    assert image.info["icc_profile"] == PROFILE
    assert (look(clean).width, look(clean).height) == (60, 90)
    assert image.getexif().get(0x013B) == "Ana Ruiz"
    if form != "AVIF":  # which has to be written anew
        assert image.tobytes() == opened(taken).tobytes()
    assert without_metadata(clean) == clean


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_that_tells_nothing_is_left_alone(form: str) -> None:
    for data in (picture(90, 60, form), b"", b"no picture"):
        assert without_metadata(data) == data


def test_comments_and_texts_go() -> None:
    assert b"Bamako" not in without_metadata(picture(90, 60, comment=b"Bamako"))
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Location", "Bamako")
    told.add_itxt("XML:com.adobe.xmp", "Bamako", zip=False)
    taken = picture(90, 60, "PNG", pnginfo=told)
    assert b"Bamako" in taken
    assert b"Bamako" not in without_metadata(taken)


def test_what_stands_behind_a_picture_goes() -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        data = picture(90, 60, form)
        assert without_metadata(data + b"a film of Bamako") == data, form
    image = opened(picture(90, 60))
    both = saved(image, "MPO", save_all=True, append_images=[image], exif=placed())
    assert opened(without_metadata(both)).format == "JPEG"


def test_films_keep_their_frames() -> None:
    frames = [Image.new("RGB", (20, 10), color) for color in ("red", "blue")]
    for form in ("PNG", "WEBP"):
        film = saved(frames[0], form, save_all=True, append_images=frames[1:], exif=placed())
        clean = without_metadata(film)
        assert len(clean) < len(film)
        assert look(clean).moving, form


def test_a_progressive_photograph_keeps_all_its_scans() -> None:
    taken = picture(300, 200, progressive=True, exif=placed())
    clean = without_metadata(taken)
    assert len(clean) < len(taken)
    assert opened(clean).tobytes() == opened(taken).tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_breaks_off_is_refused(form: str) -> None:
    data = picture(90, 60, form)
    for length in (20, 40, len(data) - 10):
        with pytest.raises(UnreadableError, match="breaks off"):
            without_metadata(data[:length])


# ---------------------------------------------------------------- renditions


@pytest.mark.parametrize("form", ["avif", "webp", "jpeg", "png"])
def test_a_rendition(form: str) -> None:
    made = encoded(picture(exif=placed(6), icc_profile=PROFILE), (60, 100), form, 60)
    image = opened(made)
    assert (image.format or "").lower() == form
    assert image.size == (60, 100)
    assert image.info["icc_profile"] == PROFILE
    assert not dict(image.getexif())
    assert made == encoded(picture(exif=placed(6), icc_profile=PROFILE), (60, 100), form, 60)


def test_a_rendition_is_upright() -> None:
    lying = Image.new("RGB", (300, 200), "red")
    lying.paste("blue", (0, 0, 150, 200))
    upright = opened(encoded(saved(lying, "JPEG", exif=placed(6)), (100, 150), "webp", 80))
    assert is_near(upright, (50, 20), (0, 0, 254))  # what was left is above
    assert is_near(upright, (50, 130), (254, 0, 0))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize("form", ["avif", "webp", "jpeg", "png"])
def test_every_kind_of_pixels_becomes_a_rendition(mode: str, form: str) -> None:
    if mode == "I;16":
        source = saved(Image.new("I;16", (60, 40), 0x8080), "PNG")
    else:
        gray = Image.new("RGB", (60, 40), (128, 128, 128))  # in black and white, all in dots
        source = saved(gray.convert(mode), "JPEG" if mode == "CMYK" else "PNG")
    image = opened(encoded(source, (30, 20), form, 80)).resize((1, 1), Image.Resampling.BOX)
    assert is_near(image, (0, 0), (128, 128, 128))


def test_what_shines_through_stays_so_or_lies_on_white() -> None:
    glass = saved(Image.new("RGBA", (60, 40), (255, 0, 0, 0)), "PNG")
    for form in ("avif", "webp", "png"):
        assert opened(encoded(glass, (30, 20), form, 80)).has_transparency_data, form
    assert is_near(opened(encoded(glass, (30, 20), "jpeg", 80)), (15, 10), (255, 255, 255))


# ---------------------------------------------------------------- kept


SMALL = Rendition(url="/a.webp", width=30, height=20, format="webp", quality=80)


def test_a_picture_is_encoded_once(tmp_path: Path) -> None:
    kept, data = Kept(tmp_path / "images"), picture(90, 60)
    digest = digest_bytes(data)
    made = kept.rendition(SMALL, digest, lambda: data)
    assert opened(made).size == (30, 20)
    assert kept.rendition(SMALL, digest, lambda: b"nobody looks here") == made
    with pytest.raises(UnreadableError):
        kept.rendition(SMALL, "another", lambda: b"no picture")
    assert Kept(None).rendition(SMALL, digest, lambda: data) == made


def test_what_changes_while_it_is_read_is_not_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.rendition(SMALL, "yesterday's", lambda: picture(90, 60))
    assert not list(tmp_path.iterdir())


def test_what_was_damaged_is_made_again(tmp_path: Path) -> None:
    kept, data = Kept(tmp_path), picture(90, 60)
    digest = digest_bytes(data)
    made = kept.rendition(SMALL, digest, lambda: data)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert kept.rendition(SMALL, digest, lambda: data) == made
    file.write_bytes(b"")
    assert kept.rendition(SMALL, digest, lambda: data) == made


def test_what_is_kept_is_known_by_all_that_makes_it() -> None:
    others = [
        structs.replace(SMALL, **{field: value})
        for field, value in (("width", 31), ("height", 21), ("format", "avif"), ("quality", 81))
    ]
    keys = {key_of(SMALL, "a"), key_of(SMALL, "b"), *(key_of(other, "a") for other in others)}
    assert len(keys) == 6
    assert key_of(structs.replace(SMALL, url="/b.webp"), "a") == key_of(SMALL, "a")


def test_what_nobody_wants_any_more_is_dropped(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    old, new = (picture(90, 60, color=color) for color in ((0, 0, 0), (0, 0, 255)))
    for data in (old, new):
        kept.rendition(SMALL, digest_bytes(data), partial(bytes, data))
    kept.forget_others([key_of(SMALL, digest_bytes(new))])
    assert [file.name for file in tmp_path.iterdir()] == [key_of(SMALL, digest_bytes(new))]
    Kept(tmp_path / "nowhere").forget_others([])
