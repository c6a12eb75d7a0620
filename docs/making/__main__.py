"""`python -m docs.making [FOLDER]` makes the site of the documentation, without building it."""

from __future__ import annotations

import sys
from pathlib import Path

from docs.making.assemble import assemble

assemble(Path(sys.argv[1] if len(sys.argv) > 1 else "build/docs"))
