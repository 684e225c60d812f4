"""TypeScript expressions as a tree, printed exactly as Prettier would.

A Python `str` in the tree is always a string literal, numbers, booleans and None are literals,
tuples and lists arrays, dicts objects. Only `Name` prints as it stands, and takes nothing but
identifiers: text can never become code here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.layout import (
    HARD,
    LINE,
    SOFT,
    Choice,
    Doc,
    Group,
    IfBreak,
    Indent,
    join,
    lay_out,
    will_break,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 100

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_PATH = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*(?:\.[A-Za-z_$][A-Za-z0-9_$]*)*")
# Characters that would end a literal, hide in an editor, or turn the reading direction.
_ESCAPED = re.compile(
    r"[\\\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
_SHORT_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_JSX_TEXT = re.compile(r"[^\"&\\<>{}\x00-\x1f\x7f-\x9f\u2028\u2029]*")


@dataclass(frozen=True, slots=True)
class Name:
    """An identifier, or several joined by dots; `module` is where it is imported from."""

    text: str
    module: str | None = None
    is_type: bool = False

    def __post_init__(self) -> None:
        if not _PATH.fullmatch(self.text):
            raise ValueError(f"not an identifier: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Indexed:
    """A type looked up in another: `Schema['Todo']['type']`."""

    base: Name
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A function's parameter, with its type where it cannot be inferred."""

    name: str
    type: Name | Indexed | None = None

    def __post_init__(self) -> None:
        if not _IDENTIFIER.fullmatch(self.name):
            raise ValueError(f"not an identifier: {self.name!r}")


@dataclass(frozen=True, slots=True)
class Call:
    """`callee.method(arguments)`; a chain of calls nests in `callee`.

    Without a method it is `callee(arguments)`.
    """

    callee: Name | Call
    method: str | None
    arguments: tuple[Expression, ...] = ()

    def __post_init__(self) -> None:
        if self.method is not None and not _IDENTIFIER.fullmatch(self.method):
            raise ValueError(f"not an identifier: {self.method!r}")

    def call(self, method: str, *arguments: Expression) -> Call:
        """Return this call with another one chained to it."""
        return Call(self, method, arguments)


@dataclass(frozen=True, slots=True)
class Arrow:
    """`(parameters): returns => body`."""

    parameters: tuple[Parameter, ...]
    body: Expression
    returns: Name | Indexed | None = None


@dataclass(frozen=True, slots=True)
class Object:
    """An object literal; `expanded` puts every entry on a line of its own."""

    entries: Mapping[str, Expression]
    expanded: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """A JSX element. An attribute that is True has no value; children are elements."""

    tag: Name
    attributes: Mapping[str, Expression] = field(default_factory=dict)
    children: tuple[Element, ...] = ()

    def __post_init__(self) -> None:
        for name in self.attributes:
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
                raise ValueError(f"not a JSX name: {name!r}")


@dataclass(frozen=True, slots=True)
class Elements:
    """JSX elements in a row, each on a line of its own."""

    items: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """`import { names } from 'module';`, with `types` imported as types only."""

    module: str
    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imports:
    """Import declarations, one after the other."""

    items: tuple[Import, ...]


Expression: TypeAlias = (
    "Name | Indexed | Call | Arrow | Object | Element | Elements | str | int | float | bool"
    " | Sequence[Expression] | Mapping[str, Expression] | None"
)
Printable: TypeAlias = "Expression | Imports"


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
        case _ if is_dataclass(value) and not isinstance(value, type):
            for part in fields(value):
                yield from imported(getattr(value, part.name))


def print_code(value: Printable, *, indent: int = 0, column: int = 0, trailing: str = "") -> str:
    """Print a tree where `column` characters stand before it and `trailing` follows it.

    The text ends with `trailing`; `indent` is that of the line on which it begins.
    """
    doc = _imports(value) if isinstance(value, Imports) else _expression(value)
    return lay_out((doc, trailing), width=WIDTH, indent=indent, column=column)


def string(text: str) -> str:
    """Return a string literal, in the quotes Prettier prefers."""
    quote = '"' if text.count("'") > text.count('"') else "'"
    escaped = _ESCAPED.sub(lambda hit: _escape(hit[0]), text).replace(quote, f"\\{quote}")
    return f"{quote}{escaped}{quote}"


