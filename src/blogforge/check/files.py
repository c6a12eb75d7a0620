"""Files that nobody uses, and pictures of a size that serves nobody."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from blogforge.errors import Location, Problem
from blogforge.pages.assets import files_below

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from blogforge.check.proof import Proof

_HEAVY = 5_000_000  # bytes
_WIDE = 6000  # pixels
# https://developers.google.com/search/docs/appearance/google-discover#make-content-appear
_CARD = 1200  # pixels
_MEDIA = (".avif", ".gif", ".heic", ".jpeg", ".jpg", ".mp3", ".mp4", ".png", ".webm", ".webp")
_TEXTS = (".css", ".html", ".js", ".json", ".md", ".py", ".svg", ".txt", ".xml", ".yaml", ".yml")
_NAME = re.compile(r"[^\s\"'()<>\[\]{},|=#?&]+\.\w+")


def unused(proof: Proof) -> Iterator[Problem]:
    """A file beside posts, or a picture or sound in static/, whose name stands nowhere."""
    candidates = {path: PurePosixPath(path).name for path in _unpublished(proof)}
    named = _names(proof.root) if candidates else frozenset()
    for path, name in candidates.items():
        if named.isdisjoint((name, quote(name))):
            message = f"nobody uses this file ({_size(proof.root / path)})"
            yield Problem(message, Location(path), "take it away, or show it", level="warning")


def _unpublished(proof: Proof) -> Iterator[str]:
    """Files that nothing published shows by their path."""
    edition = proof.edition
    shown = {picture.name for picture in edition.site.pictures.values()}
    for path in edition.reading.media:
        if path not in edition.site.media and path not in shown:
            yield path
    for name in files_below(proof.root / "static"):
        if name.lower().endswith(_MEDIA) and f"static:{name}" not in shown:
            yield f"static/{name}"


def _names(root: Path) -> frozenset[str]:
    """The names of files that the site's texts have: posts, drafts, settings, templates, styles."""
    found: set[str] = set()
    folders = (root / name for name in ("posts", "pages", "data", "templates", "static"))
    texts = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    texts += [path for path in root.iterdir() if path.is_file()]
    for path in texts:
        if path.name.lower().endswith(_TEXTS):
            text = path.read_text(encoding="utf-8", errors="replace")
            found |= {address.rpartition("/")[2] for address in _NAME.findall(text)}
    return frozenset(found | {unquote(name) for name in found})


def large(proof: Proof) -> Iterator[Problem]:
    """A picture of more than 5 MB, or wider or higher than 6,000 pixels."""
    for picture in proof.edition.site.pictures.values():
        path = picture.name.replace("static:", "static/", 1)
        size = _bytes(proof.root / path)
        if size > _HEAVY or max(picture.width, picture.height) > _WIDE:
            shape = f"{picture.width} × {picture.height} pixels, {_size(proof.root / path)}"
            hint = "readers may ask for the file itself: 3,000 pixels are enough for any screen"
            yield Problem(f"the picture is large: {shape}", Location(path), hint, level="warning")


def small(proof: Proof) -> Iterator[Problem]:
    """A post's picture that is too narrow for cards of search engines and networks."""
    site = proof.edition.site
    for post in site.posts:
        picture = site.pictures.get(post.image.src) if post.image else None
        if picture and picture.renditions and picture.width < _CARD:
            message = f"the picture is {picture.width} pixels wide, and cards want {_CARD}"
            hint = "export it anew in full size; cards show a smaller one as a stamp or not at all"
            where = Location(post.path)
            yield Problem(message, where, hint, level="warning", key=("image",))


def _bytes(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _size(file: Path) -> str:
    size = _bytes(file)
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1)} kB"
