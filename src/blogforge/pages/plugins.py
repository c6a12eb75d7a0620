"""A site's own planners and template filters.

A plugin is a module: beside blogforge.yaml (`events.py`, or the package `events/`), installed, or
named by an entry point of the group `blogforge.plugins`. It may define

    planners      a tuple of functions of a Site and its Config that return Pages
    filters       a mapping of a filter's name to a function
    __version__   a text; what the plugin makes depends on it
    configure     a function that takes the plugin's options and returns a plugin's planners
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from blogforge.config import PluginConfig
from blogforge.digest import digest_bytes, digest_value
from blogforge.errors import ConfigError, Location
from blogforge.model import Value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import ModuleType

    from blogforge.config import Config
    from blogforge.pages.plan import Planner

ENTRY_POINTS = "blogforge.plugins"


class Plugin(Value, frozen=True, kw_only=True):
    """A loaded plugin. `digest` is of its name, version, options and code."""

    name: str
    planners: tuple[Callable[..., Any], ...]
    filters: dict[str, Callable[..., Any]]
    digest: str


def load_plugins(root: Path, config: Config) -> tuple[Plugin, ...]:
    """The plugins of blogforge.yaml, in its order.

    Raises ConfigError for a module that is not there, cannot be imported, or is no plugin.
    """
    wanted = [
        PluginConfig(module=plugin) if isinstance(plugin, str) else plugin
        for plugin in config.plugins
    ]
    return tuple(_load(root, plugin) for plugin in wanted)


def _load(root: Path, wanted: PluginConfig) -> Plugin:
    module = _import(root, wanted.module)
    planners, filters = getattr(module, "planners", ()), getattr(module, "filters", {})
    if not planners and not filters and not hasattr(module, "configure"):
        raise _error(wanted.module, "has neither planners nor filters", "docs/plugins.md")
    if hasattr(module, "configure"):
        planners = (*planners, *module.configure(wanted.options))
    elif wanted.options:
        raise _error(wanted.module, "takes no options", "it has no function 'configure'")
    code = digest_bytes(_code(module))
    version = str(getattr(module, "__version__", ""))
    return Plugin(
        name=wanted.module,
        planners=tuple(planners),
        filters=dict(filters),
        digest=digest_value((wanted.module, version, wanted.options, code)),
    )


def _import(root: Path, name: str) -> ModuleType:
    entry = next(iter(entry_points(group=ENTRY_POINTS, name=name)), None)
    try:
        if entry is not None:
            module: ModuleType = entry.load()
            return module
        return _beside(root, name) or importlib.import_module(name)
    except ModuleNotFoundError as error:
        hint = f"put {name}.py beside blogforge.yaml, or install it"
        raise _error(name, f"cannot be imported: {error}", hint) from error
    except Exception as error:
        raise _error(name, f"fails as it is imported: {error!r}") from error


def _beside(root: Path, name: str) -> ModuleType | None:
    """The module in the site's folder, under a name of its own so that two sites never mix."""
    file = next(
        (f for f in (root / f"{name}.py", root / name / "__init__.py") if f.is_file()), None
    )
    if file is None:
        return None
    spec = importlib.util.spec_from_file_location(f"blogforge_plugin_{name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _code(module: ModuleType) -> bytes:
    from pathlib import Path  # noqa: PLC0415

    return Path(module.__file__).read_bytes() if module.__file__ else b""


def _error(name: str, what: str, hint: str = "") -> ConfigError:
    return ConfigError.of(f"the plugin '{name}' {what}", Location("blogforge.yaml"), hint)


def planners_of(plugins: Iterable[Plugin]) -> tuple[Planner, ...]:
    """The planners of all `plugins`, in order."""
    return tuple(planner for plugin in plugins for planner in plugin.planners)


def filters_of(plugins: Iterable[Plugin]) -> dict[str, Callable[..., Any]]:
    """The template filters of all `plugins`; a later one takes the place of an earlier."""
    return {name: f for plugin in plugins for name, f in plugin.filters.items()}
