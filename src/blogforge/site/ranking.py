"""All blocks of a corpus, from nothing or from what they were before an edit.

What a block depends on is followed backwards. An edit changes how many posts have a word; where
that crosses a power of two, the word's weight changes, and the vectors of posts that have it. A
post whose vector changed, or that entered or left the list of a word's strongest posts, may enter
or leave pools: those it was in, and those where its score now reaches the least one. What a post
links to speaks for these in the pools that it is in, and so does a post that they changed in turn.
Everything else is as it was, so that what comes out is what would come out from nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from blogforge.digest import digest_value
from blogforge.site.arrivals import entering
from blogforge.site.bags import NOTHING, Bags, gather, merge, places_among
from blogforge.site.candidates import Index, pools
from blogforge.site.citations import links_between
from blogforge.site.filling import Filler
from blogforge.site.rows import listing, wishes
from blogforge.site.selection import choose
from blogforge.site.similarity import QUERY, WIDTH, Vectors, postings, rarity, vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from blogforge.site.bags import Places
    from blogforge.site.corpus import Corpus, Shape
    from blogforge.site.rows import Listing, Wishes
    from blogforge.site.similarity import Flags, Levels, Postings, Scores

_MANY = 0.1  # where a larger share of the posts is touched, all blocks are chosen afresh
_NOBODY, _GONE = -1, -2  # instead of a row
_NO_KEY = np.uint64(2**64 - 1)  # that of no word, since no language has it


@dataclass(slots=True)
class State:
    """A corpus and its blocks.

    Each row has a version, which says what its words depend on, and a mark of what else of the
    post counts; of some the editor asks something. `members` of pools and `blocks` are rows;
    `floors` are those of the pools; a block that is `filled` has more than pins and posts alike.
    """

    versions: list[str]
    marks: list[str]
    asked: dict[int, str]
    bags: Bags
    levels: Levels
    found: Vectors
    known: Flags
    linked: NDArray[np.uint64]
    neighbours: Places
    floors: Scores
    blocks: Places
    filled: Flags


def blank(rows: int, shape: Shape, words: int = 0) -> State:
    """A state where nothing is known."""
    return State(
        versions=[""] * rows,
        marks=[""] * rows,
        asked={},
        bags=NOTHING,
        levels=np.full(words, -1),
        found=Vectors(
            words,
            np.full((rows, WIDTH), -1, np.int32),
            np.zeros((rows, WIDTH), np.float32),
        ),
        known=np.zeros((rows, WIDTH), np.bool_),
        linked=np.zeros(rows, np.uint64),
        neighbours=np.full((rows, shape.size), _NOBODY),
        floors=np.zeros(rows),
        blocks=np.full((rows, shape.limit), _NOBODY),
        filled=np.zeros(rows, np.bool_),
    )


def index_of(corpus: Corpus, shape: Shape) -> Index:
    """What choosing among the posts of `corpus` looks at."""
    rows = listing(corpus)
    wanted = wishes(corpus, rows, shape.limit)
    bags = gather([corpus.terms[path] for path in rows.paths], rows.languages)
    levels = rarity(bags, rows.languages, rows.listed)
    found = vectors(bags, levels, np.arange(len(rows.paths)))
    lists = postings(found, rows.listed, np.ones(found.words + 1, np.bool_))
    links = links_between(corpus, rows)
    return Index(rows, wanted, shape, bags, found, lists, links)


def refreshed(corpus: Corpus, shape: Shape, old: State) -> tuple[Listing, State]:
    """The rows and the state of `corpus`, made from an earlier state of the same shape.

    `corpus.terms` is asked for posts of a version that `old` has not.
    """
    rows = listing(corpus)
    wanted = wishes(corpus, rows, shape.limit)
    versions = _versions(corpus, rows)
    before = _rows_before(versions, rows.marks, old)
    bags = _bags(corpus, rows, versions, before, old)
    levels = rarity(bags, rows.languages, rows.listed)
    state, gone = _carried(old, before, bags, shape)
    dirty = before == _NOBODY
    if not dirty.all():
        dirty |= bags.rows_with(levels != state.levels)
    found, moved, words = _vectors(bags, levels, state.found, dirty)
    words |= gone  # whose lists may be others than they were
    lists, links = postings(found, rows.listed, words), links_between(corpus, rows)
    known = _known(state.known, lists, words.take(found.ids))
    index = Index(rows, wanted, shape, bags, found, lists, links)
    touched = moved | (known != state.known).any(axis=1)
    asked = _asked(corpus, rows, wanted)
    state.asked = {row: old.asked[b] for row, b in enumerate(before.tolist()) if b in old.asked}
    stale: Flags = moved | state.filled | _differing(asked, state.asked, len(before))
    if touched.sum() > _MANY * len(touched):
        stale[:] = True
    else:
        linking = (links.versions != state.linked) | links.leading_to(moved)
        stale |= _meets(state.neighbours, touched | linking) | _meets(state.blocks, touched)
        stale |= entering(index, known, touched, state.floors, stale)
    state.versions, state.marks, state.asked = versions, rows.marks, asked
    state.bags, state.levels, state.found = bags, levels, found
    state.known, state.linked = known, links.versions
    sought = found.words_of(stale, QUERY)
    if (sought & ~words).any():  # stale posts look at lists that the edit left alone
        index = replace(index, lists=postings(found, rows.listed, sought))
    _choose(index, np.flatnonzero(stale), state)
    return rows, state


# ---------------------------------------------------------------- before and after


def _versions(corpus: Corpus, rows: Listing) -> list[str]:
    """For each row what its words depend on; nothing where that is not known."""
    given = map(corpus.versions.get, rows.paths, repeat(""))
    languages = rows.languages.tolist()
    return [version and f"{version} {tag}" for version, tag in zip(given, languages, strict=True)]


def _rows_before(versions: Sequence[str], marks: Sequence[str], old: State) -> Places:
    """For each row, which one of the old state is the very same post; else nobody."""
    rows = dict(zip(old.marks, range(len(old.marks)), strict=True))
    before = np.array([*map(rows.get, marks, repeat(_NOBODY))], np.intp)
    now, then = (
        np.array(versions, object),
        np.array([*old.versions, ""], object),
    )  # nobody's is last
    return np.where((now == then.take(before, mode="wrap")) & (now != ""), before, _NOBODY)


def _bags(
    corpus: Corpus, rows: Listing, versions: Sequence[str], before: Places, old: State
) -> Bags:
    """The words of all rows; those of a known version from the old state."""
    kept = {version: row for row, version in enumerate(old.versions) if version}
    sources = before.copy()
    for row in np.flatnonzero(before == _NOBODY).tolist():
        sources[row] = kept.get(versions[row], _NOBODY)
    unknown = np.flatnonzero(sources == _NOBODY)
    sources[unknown] = len(old.versions) + np.arange(len(unknown))
    terms = [corpus.terms[rows.paths[row]] for row in unknown.tolist()]
    return merge(old.bags, gather(terms, rows.languages[unknown]), sources)


def _carried(old: State, before: Places, bags: Bags, shape: Shape) -> tuple[State, Flags]:
    """What the old state knows of the rows and words of the new one, and which words it lost."""
    after = np.full(len(old.marks) + 2, _GONE)  # the last two are for _GONE and _NOBODY
    after[_NOBODY] = _NOBODY
    kept = np.flatnonzero(before != _NOBODY)
    after[before[kept]] = kept
    numbers = places_among(bags.keys, old.bags.keys)
    there = np.flatnonzero(np.append(bags.keys, _NO_KEY).take(numbers) == old.bags.keys)
    state = blank(len(before), shape, len(bags.keys))
    state.levels[numbers[there]] = old.levels[there]
    padded = np.append(numbers, np.int32(len(bags.keys)))
    source = before[kept]
    state.found.ids[kept] = padded.take(old.found.ids[source])
    state.found.weights[kept] = old.found.weights[source]
    state.known[kept] = old.known[source]
    state.linked[kept] = old.linked[source]
    state.neighbours[kept] = after.take(old.neighbours[source], mode="wrap")
    state.floors[kept] = old.floors[source]
    state.blocks[kept] = after.take(old.blocks[source], mode="wrap")
    state.filled[kept] = old.filled[source]
    lost = np.zeros(len(bags.keys) + 1, np.bool_)
    lost[padded.take(np.delete(old.found.ids, source, axis=0))] = True
    return state, lost


def _vectors(
    bags: Bags, levels: Levels, old: Vectors, dirty: Flags
) -> tuple[Vectors, Flags, Flags]:
    """The vectors of all rows, which differ from the old ones, and the words of these and those.

    Only `dirty` ones may differ.
    """
    rows = np.flatnonzero(dirty)
    new = vectors(bags, levels, rows)
    same = (new.ids == old.ids[rows]) & (new.weights == old.weights[rows])
    moved = np.zeros(len(dirty), np.bool_)
    moved[rows] = ~same.all(axis=1)
    words = old.words_of(moved)
    old.ids[rows], old.weights[rows] = new.ids, new.weights
    return old, moved, words | old.words_of(moved)


def _known(before: Flags, lists: Postings, asked: Flags) -> Flags:
    """Which places of the vectors are in the lists of their words; the same where not `asked`."""
    known = before & ~asked
    known.ravel()[lists.cells] = True
    return known


def _asked(corpus: Corpus, rows: Listing, wanted: Wishes) -> dict[int, str]:
    """What the editor and the page ask of a block, by row, where it is anything."""
    asked = {}
    for row in {*wanted.barred, *wanted.blockless, *wanted.pins}:
        pins = [rows.paths[pin] for pin in wanted.pins.get(row, ())]
        barred = sorted(rows.paths[other] for other in wanted.barred.get(row, ()))
        asked[row] = digest_value((pins, barred, row in wanted.blockless))
    return asked


def _differing(new: dict[int, str], old: dict[int, str], rows: int) -> Flags:
    """The rows where two dictionaries differ."""
    flags = np.zeros(rows, np.bool_)
    flags[[row for row in {*new, *old} if new.get(row) != old.get(row)]] = True
    return flags


def _meets(members: Places, touched: Flags) -> Flags:
    """Which rows have a member that is touched, or gone."""
    flags = np.concatenate([touched, np.array([True, False])])  # _GONE and _NOBODY
    found: Flags = flags.take(members, mode="wrap").max(axis=1)
    return found


# ---------------------------------------------------------------- choosing


def _choose(index: Index, stale: Places, state: State) -> None:
    """Choose the blocks of the stale rows anew."""
    hidden = np.isin(stale, list(index.wanted.blockless))
    state.neighbours[stale[hidden]], state.blocks[stale[hidden]] = _NOBODY, _NOBODY
    state.floors[stale[hidden]], state.filled[stale[hidden]] = np.inf, False
    filler = Filler(index)
    for pool in pools(index, stale[~hidden]):
        choice = choose(index, pool)
        short = choice.picks[:, -1] == _NOBODY
        filler.look_deeper(pool.subjects[short], pool.members[short])
        for place in np.flatnonzero(short).tolist():
            picks = _rows(choice.picks[place])
            picks += filler.fill(int(pool.subjects[place]), picks, _rows(pool.members[place]))
            choice.picks[place, : len(picks)] = picks
        state.neighbours[pool.subjects] = pool.neighbours
        state.floors[pool.subjects] = pool.floors
        state.blocks[pool.subjects] = choice.picks
        state.filled[pool.subjects] = short


def _rows(places: Places) -> list[int]:
    """Those of `places` that are somebody."""
    return [row for row in places.tolist() if row != _NOBODY]
