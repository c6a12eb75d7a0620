"""The publication of `material` in a folder, the edits its authors make, and how editors save."""

from __future__ import annotations

import posixpath
import time
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from os import utime
from pathlib import Path
from typing import NamedTuple

from tests.exactness import material

EPOCH = datetime(2026, 3, 10, 12, tzinfo=UTC)


class Hand(StrEnum):
    """How a file is saved: the same file or a new one, and with which time of modification."""

    IN_PLACE = "in place"
    REPLACED = "replaced"
    TIME_KEPT = "in place, its time set back"
    REPLACED_TIME_KEPT = "replaced, its time set back"
    OLD = "with a time of 2001"
    NOW = "with the clock's time"
    TOMORROW = "with a time of tomorrow"


@dataclass
class Draft:
    """A post as its author has it."""

    path: str
    fields: dict[str, str]
    body: tuple[str, ...]


@dataclass
class Publication:
    """Everything that its authors decide; `files` and `images` by the variant of `material`."""

    posts: dict[str, Draft] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    @classmethod
    def begun(cls) -> Publication:
        """The one that every story begins with."""
        made = cls()
        for slot in material.SLOTS[:6]:
            made.posts[slot] = new_draft(slot)
        made.images["b"] = "chart"
        made.files = {path: texts[0] for path, texts in material.FILES.items() if texts[0]}
        made.settings = {key: given[0] for key, given in material.SETTINGS.items() if given[0]}
        return made

    def layout(self) -> dict[str, bytes]:
        """Every file of the site's folder, by path."""
        config = "".join(
            f"# {value}\n" if key == "#" else f"{key}: {value}\n"
            for key, value in self.settings.items()
        )
        found = {"blogforge.yaml": config, **self.files}
        images: dict[str, bytes] = {}
        for slot, draft in self.posts.items():
            found[draft.path] = self._text(slot)
            if slot in self.images:
                image = posixpath.join(posixpath.dirname(draft.path), "chart.png")
                images[image] = material.IMAGES[self.images[slot]]
        return {path: text.encode() for path, text in found.items()} | images

    def _text(self, slot: str) -> str:
        draft = self.posts[slot]
        paths = {other: material.PATHS[other] for other in material.SLOTS}
        paths |= {other: post.path for other, post in self.posts.items()}
        folder = posixpath.dirname(draft.path)
        names = {"slot": slot, **{f"root_{other}": path for other, path in paths.items()}}
        names |= {other: posixpath.relpath(path, folder) for other, path in paths.items()}
        front = [f"{key}: {value.format_map(names)}" for key, value in draft.fields.items()]
        body = [material.BODIES[part].format_map(names) for part in draft.body]
        return "\n".join(["---", *front, "---", "", "\n\n".join(body), ""])


def new_draft(slot: str) -> Draft:
    """The post of a slot as it is first written."""
    fields, body = material.DRAFTS[slot]
    title = {"title": f"Post {slot}", "date": f"2026-{material.DATES[slot]}"}
    return Draft(material.PATHS[slot], title | fields, body)


