"""The theme: where templates and static files are found, and the Jinja environment."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogforge.digest import digest_bytes, digest_value
from blogforge.errors import ContentError, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import jinja2

    from blogforge.config import Config

_FINGERPRINTED = (".css", ".js")
_FINGERPRINT_DIGITS = 8
_PACKAGE = Path(__file__).resolve().parent.parent


def default_theme() -> Path:
    """The folder of the theme that comes with blogforge: templates/ and static/.

    A wheel carries it inside the package; an editable install has it at the repository's top.
    """
    packed = _PACKAGE / "theme"
    return packed if packed.is_dir() else _PACKAGE.parent.parent


class Theme:
    """Templates and static files: the site's own before its plugins' before the default theme's."""

    def __init__(
        self, root: Path, config: Config, filters: Mapping[str, Callable[..., Any]] | None = None
    ) -> None:
        self._config = config
        self._filters = filters or {}
        self._folders = (root, default_theme())
        self._digests: dict[str, str] = {}

    # ------------------------------------------------------------ templates

    @cached_property
    def environment(self) -> jinja2.Environment:
        """The Jinja environment: strict, autoescaped, with blogforge's filters and the plugins'."""
        import jinja2  # noqa: PLC0415

        from blogforge.pages.filters import FILTERS  # noqa: PLC0415

        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self._template_folders()),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            auto_reload=False,
            cache_size=-1,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters.update(FILTERS)
        environment.filters.update(self._filters)
        return environment

    def _template_folders(self) -> list[Path]:
        return [folder / "templates" for folder in self._folders]

    def template(self, name: str) -> jinja2.Template:
        """A compiled template. Raises ContentError, located, where it is missing or malformed."""
        import jinja2  # noqa: PLC0415

        try:
            return self.environment.get_template(name)
        except jinja2.TemplateSyntaxError as error:
            raise ContentError([self.syntax_problem(error)]) from error
        except jinja2.TemplateNotFound as error:
            message = f"there is no template '{error.name}'"
            raise ContentError.of(message, Location(f"templates/{name}")) from error

    def closure(self, name: str) -> str:
        """The digest of a template and of all that it extends, includes and imports."""
        from jinja2 import TemplateSyntaxError, meta  # noqa: PLC0415

        loader = self.environment.loader
        assert loader is not None
        seen: dict[str, str] = {}
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            self.template(current)
            source = loader.get_source(self.environment, current)[0]
            seen[current] = digest_bytes(source.encode())
            try:
                tree = self.environment.parse(source)
            except TemplateSyntaxError as error:
                raise ContentError([self.syntax_problem(error)]) from error
            for referenced in meta.find_referenced_templates(tree):
                # A name that is computed may be any template's.
                waiting.extend([referenced] if referenced else loader.list_templates())
        return digest_value(seen)

    def syntax_problem(self, error: jinja2.TemplateSyntaxError) -> Problem:
        """A malformed template as a located problem."""
        line = (error.source or "").splitlines()[error.lineno - 1 : error.lineno]
        return Problem(
            error.message or "the template cannot be read",
            Location(self.shown_path(error.filename or error.name or ""), error.lineno),
            excerpt=line[0].strip() if line else "",
        )

    def located(self, error: BaseException) -> Location | None:
        """The innermost template and line that a rendering error passed through."""
        found = None
        traceback = error.__traceback__
        while traceback is not None:
            filename = Path(traceback.tb_frame.f_code.co_filename)
            if any(filename.is_relative_to(folder / "templates") for folder in self._folders):
                found = Location(self.shown_path(str(filename)), traceback.tb_lineno)
            traceback = traceback.tb_next
        return found

    def shown_path(self, filename: str) -> str:
        """A template's file as an author knows it: `templates/…` in the site or in the theme."""
        path = Path(filename)
        for folder in self._folders:
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return path.as_posix()

    # ------------------------------------------------------------ static files

    @cached_property
    def static(self) -> dict[str, Path]:
        """Every static file by its name below static/, sorted; the site's before the theme's."""
        found: dict[str, Path] = {}
        for folder in reversed(self._folders):
            found.update(_files(folder / "static"))
        return dict(sorted(found.items()))

    def asset_url(self, name: str) -> str:
        """The URL of the static file `name`. Raises KeyError where there is none."""
        from blogforge import urls  # noqa: PLC0415

        return urls.encode(self._config.base_path + self.published_name(name))

    def published_name(self, name: str) -> str:
        """Where the static file `name` stands in the tree: css and js get a fingerprint."""
        path = Path(name)
        if path.suffix not in _FINGERPRINTED:
            return name
        fingerprint = self.file_digest(name)[:_FINGERPRINT_DIGITS]
        return path.with_name(f"{path.stem}.{fingerprint}{path.suffix}").as_posix()

    def file_digest(self, name: str) -> str:
        """The digest of the static file `name`."""
        if name not in self._digests:
            self._digests[name] = digest_bytes(self.static_bytes(name))
        return self._digests[name]

    def static_bytes(self, name: str) -> bytes:
        """The content of the static file `name`."""
        return self.static[name].read_bytes()


def _files(folder: Path) -> dict[str, Path]:
    """The files below `folder`, dotfiles and links that lead out of it left out."""
    real = folder.resolve()
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file()
        and path.resolve().is_relative_to(real)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
