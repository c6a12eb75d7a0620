"""The media library of a WordPress site: what its posts name by number."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from blogforge.importers import pieces
from blogforge.importers.names import host_of, path_of
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

_PICTURE = re.compile(r"\.(jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)$", re.IGNORECASE)
_SIZE = re.compile(r"(-\d+x\d+|-scaled|-rotated|-e\d{10,})+(?=\.\w+$)")


class Attachment(Value, frozen=True, kw_only=True):
    """A file of the library. `caption` is HTML; `file` its path below the folder of uploads."""

    id: str
    address: str
    page: str = ""
    file: str = ""
    title: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    parent: str = ""
    order: int = 0

    @property
    def shown(self) -> bool:
        """Whether it is a picture."""
        return is_picture(path_of(self.address))

    def figure(self) -> str:
        """The picture with its caption and credit, as HTML."""
        credit = f'<small class="credit">{escape(self.credit)}</small>' if self.credit else ""
        caption = " ".join(part for part in (self.caption, credit) if part)
        return pieces.figure(pieces.image(self.address, self.alt), caption)


class Library:
    """Attachments by number, by the post that they were uploaded to, and by address."""

    def __init__(self, attachments: Iterable[Attachment] = ()) -> None:
        self.by_id = {each.id: each for each in attachments}
        self._by_address = {plain(each.address): each for each in self.by_id.values()}
        self._children: dict[str, list[Attachment]] = {}
        for each in self.by_id.values():
            self._children.setdefault(each.parent, []).append(each)

    def named(self, numbers: str) -> list[Attachment]:
        """Those whose numbers stand in `numbers`, in that order."""
        return [self.by_id[id_] for id_ in re.findall(r"\d+", numbers) if id_ in self.by_id]

    def uploaded_to(self, post: str) -> list[Attachment]:
        """Those of a post, in the order that its author gave them."""
        return sorted(self._children.get(post, ()), key=lambda each: (each.order, int(each.id)))

    def at(self, address: str) -> Attachment | None:
        """The one at `address`, of whatever size."""
        return self._by_address.get(plain(address))


def is_picture(path: str) -> bool:
    """Whether the file at `path` is a picture, by its name."""
    return _PICTURE.search(path) is not None


def plain(address: str) -> str:
    """What the addresses of one picture in all its sizes have in common."""
    host = host_of(address.strip()).removeprefix("www.")
    return whole_name(f"{host}{path_of(address.strip())}").lower()


def whole_name(address: str) -> str:
    """The address of the picture of which the one at `address` is a smaller copy."""
    return _SIZE.sub("", address)
