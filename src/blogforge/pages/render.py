"""Page -> bytes, and what they were made of."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from blogforge.digest import digest_bytes, digest_value
from blogforge.errors import ContentError, Location, Problem
from blogforge.model import Page, Value
from blogforge.pages.context import context_of
from blogforge.pages.views import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blogforge.pages.inputs import Inputs


class Rendered(Value, frozen=True, kw_only=True):
    """A page's bytes with their digest, and the names of the inputs that it read, in order."""

    path: str
    data: bytes
    digest: str
    reads: tuple[str, ...]


def render(page: Page, inputs: Inputs) -> Rendered:
    """Make `page`. Raises ContentError, located in the template, where it cannot be made.

    An error that comes out of no template is raised as it is.
    """
    view = View(inputs, branch=page.branch)
    view.read("engine:")
    if isinstance(page.render, str):
        context = partial(context_of, page, view)
        data = from_template(page.render, view, inputs, context, page.origin).encode()
    else:
        data = page.render(view, page)
    return Rendered(path=page.path, data=data, digest=digest_bytes(data), reads=tuple(view.reads))


def page_digest(page: Page) -> str:
    """The digest of what the plan says of a page. Raises TypeError as `maker` does."""
    subject = (type(page.subject).__name__, page.subject)
    title = (page.title, page.label)
    place = (page.path, page.url, page.branch, page.versions)
    return digest_value((place, maker(page), page.kind, title, subject))


def maker(page: Page) -> str:
    """What makes a page, by name: a template, or a function with its module.

    Raises TypeError, in words, for a function that is more than its name says: what it holds is
    none of its page's inputs, so that nobody would notice when that changes.
    """
    function = page.render
    if isinstance(function, str):
        return function
    name = getattr(function, "__qualname__", "")
    if not name or "<" in name or isinstance(function, MethodType):
        raise TypeError(
            "a page is made by a template or by a function at the top of a module, "
            f"not by {_kind(function)}"
        )
    return f"{function.__module__}.{name}"


def _kind(function: object) -> str:
    if isinstance(function, FunctionType):
        name = function.__name__
        return "a lambda" if name == "<lambda>" else f"'{name}' within another function"
    return f"a {type(function).__name__}"


def from_template(
    name: str,
    view: View,
    inputs: Inputs,
    context: Callable[[], dict[str, Any]],
    origin: str = "",
) -> str:
    """What the template `name` makes of the names that `context` gives it; `view` records.

    Raises ContentError, located in the template, or at `origin` where there is no such template.
    """
    from blogforge.pages.shown import shown

    view.read(f"template:{name}")
    try:
        with _no_exit(inputs), shown(view):
            return inputs.theme.template(name).render(context())
    except ContentError:
        raise
    except Exception as error:  # a template may call anything, a plugin's filter above all
        problem = inputs.theme.problem(error) or _missing(error, origin)
        if problem is None:
            raise
        raise ContentError([problem]) from error


@contextmanager
def _no_exit(inputs: Inputs) -> Iterator[None]:
    """A context in which exiting is an error: it would end the build as if it were done."""
    try:
        yield
    except SystemExit as error:
        message = "what the template calls ends the program (SystemExit)"
        try:
            raise RuntimeError(message).with_traceback(error.__traceback__) from error
        except RuntimeError:  # which Jinja locates in the template, as it does what else fails
            inputs.theme.environment.handle_exception()


def _missing(error: Exception, origin: str) -> Problem | None:
    """The problem of a page whose own template is not there; None for any other error."""
    from jinja2 import TemplateNotFound

    if not isinstance(error, TemplateNotFound):
        return None
    message = f"there is no template '{error.name}'"
    hint = f"put it at templates/{error.name}, or take 'template' away"
    return Problem(message, Location(origin) if origin else None, hint)
