"""Looks, and what a site says of its own: `theme:` in blogforge.yaml."""

from pathlib import Path
from typing import get_args, get_type_hints
from zlib import crc32

import pytest
from msgspec.structs import replace

from blogforge.brand import FontsConfig, LogoConfig, ThemeConfig
from blogforge.colours import AA, AAA, contrast
from blogforge.config import Config
from blogforge.errors import ContentError
from blogforge.install import default_theme
from blogforge.pages.branding import palette
from blogforge.pages.marks import brand_of
from blogforge.pages.theme import Theme
from tests.pictures import picture
from tests.rendering import write

LOOKS = get_args(get_type_hints(ThemeConfig)["look"])
FONT = (default_theme() / "static/fonts/eb-garamond.woff2").read_bytes()
SERIFS = (default_theme() / "static/fonts/schibsted-grotesk.woff2").read_bytes()


def theme(root: Path, settings: ThemeConfig, files: dict[str, str | bytes] | None = None) -> Theme:
    config = Config(title="The Desk", url="https://x.example/blog/", theme=settings)
    return Theme(write(root, files or {}), config)


def style(root: Path, settings: ThemeConfig, files: dict[str, str | bytes] | None = None) -> str:
    return theme(root, settings, files).assets.content("style.css").decode()


def on_screens(css: str) -> dict[str, tuple[str, str]]:
    """The colours of a stylesheet, by day and by night, but those of print."""
    return palette(css.partition("@media print")[0])


# ---------------------------------------------------------------- looks


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("time", [0, 1], ids=["day", "night"])
def test_every_text_of_a_look_can_be_read(tmp_path: Path, look: str, time: int) -> None:
    colours = on_screens(style(tmp_path, ThemeConfig(look=look)))  # type: ignore[arg-type]
    grounds = [colours[name][time] for name in ("paper", "tint")]
    texts = ["muted", "accent", "opinion", *(name for name in colours if name.startswith("code-"))]
    assert len(texts) == 12

    def least(name: str) -> float:
        return min(contrast(colours[name][time], ground) for ground in grounds)

    assert least("ink") >= AAA
    assert contrast(colours["ink"][time], colours["mark"][time]) >= AA
    assert {name: least(name) for name in texts if least(name) < AA} == {}
    assert least("focus") >= 3  # WCAG 2.2, 1.4.11


def test_looks_are_unlike_each_other_and_bring_their_fonts_alone(tmp_path: Path) -> None:
    made = {look: theme(tmp_path, ThemeConfig(look=look)).assets for look in LOOKS}
    fonts = {look: {n for n in assets.files if "fonts/" in n} for look, assets in made.items()}
    assert fonts["classic"] == set()
    assert {name.split("/")[1].split("-")[0] for name in fonts["modern"]} == {"schibsted"}
    assert {name.split("/")[1].split("-")[0] for name in fonts["paper"]} == {"eb"}
    assert not [name for name in made["paper"].files if name.startswith("css/")]


def test_fonts_are_told_of_before_they_are_needed(tmp_path: Path) -> None:
    modern = theme(tmp_path, ThemeConfig(look="modern"))
    assert brand_of(ThemeConfig(look="modern"), modern.assets).fonts == (
        "/blog/fonts/schibsted-grotesk.woff2",
    )
    italic = "/blog/fonts/schibsted-grotesk-italic.woff2"
    assert italic in brand_of(ThemeConfig(look="modern"), modern.assets).all_fonts
    plain = theme(tmp_path, ThemeConfig())
    assert brand_of(ThemeConfig(), plain.assets).fonts == ()


def test_a_site_may_have_a_look_of_its_own(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"static/css/look.css": "p { color: var(--accent) }\n"}
    made = theme(tmp_path, ThemeConfig(look="paper"), files).assets
    assert "p { color: var(--accent) }" in made.content("style.css").decode()
    assert "Garamond" not in made.content("style.css").decode()
    assert not [name for name in made.files if name.startswith(("css/", "fonts/"))]


# ---------------------------------------------------------------- accents


def test_a_brand_s_colour_is_made_readable_on_the_papers_of_the_look(tmp_path: Path) -> None:
    for look in LOOKS:
        colours = on_screens(style(tmp_path, ThemeConfig(look=look, accent="#fc0")))
        for time in (0, 1):
            grounds = [colours[name][time] for name in ("paper", "tint")]
            assert min(contrast(colours["accent"][time], ground) for ground in grounds) >= AA
        assert colours["accent"][1] == "#fc0"


def test_papers_of_a_site_s_own_count(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "static/css/tokens.css": ":root { --paper: #888; --tint: light-dark(#fff, #000); }\n"
    }
    colours = on_screens(style(tmp_path, ThemeConfig(accent="#777777"), files))
    assert contrast(colours["accent"][0], "#888888") >= AA
    assert colours["paper"] == ("#888", "#888")


