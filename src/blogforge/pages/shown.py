"""The page that is being made, and what templates see wherever they stand: in macros, too."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, cast

from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from blogforge.pages.messages import message
from blogforge.pages.policy import SCHEME
from blogforge.pages.views import ConfigView, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_view: ContextVar[View | None] = ContextVar("view", default=None)
FUNCTIONS = (
    *("absolute", "asset", "brand", "citations", "data", "groups", "latest", "nsay"),
    *("picture", "related", "say", "section", "sections", "share_links", "thread"),
)
GETTEXT = {"_": "text", "ngettext": "ntext"}  # by the names that everybody's tools know


@contextmanager
def shown(view: View | None) -> Iterator[None]:
    """A context in which the page of `view` is being made; None: no page."""
    token = _view.set(view)
    try:
        yield
    finally:
        _view.reset(token)


def showing() -> View | None:
    """The view of the page that is being made; None where none is."""
    return _view.get()


class _Shown:
    """The view of whichever page is being made."""

    def __getattr__(self, name: str) -> Any:
        view = _view.get()
        if view is None:
            raise TemplateRuntimeError(
                "no page is known here: ask within the macro, or import the template 'with context'"
            )
        return getattr(view, name)


def _function(name: str) -> Callable[..., Any]:
    def function(*args: Any, **kwargs: Any) -> Any:
        return getattr(_Shown(), name)(*args, **kwargs)

    function.__name__ = name
    return function


GLOBALS: dict[str, Any] = {
    "config": ConfigView(cast("View", _Shown())),
    "message": message,
    "scheme_script": Markup(f"<script>{SCHEME}</script>"),
    **{name: _function(name) for name in FUNCTIONS},
    **{name: _function(method) for name, method in GETTEXT.items()},
}
