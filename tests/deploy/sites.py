"""A small publication in many versions, each built, and what readers reach of it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from blogforge.build import build
from blogforge.options import Options
from tests.pictures import picture
from tests.trees import Tree, links

URL = "https://desk.example/news/"
CONFIG = f"title: The Desk\nurl: {URL}\npaginate: 3\nsocial_cards: {{enabled: false}}\n"
NOW = datetime(2026, 3, 10, tzinfo=UTC)
OPTIONS = Options(now=NOW, jobs=1)
_SECTIONS = ("Africa", "Trade")
_TAGS = ("grain", "ports", "ships")

Bytes = Mapping[str, bytes]


class Version(NamedTuple):
    """The sources of the publication at one time."""

    files: Bytes


def version(number: int) -> Version:
    """A version of the publication, the same for the same number; all have much in common."""
    chance = random.Random(number)
    posts = sorted(chance.sample(range(1, 9), chance.randint(3, 7)))
    files: dict[str, bytes] = {}
    for post in posts:
        path = f"posts/2026-03-0{post}-post-{post}" + ("/index.md" if post % 3 == 0 else ".md")
        other = chance.choice(posts)
        target = f"2026-03-0{other}-post-{other}" + ("/index.md" if other % 3 == 0 else ".md")
        link = f"[before](../posts/{target})" if post % 3 else f"[before](../{target})"
        front = [f"title: Of {chance.choice(_TAGS)} {post}", f"section: {chance.choice(_SECTIONS)}"]
        front.append(f"tags: [{chance.choice(_TAGS)}]")
        if chance.random() < 0.3:
            front.append(f"aliases: [/old/{post}/]")
        body = f"Grain and ships, once more {chance.randint(1, 3)}. {link}"
        if post % 3 == 0:
            files[f"posts/2026-03-0{post}-post-{post}/sea.png"] = picture(
                40, 20 + chance.randint(0, 2), "PNG"
            )
            body += "\n\n![The sea](sea.png)"
        files[path] = "\n".join(["---", *front, "---", "", body, ""]).encode()
    if chance.random() < 0.5:
        files["static/notes.txt"] = str(chance.random()).encode()
    if chance.random() < 0.5:
        files["static/own.css"] = b"p { margin: %d }" % chance.randint(0, 2)
    return Version(files)


def save(root: Path, sources: Version, config: str = CONFIG) -> None:
    """Make the folder `root` that version's site; what earlier builds left there stays."""
    for folder in ("posts", "static"):
        shutil.rmtree(root / folder, ignore_errors=True)
    for path, data in {**sources.files, "blogforge.yaml": config.encode()}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def built(root: Path, sources: Version) -> Bytes:
    """The published files of that version."""
    save(root, sources)
    build(root, OPTIONS)
    return files_in(root / "public")


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file of a tree, without blogforge's own list."""
    found = (path for path in folder.rglob("*") if path.is_file())
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    files.pop(".blogforge", None)
    return files


def dead_ends(tree: Bytes) -> set[tuple[str, str]]:
    """Every page that a reader of the front page reaches, with each file that it lacks."""
    found: set[tuple[str, str]] = set()
    seen, pending = {"index.html"}, ["index.html"] if "index.html" in tree else []
    while pending:
        page = pending.pop()
        for target in _targets(page, tree[page]):
            if target not in tree:
                found.add((page, target))
            elif target.endswith(".html") and target not in seen:
                seen.add(target)
                pending.append(target)
    return found


@cache
def _targets(page: str, data: bytes) -> frozenset[str]:
    return frozenset(_named(page, data))


def _named(page: str, data: bytes) -> Iterator[str]:
    """The files of the site that a page names."""
    from urllib.parse import unquote, urldefrag, urljoin

    base = Tree(Path(), URL).address_of(page)
    for link in links(LexborHTMLParser(data.decode())):
        address = urldefrag(urljoin(base, link.address)).url.partition("?")[0]
        if address.startswith(URL):
            path = unquote(address.removeprefix(URL))
            yield f"{path}index.html" if not path or path.endswith("/") else path
