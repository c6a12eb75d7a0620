"""Which rules look, and how much what they find matters on this site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogforge.check.rules import RULES
from blogforge.check.written import placed_in_files
from blogforge.config import CONFIG_FILE
from blogforge.errors import ConfigError, Location, Problem
from blogforge.validation import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from blogforge.config import Config
    from blogforge.errors import Level

_LIST = "'blogforge check --rules' lists them"


def levels(config: Config, root: Path, only: Collection[str] = ()) -> Mapping[str, Level]:
    """The rules that look, with the level of their findings; `only` those, where any are named.

    A rule that is named looks even if it is off otherwise, for warnings. Raises ConfigError where
    the settings of the site at `root` or `only` name a rule that there is not.
    """
    if problems := [*_unknown(config), *_unknown_here(only)]:
        raise ConfigError(placed_in_files(problems, root))
    found: dict[str, Level] = {}
    for rule in RULES.values():
        level = config.check.rules.get(rule.name, rule.level)
        if only and rule.name not in only:
            continue
        if level != "off":
            found[rule.name] = level
        elif only:
            found[rule.name] = "warning"
    return found


def _unknown(config: Config) -> Iterator[Problem]:
    for name in config.check.rules:
        if name not in RULES:
            hint = did_you_mean(name, RULES) or _LIST
            key = ("check", "rules", name)
            yield Problem(f"there is no rule '{name}'", Location(CONFIG_FILE), hint, key=key)


def _unknown_here(only: Collection[str]) -> Iterator[Problem]:
    for name in only:
        if name not in RULES:
            hint = did_you_mean(name, RULES) or _LIST
            yield Problem(f"--only: there is no rule '{name}'", hint=hint)
