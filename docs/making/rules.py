"""The rules of `blogforge check`, from their table."""

from __future__ import annotations

from pathlib import Path

from blogforge.check import RULES
from docs.making.words import GENERATED, code, page, table

_RULES = Path(__file__).parent.parent / "rules"


def rules() -> str:
    """Every rule, its level and what it finds."""
    rows = [
        (_linked(rule.name), rule.level, "yes" if rule.mends else "", rule.summary)
        for rule in sorted(RULES.values(), key=lambda rule: rule.name)
    ]
    return page(
        "Rules of blogforge check",
        "Every rule of `blogforge check`, its level unless you say otherwise, and what it finds.",
        GENERATED,
        "`check.rules` in [blogforge.yaml](settings.md) gives a rule another level, or turns it "
        "`off`. Behind each name is a page with examples and the remedy.",
        table(("rule", "level", "`--fix` mends it", "finds"), rows),
    )


def _linked(name: str) -> str:
    written = (_RULES / f"{name}.md").is_file()
    return f"[{code(name)}](../rules/{name}.md)" if written else code(name)
