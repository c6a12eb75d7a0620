"""The page that explains a rule."""

from __future__ import annotations

import re

from blogforge.check.rules import BUILD, RULES
from blogforge.errors import ConfigError
from blogforge.install import DOCUMENTATION, rule_pages
from blogforge.validation import did_you_mean

_LINK = re.compile(r"\]\((?P<up>\.\./)?(?P<page>[\w/-]+)\.md(?P<fragment>#[\w-]+)?\)")


def page_of(name: str) -> str:
    """The page of a rule, or of what a build tells: Markdown, its links whole.

    Raises ConfigError where there is no such rule.
    """
    names = {BUILD, *RULES}
    if name not in names:
        hint = did_you_mean(name, names) or "'blogforge check --rules' lists them"
        raise ConfigError.of(f"there is no rule '{name}'", hint=hint)
    page = (rule_pages() / f"{name}.md").read_text(encoding="utf-8")
    return _LINK.sub(_whole, page)


def _whole(link: re.Match[str]) -> str:
    """A link to another page as it is followed from anywhere."""
    below = "" if link["up"] else "rules/"
    return f"]({DOCUMENTATION}{below}{link['page']}/{link['fragment'] or ''})"


def address_of(name: str) -> str:
    """Where the page of a rule is on the web."""
    return f"{DOCUMENTATION}rules/{name}/"
