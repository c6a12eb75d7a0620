"""Template filters: dates in words and for machines, and the direction of a language."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateRuntimeError, Undefined, pass_context

from blogforge.pages.shown import showing
from blogforge.pages.wire import whole
from blogforge.site.dates import Length, date_in_words, direction, language_name, time_in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

_UTC = "+00:00"


@pass_context
def _date(context: Context, day: date, length: Length = "long") -> str:
    """A date in the words of the page's language: "21 March 2012".

    `length`: long, medium, short, or of it only the day, month, month-name or year.
    """
    _require(day, date, "date", "a date")
    if isinstance(day, datetime):
        day = day.date()
    return date_in_words(day, _language(context, "date"), length)


@pass_context
def _time(context: Context, moment: datetime) -> str:
    """The time of day of a moment as the page's language writes it: "14:05"."""
    _require(moment, datetime, "time", "a date with its time")
    return time_in_words(moment.time(), _language(context, "time"))


def iso(moment: datetime) -> str:
    """A moment in RFC 3339, with its offset; Z for UTC. Raises TypeError for anything else."""
    _require(moment, datetime, "iso", "a date with its time")
    written = whole(moment)
    text = written.isoformat()
    return text.removesuffix(_UTC) + "Z" if text.endswith(_UTC) else text


def _require(value: object, kind: type, name: str, what: str) -> None:
    if isinstance(value, Undefined):
        str(value)  # raises UndefinedError, which names what is undefined
    if not isinstance(value, kind):
        raise TypeError(f"the filter '{name}' takes {what}, not {value!r}")


def _language(context: Context, name: str) -> str:
    if "page" in context:
        lang: str = context["page"].lang
        return lang
    view = showing()  # a macro, imported without context
    if view is None:
        raise TemplateRuntimeError(
            f"the filter '{name}' does not know the page's language here: ask within the macro, "
            "or import its template 'with context'"
        )
    return view.lang


FILTERS: dict[str, Callable[..., Any]] = {
    "date": _date,
    "time": _time,
    "iso": iso,
    "direction": direction,
    "language": language_name,
}