class Desk:
    """A publication and the folder where it is saved."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "site"
        self.root.mkdir()
        (self.root / "posts").mkdir()
        self.publication = Publication.begun()
        self.now = EPOCH
        self.drafts = False
        self.future = False
        self.saved: dict[str, bytes] = {}
        self.deceptive = False  # whether a file may have changed whose stamp has not
        self._stamps: dict[tuple[str, int, int, int], bytes] = {}
        self._ticks = 0

    def save(self, hand: Hand = Hand.IN_PLACE) -> None:
        """Bring the folder up to what the publication says."""
        wanted = self.publication.layout()
        for path in self.saved.keys() - wanted.keys():
            self._remove(path)
        for path, data in sorted(wanted.items()):
            if self.saved.get(path) != data:
                self._write(path, data, hand)
        self.saved = wanted

    def move(self, old: str, new: str) -> None:
        """Rename a file; its time of modification stays."""
        target = self.root / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(target)
        self.saved[new] = self.saved.pop(old)
        self._tidy((self.root / old).parent)
        self._note(new)

    def touch(self) -> None:
        """Give every file another time of modification."""
        for path in self.saved:
            self._set_time(self.root / path, self._tick())
            self._note(path)

    def keep(self) -> Publication:
        """The publication as it is now, to come back to."""
        return deepcopy(self.publication)

    def _remove(self, path: str) -> None:
        (self.root / path).unlink()
        self._tidy((self.root / path).parent)

    def _tidy(self, folder: Path) -> None:
        while folder.parent != self.root and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _write(self, path: str, data: bytes, hand: Hand) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.stat().st_mtime_ns if file.exists() else self._tick()
        if hand in {Hand.REPLACED, Hand.REPLACED_TIME_KEPT}:
            fresh = file.with_name(f".{file.name}.saving")
            fresh.write_bytes(data)
            fresh.replace(file)
        else:
            file.write_bytes(data)
        if hand in {Hand.TIME_KEPT, Hand.REPLACED_TIME_KEPT}:
            self._set_time(file, before)
        elif hand != Hand.NOW:
            self._set_time(file, self._time(hand))
        self._note(path, data)

    def _time(self, hand: Hand) -> int:
        if hand == Hand.OLD:
            return int(datetime(2001, 1, 1, tzinfo=UTC).timestamp()) * 10**9
        if hand == Hand.TOMORROW:
            return (int(time.time()) // 3600 * 3600 + 86400) * 10**9
        return self._tick()

    def _tick(self) -> int:
        """A time long ago that no file has had yet."""
        self._ticks += 1
        moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=self._ticks)
        return int(moment.timestamp()) * 10**9

    def _set_time(self, file: Path, moment: int) -> None:
        utime(file, ns=(moment, moment))

    def _note(self, path: str, data: bytes | None = None) -> None:
        """Remember which content bore which stamp; none but a careful build tells two apart."""
        status = (self.root / path).stat()
        data = self.saved[path] if data is None else data
        stamp = (path, status.st_size, status.st_mtime_ns, status.st_ino)
        known = self._stamps.setdefault(stamp, data)
        if known != data:
            self._stamps[stamp] = data
            # A time that has not come yet is never trusted, as nothing can be known to be older.
            self.deceptive |= status.st_mtime_ns < time.time_ns()


# ---------------------------------------------------------------- edits


class Set(NamedTuple):
    """A field of a post's front matter; None takes it away."""

    post: str
    key: str
    value: str | None

    def apply(self, desk: Desk) -> None:
        """Change the post, if there is one."""
        if draft := desk.publication.posts.get(self.post):
            _put(draft.fields, self.key, self.value)


class Write(NamedTuple):
    """Another body."""

    post: str
    body: tuple[str, ...]

    def apply(self, desk: Desk) -> None:
        """Change the post, if there is one."""
        if draft := desk.publication.posts.get(self.post):
            draft.body = self.body


class Add(NamedTuple):
    """A new post, or the old one as it began."""

    post: str

    def apply(self, desk: Desk) -> None:
        """Write it; where another post has its place, nothing happens."""
        others = {d.path for slot, d in desk.publication.posts.items() if slot != self.post}
        if material.PATHS[self.post] not in others:
            desk.publication.posts[self.post] = new_draft(self.post)


class Delete(NamedTuple):
    """A post that is taken away."""

    post: str

    def apply(self, desk: Desk) -> None:
        """Take it away, if there is one."""
        desk.publication.posts.pop(self.post, None)


class Rename(NamedTuple):
    """Another place for a post's file; what lies beside it is moved as well."""

    post: str
    name: str

    def apply(self, desk: Desk) -> None:
        """Move the file unless another is in its place."""
        draft = desk.publication.posts.get(self.post)
        new = self.name.format(slot=self.post, home=material.PATHS[self.post])
        if draft is None or new in desk.publication.layout():
            return
        desk.save()
        desk.move(draft.path, new)
        draft.path = new


class Swap(NamedTuple):
    """Two posts whose files change names with each other."""

    post: str
    other: str

    def apply(self, desk: Desk) -> None:
        """Move both files, if there are two."""
        posts = desk.publication.posts
        if self.post == self.other or not {self.post, self.other} <= posts.keys():
            return
        desk.save()
        one, two = posts[self.post], posts[self.other]
        desk.move(one.path, "posts/.between")
        desk.move(two.path, one.path)
        desk.move("posts/.between", two.path)
        one.path, two.path = two.path, one.path


class Picture(NamedTuple):
    """The image beside a post; None takes it away."""

    post: str
    data: str | None

    def apply(self, desk: Desk) -> None:
        """Lay it beside the post."""
        _put(desk.publication.images, self.post, self.data)


class Place(NamedTuple):
    """What stands in a file that is no post; None takes it away."""

    path: str
    text: str | None

    def apply(self, desk: Desk) -> None:
        """Write the file."""
        _put(desk.publication.files, self.path, self.text)

    def __repr__(self) -> str:
        texts = material.FILES.get(self.path, ())
        known = f"FILES[{self.path!r}][{texts.index(self.text)}]" if self.text in texts else None
        return f"Place({self.path!r}, {known or repr(self.text)})"


class Configure(NamedTuple):
    """A setting of blogforge.yaml; None takes it away."""

    key: str
    value: str | None

    def apply(self, desk: Desk) -> None:
        """Change the configuration."""
        _put(desk.publication.settings, self.key, self.value)


Edit = Set | Write | Add | Delete | Rename | Swap | Picture | Place | Configure


def _put(mapping: dict[str, str], key: str, value: str | None) -> None:
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value
