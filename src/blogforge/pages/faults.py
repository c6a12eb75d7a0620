"""What goes wrong in a plugin's code, as problems located there."""

from __future__ import annotations

import traceback
from contextlib import contextmanager
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from blogforge.config import CONFIG_FILE
from blogforge.errors import BlogforgeError, ConfigError, ContentError, Location, Problem
from blogforge.model import Page
from blogforge.pages.render import maker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from blogforge.config import Config
    from blogforge.model import Site
    from blogforge.pages.plan import Planner
    from blogforge.pages.views import View

# Exiting, too: it would end the build as if it were done.
_FAILURES = (Exception, SystemExit)
_HINT = "define it at the top of the module; what it is to know goes into the page's subject"


class Faults:
    """Runs the code of the plugin `name` in `files`, and says where it failed."""

    def __init__(self, name: str, root: Path, files: frozenset[str]) -> None:
        self._name = name
        self._root = root
        self._files = files

    def planner(self, planner: Planner) -> Planner:
        """`planner`, raising ContentError where it fails or plans what is no page.

        The pages it plans do so too, as they are rendered.
        """

        def guarded(site: Site, config: Config) -> Iterable[Page]:
            with self.of_content():
                for page in planner(site, config):
                    if not isinstance(page, Page):
                        raise TypeError(f"a planner gives pages, not {type(page).__name__}")
                    if isinstance(page.render, str):
                        yield page
                    else:
                        self._refuse_nameless(page)
                        yield msgspec.structs.replace(page, render=_Renderer(page.render, self))

        return guarded

    def _refuse_nameless(self, page: Page) -> None:
        try:
            maker(page)
        except TypeError as error:
            message = f"the plugin '{self._name}' fails: {error}"
            raise ContentError([Problem(message, self._definition(page.render), _HINT)]) from None

    def _definition(self, function: object) -> Location:
        """Where a function of the plugin begins; the configuration for anything else."""
        code = getattr(getattr(function, "func", function), "__code__", None)
        if code is None or code.co_filename not in self._files:
            return Location(CONFIG_FILE)
        return Location(self._shown(code.co_filename), code.co_firstlineno)

    @contextmanager
    def of_configuration(self) -> Iterator[None]:
        """A context in which what fails becomes a ConfigError."""
        try:
            yield
        except BlogforgeError:
            raise
        except _FAILURES as error:
            raise ConfigError([self._problem(error)]) from error

    @contextmanager
    def of_content(self) -> Iterator[None]:
        """A context in which what fails becomes a ContentError."""
        try:
            yield
        except BlogforgeError:
            raise
        except _FAILURES as error:
            raise ContentError([self._problem(error)]) from error

    def _problem(self, error: BaseException) -> Problem:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        file, line, excerpt = self._where(error)
        return Problem(
            f"the plugin '{self._name}' fails: {said}", Location(file, line), excerpt=excerpt
        )

    def _where(self, error: BaseException) -> tuple[str, int, str]:
        """The plugin's file, line and text where `error` arose; the configuration's otherwise."""
        if isinstance(error, SyntaxError) and error.filename in self._files:
            return self._shown(error.filename), error.lineno or 0, (error.text or "").strip()
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename in self._files:
                return self._shown(frame.filename), frame.lineno or 0, frame.line or ""
        return CONFIG_FILE, 0, ""

    def _shown(self, file: str) -> str:
        path = Path(file)
        return path.relative_to(self._root).as_posix() if path.is_relative_to(self._root) else file


class _Renderer:
    """What renders a plugin's page, under the name of the plugin's own function."""

    def __init__(self, function: Callable[[Any, Page], bytes], faults: Faults) -> None:
        update_wrapper(self, function)
        self.__qualname__ = function.__qualname__
        self._function = function
        self._faults = faults

    def __call__(self, view: View, page: Page) -> bytes:
        with self._faults.of_content():
            made = self._function(view, page)
            if not isinstance(made, bytes):
                raise TypeError(f"{self.__qualname__} returns {type(made).__name__}, not bytes")
            return made
