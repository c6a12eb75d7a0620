"""What is done to a site before it is built again: one function a scenario."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.peers.peer import Peer
    from benchmarks.posts import Desk

    Edit = Callable[["Work", int], None]


class Work(NamedTuple):
    """A peer's site of a desk's posts, and the folder that holds its tree and all else it keeps."""

    peer: Peer
    desk: Desk
    site: Path
    kept: Path

    @property
    def tree(self) -> Path:
        """What is published."""
        return self.kept / "public"


def cold(work: Work, _number: int) -> None:
    """Nothing is there but the sources."""
    shutil.rmtree(work.kept, ignore_errors=True)
    work.kept.mkdir()


def nothing(_work: Work, _number: int) -> None:
    """Nothing has changed."""


def body(work: Work, number: int) -> None:
    """A paragraph is added to a post from the middle."""
    file = work.peer.source_of(work.site, work.desk.post(work.desk.size // 2))
    with file.open("a", encoding="utf-8") as post:
        post.write(f"\nA paragraph has come in edit {number}.\n")


def title(work: Work, number: int) -> None:
    """A post from the middle is called otherwise; its address stays."""
    post = work.desk.post(work.desk.size // 3)
    _replace(work.peer.source_of(work.site, post), re.escape(post.title), f"{post.title} {number}")


def template(work: Work, number: int) -> None:
    """The template of articles changes, and with it every article."""
    _replace(work.site / work.peer.article, 'class="dates[^"]*"', f'class="dates edit-{number}"')


def base(work: Work, number: int) -> None:
    """The frame of all pages changes."""
    pattern, new = 'class="skip-link[^"]*"', f'class="skip-link edit-{number}"'
    _replace(work.site / work.peer.base, pattern, new)


def add(work: Work, number: int) -> None:
    """A post is added, the newest of all."""
    work.peer.add(work.site, work.desk.post(work.desk.size + number), work.desk)


def delete(work: Work, number: int) -> None:
    """The newest post, which `add` has added, is deleted."""
    file = work.peer.source_of(work.site, work.desk.post(work.desk.size + number))
    if not file.exists():
        raise SystemExit(f"{file} is to be deleted and not there: measure 'add' before 'delete'")
    file.unlink()


SCENARIOS: dict[str, Edit] = {
    "cold": cold,
    "no-op": nothing,
    "body": body,
    "title": title,
    "template": template,
    "base": base,
    "add": add,
    "delete": delete,
}


def _replace(file: Path, pattern: str, new: str) -> None:
    """Put `new` in the first place that matches, of which there must be one."""
    text, count = re.subn(pattern, lambda _: new, file.read_text(encoding="utf-8"), count=1)
    if not count:
        raise SystemExit(f"{file}: there is nothing like {pattern} to edit")
    file.write_text(text, encoding="utf-8")