def _escape(character: str) -> str:
    return _SHORT_ESCAPES.get(character, f"\\u{ord(character):04x}")


def _expression(value: Expression) -> Doc:  # noqa: C901, PLR0912 - one case a node
    match value:
        case Name():
            return value.text
        case Indexed():
            return value.base.text + "".join(f"[{string(key)}]" for key in value.keys)
        case str():
            return string(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return format(Decimal(repr(value)), "f")
        case Call():
            return _call(value)
        case Arrow():
            return _arrow(value)
        case Object():
            return _object(value)
        case Mapping():
            return _object(Object(value))
        case Element():
            return _element(value)
        case Elements():
            return join(HARD, [_element(item) for item in value.items])
        case _:
            return _array(value)


def _array(items: Sequence[Expression]) -> Doc:
    if not items:
        return "[]"
    content = join((",", LINE), [_expression(item) for item in items])
    return Group(("[", Indent((SOFT, content)), IfBreak(","), SOFT, "]"), broken=_is_matrix(items))


def _is_matrix(items: Sequence[Expression]) -> bool:
    """Tell whether a list of several objects (or lists) with several entries each always breaks."""

    def size(item: Expression) -> tuple[str, int]:
        match item:
            case Object():
                return ("object", len(item.entries))
            case Mapping():
                return ("object", len(item))
            case list() | tuple():
                return ("array", len(item))
            case _:
                return ("", 0)

    sizes = [size(item) for item in items]
    return len(items) > 1 and len({kind for kind, _ in sizes}) == 1 and all(n > 1 for _, n in sizes)


def _object(value: Object) -> Doc:
    if not value.entries:
        return "{}"
    entries = [_property(key, item) for key, item in value.entries.items()]
    content = join((",", LINE), entries)
    return Group(("{", Indent((LINE, content)), IfBreak(","), LINE, "}"), broken=value.expanded)


def _property(key: str, value: Expression) -> Doc:
    name = key if _IDENTIFIER.fullmatch(key) else string(key)
    if isinstance(value, Name) and value.text == key:
        return key
    printed = _expression(value)
    # What cannot break inside moves to the next line as a whole, unless the key is no wider
    # than the indentation that would gain.
    movable = isinstance(value, str) or (isinstance(value, Name) and "." in value.text)
    if movable and len(name) > 2:  # noqa: PLR2004 - the width of one indentation
        return Group((name, ":", Group(Indent((LINE, printed)))))
    return (name, ": ", printed)


def _arrow(value: Arrow, tail: Doc = "") -> Doc:
    """Print an arrow function; `tail` follows a body that moved to its own line."""
    body = _expression(value.body)
    start: Doc = (_parameters(value), " =>")
    match value.body:
        case Object() | Mapping():
            return Group((start, " (", body, ")"))
        case list() | tuple():
            return Group((start, " ", body))
        case Element():
            wrapped = Group((IfBreak("("), Indent((SOFT, body)), SOFT, IfBreak(")")))
            return Group((start, " ", wrapped))
        case _:
            return Group((start, Group((Indent((LINE, body)), tail))))


def _parameters(value: Arrow) -> Doc:
    returns: Doc = (": ", _expression(value.returns)) if value.returns else ""
    if not value.parameters:
        return ("()", returns)
    parts: list[Doc] = [
        (item.name, ": ", _expression(item.type)) if item.type else item.name
        for item in value.parameters
    ]
    inner = Indent((SOFT, join((",", LINE), parts)))
    return Group(("(", inner, IfBreak(","), SOFT, ")", returns))


def _arguments(arguments: tuple[Expression, ...]) -> Doc:
    if not arguments:
        return "()"
    printed = [_expression(argument) for argument in arguments]
    broken_out = Group(
        ("(", Indent((SOFT, join((",", LINE), printed))), IfBreak(","), SOFT, ")"),
        broken=True,
    )
    last = arguments[-1]
    if not _hugs(arguments):
        return Group(("(", Indent((SOFT, join((",", LINE), printed))), IfBreak(","), SOFT, ")"))
    if any(will_break(item) for item in printed[:-1]):
        return broken_out
    hugged = _arrow(last, (IfBreak(","), SOFT)) if isinstance(last, Arrow) else printed[-1]
    head = tuple((item, ", ") for item in printed[:-1])
    if will_break(hugged):
        return ("(", *head, Group(hugged, broken=True), ")")
    return Choice(
        (
            ("(", *head, hugged, ")"),
            ("(", *head, Group(hugged, broken=True), ")"),
            broken_out,
        )
    )


def _hugs(arguments: tuple[Expression, ...]) -> bool:
    """Tell whether the last argument may break while the others stay on the first line."""

    def kind(argument: Expression) -> str:
        match argument:
            case Object() | Mapping():
                entries = argument.entries if isinstance(argument, Object) else argument
                return "object" if entries else ""
            case list() | tuple():
                return "array" if argument else ""
            case Arrow():
                return "arrow"
            case _:
                return ""

    kinds = [kind(argument) for argument in arguments]
    return bool(kinds[-1]) and (len(kinds) == 1 or kinds[-2] != kinds[-1])


def _call(value: Call) -> Doc:
    links: list[Call] = []
    head: Name | Call = value
    while isinstance(head, Call) and head.method is not None:
        links.insert(0, head)
        head = head.callee
    base: Doc
    if isinstance(head, Call):
        base = (
            _call(head.callee) if isinstance(head.callee, Call) else head.callee.text,
            _arguments(head.arguments),
        )
    else:
        base = head.text
    groups: list[Doc] = [(f".{link.method}", _arguments(link.arguments)) for link in links]
    one_line: Doc = (base, *groups)
    # `a.b()` is no chain, nor is `a.b().c()` unless it has to break.
    if len(groups) < 2:  # noqa: PLR2004
        return one_line
    rest = tuple((HARD, group) for group in groups)
    expanded: Doc = (base, Indent(rest))
    complex_links = len(links) > 2 and any(  # noqa: PLR2004
        not _is_simple(argument) for link in links for argument in link.arguments
    )
    if complex_links or any(will_break(group) for group in groups[:-1]):
        return Group(expanded, broken=True)
    return Choice((one_line, expanded))


def _is_simple(argument: Expression) -> bool:
    match argument:
        case Arrow() | Call() | Element() | Elements():
            return False
        case Object():
            return all(_is_simple(item) for item in argument.entries.values())
        case Mapping():
            return all(_is_simple(item) for item in argument.values())
        case list() | tuple():
            return all(_is_simple(item) for item in argument)
        case _:
            return True


def _element(value: Element) -> Doc:
    attributes = [_attribute(name, item) for name, item in value.attributes.items()]
    opening: Doc = f"<{value.tag.text}"
    if attributes:
        opening = (opening, Indent(tuple((LINE, item) for item in attributes)))
    if not value.children:
        return Group((opening, LINE, "/>"))
    start = Group((opening, SOFT if attributes else "", ">"))
    children = join(HARD, [_element(child) for child in value.children])
    return Group((start, Indent((HARD, children)), HARD, f"</{value.tag.text}>"), broken=True)


def _attribute(name: str, value: Expression) -> Doc:
    match value:
        case True:
            return name
        case str() if _JSX_TEXT.fullmatch(value):
            return f'{name}="{value}"'
        case Arrow():
            return (name, "={", _arrow(value, SOFT), "}")
        case Object() | Mapping() | list() | tuple() | Call():
            return (name, "={", _expression(value), "}")
        case _:
            return Group((name, "={", Indent((SOFT, _expression(value))), SOFT, "}"))


def _imports(value: Imports) -> Doc:
    lines: list[Doc] = []
    for item in value.items:
        only_types = bool(item.types) and not item.names
        names = sorted(item.names, key=_import_order)
        types = sorted(item.types, key=_import_order)
        parts: list[Doc] = [*names, *(types if only_types else [f"type {name}" for name in types])]
        keyword = "import type" if only_types else "import"
        source = f" from {string(item.module)};"
        if len(parts) == 1:
            lines.append((f"{keyword} {{ ", parts[0], " }", source))
        else:
            inner = Indent((LINE, join((",", LINE), parts)))
            lines.append(Group((f"{keyword} {{", inner, IfBreak(","), LINE, "}", source)))
    return join(HARD, lines)


def _import_order(name: str) -> tuple[str, str]:
    return (name.lower(), name)
