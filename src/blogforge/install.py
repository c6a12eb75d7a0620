"""Where blogforge and its own theme are installed."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def default_theme() -> Path:
    """The folder of the theme that comes with blogforge: templates/ and static/.

    A wheel carries it inside the package; an editable install has it at the repository's top.
    """
    packed = PACKAGE / "theme"
    return packed if packed.is_dir() else PACKAGE.parent.parent
