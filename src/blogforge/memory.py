"""What a build remembers of the one before: the state's tables as the values of the stages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from blogforge.content.articles import parts_of
from blogforge.ledger import Entry, Ledger
from blogforge.model import Brief, Document, Post, Standalone
from blogforge.outcome import recall_tree
from blogforge.pages.traces import Traces
from blogforge.past import Memory
from blogforge.pictures.looks import Look
from blogforge.search.indexes import Index

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blogforge.edition import Edition
    from blogforge.options import Options
    from blogforge.output.listing import Listing
    from blogforge.output.state import State


_RANKED = "reworded since the ranking"
_SCOPES = "scopes"  # the names of those that are remembered, each a table of its own
_MANY = 20  # articles with other words than those that the remembered ranking is of


class Recalled(NamedTuple):
    """What an earlier build left."""

    memory: Memory
    traces: Traces
    tree: Listing
    indexes: Mapping[str, Index]


def recall(state: State, options: Options) -> Recalled:
    """Everything that the next build may use. Raises DamagedStateError."""
    known = {brief.path: brief for brief in state.table("briefs", list[Brief]) or []}
    posts = state.table("posts", list[Post]) or []
    standalones = state.table("standalones", list[Standalone]) or []
    memory = Memory(
        ledger=Ledger(state.table("ledger", list[Entry]) or (), trust=options.trust_mtime),
        shelf=state.shelf,
        put=state.put_parts,
        keep=partial(_keep, state, known),
        key=state.table("key", str) or "",
        documents={document.path: document for document in (*posts, *standalones)},
        briefs=known,
        ranking=state.blob("ranking") or b"",
        scopes={name: state.blob(_scope(name)) or b"" for name in _scopes(state)},
        looks=state.table("looks", dict[str, Look]) or {},
        compiled=state.folder / "templates",
        images=state.folder / "images",
    )
    traces = state.table("traces", Traces) or Traces()
    indexes = state.table("search", dict[str, Index]) or {}
    recalled = Recalled(memory, traces, recall_tree(state), indexes)
    state.release()
    return recalled


def recall_pages(state: State) -> dict[str, str]:
    """The digest of every file that the last build published, by path. Raises DamagedStateError."""
    traces = state.table("traces", Traces) or Traces()
    indexes = state.table("search", dict[str, Index]) or {}
    pages = {path: trace.bytes for path, trace in traces.pages.items()}
    return pages | {path: d for index in indexes.values() for path, d in index.files.items()}


def recall_documents(state: State) -> list[Document]:
    """The posts and pages that the last build read. Raises DamagedStateError."""
    posts = state.table("posts", list[Post]) or []
    return [*posts, *(state.table("standalones", list[Standalone]) or [])]


def _keep(state: State, known: Mapping[str, Brief], briefs: Mapping[str, Brief]) -> None:
    """Keep the articles that were put, whatever becomes of the build; forget those of the past."""
    if briefs != known:
        state.put("briefs", list(briefs.values()))
        gone = known.keys() - briefs.keys()
        state.drop_parts(name for path in gone for name in parts_of(path))
        state.commit()


def remember_contents(
    state: State, edition: Edition, memory: Memory, scopes: Mapping[str, bytes]
) -> None:
    """Put what was read of the sources, and how articles were ranked; `scopes` as asked for."""
    reading = edition.reading
    documents = {document.path: document for document in (*reading.posts, *reading.standalones)}
    if edition.key != memory.key or documents != memory.documents:
        state.put("key", edition.key)
        state.put("posts", reading.posts)
        state.put("standalones", reading.standalones)
    if edition.key != memory.key or edition.looks != memory.looks:
        state.put("looks", edition.looks)
    # A ranking of another corpus is as good, only less of a help, and it is large.
    newer = _reworded(edition.site.briefs, memory.briefs) + (state.table(_RANKED, int) or 0)
    much = not memory.ranking or newer >= _MANY
    if much:
        state.put_blob("ranking", edition.ranking())
        newer = 0
    state.put(_RANKED, newer)
    _remember_scopes(state, scopes, all_anew=much)


def _remember_scopes(state: State, memories: Mapping[str, bytes], *, all_anew: bool) -> None:
    """Put how the blocks of scopes were ranked; forget those of all others."""
    known = _scopes(state)
    for name, data in memories.items():
        if all_anew or name not in known:
            state.put_blob(_scope(name), data)
    state.drop([_scope(name) for name in known if name not in memories])
    if known != sorted(memories):
        state.put(_SCOPES, sorted(memories))


def _scopes(state: State) -> list[str]:
    return state.table(_SCOPES, list[str]) or []


def _scope(name: str) -> str:
    return f"ranking {name}"


def _reworded(briefs: Mapping[str, Brief], known: Mapping[str, Brief]) -> int:
    """How many articles have other words, are new or gone."""
    kept = sum(
        brief is known.get(path) or (path in known and brief.terms == known[path].terms)
        for path, brief in briefs.items()
    )
    return len(briefs) + len(known) - 2 * kept


def remember_traces(
    state: State, traces: Traces, ledger: Ledger, indexes: Mapping[str, Index]
) -> None:
    """Put how the pages of the tree were made, and the indexes that search looks into."""
    state.put("traces", traces)
    state.put("search", indexes)
    state.put("ledger", ledger.entries())
