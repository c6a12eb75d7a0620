"""Where blogforge and its own theme are installed."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
DOCUMENTATION = "https://docs.blogforge.example/"


def default_theme() -> Path:
    """The folder of the theme that comes with blogforge: templates/ and static/.

    A wheel carries it inside the package; an editable install has it at the repository's top.
    """
    packed = PACKAGE / "theme"
    return packed if packed.is_dir() else PACKAGE.parent.parent


def rule_pages() -> Path:
    """The folder of the pages that explain the rules of `check`, NAME.md each."""
    packed = PACKAGE / "check" / "pages"
    return packed if packed.is_dir() else PACKAGE.parent.parent / "docs" / "rules"
