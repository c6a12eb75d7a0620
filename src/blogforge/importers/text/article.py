"""A copied text -> an article, each of its words in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.importers.text import (
    furniture,
    head,
    markdown,
    more,
    names,
    quotations,
    structure,
)
from blogforge.importers.text.cleaning import clean
from blogforge.importers.text.more import Entry
from blogforge.importers.text.paragraphs import paragraphs
from blogforge.importers.text.passages import Passage, Passages, Place
from blogforge.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

# Places from which nothing of the post is made, or a value instead of words.
_BESIDE: frozenset[Place] = frozenset(
    {"byline", "date", "updated", "address", "repeated", "furniture", "handle", "label",
     "entry note"}
)  # fmt: skip


class Bio(Value, frozen=True, kw_only=True):
    """What a text says of who wrote it."""

    name: str
    text: str
    handle: str = ""


class Caption(Value, frozen=True, kw_only=True):
    """What was said of a picture that the text has lost."""

    line: int
    caption: str = ""
    credit: str = ""


class Article(Value, frozen=True, kw_only=True):
    """What a text says, and of which passages it was made, in the text's order.

    `line` is the one on which the body begins; dates and addresses are "" where none is given.
    """

    passages: tuple[Passage, ...]
    title: str = ""
    kicker: str = ""
    dek: str = ""
    names: tuple[str, ...] = ()
    bios: tuple[Bio, ...] = ()
    date: str = ""
    updated: str = ""
    address: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    more: tuple[Entry, ...] = ()
    captions: tuple[Caption, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    body: str = ""
    line: int = 0
    mended: int = 0

    def beside(self) -> tuple[Passage, ...]:
        """The passages whose words are not in the post, as they stood, with what they are."""
        return tuple(p for p in self.passages if p.place in _BESIDE and p.text)


def article(text: str, authors: tuple[str, ...] = (), sections: Iterable[str] = ()) -> Article:
    """The article that `text` is; `authors` and `sections` are names that are known anyway."""
    plain, mended = clean(text)
    named = frozenset(section.casefold() for section in sections)
    passages = furniture.set_aside(furniture.divided(paragraphs(plain)))
    passages = head.with_title(passages, named)
    passages = more.with_lists(structure.with_corrections(passages))
    passages = structure.with_captions(head.with_dates(passages))
    passages = names.with_bylines(passages)
    signed = _names(passages)
    passages = names.with_bios(passages, (*authors, *signed))
    passages = head.without_repeats(names.with_bylines(passages))
    passages = structure.with_known_credits(structure.with_notes(passages))
    passages = quotations.with_quotations(passages)
    passages = structure.with_headings(structure.with_lists(passages))
    return _article(passages, mended)


def _article(passages: Passages, mended: int) -> Article:
    bios = _bios(passages)
    body = [passage for passage in passages if passage.place in markdown.BODY]
    return Article(
        passages=tuple(passages),
        title=_first(passages, "title"),
        kicker=_first(passages, "kicker"),
        dek=_first(passages, "dek"),
        names=_names(passages) or tuple(bio.name for bio in bios),
        bios=bios,
        date=_value(passages, "date"),
        updated=_value(passages, "updated"),
        address=_value(passages, "address"),
        section=_first(passages, "section"),
        tags=_tags(passages),
        more=more.entries(passages),
        captions=_captions(passages),
        corrections=tuple((p.value, p.text) for p in passages if p.place == "correction"),
        body=markdown.body(passages),
        line=body[0].line if body else 0,
        mended=mended,
    )


def _names(passages: Passages) -> tuple[str, ...]:
    """Who wrote it, spelled as the bio does where that says the same name."""
    spelled = {p.value.casefold(): p.value for p in passages if p.place == "bio"}
    signed = [name for p in passages if p.place == "byline" for name in p.value.split("\n")]
    known = [
        spelled.get(name.casefold(), name.title() if name.isupper() else name) for name in signed
    ]
    return tuple(dict.fromkeys(known))


def _tags(passages: Passages) -> tuple[str, ...]:
    named = (tag.strip() for p in passages if p.place == "tags" for tag in p.text.split(","))
    return tuple(filter(None, named))


def _bios(passages: Passages) -> tuple[Bio, ...]:
    found: dict[str, Bio] = {}
    name = ""
    for passage in passages:
        if passage.place not in {"bio", "handle"}:
            continue
        name = passage.value if passage.place == "bio" else name or next(iter(_names(passages)), "")
        known = found.get(name, Bio(name=name, text=""))
        if passage.place == "bio":
            handle = names.HANDLE.search(passage.text)
            text = f"{known.text} {passage.text}".strip()
            found[name] = Bio(
                name=name, text=text, handle=known.handle or (handle[0] if handle else "")
            )
        elif name:
            found[name] = Bio(name=name, text=known.text, handle=known.handle or passage.value)
    return tuple(found.values())


def _captions(passages: Passages) -> tuple[Caption, ...]:
    found: list[Caption] = []
    before: Passage | None = None
    for passage in passages:
        if passage.place == "caption":
            found.append(Caption(line=passage.line, caption=passage.text))
        elif passage.place == "credit":
            of_last = before is not None and before.place == "caption"
            caption = found.pop().caption if of_last else ""
            found.append(Caption(line=passage.line, caption=caption, credit=passage.text))
        before = passage
    return tuple(found)


def _first(passages: Passages, place: Place) -> str:
    return next((passage.text for passage in passages if passage.place == place), "")


def _value(passages: Passages, place: Place) -> str:
    return next((passage.value for passage in passages if passage.place == place), "")