# ---------------------------------------------------------------- fonts


def test_system_fonts_go_before_the_look_s(tmp_path: Path) -> None:
    fonts = FontsConfig(text="Charter, Iowan Old Style", interface=("system-ui",))
    css = style(tmp_path, ThemeConfig(fonts=fonts))
    assert ':root { --own-text: "Charter", "Iowan Old Style"; }' in css
    assert ":root { --own-interface: system-ui; }" in css
    assert "--own-headings:" not in css


def test_font_files_say_themselves_what_they_are(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "static/fonts/a b.woff2": FONT,
        "static/fonts/eb-garamond-italic.woff2": (
            default_theme() / "static/fonts/eb-garamond-italic.woff2"
        ).read_bytes(),
        "static/news.woff2": SERIFS,
    }
    fonts = FontsConfig(
        text=("/fonts/a b.woff2", "fonts/eb-garamond-italic.woff2", "Georgia"),
        headings="static/news.woff2",
    )
    settings = ThemeConfig(look="modern", fonts=fonts)
    made = theme(tmp_path, settings, files).assets
    css = made.content("style.css").decode()
    assert ':root { --own-text: "EB Garamond", "Georgia"; }' in css
    assert (
        '@font-face { font-family: "EB Garamond"; font-style: normal; font-weight: 400; '
        'font-display: optional; src: url("fonts/a%20b.woff2") format("woff2"); }'
    ) in css
    assert 'font-style: italic; font-weight: 400; font-display: optional; src: url("fonts/eb' in css
    assert 'font-weight: 400 900; font-display: optional; src: url("news.woff2")' in css
    assert {"fonts/a b.woff2", "fonts/eb-garamond-italic.woff2", "news.woff2"} <= set(made.files)
    first = brand_of(settings, made).fonts
    assert "/blog/fonts/a%20b.woff2" in first
    assert not [name for name in first if "italic" in name]


def test_a_font_that_cannot_be_read(tmp_path: Path) -> None:
    settings = ThemeConfig(fonts=FontsConfig(text="a.woff2"))
    with pytest.raises(ContentError, match=r"static/a\.woff2: this font cannot be read"):
        style(tmp_path, settings, {"static/a.woff2": b"no font"})


# ---------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 48.4"/>', (240, 48)),
        ("a.svg", b'<svg width="120px" height="30" viewBox="0 0 1 1"/>', (120, 30)),
        ("a.png", picture(90, 30, "PNG"), (90, 30)),
    ],
)
def test_a_logo_says_how_large_it_is(
    tmp_path: Path, name: str, data: bytes, size: tuple[int, int]
) -> None:
    settings = ThemeConfig(logo=LogoConfig(src=f"/{name}", dark="night.svg"), icon="static/i.png")
    files: dict[str, str | bytes] = {
        f"static/{name}": data,
        "static/night.svg": b"<svg/>",
        "static/i.png": b"",
    }
    marks = brand_of(settings, theme(tmp_path, settings, files).assets)
    assert marks.logo
    assert (marks.logo.width, marks.logo.height) == size
    assert (marks.logo.src, marks.logo.dark) == (f"/blog/{name}", "/blog/night.svg")
    assert (marks.icon.src, marks.icon.type) == ("/blog/i.png", "image/png")


@pytest.mark.parametrize(
    "data",
    [
        b"<svg/>",
        b"<html>",
        b"",
        b'<svg viewBox="0 0 wide 1"/>',
        b'<svg viewBox="0 0 0 0"/>',
        b'<svg viewBox="nan inf -1 1e400"/>',
    ],
)
def test_a_logo_that_does_not(tmp_path: Path, data: bytes) -> None:
    settings = replace(ThemeConfig(), logo=LogoConfig(src="a.svg"))
    made = theme(tmp_path, settings, {"static/a.svg": data}).assets
    with pytest.raises(ContentError, match=r"static/a\.svg: this logo does not say how large"):
        brand_of(settings, made)


def test_a_logo_of_more_pixels_than_memory_has(tmp_path: Path) -> None:
    claimed = bytearray(picture(9, 9, "PNG"))
    claimed[16:24] = (10**6).to_bytes(4) * 2
    claimed[29:33] = crc32(claimed[12:29]).to_bytes(4)
    settings = replace(ThemeConfig(), logo=LogoConfig(src="a.png"))
    made = theme(tmp_path, settings, {"static/a.png": bytes(claimed)}).assets
    with pytest.raises(ContentError, match=r"static/a\.png: this logo does not say how large"):
        brand_of(settings, made)
