"""Stable content hashes: the same on every machine, run and Python."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

_DIGEST_BYTES = 16
_encoder = msgspec.json.Encoder()


def digest_bytes(data: bytes) -> str:
    """BLAKE2b of `data`, 128 bits, as 32 hexadecimal digits."""
    return blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def digest_value(value: object) -> str:
    """The digest of a value's JSON: structs, sequences, dates, mappings in their own order.

    That order counts, as a template may walk through a mapping. A set has none: sort it first.
    Raises TypeError for a value that JSON by msgspec cannot express.
    """
    return digest_bytes(_encoder.encode(value))
