"""The tree that is to be sent: what the last build published, and nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blogforge.errors import MachineError
from blogforge.memory import recall_documents, recall_pages
from blogforge.outcome import choices_of, recall_outcome, recall_tree
from blogforge.output.listing import altered
from blogforge.output.manifest import MANIFEST
from blogforge.output.state import DamagedStateError
from blogforge.urls import decode, output_path
from blogforge.value import Value

if TYPE_CHECKING:
    from blogforge.config import Config
    from blogforge.options import Options
    from blogforge.output.state import State

_AGAIN = "build again: leave out --no-build"
_SHOWN = 3


class Tree(Value, frozen=True, kw_only=True):
    """Files to be sent, in the folder `folder`.

    `files`: the digest of each, by path. `documents`: those that are articles and pages.
    `left`: files of the folder that blogforge did not write, which stay at home. `next_change_at`:
    when time alone will change what should be published.
    """

    folder: Path
    files: dict[str, str]
    documents: frozenset[str] = frozenset()
    left: tuple[str, ...] = ()
    next_change_at: datetime | None = None

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises MachineError."""
        try:
            return (self.folder / path).read_bytes()
        except OSError as error:
            raise MachineError.of(f"cannot read {self.folder / path}: {error.strerror}") from error

    def size(self, path: str) -> int:
        """How many bytes a file has; 0 where it has gone."""
        try:
            return (self.folder / path).stat().st_size
        except OSError:
            return 0


def built_tree(output: Path, state: State, config: Config, options: Options) -> Tree:
    """The tree in `output` as the last build left it; whoever calls holds the lock.

    Raises MachineError where there is none, where somebody has touched it since, or where it is of
    other choices or another time than `options` say: a draft must not get out by an old build.
    """
    try:
        outcome, listing = recall_outcome(state), recall_tree(state)
        pages, documents = recall_pages(state), recall_documents(state)
    except DamagedStateError as error:
        raise _refusal(output, "is of a build that nothing is known of") from error
    if outcome is None or not listing.files:
        raise _refusal(output, "is of a build that nothing is known of")
    if outcome.choices != choices_of(options):
        raise _refusal(output, _other_choices(outcome.choices))
    if outcome.now > options.moment():
        raise _refusal(output, f"was built as of {outcome.now:%Y-%m-%d %H:%M}, which is to come")
    if outcome.next_change_at and outcome.next_change_at <= options.moment():
        raise _refusal(
            output, f"has been out of date since {outcome.next_change_at:%Y-%m-%d %H:%M}"
        )
    if touched := altered(output, listing.files, listing.folders):
        shown = ", ".join(sorted(path or "." for path in touched)[:_SHOWN])
        raise _refusal(output, f"is not as the last build left it: {shown}")
    urls = (output_path(decode("/" + d.url.removeprefix(config.base_path))) for d in documents)
    return Tree(
        folder=output,
        files=pages,
        documents=frozenset(urls) & pages.keys(),
        left=tuple(sorted(listing.files.keys() - pages.keys() - {MANIFEST})),
        next_change_at=outcome.next_change_at,
    )


def _other_choices(choices: tuple[bool, bool]) -> str:
    drafts, future = choices
    given = [name for name, is_so in (("--drafts", drafts), ("--future", future)) if is_so]
    return (
        f"was built {'with ' + ' and '.join(given) if given else 'without --drafts and --future'}"
    )


def _refusal(output: Path, reason: str) -> MachineError:
    return MachineError.of(f"the tree in '{output}' {reason}; nothing was sent", hint=_AGAIN)
