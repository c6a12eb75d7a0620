"""A ranking's state as bytes, and back: never pickled.

A checksum tells damage, the first bytes what was written by somebody else.
"""

from __future__ import annotations

import math
import zlib
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from blogforge.site.bags import Bags
from blogforge.site.ranking import State, blank
from blogforge.site.similarity import GRAIN, Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blogforge.site.corpus import Shape

    Array = NDArray[Any]

_MAGIC = b"blogforge related 4\n"  # the number changes with any rule of the ranking
_LENGTH = 4  # bytes of a checksum, and of the header's length
_ALIGNED = 8
_SMALL = np.dtype("<i4")  # rows are kept in half the space


class _Header(msgspec.Struct, frozen=True, kw_only=True):
    limit: int
    half_life: float
    versions: list[str]
    marks: list[str]
    asked: dict[int, str]
    arrays: list[tuple[str, tuple[int, ...]]]


def dump(state: State, shape: Shape) -> bytes:
    """A state as bytes."""
    arrays = [
        np.ascontiguousarray(array, array.dtype.newbyteorder("<")) for array in _arrays(state)
    ]
    header = msgspec.json.encode(
        _Header(
            limit=shape.limit,
            half_life=shape.half_life,
            versions=state.versions,
            marks=state.marks,
            asked=state.asked,
            arrays=[(array.dtype.str, array.shape) for array in arrays],
        )
    )
    header += b" " * (-(len(_MAGIC) + 2 * _LENGTH + len(header)) % _ALIGNED)
    parts: list[bytes | memoryview] = [len(header).to_bytes(_LENGTH, "little"), header]
    for array in arrays:
        parts += [array.data, bytes(-array.nbytes % _ALIGNED)]
    checksum = 0
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    return b"".join([_MAGIC, checksum.to_bytes(_LENGTH, "little"), *parts])


def load(data: bytes, shape: Shape) -> State:
    """The state that `dump` wrote for blocks of this shape; of another's, only the words."""
    start = len(_MAGIC) + _LENGTH
    body = memoryview(data)[start:]
    if data[:start] != _MAGIC + zlib.crc32(body).to_bytes(_LENGTH, "little"):
        return blank(0, shape)
    size = int.from_bytes(body[:_LENGTH], "little")
    header = msgspec.json.decode(body[_LENGTH : _LENGTH + size], type=_Header)
    arrays = []
    offset = start + _LENGTH + size
    for dtype, dimensions in header.arrays:
        array = np.frombuffer(data, dtype, math.prod(dimensions), offset).reshape(dimensions)
        arrays.append(array)
        offset += array.nbytes + -array.nbytes % _ALIGNED
    state = _state(header, arrays)
    same = (header.limit, header.half_life) == (shape.limit, shape.half_life)
    return state if same else _words(state, shape)


def _words(state: State, shape: Shape) -> State:
    """What a state knows of words, which is the same for blocks of any shape."""
    known = blank(0, shape, len(state.bags.keys))
    known.versions, known.bags = state.versions, state.bags
    return known


def _arrays(state: State) -> list[Array]:
    """The arrays of a state, as small as they can be."""
    bags, found = state.bags, state.found
    return [
        *(bags.keys, bags.sizes.astype(_SMALL), bags.ids, bags.counts),
        bags.frequencies.astype(_SMALL),
        state.levels.astype(np.int8),
        *(found.ids, (found.weights * GRAIN).astype(np.uint16), np.packbits(state.known, axis=1)),
        *(state.linked, state.neighbours.astype(_SMALL), state.floors),
        *(state.blocks.astype(_SMALL), state.filled),
    ]


def _state(header: _Header, arrays: list[Array]) -> State:
    """The state from its arrays in the order of `_arrays`."""
    keys, sizes, ids, counts, frequencies, levels, words, weights, known, *rest = arrays
    linked, neighbours, floors, blocks, filled = rest
    starts = np.concatenate([np.zeros(1, np.intp), np.cumsum(sizes, dtype=np.intp)])
    return State(
        versions=header.versions,
        marks=header.marks,
        asked=header.asked,
        bags=Bags(keys, starts, ids, counts, frequencies.astype(np.intp)),
        levels=levels.astype(np.int64),
        found=Vectors(len(keys), words, weights.astype(np.float32) / np.float32(GRAIN)),
        known=np.unpackbits(known, axis=1).astype(np.bool_),
        linked=linked,
        neighbours=neighbours.astype(np.intp),
        floors=floors,
        blocks=blocks.astype(np.intp),
        filled=filled,
    )
