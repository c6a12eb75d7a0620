"""Why the related articles of a page are what they are, for its author alone."""

from __future__ import annotations

import threading
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from blogforge.rationale import rationale_of
from blogforge.reasons import NO_BLOCK, distance, factors, note, reasons, why

if TYPE_CHECKING:
    from blogforge.edition import Edition
    from blogforge.rationale import Rationale, Row
    from blogforge.site.explanation import Explainer

TITLE = "Why these articles?"
_HERE = Path(__file__).parent


class Panels:
    """The panels of an edition's posts; what they have in common is made when first asked for."""

    def __init__(self) -> None:
        self._explainer: Explainer | None = None
        self._explaining = threading.Lock()

    def of(self, path: str, edition: Edition) -> str:
        """The panel of the post at a source path, in any thread.

        `edition` may differ from the one before in what is shown of posts, not in its corpus.
        """
        from blogforge.site.explanation import Explainer

        with self._explaining:
            if self._explainer is None:
                self._explainer = Explainer(edition.corpus, edition.config.related)
            explanation = self._explainer.of(path)
        return panel(rationale_of(explanation, edition))


def panel(rationale: Rationale) -> str:
    """What the dialog of a page holds: HTML without a script."""
    if not rationale.show:
        return message(f"{rationale.title} {NO_BLOCK}.")
    block = rationale.block
    others = [row for row in rationale.candidates if not row.place]
    also = '<tr><th colspan="3" scope="rowgroup">Also considered</th></tr>' if others else ""
    rows = "".join(_row(row, rationale) for row in others)
    return _framed(
        '<table aria-labelledby="title"><thead><tr><th scope="col">No.</th>'
        '<th scope="col">Article</th><th scope="col">Score</th></tr></thead>'
        f"<tbody>{''.join(_row(row, rationale) for row in block)}</tbody>"
        f"<tbody>{also}{rows}</tbody></table><p>{escape(note(rationale))}</p>"
    )


def message(text: str) -> str:
    """A panel that has nothing but words to show."""
    return _framed(f"<p>{escape(text)}</p>")


def _framed(markup: str) -> str:
    """A reader closes it without a script: a form of the method "dialog" closes its dialog."""
    return (
        f'<style>{_styles()}</style><form method="dialog"><h2 id="title">{TITLE}</h2>'
        f'<button aria-label="Close">×</button></form>{markup}'
    )


def _row(row: Row, rationale: Rationale) -> str:
    terms = "".join(
        f'<li><span dir="auto"{" class=name" if term.name else ""}>{escape(term.words)}</span>'
        f" {percent}%</li>"
        for term, percent in reasons(row)
    )
    made = f"{factors(row)}, " if row.score else ""
    return (
        f"<tr><td>{row.place or '–'}</td><td>"
        f'<a href="{escape(row.url)}" lang="{escape(row.lang)}" dir="auto">{escape(row.title)}</a>'
        f"<code>{escape(row.path)}</code>"
        f"<p>{made}{distance(row.days)}</p><p>{escape(why(row, rationale))}</p>"
        f"{f'<ul>{terms}</ul>' if terms else ''}</td>"
        f"<td>{f'{row.score:.3f}' if row.score else '–'}</td></tr>"
    )


@cache
def _styles() -> str:
    return (_HERE / "why.css").read_text(encoding="utf-8")
