"""Values for workers that inherit nothing: other machines, and processes that are not forked."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PLUGIN_PREFIX = "blogforge_plugin_"  # of modules in the site's folder, which no worker can import


def packed(value: object) -> bytes:
    """`value` for `unpacked`: code of a site's plugins travels with it, other code by name.

    Raises what pickle raises for a value that cannot be copied: a lock, an open file.
    """
    import cloudpickle

    with _plugins_by_value():
        data: bytes = cloudpickle.dumps(value)
    return data


def unpacked(data: bytes) -> Any:
    """The value that was packed, in whichever process."""
    import pickle

    return pickle.loads(data)  # noqa: S301  (from the process that started this work)


@contextmanager
def _plugins_by_value() -> Iterator[None]:
    import cloudpickle

    plugins = [
        module
        for name, module in sys.modules.items()
        if name.startswith(PLUGIN_PREFIX) and "." not in name  # a package stands for its modules
    ]
    for module in plugins:
        cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in plugins:
            cloudpickle.unregister_pickle_by_value(module)
