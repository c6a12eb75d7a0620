"""One edition after the other, each prepared with what the one before left."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from blogforge.edition import prepare
from blogforge.errors import MachineError
from blogforge.memory import recall, remember_contents
from blogforge.output.state import DamagedStateError, State
from blogforge.past import no_memory
from blogforge.pool import crew

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from blogforge.edition import Edition
    from blogforge.model import Brief
    from blogforge.options import Options
    from blogforge.past import Memory


class Editions:
    """Prepares the site in `root` again and again; what was made is kept in `folder`.

    Where nothing can be kept there, `say` tells so.
    """

    def __init__(
        self, root: Path, options: Options, folder: Path, say: Callable[[str], None]
    ) -> None:
        self._root = root
        self._options = options
        self._folder = folder
        self._keeps = True
        self._before: Edition | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with State(folder):
                pass
        except (OSError, MachineError) as error:
            self._keeps = False
            say(f"everything is made anew at each start: {error}")

    def next(self) -> Edition:
        """The edition of now. Raises ContentError, ConfigError or MachineError."""
        if not self._keeps:
            return self._prepared(no_memory())
        self._folder.mkdir(parents=True, exist_ok=True)  # somebody may tidy up meanwhile
        with State(self._folder) as state:
            try:
                return self._remembered(state)
            except DamagedStateError:
                state.forget(damaged=True)
                return self._remembered(state)

    def _remembered(self, state: State) -> Edition:
        memory = recall(state, self._options).memory
        if self._before:  # whose pages may have been looked at
            asked = self._before.inputs.scopes.memories
            memory = memory._replace(scopes={**memory.scopes, **asked})

        def keep(briefs: Mapping[str, Brief]) -> None:
            """Keep what the edition that is shown reads from, until there is another."""
            memory.keep({**memory.briefs, **briefs})

        edition = self._prepared(memory._replace(keep=keep))
        memory.keep(edition.site.briefs)
        state.put("ledger", memory.ledger.entries())
        remember_contents(state, edition, memory, memory.scopes)
        state.commit()
        self._before = edition
        return edition

    def _prepared(self, memory: Memory) -> Edition:
        with crew(self._options.jobs or os.cpu_count() or 1) as workers:
            return prepare(self._root, self._options, memory=memory, crew=workers)
