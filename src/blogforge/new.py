"""The beginnings of a site and of a post."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from blogforge.errors import ConfigError, MachineError
from blogforge.textfile import ILLEGAL
from blogforge.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONFIG = """\
title: {title}
url: https://example.org/        # where the publication will be read
dek: One sentence on what you publish
language: en
timezone: UTC                    # of dates that name none
theme: {{look: classic}}           # or modern, or paper
{search}

sections:                        # in the order of the navigation
  - name: Analysis
menu:
  - {{title: About, url: /about/}}

# Where `blogforge deploy` sends the site: a folder, or a server, a branch, a bucket.
# deploy:
#   production: {{folder: ../www}}
"""

_SEARCH = {
    True: "search: true                     # a page on which readers search the site",
    False: 'search: false                    # true: after pip install "blogforge[search]"',
}

_AUTHORS = """\
# id: what posts name under `authors`
editor:
  name: The Editor
  bio: The Editor writes here until you put your own name in authors.yaml.
"""

_ABOUT = """\
---
title: About
---

Say here who you are and what you publish.
"""

_FIRST_POST = """\
---
title: The first post
date: {date}
dek: One sentence that tells a reader why to go on.
authors: [editor]
section: Analysis
tags: [beginnings]
---

Write Markdown here. A block quote that ends in a name becomes a quotation with its source:

> The first line is the hardest.
>
> — An old editor
"""


def create_site(folder: Path, now: datetime) -> Iterator[Path]:
    """Make a site in `folder` and yield each file as it is written.

    Raises ConfigError where the folder has files already, MachineError where it cannot be written.
    """
    if fault := _occupied(folder):
        hint = "name a new or empty folder"
        raise ConfigError.of(f"'{folder}' {fault}; nothing was written", hint=hint)
    title = as_yaml(folder.resolve().name.replace("-", " ").replace("_", " ").title())
    files = {
        "blogforge.yaml": _CONFIG.format(title=title, search=_SEARCH[_searchable()]),
        "authors.yaml": _AUTHORS,
        "pages/about.md": _ABOUT,
        f"posts/{now:%Y-%m-%d}-first-post.md": _FIRST_POST.format(date=f"{now:%Y-%m-%d}"),
        ".gitignore": "public/\n.public.blogforge/\ndigest/\n*.epub\n",
    }
    for name, text in files.items():
        yield _write(folder / name, text)
    for name in ("static", "templates"):
        (folder / name).mkdir(exist_ok=True)


def _searchable() -> bool:
    """Whether an index for search can be made here."""
    from blogforge.search.pagefind import installed

    try:
        installed()
    except MachineError:
        return False
    return True


def _occupied(folder: Path) -> str:
    try:
        if os.path.lexists(folder) and not folder.is_dir():
            return "is a file"
        return "is not empty" if folder.exists() and any(folder.iterdir()) else ""
    except OSError as error:
        raise MachineError.of(f"cannot read {folder}: {error.strerror or error}") from error


def create_post(root: Path, title: str, now: datetime, *, draft: bool) -> Path:
    """Make a post in the site at `root` and return its path.

    Raises ConfigError for a title without letter or digit or with characters that no feed may
    hold, or where the file is there already.
    """
    title = " ".join(title.split())
    slug = slugify(title)
    if not slug:
        hint = "write it in words"
        raise ConfigError.of(
            f"the title '{title}' has no letter or digit to name a file by", hint=hint
        )
    if ILLEGAL.search(title):
        hint = "delete it (a terminal may not show it)"
        raise ConfigError.of(
            f"the title {title!r} has a character that no feed may hold", hint=hint
        )
    path = root / "posts" / f"{now:%Y-%m-%d}-{slug}.md"
    if os.path.lexists(path):
        hint = "give it another title, or edit that file"
        raise ConfigError.of(f"{path} is there already; nothing was written", hint=hint)
    lines = [
        "---",
        f"title: {as_yaml(title)}",
        f"date: {now:%Y-%m-%d %H:%M}",
        'dek: ""',
        "authors: []",
        'section: ""',
        "tags: []",
        f"status: {'draft' if draft else 'published'}",
        "---",
        "",
        "",
    ]
    return _write(path, "\n".join(lines))


def as_yaml(text: str) -> str:
    """`text` as one line of YAML, in quotes where it needs them."""
    return yaml.safe_dump(text, allow_unicode=True, width=10**6).split("\n...")[0].strip()


def _write(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise MachineError.of(f"cannot write {path}: {error.strerror or error}") from error
    return path
