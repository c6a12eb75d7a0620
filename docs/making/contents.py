"""The contents of docs/ for who reads it on a code host."""

from __future__ import annotations

from docs.making.assemble import documents, navigation
from docs.making.words import GENERATED, code


def contents() -> str:
    """Every page of the documentation by its kind."""
    lines = [
        "# Documentation",
        "",
        GENERATED,
        "",
        f"{code('make docs')} makes a site of it, with navigation and search, in "
        f"{code('build/docs/public/')}.",
    ]
    for kind in navigation(documents()):
        lines += ["", f"## {kind['name']}", "", kind["dek"], ""]
        lines += [_line(page) for page in kind["pages"]]
    return "\n".join(lines) + "\n"


def _line(page: dict[str, str]) -> str:
    path = "../CHANGELOG.md" if page["path"] == "changelog.md" else page["path"]
    dek = f": {page['dek']}" if page["dek"] else ""
    return f"- [{page['title']}]({path}){dek}"
