"""Sites of Hugo (https://gohugo.io/): a whole one, or its content folder."""

from __future__ import annotations

from blogforge.importers.hugo.reading import read

__all__ = ["read"]
