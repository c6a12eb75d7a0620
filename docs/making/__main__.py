"""`python -m docs.making reference` writes docs/reference/ as the code is now.

`python -m docs.making site [FOLDER]` makes the site of the documentation, without building it.
`python -m docs.making pictures` takes the tutorial's pictures anew, in a headless Chromium.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docs.making import assemble, reference

match sys.argv[1:]:
    case ["reference"]:
        reference.write()
    case ["site", *folder]:
        assemble.assemble(Path(*folder or ("build/docs",)))
    case ["pictures"]:
        from docs.making import pictures

        pictures.take()
    case _:
        sys.exit(__doc__)
