"""What nobody may read in an output, a log or a traceback."""

from __future__ import annotations

import os
import re

_NAMES = re.compile(r"(KEY|TOKEN|SECRET|PASSW(OR)?D|PASSPHRASE|CREDENTIALS?)(_|$)", re.IGNORECASE)
_SHORTEST = 6  # characters; shorter values are words such as "true"
_IN_URL = re.compile(r"(?<=://)[^/\s@]+@")
_HIDDEN = "***"


def redacted(text: str) -> str:
    """`text` without passwords in addresses, and without any value that the environment hides.

    Those are the values of variables whose names tell of a secret, such as AWS_ACCESS_KEY_ID.
    """
    for name, value in os.environ.items():
        if len(value) >= _SHORTEST and _NAMES.search(name):
            text = text.replace(value, _HIDDEN)
    return _IN_URL.sub(f"{_HIDDEN}@", text)
