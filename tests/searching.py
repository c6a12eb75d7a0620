"""pagefind for tests that need it, and what stands in an index."""

import gzip
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

INSTALLED = all(map(find_spec, ("pagefind_bin", "cbor2")))
needs_pagefind = pytest.mark.skipif(not INSTALLED, reason="pagefind is not installed")
_SIGNATURE = b"pagefind_dcd"


def readable(file: Path) -> bytes:
    """The content of a file as its readers have it: of an index's, unpacked."""
    data = file.read_bytes()
    if not file.suffix.startswith(".pf_"):
        return data
    return gzip.decompress(data).removeprefix(_SIGNATURE)


def fragments(tree: Path, folder: str = "pagefind/en") -> Iterator[dict[str, Any]]:
    """What an index of a tree gives back of each document, in no order."""
    for file in (tree / folder / "fragment").iterdir():
        yield json.loads(readable(file))
