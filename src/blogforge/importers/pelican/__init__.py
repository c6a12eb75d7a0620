"""Sites of Pelican (https://getpelican.com/)."""

from __future__ import annotations

from blogforge.importers.pelican.reading import read

__all__ = ["read"]
