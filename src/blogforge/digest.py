"""Stable content hashes: the same on every machine, run and Python."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

_DIGEST_BYTES = 16
_encoder = msgspec.json.Encoder(order="deterministic")


def digest_bytes(data: bytes) -> str:
    """BLAKE2b of `data`, 128 bits, as 32 hexadecimal digits."""
    return blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def digest_value(value: object) -> str:
    """The digest of a value's canonical JSON: structs, mappings (by sorted key), sequences, dates.

    Raises TypeError for a value that JSON by msgspec cannot express.
    """
    return digest_bytes(_encoder.encode(value))
