"""TypeScript expressions as a tree.

A Python `str` in the tree is always a string literal, numbers, booleans and None are literals,
tuples and lists arrays, dicts objects. Only `Name` prints as it stands, and takes nothing but
identifiers: text can never become code here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_IDENTIFIER = regex(r"[A-Za-z_$][A-Za-z0-9_$]*")
_PATH = regex(r"[A-Za-z_$][A-Za-z0-9_$]*(?:\.[A-Za-z_$][A-Za-z0-9_$]*)*")


class Name(Struct, frozen=True):
    """An identifier, or several joined by dots; `module` is where it is imported from."""

    text: str
    module: str | None = None
    is_type: bool = False

    def __post_init__(self) -> None:
        if not _PATH.fullmatch(self.text):
            raise ValueError(f"not an identifier: {self.text!r}")


class Indexed(Struct, frozen=True):
    """A type looked up in another: `Schema['Todo']['type']`."""

    base: Name
    keys: tuple[str, ...]


class Generic(Struct, frozen=True):
    """A generic type: `Partial<Schema['Todo']['createType']>`."""

    base: Name
    argument: Indexed


class ListOf(Struct, frozen=True):
    """The type of a list: `Command[]`, or `Column<Schema['Todo']['type']>[]`."""

    base: Name
    argument: Indexed | None = None


class Parameter(Struct, frozen=True):
    """A function's parameter, with its type where it cannot be inferred."""

    name: str
    type: Name | Indexed | Generic | ListOf | None = None

    def __post_init__(self) -> None:
        if not _IDENTIFIER.fullmatch(self.name):
            raise ValueError(f"not an identifier: {self.name!r}")


class Awaited(Struct, frozen=True):
    """`(await call).path`: what is in the answer of a call."""

    call: Call
    path: str

    def __post_init__(self) -> None:
        if not _PATH.fullmatch(self.path):
            raise ValueError(f"not a path: {self.path!r}")


class Call(Struct, frozen=True):
    """`callee.method(arguments)`; a chain of calls nests in `callee`.

    Without a method it is `callee(arguments)`.
    """

    callee: Name | Call | Awaited
    method: str | None
    arguments: tuple[Expression, ...] = ()

    def __post_init__(self) -> None:
        if self.method is not None and not _IDENTIFIER.fullmatch(self.method):
            raise ValueError(f"not an identifier: {self.method!r}")

    def call(self, method: str, *arguments: Expression) -> Call:
        """Return this call with another one chained to it."""
        return Call(self, method, arguments)


class Arrow(Struct, frozen=True):
    """`(parameters): returns => body`, with `async` before it where the body awaits."""

    parameters: tuple[Parameter, ...]
    body: Expression
    returns: Name | Indexed | Generic | None = None
    is_async: bool = False


class Object(Struct, frozen=True):
    """An object literal; `expanded` puts every entry on a line of its own.

    It begins with the entries of `spread`: `{ ...spread, key: value }`.
    """

    entries: Mapping[str, Expression]
    expanded: bool = False
    spread: Name | None = None


class Element(Struct, frozen=True):
    """A JSX element. An attribute that is True has no value; children are elements."""

    tag: Name
    attributes: Mapping[str, Expression] = {}
    children: tuple[Element, ...] = ()

    def __post_init__(self) -> None:
        for name in self.attributes:
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
                raise ValueError(f"not a JSX name: {name!r}")


class Elements(Struct, frozen=True):
    """JSX elements in a row, each on a line of its own."""

    items: tuple[Element, ...]


class Page(Struct, frozen=True):
    """JSX elements as what a component returns: one as it is, several in a fragment, or null."""

    items: tuple[Element, ...]


class Constant(Struct, frozen=True):
    """`const name: type = value`."""

    name: Name
    value: Expression
    type: Generic | ListOf | Name | None = None


class Import(Struct, frozen=True):
    """`import { names } from 'module';`, with `types` imported as types only."""

    module: str
    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


class Imports(Struct, frozen=True):
    """Import declarations, one after the other."""

    items: tuple[Import, ...]


Expression: TypeAlias = (
    "Name | Indexed | Generic | Call | Arrow | Object | Element | Elements"
    " | str | int | float | bool | Sequence[Expression] | Mapping[str, Expression] | None"
)
Printable: TypeAlias = "Expression | Constant | Imports | ListOf | Page"


def call(path: str | Name, *arguments: Expression) -> Call:
    """Return `path(arguments)`, e.g. `call('a.string')`; a Name is called as it is."""
    if isinstance(path, Name):
        return Call(path, None, arguments)
    head, _, method = path.rpartition(".")
    return Call(Name(head), method, arguments) if head else Call(Name(method), None, arguments)


def arrow(parameter: str, body: Expression) -> Arrow:
    """Return `(parameter) => body`."""
    return Arrow((Parameter(parameter),), body)


def imported(value: object) -> Iterator[Name]:
    """Yield the names in a tree that come from a module."""
    match value:
        case Name():
            if value.module:
                yield value
        case str() | int() | float() | None:
            return
        case Mapping():
            for item in value.values():
                yield from imported(item)
        case list() | tuple():
            for item in value:
                yield from imported(item)
        case Struct():
            for part in value.__struct_fields__:
                yield from imported(getattr(value, part))
