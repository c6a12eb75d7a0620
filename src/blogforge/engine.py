"""What makes the bytes beside the author's files: Python, the libraries, and blogforge itself."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from blogforge import __version__
from blogforge.digest import digest_value
from blogforge.stamps import stamp_of

LIBRARIES = (
    *("babel", "comrak", "feedgen", "jinja2", "lxml", "markdown", "markupsafe", "msgspec"),
    *("nh3", "numpy", "pillow", "pygments", "pystemmer", "python-bidi", "pyyaml", "selectolax"),
    *("stop-words", "tzdata", "uharfbuzz"),
)
_OURS = frozenset({".py", ".ttf"})


@cache
def engine_digest() -> str:
    """The digest of all versions, and of blogforge's own files as they are installed here."""
    package = Path(__file__).parent
    code = [
        (file.relative_to(package).as_posix(), stamp_of(file))
        for file in sorted(package.rglob("*"))
        if file.suffix in _OURS
    ]
    libraries = [(name, version(name)) for name in LIBRARIES]
    return digest_value((__version__, sys.version, libraries, code))
