"""What makes the bytes beside the author's files: Python, the libraries, and blogforge itself."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from blogforge import __version__
from blogforge.digest import digest_bytes, digest_value

LIBRARIES = (
    *("babel", "comrak", "feedgen", "jinja2", "lxml", "markdown", "markupsafe", "msgspec"),
    *("nh3", "numpy", "pillow", "pygments", "pystemmer", "python-bidi", "pyyaml", "selectolax"),
    *("stop-words", "tzdata", "uharfbuzz"),
)
_OURS = frozenset({".py", ".ttf"})


@cache
def engine_digest() -> str:
    """The digest of all versions, and of what blogforge's own files say.

    Not of their stamps: what a build remembers is to be good in another installation, too.
    """
    libraries = [(name, version(name)) for name in LIBRARIES]
    return digest_value((__version__, sys.version, libraries, code_in(Path(__file__).parent)))


def code_in(package: Path) -> list[tuple[str, str]]:
    """The digest of each file of a package that makes bytes, by its path below."""
    return [
        (file.relative_to(package).as_posix(), digest_bytes(file.read_bytes()))
        for file in sorted(package.rglob("*"))
        if file.suffix in _OURS
    ]
