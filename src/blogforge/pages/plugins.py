"""A site's own planners and template filters; docs/plugins.md shows how to write them.

A plugin is a module: beside blogforge.yaml (`events.py`, or the package `events/`), named by an
entry point of the group `blogforge.plugins`, or installed. It may define

    planners      a tuple of functions of a Site and its Config that return Pages
    filters       a mapping of a filter's name to a function
    __version__   a text; what the plugin makes depends on it
    configure     a function that takes the plugin's options and returns more planners
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from collections.abc import Callable, Mapping
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blogforge.config import CONFIG_FILE
from blogforge.digest import digest_bytes, digest_value
from blogforge.errors import ConfigError, Location
from blogforge.model import Value
from blogforge.pages.faults import Faults
from blogforge.pool.packing import PLUGIN_PREFIX
from blogforge.settings import PluginConfig

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType

    from blogforge.config import Config
    from blogforge.pages.plan import Planner

ENTRY_POINTS = "blogforge.plugins"
_NAME = re.compile(r"[\w-]+(\.[\w-]+)*")  # a file and an entry point may have a hyphen
_MANUAL = "docs/plugins.md shows what a plugin defines"


class Plugin(Value, frozen=True, kw_only=True):
    """A loaded plugin. `digest` is of its name, version, options and code."""

    name: str
    planners: tuple[Callable[..., Any], ...]
    filters: dict[str, Callable[..., Any]]
    digest: str


def load_plugins(root: Path, config: Config) -> tuple[Plugin, ...]:
    """The plugins of blogforge.yaml, in its order.

    Raises ConfigError for a module that is not there, cannot be imported, or is no plugin. What
    their planners and pages raise later becomes a ContentError located in the plugin.
    """
    wanted = [
        PluginConfig(module=plugin) if isinstance(plugin, str) else plugin
        for plugin in config.plugins
    ]
    return tuple(_load(root.resolve(), plugin) for plugin in wanted)


def planners_of(plugins: Iterable[Plugin]) -> tuple[Planner, ...]:
    """The planners of all `plugins`, in order."""
    return tuple(planner for plugin in plugins for planner in plugin.planners)


def filters_of(plugins: Iterable[Plugin]) -> dict[str, Callable[..., Any]]:
    """The template filters of all `plugins`; a later one takes the place of an earlier."""
    return {name: f for plugin in plugins for name, f in plugin.filters.items()}


# ---------------------------------------------------------------- what a module defines


def _load(root: Path, wanted: PluginConfig) -> Plugin:
    if not _NAME.fullmatch(wanted.module):
        hint = f"write the name of a module beside {CONFIG_FILE}, without .py, or of another"
        raise _error(wanted.module, "is no module name", hint)
    module = _import(root, wanted.module)
    files = _files(module)
    faults = Faults(wanted.module, root, frozenset(files))
    if not any(hasattr(module, name) for name in ("planners", "filters", "configure")):
        raise _error(wanted.module, "has neither planners nor filters", _MANUAL)
    planners = [*_planners(wanted, module), *_configured(wanted, module, faults)]
    code = [(Path(file).name, digest_bytes(Path(file).read_bytes())) for file in files]
    version = str(getattr(module, "__version__", ""))
    return Plugin(
        name=wanted.module,
        planners=tuple(faults.planner(planner) for planner in planners),
        filters=_filters(wanted, module),
        digest=digest_value((wanted.module, version, wanted.options, code)),
    )


def _planners(wanted: PluginConfig, module: ModuleType) -> Iterable[Callable[..., Any]]:
    return _functions(wanted, "'planners'", getattr(module, "planners", ()))


def _configured(
    wanted: PluginConfig, module: ModuleType, faults: Faults
) -> Iterable[Callable[..., Any]]:
    if hasattr(module, "configure"):
        with faults.of_configuration():
            return _functions(wanted, "what 'configure' returns", module.configure(wanted.options))
    if wanted.options:
        raise _error(wanted.module, "takes no options", "it has no function 'configure'")
    return ()


def _functions(wanted: PluginConfig, what: str, given: object) -> tuple[Callable[..., Any], ...]:
    if not isinstance(given, tuple | list) or not all(map(callable, given)):
        raise _error(wanted.module, f"is no plugin: {what} must be a tuple of functions", _MANUAL)
    return tuple(given)


def _filters(wanted: PluginConfig, module: ModuleType) -> dict[str, Callable[..., Any]]:
    filters = getattr(module, "filters", {})
    if not isinstance(filters, Mapping) or not all(map(callable, filters.values())):
        message = "is no plugin: 'filters' must be a mapping of names to functions"
        raise _error(wanted.module, message, _MANUAL)
    return dict(filters)


def _error(name: str, what: str, hint: str = "") -> ConfigError:
    return ConfigError.of(f"the plugin '{name}' {what}", Location(CONFIG_FILE), hint)


# ---------------------------------------------------------------- import


def _import(root: Path, name: str) -> ModuleType:
    file = _file_beside(root, name)
    files = frozenset({str(file)} if file else ())
    with Faults(name, root, files).of_configuration():
        if file is not None:
            return _import_file(file, f"{PLUGIN_PREFIX}{name}")
        entry = next(iter(entry_points(group=ENTRY_POINTS, name=name)), None)
        if entry is not None:
            module: ModuleType = entry.load()
            return module
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            hint = f"put {name}.py beside {CONFIG_FILE}, or install it"
            raise _error(name, "is not there", hint) from error


def _file_beside(root: Path, name: str) -> Path | None:
    candidates = (root / f"{name}.py", root / name / "__init__.py")
    return next((file for file in candidates if file.is_file()), None)


def _import_file(file: Path, name: str) -> ModuleType:
    """The module in `file` as it is now, whatever was imported under its name before."""
    for known in [known for known in sys.modules if f"{known}.".startswith(f"{name}.")]:
        del sys.modules[known]
    spec = importlib.util.spec_from_file_location(name, file, loader=_Loader(name, str(file)))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    if _Sources not in sys.meta_path:
        sys.meta_path.insert(0, _Sources)
    spec.loader.exec_module(module)
    return module


class _Loader(SourceFileLoader):
    """Compiles the source itself: bytecode is dated to the second, and nothing is left behind."""

    def get_code(self, fullname: str) -> CodeType:
        del fullname
        code: CodeType = self.source_to_code(self.get_data(self.path), self.path)
        return code


class _Sources:
    """Finds the modules of plugins that are packages, for `_Loader` to load them, too."""

    @staticmethod
    def find_spec(
        fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del target
        if path is None or not fullname.startswith(PLUGIN_PREFIX):
            return None
        finders = (FileFinder(folder, (_Loader, SOURCE_SUFFIXES)) for folder in path)
        specs = (finder.find_spec(fullname) for finder in finders)
        return next((spec for spec in specs if spec and spec.loader), None)


def _files(module: ModuleType) -> tuple[str, ...]:
    """The source files of a module, all of a package's; none of one that has no file."""
    file = getattr(module, "__file__", None)
    if not file:
        return ()
    path = Path(file)
    found = sorted(path.parent.rglob("*.py")) if path.name == "__init__.py" else [path]
    return tuple(map(str, found))
