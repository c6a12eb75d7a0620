"""The page that explains a rule."""

from __future__ import annotations

from blogforge.check.rules import BUILD, RULES
from blogforge.errors import ConfigError
from blogforge.install import DOCUMENTATION, rule_pages
from blogforge.validation import did_you_mean


def page_of(name: str) -> str:
    """The page of a rule, or of what a build tells: Markdown. Raises ConfigError: no such rule."""
    names = {BUILD, *RULES}
    if name not in names:
        hint = did_you_mean(name, names) or "'blogforge check --rules' lists them"
        raise ConfigError.of(f"there is no rule '{name}'", hint=hint)
    return (rule_pages() / f"{name}.md").read_text(encoding="utf-8")


def address_of(name: str) -> str:
    """Where the page of a rule is on the web."""
    return f"{DOCUMENTATION}rules/{name}/"
