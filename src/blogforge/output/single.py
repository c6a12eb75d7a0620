"""Files of their own, beside the published tree."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from blogforge.errors import ConfigError
from blogforge.output.machine import machine_errors
from blogforge.output.safety import SOURCES

if TYPE_CHECKING:
    from pathlib import Path


def refuse_amid(path: Path, root: Path, output: Path) -> None:
    """Raise ConfigError where a file at `path` would be among a site's sources or in its tree.

    `root` is the site's folder, `output` that of its tree, which is to hold nothing of others.
    """
    real = path.resolve()
    for name, folder in (("the site's own sources", root / source) for source in SOURCES):
        if real.is_relative_to(folder.resolve()):
            raise _refusal(path, name)
    if real.is_relative_to(output.resolve()):
        raise _refusal(path, "the published tree, which would refuse it")


def _refusal(path: Path, place: str) -> ConfigError:
    return ConfigError.of(f"'{path}' is among {place}", hint="name another place: --out")


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, in the place of an older one. Raises MachineError."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with machine_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_bytes(data)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
