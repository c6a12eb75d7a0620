from __future__ import annotations

import pytest

from blogforge.content.highlight import highlight


def test_code_gets_classes_and_no_styles() -> None:
    html = highlight("python", "if x: pass\n")
    assert html is not None
    assert '<span class="k">if</span>' in html
    assert "style=" not in html


def test_blank_lines_stay() -> None:
    assert (highlight("text", "\n\na\n\n") or "").rstrip("\n") == "\n\na"
    assert (highlight("python", "\n\na\n") or "").startswith("\n\n")


@pytest.mark.parametrize("language", ["nosuchlanguage", "", "../../etc", "python\n"])
def test_a_lexer_is_never_guessed(language: str) -> None:
    assert highlight(language, "import os\n") is None


def test_long_code_stays_plain() -> None:
    assert highlight("python", "x\n" * 25_001) is None
    assert highlight("python", "x\n" * 100) is not None


def test_signs_are_escaped() -> None:
    html = highlight("html", "<b>&amp;</b>\n")
    assert html is not None
    assert "<b>" not in html
