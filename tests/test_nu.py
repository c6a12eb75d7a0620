"""W3C's Nu Html Checker finds no error in any page or style sheet of the publication."""

from pathlib import Path

from blogforge.brand import ThemeConfig
from blogforge.config import Config
from blogforge.pages.theme import Theme
from tests.nu import Fault, faults
from tests.trees import Tree

# CSS that the checker does not know yet: https://drafts.csswg.org/css-values-5/#attr-notation,
# https://drafts.csswg.org/css-overflow-4/#line-clamp.
AHEAD = ("attr(data-color type(<color>)", "line-clamp: ")


def test_no_page_has_an_error(own_tree: Tree) -> None:
    found = faults(own_tree.root)
    assert [fault for fault in found if not ahead(own_tree.root, fault)] == []


def test_no_look_has_an_error(tmp_path: Path) -> None:
    themes = (ThemeConfig(), ThemeConfig(look="modern"), ThemeConfig(look="paper"))
    for theme in themes:
        config = Config(title="T", url="https://x.example/", theme=theme)
        style = Theme(tmp_path / "site", config).assets.content("style.css")
        (tmp_path / f"{theme.look}.css").write_bytes(style)
    found = faults(tmp_path)
    assert [fault for fault in found if not ahead(tmp_path, fault)] == []


def ahead(tree: Path, fault: Fault) -> bool:
    """Whether a fault is one of the checker, which is behind the specifications."""
    line = (tree / fault.file).read_text(encoding="utf-8").splitlines()[fault.line - 1]
    return fault.file.endswith(".css") and any(text in line for text in AHEAD)


def test_errors_would_be_seen(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><title>A</title><p><div id="a"></p><i id="a">b</i></div>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "a.css").write_text("a { colour: red }", encoding="utf-8")
    found = faults(tmp_path)
    assert {fault.file for fault in found} == {"a.html", "a.css"}
    assert [fault for fault in found if "Duplicate ID" in fault.says]
