"""What is known of templates from build to build: their bytecode, and what they refer to.

It only saves time. A file that is damaged, of another template or of other versions counts as none.
"""

from __future__ import annotations

import marshal
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from blogforge.digest import digest_bytes, digest_value
from blogforge.engine import engine_digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import jinja2
    from jinja2.bccache import Bucket

_GUARD = 32  # hexadecimal digits of a digest
_REFERENCES = "references"


class Guarded:
    """Files of a folder, each good only for the key under which it was written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str, key: object) -> bytes | None:
        """What was written as `name` under that `key`; None where that is not what is there."""
        with suppress(OSError):
            data = (self._folder / name).read_bytes()
            guard, content = data[:_GUARD], data[_GUARD:]
            return content if guard == _guard(key, content) else None
        return None

    def write(self, name: str, key: object, content: bytes) -> None:
        """Keep `content`, if the machine lets us."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / name).write_bytes(_guard(key, content) + content)


def _guard(key: object, content: bytes) -> bytes:
    return digest_value((engine_digest(), key, digest_bytes(content))).encode()


def bytecode_cache(folder: Path) -> jinja2.BytecodeCache:
    """Jinja's bytecode cache in `folder`."""
    from jinja2 import BytecodeCache

    files = Guarded(folder)

    class Bytecode(BytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            code = files.read(bucket.key, bucket.checksum)
            if code is not None:
                bucket.code = marshal.loads(code)  # its digest says that it is ours

        def dump_bytecode(self, bucket: Bucket) -> None:
            files.write(bucket.key, bucket.checksum, marshal.dumps(bucket.code))

    return Bytecode()


class References:
    """The names that templates refer to, by the digest of their source; None: a computed name."""

    def __init__(self, folder: Path | None) -> None:
        self._files = Guarded(folder) if folder else None
        content = self._files.read(_REFERENCES, None) if self._files else None
        self._known: dict[str, list[str | None]] = msgspec.json.decode(content) if content else {}
        self._new = False

    def of(self, digest: str, find: Callable[[], list[str | None]]) -> list[str | None]:
        """What the template of that `digest` refers to, as `find` says where it is not known."""
        if digest not in self._known:
            self._known[digest] = find()
            self._new = True
        return self._known[digest]

    def keep(self) -> None:
        """Write down what is new."""
        if self._new and self._files:
            self._files.write(_REFERENCES, None, msgspec.json.encode(self._known))
        self._new = False
