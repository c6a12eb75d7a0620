"""Sites of Jekyll (https://jekyllrb.com/)."""

from __future__ import annotations

from blogforge.importers.jekyll.reading import read

__all__ = ["read"]
