"""Posts by the names that authors give them: a path, any end of it, or a slug."""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NoReturn

from blogforge.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blogforge.model import Document


class Names:
    """The posts that a name may mean; `slugs` has the slug of each, "" where it has none.

    A name is a path, any end of it ("mali.md", "2012/mali"), the same without ".md", the folder of
    an index.md, or a slug. Hardly any name is ever asked for, so none is spelt out before.
    """

    def __init__(self, slugs: Mapping[str, str]) -> None:
        self._keys = {path: _key(path) for path in slugs}
        self._ends: dict[str, list[str]] = defaultdict(list)
        self._slugs: dict[str, list[str]] = defaultdict(list)
        for path, slug in slugs.items():
            self._ends[_last(self._keys[path])].append(path)
            if slug:
                self._slugs[_key(slug)].append(path)

    @classmethod
    def of(cls, posts: Iterable[Document]) -> Names:
        """The names of `posts`."""
        return cls({post.path: post.slug for post in posts})

    def __getitem__(self, spelling: str) -> frozenset[str]:
        """The paths of the posts that `spelling` names; a whole path means only itself."""
        name = _key(spelling)
        alike = self._ends.get(_last(name), [])
        for path in reversed(alike):
            if self._keys[path] == name:
                return frozenset({path})
        ends = (path for path in alike if self._keys[path].endswith(f"/{name}"))
        return frozenset((*ends, *self._slugs.get(name, ())))

    def one(self, spelling: str) -> str:
        """The path of the post that `spelling` names; "" where it names none.

        Raises ConfigError where it names several.
        """
        paths = sorted(self[spelling])
        if len(paths) > 1:
            hint = f"write one of {', '.join(paths)}"
            raise ConfigError.of(f"'{spelling}' names {len(paths)} posts", hint=hint)
        return paths[0] if paths else ""

    def refuse(self, spelling: str) -> NoReturn:
        """Raise ConfigError: `spelling` names no published post."""
        hint = self.hint(spelling) or "write the file name, path or slug of a published post"
        raise ConfigError.of(f"'{spelling}' names no published post", hint=hint)

    def hint(self, spelling: str) -> str:
        """The suggestion of a name that resembles `spelling`, an address perhaps, or ""."""
        names = {name.casefold(): name for name in sorted(self._every(), reverse=True)}
        wanted = _key(spelling.casefold())
        close = difflib.get_close_matches(wanted, names, n=1, cutoff=0.7)
        found = names.get(_last(wanted)) or (names[close[0]] if close else "")
        return f"did you mean '{found}'?" if found else ""

    def _every(self) -> Iterator[str]:
        """Every name of every post."""
        yield from self._slugs
        for key in self._keys.values():
            parts = key.split("/")
            yield from ("/".join(parts[first:]) for first in range(len(parts)))


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _key(spelling: str) -> str:
    """A spelling without what does not tell posts apart."""
    name = unicodedata.normalize("NFC", spelling.strip()).removeprefix("./").strip("/")
    return name.removesuffix(".md").removesuffix("/index")
