"""Why related articles are what they are: in words, as a table and as JSON."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from blogforge.printing import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from blogforge.model import Site
    from blogforge.rationale import Rationale, Row, Term

MOST_TERMS = 6
LEAST_SHARE = 0.05  # of the cosine; what adds less is no reason
_WIDE = 120  # columns of a terminal where a candidate has a row of its own
_NUMBERS = ("score", "cosine", "links", "recency", "days")
_HEADS = ("place", *_NUMBERS, "path", "title", "why", "terms")
NOTE = (
    "score = (cosine + links) × recency (a half-life of {half_life:g} days). Links: what posts like"
    " this one link to. A term’s share is of the cosine; not named are terms below {least:.0%},"
    " stop words, and what many posts have."
)
NO_BLOCK = "has no block (related: false, or related.limit: 0)"


# ---------------------------------------------------------------- in words


def why(row: Row, rationale: Rationale) -> str:
    """What put a candidate into its place, or kept it out."""
    by_score = f"{ordinal(row.by_score)} by score" if row.by_score else ""
    match row.reason:
        case "alike":
            return f"{by_score}{_moved(row, rationale)}{_linked(row, rationale)}"
        case "duplicate":
            repeated = f"repeats {_named(row.like, rationale)} ({row.likeness:.2f} alike)"
            return f"{repeated}; too little else is left" if row.place else f"left out: {repeated}"
        case "newest":
            return "among the newest: too few are alike"
        case "other language":
            return "among the newest of other languages: too few are in this one"
        case "pinned" | "excluded":
            return f"{row.reason}; would be {by_score}" if by_score else row.reason
        case "shown on the page":
            shown = "left out: this page shows it elsewhere"
            return f"{shown}; would be {by_score}" if by_score else shown


def _moved(row: Row, rationale: Rationale) -> str:
    """What diversity did to a candidate that is alike."""
    like = f": {row.likeness:.2f} like {_named(row.like, rationale)}" if row.like else ""
    if not row.place:
        return f", left out{like}" if row.by_score <= rationale.limit else ""
    if row.place > row.by_score:
        return f", moved down{like}"
    return ", moved up: others repeat more" if row.place < row.by_score else ""


def _linked(row: Row, rationale: Rationale) -> str:
    """Which posts alike link to a candidate, the strongest first."""
    if not row.linking:
        return ""
    first, *others = row.linking
    more = f" and {len(others)} more" if others else ""
    return f"; linked from {_named(first, rationale)}{more}"


def _named(path: str, rationale: Rationale) -> str:
    """A post, by its place where it has one, else by its file."""
    if path == rationale.path:
        return "this post"
    place = next((row.place for row in rationale.block if row.path == path), 0)
    return f"no. {place}" if place else path.removesuffix("/index.md").rpartition("/")[2]


def reasons(row: Row) -> tuple[tuple[Term, int], ...]:
    """The strongest terms that two posts have in common and few others have, with their percent."""
    least = LEAST_SHARE * row.cosine
    found = (term for term in row.terms if term.share >= least and not term.common)
    return tuple((term, round(100 * term.share / row.cosine)) for term in islice(found, MOST_TERMS))


def factors(row: Row) -> str:
    """What a score is made of."""
    if not row.linked:
        return f"{row.cosine:.3f} × {row.recency:.2f}"
    return f"({row.cosine:.3f} + {row.linked:.3f}) × {row.recency:.2f}"


def ordinal(number: int) -> str:
    """1 -> 1st."""
    tail = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{tail or 'th'}"


def distance(days: float) -> str:
    """Days between two dates, as a reader says them."""
    number = round(abs(days))
    if not number:
        return "the same day"
    return f"{number} {'day' if number == 1 else 'days'} {'later' if days > 0 else 'earlier'}"


# ---------------------------------------------------------------- as text


def as_text(rationale: Rationale, *, explain: bool) -> str:
    """A post's block, and with `explain` a line for each candidate, in columns."""
    if not rationale.show:
        return f"{rationale.path} {NO_BLOCK}"
    if not explain:
        block = (f"  {row.place}. {row.title}  [{row.path}]" for row in rationale.block)
        return "\n".join([rationale.path, *block])
    lines = [_HEADS, *(_fields(row, rationale) for row in rationale.candidates)]
    return "\n".join([f"{rationale.path}: {rationale.title}", *_aligned(lines), note(rationale)])


