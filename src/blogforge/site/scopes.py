"""More from, as templates ask for it: longer or shorter than the configuration's, of one section.

Such a block is ranked like the usual one, of all posts at once, when a page first asks for it. Of a
section the posts are those listed in it, and all others are what unlisted posts are to the site:
they have a block and appear in none.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec import structs

from blogforge.model import Value, within
from blogforge.site.groups import group_key
from blogforge.site.related import rank
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from blogforge.model import Site
    from blogforge.site.corpus import Corpus

    Blocks = Mapping[str, tuple[str, ...]]

MOST = 50  # posts in a block: more than that is a list


class Scope(Value, frozen=True, kw_only=True):
    """How many posts a block has (0: as many as usual), and of which section ("": of all)."""

    limit: int = 0
    section: str = ""

    @property
    def name(self) -> str:
        """`limit:section`, one for each scope."""
        return f"{self.limit or ''}:{self.section}"

    @classmethod
    def named(cls, name: str) -> Scope:
        """The scope of that name."""
        limit, _, section = name.partition(":")
        return cls(limit=int(limit or 0), section=section)


class Scopes:
    """The blocks of `site` in every scope.

    `corpus`: what they are made of; `sections`: names that posts give to theirs, whether these are
    published or not. `remembered`: by the name of a scope, what its ranking left behind earlier;
    `usual` makes what the usual one left now.
    """

    def __init__(
        self,
        site: Site,
        corpus: Corpus | None,
        sections: Iterable[str] = (),
        remembered: Mapping[str, bytes] | None = None,
        usual: Callable[[], bytes] = bytes,
    ) -> None:
        self._related: Blocks = site.related
        self._members = site.members
        self._settings = site.config.related
        self._corpus = corpus
        groups = [group for group in site.groups if group.kind == "section"]
        self._names = [*dict.fromkeys(chain((group.name for group in groups), sections))]
        self._sections = {group_key(name): group_key(name) for name in self._names if name}
        for group in groups:
            key = within(group.branch, group.key)
            self._sections |= {within(group.branch, group_key(group.name)): key, key: key}
        self.remembered = remembered or {}
        self._usual = usual
        self._found: dict[Scope, Blocks] = {}
        self.memories: dict[str, bytes] = {}

    def __getstate__(self) -> dict[str, object]:
        """For workers elsewhere, who know what has been ranked and cannot rank themselves."""
        return self.__dict__ | {
            "_corpus": None,
            "remembered": {},
            "_usual": bytes,
            "memories": {},
        }

    def section(self, name: str, branch: str = "") -> str:
        """The key of a section, unique in the site, by its name or key in a branch.

        Raises LookupError, in words, for none.
        """
        if not name:
            return ""
        key = group_key(name)
        own = within(branch, key)
        if own not in self._sections and key not in self._sections:
            hint = did_you_mean(name, (*self._sections, *self._names))
            raise LookupError(f"there is no section '{name}'" + (f": {hint}" if hint else ""))
        return self._sections.get(own, own)

    def block(self, path: str, scope: Scope) -> tuple[str, ...]:
        """The paths of a post's block in their order; none for a path that is no post's.

        Raises LookupError for a section that does not exist, and in a worker elsewhere for a scope
        that nobody has ranked for it.
        """
        usual = self._settings.limit
        if not scope.section and scope.limit <= usual:
            blocks = self._related
        else:
            blocks = self._blocks(structs.replace(scope, limit=max(scope.limit, usual)))
        return blocks.get(path, ())[: scope.limit or usual]

    def _blocks(self, scope: Scope) -> Blocks:
        if scope not in self._found:
            branch, _, name = scope.section.rpartition("/")
            section = self.section(name, branch)
            if self._corpus is None:
                raise LookupError(f"'{scope.name}' is not ranked here")
            settings = structs.replace(self._settings, limit=scope.limit)
            corpus = self._within(self._corpus, section)
            memory = self.remembered.get(scope.name) or self._usual()
            ranking = rank(corpus, settings, memory)
            self._found[scope] = ranking.blocks
            self.memories[scope.name] = ranking.memory()
        return self._found[scope]

    def _within(self, corpus: Corpus, section: str) -> Corpus:
        """What blocks of a section are made of."""
        if not section:
            return corpus
        members = frozenset(self._members.get(f"section:{section}", ()))
        others = (post for post in corpus.posts if post.path not in members)
        return structs.replace(
            corpus,
            posts=tuple(post for post in corpus.posts if post.path in members),
            unlisted=(*others, *corpus.unlisted),
        )
