"""Python's garbage collector, kept from pausing a page.

A look through an edition of ten thousand posts takes a third of a second, in which nothing else
runs. So it does not look while an edition is prepared, nor at one that has been looked through.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def paused() -> Iterator[None]:
    """A time without collections."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def pass_over() -> None:
    """Let the collections to come pass over all that there is now."""
    gc.freeze()


def collect() -> None:
    """Free what earlier editions left, and let collections pass over the rest."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
