"""Imports go downward only: docs/design.md, "The way through the house"."""

import re
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

from tests.imports import imports, modules

# Each of these may import those before it.
FOUNDATION = (
    "blogforge",
    "errors",
    "digest",
    "stamps",
    "ledger",
    "engine",
    "urls",
    "pool",
    "clock",
    "textfile",
    "languages",
    "printing",
    "yaml_mistakes",
    "plain_yaml",
    "strict_yaml",
    "validation",
    "faults",
    "settings",
    "colours",
    "brand",
    "targets",
    "config_faults",
    "config",
    "value",
    "images",
    "posters",
    "branches",
    "model",
    "pictures",
    "install",
    "options",
    "progress",
    "survey",
)
# Each of these may import the foundation and, of the rest, what is listed.
STAGES = {"content", "site", "pages", "output"}
ABOVE = {
    "content": set(),
    "site": set(),
    "output": set(),
    "pages": {"site"},
    "new": {"search"},
    "overrides": {"output", "pages"},
    "schema": {"content"},
    "gallery": {"content", "site"},
    "billboard": {"gallery", "site"},
    "past": {"content"},
    "contents": {"content", "past", "site"},
    "edition": {"billboard", "content", "contents", "gallery", "past", "site", "pages"},
    "search": {"content", "output", "pages", "site"},
    "outcome": {"output"},
    "job": {"output"},
    "memory": {"content", "edition", "outcome", "past", "output", "pages", "search"},
    "renewal": {"content", "edition", "job", "memory", "outcome", "output", "pages", "search"},
    "build": {"renewal", "job", "outcome", "output"},
    "lending": {"build", "content", "edition", "memory", "output", "pages", "past"},
    "rationale": {"content", "edition", "lending", "site"},
    "reasons": {"rationale"},
    "summary": {"build"},
    "proposals": {"content", "edition", "lending", "site"},
    "stories": {"lending", "new", "proposals"},
    "newsletter": {"build", "edition", "lending", "output", "pages", "site"},
    "epub": {"build", "content", "edition", "lending", "output", "pages", "site"},
    "upcoming": {"content", "edition", "lending", "site"},
    "fetching": set(),
    "importers": {"content", "fetching", "output"},
    "deploy": {"build", "memory", "outcome", "output", "pages"},
    "check": {"build", "fetching", "renewal", "edition", "lending", "past", *STAGES},
    "serve": {
        "billboard",
        "build",
        "contents",
        "edition",
        "gallery",
        "memory",
        "past",
        "rationale",
        "reasons",
        *STAGES,
    },
    "cli": {
        "new",
        "overrides",
        "schema",
        "build",
        "rationale",
        "reasons",
        "summary",
        "proposals",
        "stories",
        "upcoming",
        "newsletter",
        "epub",
        "check",
        "deploy",
        "fetching",
        "importers",
        "serve",
        "content",
        "output",
        "site",
    },
    "__main__": {"cli"},
}


def part(module: str) -> str:
    """The file or folder right below the package that a module belongs to."""
    return f"{module}.".split(".")[1] or module


def allowed(importer: str) -> set[str]:
    """The parts that a part may import."""
    if importer in FOUNDATION:
        return set(FOUNDATION[: FOUNDATION.index(importer)])
    return {*FOUNDATION, *ABOVE[importer]}


def test_every_module_has_its_place() -> None:
    assert {part(module) for module in modules()} == {*FOUNDATION, *ABOVE}


def test_imports_go_downward() -> None:
    wrong = [
        f"{found.importer}:{found.line} imports {found.imported}"
        for found in imports()
        if part(found.importer) != part(found.imported)
        and part(found.imported) not in allowed(part(found.importer))
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_is_allowed_that_nobody_does() -> None:
    done = {(part(found.importer), part(found.imported)) for found in imports()}
    idle = [f"{low} in {high}" for high in ABOVE for low in ABOVE[high] if (high, low) not in done]
    assert not idle, f"take out of ABOVE: {idle}"


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph: dict[str, set[str]] = defaultdict(set)
    for found in imports():
        if not found.typing:  # a name for a type checker joins no two modules
            graph[found.importer].add(found.imported)
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_one_place_asks_the_internet(repository: Path) -> None:
    root = repository / "src" / "blogforge"
    asking = re.compile(
        r"^\s*(?:import|from) (?:httpx|httpcore|http\.client|urllib\.request)\b", re.M
    )
    found = {path for path in root.rglob("*.py") if asking.search(path.read_text(encoding="utf-8"))}
    # Hubs are the author's own choice, in blogforge.yaml, and may be within.
    assert found - {root / "deploy" / "hubs.py"} == {
        root / "fetching" / "__init__.py",
        root / "fetching" / "connecting.py",
    }


def test_the_plan_of_the_house_names_every_module(repository: Path) -> None:
    plan = (repository / "docs" / "design.md").read_text(encoding="utf-8")
    _, _, rest = plan.partition("    src/blogforge/\n")
    named = set(re.findall(r"\b\w+\.py\b", rest.partition("\n\n")[0]))
    files = (repository / "src" / "blogforge").rglob("*.py")
    assert named == {file.name for file in files}
