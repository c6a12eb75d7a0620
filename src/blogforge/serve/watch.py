"""What changes among the author's files, told as it happens.

The folders of sources are watched with all that is in them, the site's folder for itself alone: the
published tree, which may be large, is nobody's source.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from watchfiles._rust_notify import RustNotify

_WRITTEN = frozenset({"posts", "pages", "data"})  # names in these are read as content.find says
_FOLDERS = _WRITTEN | {"templates", "static"}
_FILES = frozenset({"blogforge.yaml", "authors.yaml", "entities.yaml"})
_WELL_KNOWN = ".well-known"
_STEP = 10  # milliseconds without a change, until what changed is told
_LONGEST = 200  # milliseconds for which changes are gathered while they go on
_POLL = 300  # milliseconds between two looks, where the system does not tell
_PATIENCE = 1000  # milliseconds until a thread looks whether it is to end


class Watch:
    """Watches the site in `root` from its making on.

    `polling`: look again and again rather than ask the system; where that gives up, `say` tells so.
    Raises OSError where the folder cannot be watched in any way.
    """

    def __init__(self, root: Path, say: Callable[[str], None], *, polling: bool = False) -> None:
        root = root.resolve()
        self._root = f"{root}/"
        self._ended = threading.Event()
        self._below = _Notifier(partial(_folders, root), say, recursive=True, polling=polling)
        polling = self._below.polling  # which has said so already
        self._top = _Notifier(lambda: [str(root)], say, recursive=False, polling=polling)

    def begin(self, changed: Callable[[set[str]], None]) -> None:
        """Call `changed`, in other threads, with the paths of sources that change.

        They are relative to the site's folder. What changed since the watch was made comes first.
        """
        for tell in (self._tell_below, self._tell_top):
            threading.Thread(target=tell, args=[changed], daemon=True).start()

    def end(self) -> None:
        """Tell nothing more."""
        self._ended.set()

    def _tell_below(self, changed: Callable[[set[str]], None]) -> None:
        for paths in self._below.changes(self._ended):
            if sources := self._sources(paths):
                changed(sources)

    def _tell_top(self, changed: Callable[[set[str]], None]) -> None:
        for paths in self._top.changes(self._ended):
            self._below.renew()
            if sources := self._sources(paths):
                changed(sources)

    def _sources(self, paths: set[str]) -> set[str]:
        return {
            path for path in (path.removeprefix(self._root) for path in paths) if _is_source(path)
        }


class _Notifier:
    """The system's word, or a poll's, on what changes in the folders that `folders` names."""

    def __init__(
        self,
        folders: Callable[[], list[str]],
        say: Callable[[str], None],
        *,
        recursive: bool,
        polling: bool,
    ) -> None:
        self._folders = folders
        self._say = say
        self._recursive = recursive
        self.polling = polling
        self._watched: list[str] = []
        self._rust = self._made()

    def changes(self, ended: threading.Event) -> Iterator[set[str]]:
        """The paths that changed, time after time.

        A poll tells times apart by the second, so that it may not see the later of two changes:
        what changed is told again a second after.
        """
        again: set[str] = set()
        while not ended.is_set():
            rust = self._rust
            try:
                found = rust.watch(_LONGEST, _STEP, _PATIENCE, ended)
            except (OSError, RuntimeError) as error:
                if rust is self._rust:  # else it was closed for another
                    self._poll(error)
                    yield set(self._watched)  # anything in them may have changed meanwhile
                continue
            changed = {path for _, path in found} if isinstance(found, set) else again
            again = changed if self.polling and isinstance(found, set) else set()
            if changed:
                yield changed

    def renew(self) -> None:
        """Watch the folders that there are now."""
        if self._folders() != self._watched:
            self._replace()

    def _replace(self) -> None:
        before, self._rust = self._rust, self._made()
        before.close()

    def _made(self) -> RustNotify:
        from watchfiles._rust_notify import RustNotify

        self._watched = self._folders()
        try:
            return RustNotify(
                self._watched,
                debug=False,
                force_polling=self.polling,
                poll_delay_ms=_POLL,
                recursive=self._recursive,
                ignore_permission_denied=False,  # which would ignore every other failure, too
            )
        except FileNotFoundError:  # it went since we looked
            return self._made()
        except (OSError, RuntimeError) as error:
            if self.polling:
                raise OSError(str(error)) from error
            self._tell_of_polling(error)
            return self._made()

    def _poll(self, error: Exception) -> None:
        if self.polling:
            raise OSError(str(error)) from error
        self._tell_of_polling(error)
        self._replace()

    def _tell_of_polling(self, error: Exception) -> None:
        self.polling = True
        reason = str(error).partition(" about ")[0]
        self._say(f"looking for changes every {_POLL} ms: the system does not tell them ({reason})")


def _folders(root: Path) -> list[str]:
    """The folders of sources, and those of plugins that are packages."""
    return [
        str(folder)
        for folder in sorted(root.iterdir())
        if folder.is_dir() and (folder.name in _FOLDERS or (folder / "__init__.py").is_file())
    ]


def _is_source(path: str) -> bool:
    """Whether a build reads the file at `path`, or may read what is in a folder there."""
    top, *names = path.split("/")
    if top in _WRITTEN:
        return not any(name.startswith((".", "_")) or name.endswith("~") for name in names)
    if any(name.startswith(".") and name != _WELL_KNOWN for name in (top, *names)):
        return False
    return top in _FOLDERS or path in _FILES or path.endswith(".py")  # a plugin may be any module
