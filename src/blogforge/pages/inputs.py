"""The named inputs of pages: what views read and traces record."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, cast, get_args

from blogforge.branches import branch_of, branches
from blogforge.digest import digest_bytes, digest_value
from blogforge.engine import engine_digest
from blogforge.ledger import Ledger
from blogforge.model import Body, Group, GroupKind, Post, Site, within
from blogforge.pages.assets import is_stylesheet
from blogforge.pages.fragments import Fragments
from blogforge.pages.marks import brand_of
from blogforge.pages.messages import Catalogues, Message
from blogforge.pictures.kept import Kept
from blogforge.site.groups import group_key, named_key
from blogforge.site.parts import part_of
from blogforge.site.scopes import Scope, Scopes
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from blogforge.images import Shared
    from blogforge.pages.theme import Theme
    from blogforge.posters.poster import Poster


_SCOPED = re.compile(r"(\d*:[^:]*):(.*)", re.DOTALL)  # a path begins with its folder
GONE = "gone"  # the digest of a name behind which nothing stands
_NO_THREAD = "no thread"
_NO_TRANSLATION = "no translation"
_NO_PICTURE = "no picture"
_LARGE = frozenset({"body"})  # not kept: few pages show the same one


def related_name(path: str, scope: Scope) -> str:
    """The name of a block "More from": `related:posts/a.md`, `related:8:africa:posts/a.md`."""
    return f"related:{path}" if scope == Scope() else f"related:{scope.name}:{path}"


def scope_of(key: str) -> tuple[Scope | None, str]:
    """What the name of a block says behind its kind: the scope (None: the usual) and the path."""
    found = _SCOPED.fullmatch(key)
    return (Scope.named(found[1]), found[2]) if found else (None, key)


def is_scoped(name: str) -> bool:
    """Whether a name is that of a block in a scope of its own."""
    return name.startswith("related:") and scope_of(name.removeprefix("related:"))[0] is not None


class Inputs:
    """Everything that a page may depend on, by name: `card:posts/a.md`, `latest:10`.

    One for a whole build; `plugins` are the digests of the site's plugins, and `ledger` has those
    of its files; `scopes` are the blocks "More from" beside the usual ones; `kept` has renditions
    of pictures. A name's digest is computed once, when somebody first asks for it.
    """

    def __init__(  # noqa: PLR0913  (four of them are options)
        self,
        site: Site,
        theme: Theme,
        root: Path,
        plugins: Sequence[str] = (),
        ledger: Ledger | None = None,
        *,
        scopes: Scopes | None = None,
        kept: Kept | None = None,
    ) -> None:
        self.site = site
        self.kept = kept or Kept()
        self.scopes = scopes or Scopes(site, None)
        self._root = root
        self._plugins = tuple(plugins)
        self._ledger = ledger or Ledger()
        self.theme = theme
        self.fragments = Fragments()
        self._catalogues = Catalogues(theme.text)
        self._documents = {document.path: document for document in site.documents}
        self._groups = {group.id: group for group in site.groups}
        self._branches = {branch.branch: branch for branch in branches(site.config)}
        self._posts: dict[str, tuple[Post, ...]] = {}
        self.known: dict[str, Any] = {}
        self._digests: dict[str, str] = {}
        self._readers = self._ways_to_values()
        self._shortcuts = self._ways_to_digests()

    def _ways_to_values(self) -> dict[str, Callable[[str], Any]]:
        """What stands behind a name, by its kind."""
        site, theme = self.site, self.theme
        return {
            "config": self._setting,
            "branches": lambda _: tuple((c.language, c.home) for c in self._branches.values()),
            "card": site.cards.__getitem__,
            "body": lambda key: Body.of(site.articles[key]),
            "post": self._documents.__getitem__,
            "author": site.authors.__getitem__,
            "group": self._groups.__getitem__,
            "groups": self._groups_of,
            "latest": self._latest,
            "members": self._members,
            "related": self._related,
            "thread": site.threads.get,
            "translations": lambda path: site.translations.get(path, ()),
            "data": self._data,
            "message": self._message,
            "image": site.pictures.get,
            "shared": self._shared,
            "poster": site.posters.get,
            "asset": theme.assets.url,
            "brand": lambda _: brand_of(site.config.theme, theme.assets),
            "file": self._file_digest,
            "template": theme.closure,
            "engine": lambda _: (engine_digest(), self._plugins),
            "authors": lambda key: tuple(site.authors[a] for a in site.bylines[key]),
            "portraits": lambda key: tuple(site.authors[a].image for a in site.bylines[key]),
            "tags": self._tags,
        }

    def _ways_to_digests(self) -> dict[str, Callable[[str], str]]:
        """Digests that follow from others, by the kind of their name; "" where they do not."""
        site = self.site
        return {
            "body": lambda key: site.briefs[key].body if key in site.briefs else "",
            "thread": lambda key: "" if key in site.threads else _NO_THREAD,
            "translations": lambda key: "" if key in site.translations else _NO_TRANSLATION,
            "image": lambda key: "" if key in site.pictures else _NO_PICTURE,
            "shared": lambda key: "" if key in site.pictures else _NO_PICTURE,
            "authors": lambda key: self._joined(f"author:{id_}" for id_ in site.bylines[key]),
            "tags": lambda key: self._joined(f"group:{id_}" for id_ in self._tag_ids(key)),
        }

    def __reduce__(self) -> tuple[Callable[..., Inputs], tuple[Any, ...]]:
        """What workers make the same inputs of."""
        made = partial(Inputs, scopes=self.scopes, kept=self.kept)
        return made, (self.site, self.theme, self._root, self._plugins)

    def of(self, site: Site) -> Inputs:
        """The inputs of the same site as another value of it has them."""
        plugins, ledger, kept = self._plugins, self._ledger, self.kept
        return Inputs(site, self.theme, self._root, plugins, ledger, scopes=self.scopes, kept=kept)

    def value(self, name: str) -> Any:
        """What stands behind `name`. Raises LookupError or AttributeError where nothing does."""
        if name in self.known:
            return self.known[name]
        kind, _, key = name.partition(":")
        value = self._readers[kind](key)
        if kind not in _LARGE:
            self.known[name] = value
        return value

    def digest(self, name: str) -> str:
        """The digest of what stands behind `name`; raises as `value` does."""
        if name not in self._digests:
            kind, _, key = name.partition(":")
            short = self._shortcuts.get(kind)
            self._digests[name] = (short and short(key)) or digest_value(self._readers[kind](key))
        return self._digests[name]

    def digests(self, names: Iterable[str]) -> list[str]:
        """The digest of each of `names`, GONE where nothing stands behind it."""
        return [self._digests.get(name) or self._today(name) for name in names]

    def _today(self, name: str) -> str:
        try:
            return self.digest(name)
        except (LookupError, AttributeError):
            return GONE

    def file_bytes(self, name: str) -> bytes:
        """The content of `static:NAME`, or of the file at a path of the site's folder."""
        origin, _, static = name.partition(":")
        if origin == "static" and static:
            return self.theme.assets.content(static)
        return (self._root / name).read_bytes()

    def drawn(self, poster: Poster) -> bytes:
        """A poster as a file: its fonts are those of its digests. Raises UnknownFontError."""
        files = self.theme.assets.files
        return self.kept.poster(poster, tuple((files[t.name], t.digest) for t in poster.typefaces))

    def _file_digest(self, name: str) -> str:
        origin, _, static = name.partition(":")
        if origin == "static" and static:
            assets = self.theme.assets
            if is_stylesheet(static):
                return assets.digest(static)
            return self._ledger.digest(name, assets.files[static])
        try:
            return self._ledger.digest(name, self._root / name)
        except FileNotFoundError as error:
            raise LookupError(f"there is no {name}") from error

    def _setting(self, key: str) -> Any:
        branch, _, name = key.rpartition("/")
        return getattr(self._branches[branch], name)

    def _latest(self, key: str) -> tuple[str, ...]:
        branch, _, limit = key.rpartition("/")
        if branch not in self._posts:
            self._posts[branch] = part_of(self.site, self._branches[branch]).posts
        return tuple(post.path for post in self._posts[branch][: int(limit)])

    def _message(self, key: str) -> Message:
        lang, _, text = key.partition(":")
        return self._catalogues.message(lang, text)

    def _data(self, name: str) -> Any:
        if name not in self.site.data:
            hint = did_you_mean(name, self.site.data)
            raise LookupError(f"there is no data/{name}.yaml" + (f": {hint}" if hint else ""))
        return self.site.data[name]

    def _groups_of(self, key: str) -> tuple[Group, ...]:
        branch, _, kind = key.rpartition("/")
        if kind not in get_args(GroupKind):
            known = ", ".join(get_args(GroupKind))
            raise LookupError(f"there are no groups of the kind '{kind}': the kinds are {known}")
        return tuple(g for g in self.site.groups if (g.kind, g.branch) == (kind, branch))

    def _related(self, key: str) -> tuple[str, ...]:
        scope, path = scope_of(key)
        return self.scopes.block(path, scope) if scope else self.site.related.get(path, ())

    def _members(self, key: str) -> tuple[str, ...]:
        group, _, limit = key.rpartition(":")
        if group not in self.site.members:  # by the name that it is given, perhaps
            kind, _, place = group.partition(":")
            branch, _, name = place.rpartition("/")
            known = named_key(cast("GroupKind", kind), name, self._branches[branch])
            group = f"{kind}:{within(branch, known)}"
        return self.site.members.get(group, ())[: int(limit)]

    def _shared(self, url: str) -> Shared | None:
        picture = self.site.pictures.get(url)
        return picture.for_others if picture else None

    def _tags(self, path: str) -> tuple[Group, ...]:
        return tuple(self._groups[id_] for id_ in self._tag_ids(path))

    def _tag_ids(self, path: str) -> list[str]:
        """The tags of a post that have a page; an unlisted post may be the only one of its tag."""
        document = self._documents[path]
        branch = branch_of(document.lang, self.site.config)
        tags = getattr(document, "tags", ())
        ids = dict.fromkeys([f"tag:{within(branch, group_key(tag))}" for tag in tags])
        return [id_ for id_ in ids if id_ in self._groups]

    def _joined(self, names: Iterable[str]) -> str:
        """The digest of several inputs in their order."""
        return digest_bytes(",".join(map(self.digest, names)).encode())
