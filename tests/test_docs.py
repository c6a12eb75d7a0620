"""What the documentation says is all that there is, and its links lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from blogforge.cli import cli
from blogforge.schema import schemas

REPOSITORY = Path(__file__).parent.parent
PAGES = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")])
BELOW = sorted((REPOSITORY / "docs").glob("*/*.md"))
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_ANCHOR_DROPS = re.compile(r"[^\w\- ]")


def prose(page: Path) -> str:
    """A page without its code blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {_ANCHOR_DROPS.sub("", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    """The addresses that a page leads to."""
    return _LINK.findall(_CODE.sub("", prose(page)))


def coded(page: Path) -> set[str]:
    """What stands between backticks on a page, and each part of what is joined by full stops."""
    spans = set(re.findall(r"`([^`\n]+)`", prose(page)))
    return spans | {part for span in spans for part in span.split(".")}


def keys(kind: str, *definitions: str) -> set[str]:
    """The names of the settings in a schema, of all its definitions unless some are named."""
    found: dict[str, Any] = schemas()[kind]["$defs"]
    return {key for name in definitions or found for key in found[name].get("properties", {})}


def commands() -> Iterator[tuple[str, click.Command]]:
    for name, command in cli.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {each}", below) for each, below in command.commands.items())
        else:
            yield name, command


def test_every_setting_is_documented() -> None:
    documented = coded(REPOSITORY / "docs/configuration.md") | coded(
        REPOSITORY / "docs/languages.md"
    )
    assert keys("blogforge.yaml") - documented == set()


def test_every_key_of_front_matter_is_documented() -> None:
    assert keys("front matter") - coded(REPOSITORY / "docs/writing.md") == set()


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_documented_with_its_options(name: str) -> None:
    text = (REPOSITORY / "docs/cli.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## blogforge (.+)\n((?:(?!^## ).*\n?)*)", text, re.MULTILINE))
    options = {
        option
        for parameter in dict(commands())[name].params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    assert {option for option in options if f"`{option}" not in sections[name]} == set()


@pytest.mark.parametrize("page", PAGES + BELOW, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if "://" in path:
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_the_readme_leads_to_every_page() -> None:
    linked = set(links(REPOSITORY / "README.md"))
    pages = {f"docs/{page.name}" for page in PAGES if page.name != "README.md"}
    assert pages - linked == set()
