"""What is noted of each document: what the rules find that need no other, and what others ask for.

Notes are a function of the document alone, made by workers, and kept beside the published tree,
where a build has made the folder for that, so that only what changed is read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from blogforge.check.likeness import sketch
from blogforge.check.referrals import Referral, referrals
from blogforge.check.rules import OF_DOCUMENTS
from blogforge.check.sheet import Sheet
from blogforge.digest import digest_value
from blogforge.errors import MachineError, Problem
from blogforge.output.single import write_file
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blogforge.config import Config
    from blogforge.edition import Edition
    from blogforge.model import Article, Document, Source
    from blogforge.pool import Crew

KEPT = "check.notes"  # the file's name
_WORTH_A_POOL = 100  # documents; below, starting processes takes longer than they save
_encode = msgspec.msgpack.encode


class Notes(Value, frozen=True, kw_only=True):
    """What is noted of a document. `key`: the digest of all that it was made from.

    `found` is by rule, `ids` are those of the body's elements, `sketch` is of its words.
    """

    key: str
    found: dict[str, tuple[Problem, ...]]
    referrals: tuple[Referral, ...] = ()
    ids: tuple[str, ...] = ()
    sketch: tuple[int, ...] = ()


_decode = msgspec.msgpack.Decoder(Notes).decode
_decode_all = msgspec.msgpack.Decoder(dict[str, Notes]).decode


def notes_of(edition: Edition, crew: Crew, kept: Path | None = None) -> Mapping[str, Notes]:
    """The notes of all documents of an edition, by path; `kept` is the file that has older ones."""
    before = _recalled(kept)
    keys = {document.path: _key(document, edition) for document in edition.site.documents}
    known = {path: notes for path, notes in before.items() if keys.get(path) == notes.key}
    stale = [document for document in edition.site.documents if document.path not in known]
    pile = _Pile(edition.reading.sources, edition.site.articles, edition.config)
    made = crew.local.map(_noted, pile, stale, worth=_WORTH_A_POOL)
    for document, data in zip(stale, made, strict=True):
        path = document.path
        known[path] = msgspec.structs.replace(_decode(data), key=keys[path])
    if kept and (stale or before.keys() != known.keys()):
        _remember(kept, known)
    return known


class _Pile(NamedTuple):
    """What documents are read with."""

    sources: Mapping[str, Source]
    articles: Mapping[str, Article]
    config: Config


def _noted(pile: _Pile, document: Document) -> bytes:
    """The notes of a document, as workers hand them over."""
    path = document.path
    sheet = Sheet(document, pile.sources[path], pile.articles[path], pile.config)
    notes = Notes(
        key="",
        found={name: found for name, find in OF_DOCUMENTS.items() if (found := tuple(find(sheet)))},
        referrals=tuple(referrals(sheet)),
        ids=tuple(_ids(sheet)),
        sketch=sketch(sheet.seen),
    )
    return _encode(notes)


def _ids(sheet: Sheet) -> dict[str, None]:
    """What a fragment may name. Source: https://html.spec.whatwg.org/#find-a-potential-indicated-element."""
    nodes = sheet.tree.css("[id], a[name]")
    found = (node.attributes.get("id") or node.attributes.get("name") for node in nodes)
    return dict.fromkeys(filter(None, found))


def _key(document: Document, edition: Edition) -> str:
    brief = edition.site.briefs[document.path]
    return digest_value((edition.key, document.digest, document.url, document.image, brief.body))


def _recalled(kept: Path | None) -> dict[str, Notes]:
    """What an earlier check has noted; nothing where that cannot be read."""
    try:
        return _decode_all(kept.read_bytes()) if kept else {}
    except (OSError, msgspec.MsgspecError):
        return {}


def _remember(kept: Path, notes: Mapping[str, Notes]) -> None:
    """Keep notes for the next time; where that is impossible, it only has more to do."""
    try:
        write_file(kept, _encode(notes))
    except MachineError:
        return
