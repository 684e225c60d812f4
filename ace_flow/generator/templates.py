"""The shipped templates, and what stands in them for expression trees.

A template places an expression as `Code`, which is laid out in the width that is left where it
stands. What else it prints is held to the same rules as in a pattern's own templates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from ace_flow.generator.placing import imports_of, mark, place_codes
from ace_flow.generator.texts import Ident, environment_of, printed
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ace_flow.generator.typescript import Printable

# What the browser provides and expressions name without importing it.
_GLOBALS = frozenset({"FormData", "Number"})


class Code(Struct, frozen=True):
    """An expression tree, laid out where it is placed."""

    value: Printable


class Rendered(NamedTuple):
    """A rendered text, and the names its expressions import."""

    content: bytes
    names: frozenset[Name]


class _ImportsHere:
    """Stands for the imports of all expressions in the same text."""


class _Own(Struct, frozen=True):
    """Stands for a name that the text declares itself, and that an import may have as well."""

    name: str


class Templates:
    """Renders the templates of a folder."""

    def __init__(self, folder: Path) -> None:
        self._codes: list[Printable | _ImportsHere | _Own] = []
        self._environment = environment_of(folder, self._finalize)
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

    def _render(self, template: Any, context: Mapping[str, object]) -> Rendered:  # noqa: ANN401
        self._codes.clear()
        text = template.render(context)
        names = frozenset(name for code in self._codes for name in imported(code))
        codes = [_resolved(code, names) for code in self._codes]
        return Rendered(place_codes(text, codes).encode(), names)

    def _finalize(self, value: object) -> object:
        if isinstance(value, Code | _ImportsHere | _Own):
            self._codes.append(value.value if isinstance(value, Code) else value)
            return mark(len(self._codes) - 1)
        return printed(value)


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
