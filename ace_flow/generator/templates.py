"""Templates: Jinja, sandboxed, and nothing printed that was not encoded. The only door to Jinja.

Texts from a pattern reach a template as plain `str` and cannot be printed as they are: a template
passes them through the encoder of the place where they go (`ts`, `yaml`, `json`, `comment`, `md`).
Names that passed the allow-list are `Ident` and print as they stand. Expression trees are `Code`,
laid out in the width that is left where the template puts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    meta,
    nodes,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ace_flow.diagnostics import Diagnostic, PatternError
from ace_flow.generator.encoders import ENCODERS, Encoded
from ace_flow.generator.placing import imports_of, mark, place_codes
from ace_flow.generator.typescript import (
    Constant,
    Element,
    Elements,
    Expression,
    Generic,
    Imports,
    ListOf,
    Name,
    Page,
    imported,
)
from ace_flow.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from jinja2 import Template

    from ace_flow.generator.typescript import Printable

# What the browser provides and expressions name without importing it.
_GLOBALS = frozenset({"FormData", "Number"})
# What goes wrong in a template of a pattern is the template's fault.
_FAILURES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TemplateError,
    TypeError,
    ValueError,
)
# Where a template may never come to what it names.
_BRANCHES: tuple[type[nodes.Expr], ...] = (nodes.And, nodes.CondExpr, nodes.Or, nodes.Test)


class Ident(str):
    """A name that passed the allow-list: prints as it stands."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Code:
    """An expression tree, laid out where it is placed."""

    value: Printable


class Rendered(NamedTuple):
    """A rendered text, and the names its expressions import."""

    content: bytes
    names: frozenset[Name]


class Uses(NamedTuple):
    """What a template without branches names.

    `shape` is its text with `_` for each expression, `names` are the variables, `attributes` what
    is asked of them: `model.name` is `("model", "name")`.
    """

    shape: str
    names: frozenset[str]
    attributes: tuple[tuple[str, str], ...]


class _ImportsHere:
    """Stands for the imports of all expressions in the same text."""


@dataclass(frozen=True, slots=True)
class _Own:
    """Stands for a name that the text declares itself, and that an import may have as well."""

    name: str


class _Environment(ImmutableSandboxedEnvironment):
    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
        # `field.values` is the key, never the method of the dict.
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class Templates:
    """Renders the templates of a folder and those a pattern brings."""

    def __init__(self, folder: Path) -> None:
        self._codes: list[Printable | _ImportsHere | _Own] = []
        self._texts: dict[str, Template] = {}
        self._environment = _Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            finalize=self._finalize,
            autoescape=False,  # finalize demands an encoder for every value
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(ENCODERS)
        self._builtins = {
            "constant": _constant,
            "imports": _ImportsHere(),
            "jsx": _jsx,
            "name": _name,
            "own": _Own,
            "page": _page,
            "type": _type,
        }

    def render(self, name: str, context: Mapping[str, object]) -> Rendered:
        """Render a template of the folder.

        It can use, besides the context: `imports`, the declarations that all expressions in it
        need; `name(text, module)` and `type(text, module)`, imported names; `constant(name,
        value, type)`; `jsx(tag, …)`, an element with attributes by keyword and `children`;
        `page(elements)`, what a component returns; `own(name)`, a name that gives way to imports.
        """
        template = self._environment.get_template(name)
        return self._render(template, {**self._builtins, **context})

    def render_text(
        self, name: str, text: str, context: Mapping[str, object], span: Span | None = None
    ) -> bytes:
        """Render a template that a pattern brings; `name` is what messages call it.

        Raises PatternError when it cannot be rendered: at `span` when the text is a value of the
        pattern, else with the template's line.
        """
        try:
            return self._render(self._compiled(text), context).content
        except _FAILURES as error:
            raise PatternError([_failure(error, name, text, span)]) from error

    def holds(
        self, expression: str, context: Mapping[str, object], span: Span | None = None
    ) -> bool:
        """Evaluate a `when` expression; raises PatternError at `span` when it cannot be."""
        try:
            return bool(self._environment.compile_expression(expression, False)(**context))
        except _FAILURES as error:
            raise PatternError([_failure(error, "when", expression, span)]) from error

    def syntax_of_text(self, name: str, text: str, span: Span | None = None) -> Diagnostic | None:
        """Say what is wrong with the syntax of a template, without rendering it."""
        try:
            self._environment.parse(text)
        except TemplateSyntaxError as error:
            return _failure(error, name, text, span)
        return None

    def uses(self, text: str) -> Uses | None:
        """Say what a template names; None when that depends on a condition, or it has a fault."""
        try:
            tree = self._environment.parse(text)
            names = meta.find_undeclared_variables(tree)
        except TemplateSyntaxError:
            return None
        defaults = any(item.name in {"d", "default"} for item in tree.find_all(nodes.Filter))
        plain = all(isinstance(item, nodes.Output) for item in tree.body)
        if defaults or not plain or any(map(tree.find, _BRANCHES)):
            return None
        return Uses(
            "".join(
                part.data if isinstance(part, nodes.TemplateData) else "_"
                for output in tree.find_all(nodes.Output)
                for part in output.nodes
            ),
            frozenset(names - self._environment.globals.keys()),
            tuple(
                (item.node.name, item.attr)
                for item in tree.find_all(nodes.Getattr)
                if isinstance(item.node, nodes.Name)
            ),
        )

    def syntax_of_condition(self, expression: str, span: Span | None) -> Diagnostic | None:
        """Say what is wrong with the syntax of a `when` expression, without evaluating it."""
        try:
            self._environment.compile_expression(expression)
        except TemplateError as error:
            return _failure(error, "when", expression, span)
        return None

    def _compiled(self, text: str) -> Template:
        """Compile a text once, for all that it is rendered for."""
        if text not in self._texts:
            self._texts[text] = self._environment.from_string(text)
        return self._texts[text]

    def _render(self, template: Any, context: Mapping[str, object]) -> Rendered:  # noqa: ANN401
        self._codes.clear()
        text = template.render(context)
        names = frozenset(name for code in self._codes for name in imported(code))
        codes = [_resolved(code, names) for code in self._codes]
        return Rendered(place_codes(text, codes).encode(), names)

    def _finalize(self, value: object) -> object:
        if isinstance(value, Ident | Encoded | int):
            return value
        if isinstance(value, Code | _ImportsHere | _Own):
            self._codes.append(value.value if isinstance(value, Code) else value)
            return mark(len(self._codes) - 1)
        if isinstance(value, StrictUndefined):
            str(value)  # raises, and says what is missing
        raise TypeError(
            f"a value of type {type(value).__name__} is printed without an encoder: "
            "use | ts, | json, | yaml, | comment or | md"
        )


