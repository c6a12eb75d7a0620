"""What the package's modules import, read from their source."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import blogforge

PACKAGE = Path(blogforge.__file__).parent


class Import(NamedTuple):
    """One module of the package importing another; `typing`: for type checkers only."""

    importer: str
    imported: str
    line: int
    typing: bool


def modules() -> dict[str, Path]:
    """Every module of the package by its name."""
    return {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def imports() -> list[Import]:
    """Every import of one of the package's modules by another, those in functions included."""
    known = modules()
    return [found for name, path in known.items() for found in _imports_of(name, path, known)]


def _imports_of(name: str, path: Path, known: dict[str, Path]) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {id(node) for block in _typing_blocks(tree) for node in ast.walk(block)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for imported in _targets(node, known):
                yield Import(name, imported, node.lineno, id(node) in guarded)


def _typing_blocks(tree: ast.AST) -> Iterator[ast.If]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            yield node


def _targets(node: ast.Import | ast.ImportFrom, known: dict[str, Path]) -> Iterator[str]:
    """The modules of the package that an import statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in known)
        return
    assert node.level == 0, "imports are absolute"
    for alias in node.names:
        whole = f"{node.module}.{alias.name}"
        if whole in known:
            yield whole
        elif node.module in known:
            yield node.module