def note(rationale: Rationale) -> str:
    """What the numbers are."""
    return NOTE.format(half_life=rationale.half_life, least=LEAST_SHARE)


def _fields(row: Row, rationale: Rationale) -> tuple[str, ...]:
    return (
        str(row.place or "-"),
        *_numbers(row),
        row.path,
        row.title,
        why(row, rationale),
        ", ".join(f"{term.words} {percent}%" for term, percent in reasons(row)) or "-",
    )


def _numbers(row: Row) -> tuple[str, ...]:
    """What stands under `_NUMBERS`."""
    made_of = (row.score, row.cosine, row.linked)
    return (*(f"{part:.3f}" for part in made_of), f"{row.recency:.2f}", f"{row.days:+.0f}")


def _aligned(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    from rich.cells import cell_len  # a Chinese character is as wide as two letters

    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        gaps = (width - cell_len(field) for field, width in zip(line, widths, strict=True))
        padded = (field + " " * gap for field, gap in zip(line, gaps, strict=True))
        yield "  ".join(padded).rstrip()


# ---------------------------------------------------------------- as a table


def as_table(rationale: Rationale, width: int) -> RenderableType:
    """The explanation for a terminal of `width` columns, to be printed by rich."""
    from rich.console import Group
    from rich.text import Text

    if not rationale.show:
        return Text(f"{rationale.path} {NO_BLOCK}")
    heading = Text.assemble((rationale.title, "bold"), "\n", (rationale.path, "dim"))
    table = (_wide if width >= _WIDE else _narrow)(rationale)
    return Group(heading, table, Text(note(rationale), "dim"))


def _table(*heads: tuple[str, str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    for name, side in heads:
        flexible = name in {"article", "why"}
        table.add_column(
            name,
            justify="right" if side == "right" else "left",
            no_wrap=not flexible,
            ratio=1 if flexible else None,
            overflow="fold",
        )
    return table


def _wide(rationale: Rationale) -> Table:
    numbers = ((name, "right") for name in _NUMBERS)
    table = _table(("", "right"), ("article", ""), *numbers, ("why", ""))
    for row in rationale.candidates:
        table.add_row(_place(row), _article(row), *_numbers(row), _because(row, rationale))
    return table


def _narrow(rationale: Rationale) -> Table:
    from rich.text import Text

    table = _table(("", "right"), ("article", ""), ("score", "right"))
    for row in rationale.candidates:
        numbers = f"\n{factors(row)}, {distance(row.days)}\n"
        article = Text.assemble(_article(row), numbers if row.score else "\n")
        table.add_row(_place(row), article + _because(row, rationale), f"{row.score:.3f}")
    return table


def _place(row: Row) -> Text:
    from rich.text import Text

    return Text(str(row.place), "bold green") if row.place else Text("–", "dim")


def _article(row: Row) -> Text:
    from rich.text import Text

    return Text.assemble((row.title, "bold" if row.place else ""), "\n", (row.path, "dim"))


def _because(row: Row, rationale: Rationale) -> Text:
    from rich.text import Text

    reason = Text(why(row, rationale), "yellow" if row.reason != "alike" else "")
    terms = [
        Text.assemble((term.words, "bold cyan" if term.name else "cyan"), f" {percent}%")
        for term, percent in reasons(row)
    ]
    return Text.assemble(reason, "\n" if terms else "", Text(", ").join(terms))


# ---------------------------------------------------------------- as JSON


def as_json(rationale: Rationale, site: Site, *, explain: bool) -> str:
    """The same as JSON, without `explain` the cards of the block alone; docs/cli.md: the keys."""
    value = rationale if explain else [site.cards[row.path] for row in rationale.block]
    return to_json(value)