def _resolved(code: Printable | _ImportsHere | _Own, names: frozenset[Name]) -> Printable:
    match code:
        case _ImportsHere():
            return imports_of(names)
        case _Own():
            taken = _GLOBALS | {name.text for name in names}
            return Name(f"{code.name}Page" if code.name in taken else code.name)
        case _:
            return code


def _name(text: str, module: str) -> Code:
    return Code(Name(text, module))


def _type(text: str, module: str) -> Code:
    return Code(Name(text, module, is_type=True))


def _jsx(tag: Code, children: Iterable[Code] = (), **attributes: object) -> Code:
    """Return an element; an attribute that is undefined or None is left out."""
    values = {key: _expression(value) for key, value in attributes.items() if value is not None}
    inner: list[Element] = []
    for child in children:
        parts = child.value.items if isinstance(child.value, Elements) else (child.value,)
        inner += [part for part in parts if isinstance(part, Element)]
    if not isinstance(tag.value, Name):
        raise TypeError("the first argument of jsx() is a name")
    return Code(Element(tag.value, values, tuple(inner)))


def _page(elements: Iterable[Code]) -> Code:
    return Code(Page(tuple(item.value for item in elements if isinstance(item.value, Element))))


def _constant(name: str, value: object, of: Code | None = None) -> Code:
    kind = of.value if of else None
    if not isinstance(kind, Generic | ListOf | Name | None):
        raise TypeError(f"{type(kind).__name__} is no type of a constant")
    return Code(Constant(Name(name), _expression(value), kind))


def _expression(value: Any) -> Expression:  # noqa: ANN401 - any plain value is an expression
    if isinstance(value, Code):
        if isinstance(found := value.value, Constant | Imports | ListOf | Page):
            raise TypeError(f"{type(found).__name__} is no expression")
        return found
    if isinstance(value, list):
        return [_expression(item) for item in value]
    return Name(value) if isinstance(value, Ident) else value


def _failure(error: Exception, name: str, text: str, span: Span | None) -> Diagnostic:
    if span is not None:
        return Diagnostic(code="ACE173", message=f"`{text}`: {error}", span=span)
    span = _place(error, Source(name, text))
    return Diagnostic(code="ACE173", message=str(error), span=span)


def _place(error: Exception, source: Source) -> Span:
    line = error.lineno if isinstance(error, TemplateSyntaxError) else 0
    traceback = error.__traceback__
    while traceback is not None and not line:
        if traceback.tb_frame.f_code.co_filename in {"<template>", "<unknown>"}:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return Span(source, line or 1, 1, line or 1, len(source.line(line or 1)) + 1)
