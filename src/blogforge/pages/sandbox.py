"""The Jinja environment of pages: strict, sandboxed, and quick about it.

Not that templates were not trusted: a page must neither reach past its view, unrecorded, nor
change what the next page reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from types import BuiltinMethodType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.compiler import CodeGenerator
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateRuntimeError
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup, escape

from blogforge.pages.fragments import key_of
from blogforge.pages.shown import GLOBALS, showing, shown
from blogforge.pages.strict import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from jinja2.compiler import Frame
    from jinja2.nodes import Expr
    from jinja2.runtime import Context

_SHORT = 200  # characters: of texts that are likely to be printed again
_FUNCTIONS = frozenset(value for value in GLOBALS.values() if type(value) is FunctionType)
_METHODS = (MethodType, BuiltinMethodType)
_MISSING = object()
_OF_DICTS = frozenset(dir(dict))
_CHANGEABLE = (Namespace, Cycler, Joiner, Iterator)
_OF_THE_CALL = ("_loop_vars", "_block_vars")  # what Jinja adds to every call, for `pass_context`


class SharedTemplate(jinja2.Template):
    """A template whose module, where it is imported without context, is the same for all pages."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        # Jinja compares the globals of both templates at every import; here all have the same.
        del ctx
        if self._module is None:
            self._module = self.make_module()
        return self._module

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> TemplateModule:
        """The template's macros and variables.

        Raises TemplateRuntimeError where what one page does with them could show on the next.
        """
        context = self.new_context(vars, shared, locals)
        if "page" in context:
            return TemplateModule(self, context)
        with shown(None):
            module = TemplateModule(self, context)
        for name, value in context.vars.items():
            if _is_changeable(value):
                raise TemplateRuntimeError(
                    f"'{name}' of {self.name} would carry over from page to page: "
                    "set it inside the macro, or import the template 'with context'"
                )
            if type(value) is Macro:
                self.environment.common.add(value)  # type: ignore[attr-defined]
        return module


class _Compiler(CodeGenerator):
    """Has a template print by one call of ours instead of two of Jinja's."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.show(")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(")")


_escape = lru_cache(maxsize=8192)(escape)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox, which asks of each type and name once whether it is safe.

    `common` are the macros of templates that are imported without context. They know nothing of
    their page but its view, so that one's HTML for the same arguments is the same on every page
    in the same language: it is made once, and every page that shows it reads what it was made of.
    """

    template_class = SharedTemplate
    code_generator_class = _Compiler

    def __init__(self, **options: Any) -> None:
        super().__init__(finalize=printable, **options)
        self.globals.update(GLOBALS)
        self.common: set[Macro] = set()
        self._safe: dict[type, set[str]] = {}
        self._loaded: dict[str, jinja2.Template] = {}

    @staticmethod
    def show(value: Any) -> str:
        """What `{{ value }}` prints. Raises TypeError as `printable` does."""
        kind = type(value)
        if kind is str:
            return _escape(value) if len(value) < _SHORT else escape(value)
        return value if kind is Markup else escape(printable(value))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What `obj.attribute` is in a template.

        The sandbox's verdict depends on nothing but the object's type and the name; what it does
        to the methods `format` and `format_map` depends on the value.
        """
        kind = type(obj)
        if kind is dict and attribute not in _OF_DICTS:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        safe = self._safe.get(kind)
        if safe is not None and attribute in safe:
            value = getattr(obj, attribute, _MISSING)
            if value is not _MISSING and type(value) not in _METHODS:
                return value
        elif self.is_safe_attribute(obj, attribute, None):
            self._safe.setdefault(kind, set()).add(attribute)
        return super().getattr(obj, attribute)

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> jinja2.Template:
        """The template of that name, which stays what it was as it was first asked for."""
        known = self._loaded.get(name) if type(name) is str and not globals else None
        if known is None:
            known = super().get_template(name, parent, globals)
            if type(name) is str:
                self._loaded[name] = known
        return known

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What all templates see: a dict, where Jinja's chain of two takes its time."""
        return {**self.globals, **(d or {})}

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What `obj(…)` is in a template."""
        is_macro = type(obj) is Macro
        if not is_macro and not (type(obj) is FunctionType and obj in _FUNCTIONS):
            return super().call(context, obj, *args, **kwargs)
        if kwargs:  # both are safe, and want nothing of Jinja's
            for name in _OF_THE_CALL:
                kwargs.pop(name, None)
        if not is_macro:
            return obj(*args, **kwargs)
        view, surroundings = showing(), context.eval_ctx
        key = key_of(args, kwargs) if view is not None and obj in self.common else None
        if view is None or key is None or not surroundings.autoescape:
            return obj(surroundings, *args, **kwargs)
        known = view.recall((obj, key))
        if known is not None:
            return known
        return view.fragment((obj, key), (args, kwargs), lambda: obj(surroundings, *args, **kwargs))


def _is_changeable(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_is_changeable, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_is_changeable, value))
    return isinstance(value, _CHANGEABLE)
