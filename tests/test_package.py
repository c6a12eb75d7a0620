"""What is shipped: a wheel with the package and its theme, which works away from the repository."""

import os
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

THEME = ("templates", "static")


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """What a command prints, run in `folder`; it must succeed."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def packed(folder: Path, kind: str, target: Path) -> Path:
    """The distribution of `kind` (wheel, sdist) of the project in `folder`, made in `target`."""
    run(["-m", "hatchling", "build", "-t", kind, "-d", target], folder)
    (distribution,) = target.iterdir()
    return distribution


def files(folder: Path) -> set[str]:
    """The files below `folder`, without what Python and editors leave there."""
    found = (
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    return {path.relative_to(folder).as_posix() for path in found}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    return packed(repository, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    return packed(repository, "sdist", tmp_path_factory.mktemp("sdist"))


def test_the_wheel_holds_the_package_and_its_theme_and_nothing_else(
    wheel: Path, repository: Path
) -> None:
    with ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert len(names) == len(set(names))
    package = {f"blogforge/{name}" for name in files(repository / "src" / "blogforge")}
    theme = {f"blogforge/theme/{part}/{n}" for part in THEME for n in files(repository / part)}
    rules = {f"blogforge/check/pages/{name}" for name in files(repository / "docs" / "rules")}
    assert set(names) == package | theme | rules
    assert {"blogforge/py.typed", "blogforge/theme/templates/article.html"} <= set(names)


def test_the_theme_ships_only_what_its_templates_use(repository: Path) -> None:
    """What stands in static/ at the top is in everybody's tree: no picture of our own posts."""
    users = (repository / "templates").rglob("*.html"), (repository / "src").rglob("pages/*.py")
    source = "".join(path.read_text(encoding="utf-8") for found in users for path in found)
    parts = ("css/", "fonts/")
    own = {name for name in files(repository / "static") if not name.startswith(parts)}
    assert [name for name in own if f'"{name}"' not in source] == []


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """A folder with the wheel unpacked by pip; its dependencies are this environment's."""
    target = tmp_path_factory.mktemp("installed")
    pip = ["-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "install", "--quiet"]
    run([*pip, "--no-deps", "--no-index", "--no-compile", "--target", target, wheel], target)
    return target


def test_an_installed_wheel_starts_a_site_and_builds_it(installed: Path, tmp_path: Path) -> None:
    where = {"PYTHONPATH": str(installed)}
    theme = run(
        ["-c", "from blogforge.install import default_theme; print(default_theme())"],
        tmp_path,
        **where,
    )
    assert Path(theme.strip()) == installed / "blogforge" / "theme"
    run(["-m", "blogforge", "new", "site", "desk"], tmp_path, **where)
    said = run(["-m", "blogforge", "build", "desk"], tmp_path, **where)
    assert "Published 1 post" in said
    public = tmp_path / "desk" / "public"
    home = (public / "index.html").read_text(encoding="utf-8")
    assert "The first post" in home
    (style,) = public.glob("style.*.css")
    assert style.name in home
    page = run(["-m", "blogforge", "check", "--explain", "dead-link"], tmp_path, **where)
    assert page.startswith("# dead-link\n")


def test_the_wheel_brings_the_command(installed: Path) -> None:
    (entry_points,) = installed.glob("blogforge-*.dist-info/entry_points.txt")
    assert "blogforge = blogforge.cli:main" in entry_points.read_text(encoding="utf-8")


def test_the_sdist_makes_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        if hasattr(tarfile, "data_filter"):  # since Python 3.11.4
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(tmp_path)
    again = packed(tmp_path / sdist.name.removesuffix(".tar.gz"), "wheel", tmp_path / "wheel")
    with ZipFile(wheel) as ours, ZipFile(again) as theirs:
        assert sorted(ours.namelist()) == sorted(theirs.namelist())
        assert all(ours.read(name) == theirs.read(name) for name in ours.namelist())
