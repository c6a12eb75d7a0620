"""Commands: parse, call, print."""

from __future__ import annotations


def main() -> None:
    """Run blogforge."""
