"""docs/*.md and the frame docs/site/ -> the folder of a site that blogforge can build."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from docs.making.documents import Document, as_page, read

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parent.parent.parent
DOCS = REPOSITORY / "docs"
FRAME = DOCS / "site"
_CHANGELOG = "changelog.md"


def assemble(folder: Path) -> None:
    """Make `folder` the site of the documentation, of today.

    Files that say what they said are not touched, so that a build sees what changed; what is there
    no more goes. Raises ValueError where navigation.yaml and docs/ do not have the same pages.
    """
    found = documents()
    files: dict[str, bytes] = {
        f"pages/{path}": as_page(document, found).encode() for path, document in found.items()
    }
    files["static/images/home.png"] = (DOCS / "images/home.png").read_bytes()
    files |= {
        f"pages/{image.relative_to(DOCS).as_posix()}": image.read_bytes()
        for image in sorted((DOCS / "images").iterdir())
    }
    files |= {
        file.relative_to(FRAME).as_posix(): file.read_bytes()
        for file in sorted(FRAME.rglob("*"))
        if file.is_file()
    }
    kinds = navigation(found)
    files["data/navigation.yaml"] = yaml.safe_dump(kinds, allow_unicode=True).encode()
    _bring(folder, files)


def navigation(found: dict[str, Document]) -> list[dict[str, Any]]:
    """The kinds of pages in their order, each `name`, `dek`, `folded`, `pages`.

    Of a page: `path`, `title`, `dek`, `url`.

    A page is `path`, or `path: name` where the navigation calls it otherwise than its title.

    Raises ValueError where a page is named that there is not, or one that there is is not named.
    """
    kinds = yaml.safe_load((FRAME / "navigation.yaml").read_text(encoding="utf-8"))
    missing = set(found)
    for kind in kinds:
        named = [each for page in kind["pages"] for each in _named(page, found)]
        kind.setdefault("folded", False)
        missing.difference_update(document.path for document, _ in named)
        kind["pages"] = [
            {"path": document.path, "title": name, "dek": document.dek, "url": document.url}
            for document, name in named
        ]
    if missing:
        raise ValueError(f"docs/site/navigation.yaml does not name {', '.join(sorted(missing))}")
    return [kind for kind in kinds if kind["pages"]]


def _named(
    page: str | dict[str, str], documents: dict[str, Document]
) -> Iterator[tuple[Document, str]]:
    """The pages that an entry of navigation.yaml stands for, with their names."""
    if isinstance(page, str):
        found = [documents[path] for path in _matching(page, documents)]
        yield from ((document, document.title) for document in found)
        return
    for path, name in page.items():
        yield from ((documents[found], name) for found in _matching(path, documents))


def _matching(pattern: str, documents: dict[str, Document]) -> list[str]:
    found = sorted(path for path in documents if fnmatch(path, pattern))
    if not found and "*" not in pattern:
        raise ValueError(f"docs/site/navigation.yaml names {pattern}, which is not in docs/")
    return found


def documents() -> dict[str, Document]:
    """The pages of the documentation, by their paths below docs/."""
    return {document.path: document for document in _documents()}


def _documents() -> Iterator[Document]:
    for file in sorted(DOCS.rglob("*.md")):
        path = file.relative_to(DOCS).as_posix()
        if not file.is_relative_to(FRAME) and path != "README.md":
            yield read(path, file.read_text(encoding="utf-8"))
    changes = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    yield read(_CHANGELOG, changes.replace("](docs/", "]("))


def _bring(folder: Path, files: dict[str, bytes]) -> None:
    """Make the files of a folder those that are given; what builds make in it stays."""
    for part in ("pages", "posts", "data", "templates", "static"):
        (folder / part).mkdir(parents=True, exist_ok=True)
        for file in sorted((folder / part).rglob("*")):
            if file.is_file() and file.relative_to(folder).as_posix() not in files:
                file.unlink()
    for name, content in files.items():
        file = folder / name
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
