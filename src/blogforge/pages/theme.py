"""The theme: its templates, where they are found, and the Jinja environment; its static files."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogforge.digest import digest_bytes, digest_value
from blogforge.errors import ContentError, Location, Problem
from blogforge.install import default_theme
from blogforge.pages import blocks
from blogforge.pages.assets import Assets, files_below
from blogforge.pages.compiled import References, bytecode_cache
from blogforge.textfile import decode, read_bytes
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import jinja2

    from blogforge.config import Config
    from blogforge.pages.sandbox import Sandbox

_THEME = "theme"
_LABELS = "_labels.html"  # of earlier versions
_CATALOGUE = ".po"  # of messages, each of which is an input of its own
_NO_FILTER = re.compile(r"No filter named '(\w+)'")
_OF_VIEWS = "View."  # how Python calls the functions of templates


class Theme:
    """Templates and static files: the site's own before the default theme's, file by file.

    `filters` are those of plugins, beside blogforge's own. `compiled` is a folder that may keep
    what was compiled from build to build. A file is read once: what a page's trace says of a
    template is what the page was made by.
    """

    def __init__(
        self,
        root: Path,
        config: Config,
        filters: Mapping[str, Callable[..., Any]] | None = None,
        compiled: Path | None = None,
    ) -> None:
        self._filters = filters or {}
        self._folders = (root, default_theme())
        self.assets = Assets(self._folders, config)
        self._compiled = compiled
        self._references = References(compiled)
        self._sources: dict[str, tuple[str, str] | None] = {}
        self._has_files = True

    def __getstate__(self) -> dict[str, Any]:
        """The theme with all that rendering needs of its files, for workers that have none."""
        self.assets.read_all()
        names = self._template_names()
        for name in (*names, *(f"{_THEME}/{name}" for name in names)):
            self._load(name)
        state = {name: value for name, value in vars(self).items() if name != "environment"}
        return state | {"_compiled": None, "_has_files": False}

    # ------------------------------------------------------------ templates

    @cached_property
    def environment(self) -> Sandbox:
        """The Jinja environment: strict, autoescaped, with blogforge's filters and the plugins'."""
        import jinja2

        from blogforge.pages.filters import FILTERS
        from blogforge.pages.sandbox import Sandbox
        from blogforge.pages.strict import Strict

        kept = not self._filters  # of constants, they are applied as a template is compiled
        environment = Sandbox(
            loader=jinja2.FunctionLoader(self._load),
            undefined=Strict,
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=bytecode_cache(self._compiled) if kept and self._compiled else None,
        )
        # What is random is another page in every build.
        del environment.filters["random"]
        del environment.globals["lipsum"]
        environment.filters.update(FILTERS)
        environment.filters.update(self._filters)
        return environment

    def template(self, name: str) -> jinja2.Template:
        """A compiled template. Raises what Jinja raises where it is missing or malformed."""
        return self.environment.get_template(name)

    def text(self, name: str) -> str | None:
        """The text of a file of templates/; None where there is none. Raises ContentError."""
        found = self._load(name)
        return found[0] if found else None

    def closure(self, name: str) -> str:
        """The digest of a template and of all that it extends, includes and imports.

        One that is missing or malformed counts as such: whether a page can do without it shows
        only as it is rendered.
        """
        seen: dict[str, str] = {}
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen[current], referenced = self._uses(current)
                waiting.extend(referenced)
        self._references.keep()
        return digest_value(sorted(seen.items()))

    def _uses(self, name: str) -> tuple[str, list[str]]:
        """The digest of a template's source, and the names of those that it refers to."""
        try:
            loaded = self._load(name)
        except ContentError:
            return "not text", []
        if loaded is None:
            return "missing", []
        source, digest = loaded[0], digest_bytes(loaded[0].encode())
        referenced = self._references.of(digest, lambda: self._referenced(source))
        if None in referenced:  # a name that is computed may be any template's
            return digest, [
                name for name in self._template_names() if not name.endswith(_CATALOGUE)
            ]
        return digest, [name for name in referenced if name]

    def _referenced(self, source: str) -> list[str | None]:
        import jinja2
        from jinja2 import meta

        try:
            return list(meta.find_referenced_templates(self.environment.parse(source)))
        except jinja2.TemplateSyntaxError:
            return []

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """A template as Jinja wants it: its source, its file, whether it is up to date."""
        if name not in self._sources and self._has_files:
            self._sources[name] = self._find(name)
        found = self._sources.get(name)
        return (*found, lambda: True) if found else None

    def _find(self, name: str) -> tuple[str, str] | None:
        """The source and the file of a template."""
        parts = name.split("/")
        if any(part in {"", ".", ".."} or "\\" in part or "\0" in part for part in parts):
            return None
        folders = self._template_folders()
        if parts[0] == _THEME and len(parts) > 1:  # the theme's, whatever the site has in its place
            folders, parts = folders[-1:], parts[1:]
        for folder in folders:
            file = folder.joinpath(*parts)
            if file.is_file():
                source = decode(read_bytes(file, f"templates/{name}"), f"templates/{name}")
                return source, str(file)
        return None

    def _template_folders(self) -> list[Path]:
        return [folder / "templates" for folder in self._folders]

    def _template_names(self) -> list[str]:
        return sorted({name for folder in self._template_folders() for name in files_below(folder)})

    # ------------------------------------------------------------ what is wrong in templates

    def problem(self, error: Exception) -> Problem | None:
        """What went wrong in a template; None where `error` did not come out of one."""
        import jinja2

        if isinstance(error, jinja2.TemplateSyntaxError):
            file, line = error.filename or error.name or "", error.lineno
        else:
            file, line = self._innermost(error)
            if not file:
                return None
        source = Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
        excerpt = source[line - 1].strip() if line <= len(source) else ""
        location = Location(self.shown_path(file), line)
        hint = _hint(error, self.environment.filters)
        return Problem(_said_by(error), location, hint, excerpt)

    def _innermost(self, error: BaseException) -> tuple[str, int]:
        """The innermost template and line that an error passed through; "" where it did none."""
        folders = self._template_folders()
        found = "", 0
        traceback = error.__traceback__
        while traceback is not None:
            filename = traceback.tb_frame.f_code.co_filename
            if any(Path(filename).is_relative_to(folder) for folder in folders):
                found = filename, traceback.tb_lineno
            traceback = traceback.tb_next
        return found

    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful among the site's own templates."""
        return (*self._old_words(), *self._unshown_blocks())

    def _unshown_blocks(self) -> Iterator[Problem]:
        """Blocks that nothing shows: no template that theirs extends has one of that name."""
        for name in files_below(self._template_folders()[0]):
            source = ""
            with suppress(ContentError):  # told where it is rendered
                source = self.text(name) or "" if name.endswith((".html", ".txt")) else ""
            known = self._inherited(source)
            for block, line in blocks.outermost(source) if known else ():
                if block not in known and f"self.{block}(" not in source:
                    message = f"'{blocks.parent(source)}' has no block '{block}': nothing shows it"
                    hint = did_you_mean(block, known) or f"its blocks: {', '.join(sorted(known))}"
                    excerpt = source.splitlines()[line - 1].strip()
                    place = Location(f"templates/{name}", line)
                    yield Problem(message, place, hint, excerpt, level="warning")

    def _inherited(self, source: str) -> set[str]:
        """The names of the blocks of all that a template extends; none where that is not known."""
        found: set[str] = set()
        seen: set[str] = set()
        while (name := blocks.parent(source)) and name not in seen:
            seen.add(name)
            with suppress(ContentError):
                source = self.text(name) or ""
            found |= {block.name for block in blocks.blocks(source)}
        computed = "extends" in source and not blocks.parent(source)
        return set() if computed else found

    def _old_words(self) -> tuple[Problem, ...]:
        name = f"templates/{_LABELS}"
        if not (self._folders[0] / name).is_file():
            return ()
        message = f"the theme reads {name} no more: its words are messages in catalogues"
        hint = "write what you changed to templates/locales/en.po, or to your language's"
        return (Problem(message, Location(name), hint, level="warning"),)

    def shown_path(self, filename: str) -> str:
        """A template's file as an author knows it: `templates/…` in the site or in the theme."""
        path = Path(filename)
        for folder in self._folders:
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return path.as_posix()


def _said_by(error: Exception) -> str:
    """An error's own words, as far as a template's author can use them."""
    from jinja2 import TemplateNotFound

    if isinstance(error, RecursionError):
        return "the template includes itself without end"
    if isinstance(error, TemplateNotFound):
        return "there is no template " + " or ".join(f"'{name}'" for name in error.templates)
    return str(error).removeprefix(_OF_VIEWS) or type(error).__name__


def _hint(error: Exception, filters: Iterable[str]) -> str:
    import jinja2

    from blogforge.pages.strict import NO_MACRO

    if isinstance(error, jinja2.UndefinedError) and NO_MACRO in str(error):
        return "where it is yours in the place of the theme's, take over what that has become"
    if isinstance(error, jinja2.UndefinedError):
        return "docs/reference/templates.md lists what each template sees"
    if isinstance(error, jinja2.TemplateNotFound):
        return "templates are looked for in templates/, then in the theme"
    if isinstance(error, TypeError) and str(error).startswith(_OF_VIEWS):
        return "docs/reference/templates.md says what each function takes"
    if unknown := _NO_FILTER.match(str(error)):
        return did_you_mean(unknown[1], filters) or "docs/reference/templates.md lists all of them"
    return ""
