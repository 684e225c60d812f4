"""TypeScript trees as text, printed exactly as Prettier would.

What is special about a case follows Prettier's source: `print/assignment.js`,
`print/call-arguments.js`, `print/member-chain.js`, `print/arrow-function.js`, `print/jsx.js`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ace_flow.generator.characters import HIDDEN, JOINERS, string, width_of
from ace_flow.generator.importing import imports
from ace_flow.generator.layout import (
    BREAK,
    HARD,
    LINE,
    SOFT,
    Choice,
    Doc,
    Fluid,
    Group,
    IfBreak,
    Indent,
    join,
    lay_out,
    will_break,
)
from ace_flow.generator.shapes import cannot_break, hugs, is_matrix, is_simple, kind
from ace_flow.generator.typescript import (
    Arrow,
    Awaited,
    Call,
    Constant,
    Element,
    Elements,
    Expression,
    Generic,
    Imports,
    Indexed,
    ListOf,
    Name,
    Object,
    Page,
    Printable,
)
from ace_flow.regexes import regex

WIDTH = 100
# A key narrower than this has its value beside it: a new line would gain next to nothing.
_SHORT_KEY = 5

_IDENTIFIER = regex(r"[A-Za-z_$][A-Za-z0-9_$]*")
_JSX_TEXT = regex(rf"[^\"&\\<>{{}}{HIDDEN}{JOINERS}]*")


def print_code(value: Printable, *, indent: int = 0, column: int = 0, trailing: str = "") -> str:
    """Print a tree where `column` characters stand before it and `trailing` follows it.

    The text ends with `trailing`; `indent` is that of the line on which it begins.
    """
    match value:
        case Imports():
            doc = imports(value)
        case Constant():
            doc = _constant(value)
        case ListOf():
            doc = _list_type(value)
        case Page():
            doc = _page(value)
        case _:
            doc = _expression(value)
    return lay_out((doc, trailing), width=WIDTH, indent=indent, column=column)


def _expression(value: Expression) -> Doc:  # noqa: C901, PLR0912 - one case a node
    match value:
        case Name():
            return value.text
        case Indexed() | Generic():
            return _type(value)
        case str():
            return string(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return format(Decimal(repr(value)), "f").removesuffix(".0")
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


def _type(value: Name | Indexed | Generic | ListOf) -> str:
    if isinstance(value, Name):
        return value.text
    if isinstance(value, ListOf):
        return f"{_type(value.base)}[]"
    if isinstance(value, Generic):
        return f"{value.base.text}<{_type(value.argument)}>"
    return value.base.text + "".join(f"[{string(key)}]" for key in value.keys)


def _list_type(value: ListOf) -> Doc:
    return (_with_argument(value), "[]")


def _with_argument(value: Generic | ListOf) -> Doc:
    if value.argument is None:
        return value.base.text
    return (f"{value.base.text}<", Indent((SOFT, _type(value.argument))), SOFT, ">")


def _constant(value: Constant) -> Doc:
    name: Doc = f"const {value.name.text}"
    if isinstance(value.type, ListOf):
        name = Group((name, ": ", _list_type(value.type)))
    elif isinstance(value.type, Generic):
        name = Group((name, ": ", _with_argument(value.type)))
    elif value.type:
        name = (name, ": ", value.type.text)
    return Group((name, " =", _assigned(value.value)))


def _assigned(value: Expression, *, close: bool = False) -> Doc:
    """Print what follows `=` or `:`, with the space or line end before it.

    With `close` it never moves to a line of its own.
    """
    printed = _expression(value)
    if close or isinstance(value, bool | int | float):
        return (" ", printed)
    if isinstance(value, str) or cannot_break(value):
        return Group(Indent((LINE, printed)))
    return Fluid(printed)


def _array(items: Sequence[Expression]) -> Doc:
    if not items:
        return "[]"
    content = join((",", LINE), [Group(_expression(item)) for item in items])
    return Group(("[", Indent((SOFT, content)), IfBreak(","), SOFT, "]"), broken=is_matrix(items))


def _object(value: Object) -> Doc:
    if not value.entries:
        return "{}"
    entries: list[Doc] = [_property(key, item) for key, item in value.entries.items()]
    if value.spread:
        entries.insert(0, f"...{value.spread.text}")
    content = join((",", LINE), entries)
    return Group(("{", Indent((LINE, content)), IfBreak(","), LINE, "}"), broken=value.expanded)


def _property(key: str, value: Expression) -> Doc:
    name = key if _IDENTIFIER.fullmatch(key) else string(key)
    if isinstance(value, Name) and value.text == key:
        return key
    return Group((name, ":", _assigned(value, close=width_of(name) < _SHORT_KEY)))


def _arrow(value: Arrow, *, last_argument: bool = False, attribute: bool = False) -> Doc:
    """Print an arrow function; as a last argument or an attribute its end moves with its body."""
    body = _expression(value.body)
    word = "async " if value.is_async else ""
    start: Doc = (word, _parameters(value, breakable=not last_argument), " =>")
    match kind(value.body):
        case "object":
            return Group((start, " (", body, ")"))
        case "array":
            return Group((start, " ", body))
        case "element":
            return Group((start, " ", _in_parentheses(body)))
        case _:
            comma: Doc = IfBreak(",") if last_argument else ""
            end: Doc = (comma, SOFT) if last_argument or attribute else ""
            return Group((start, Group((Indent((LINE, body)), end))))


def _parameters(value: Arrow, *, breakable: bool) -> Doc:
    returns = f": {_type(value.returns)}" if value.returns else ""
    parts: list[Doc] = [
        f"{item.name}: {_type(item.type)}" if item.type else item.name for item in value.parameters
    ]
    if not parts or not breakable:
        return ("(", join(", ", parts), ")", returns)
    return Group(("(", Indent((SOFT, join((",", LINE), parts))), IfBreak(","), SOFT, ")", returns))


def _arguments(arguments: tuple[Expression, ...]) -> Doc:
    if not arguments:
        return "()"
    printed = [_expression(argument) for argument in arguments]
    apart = ("(", Indent((SOFT, join((",", LINE), printed))), IfBreak(","), SOFT, ")")
    if not hugs(arguments):
        return Group(apart)
    broken = Group(apart, broken=True)
    if any(will_break(item) for item in printed[:-1]):
        return broken
    last = arguments[-1]
    hugged = _arrow(last, last_argument=True) if isinstance(last, Arrow) else printed[-1]
    head: tuple[Doc, ...] = tuple((item, ", ") for item in printed[:-1])
    opened: Doc = ("(", *head, Group(hugged, broken=True), ")")
    if will_break(hugged):
        return (BREAK, Choice((opened, broken)))
    return Choice((("(", *head, hugged, ")"), opened, broken))


def _call(value: Call) -> Doc:
    if kind(value) == "import":
        return ("import(", join(", ", [_expression(item) for item in value.arguments]), ")")
    links: list[Call] = []
    head: Name | Call | Awaited = value
    while isinstance(head, Call) and head.method is not None:
        links.insert(0, head)
        head = head.callee
    groups: list[Doc] = [(f".{link.method}", _arguments(link.arguments)) for link in links]
    base = _base(head)
    one_line: Doc = (base, *groups)
    # `a.b()` is no chain, nor is `a.b().c()` unless it has to break.
    if len(groups) < 2:  # noqa: PLR2004 - Prettier's own limit
        return one_line
    expanded: Doc = (base, Indent(tuple((HARD, group) for group in groups)))
    is_complex = len(links) > 2 and any(  # noqa: PLR2004 - likewise
        not is_simple(argument) for link in links for argument in link.arguments
    )
    if is_complex or any(will_break(group) for group in groups[:-1]):
        return Group(expanded, broken=True)
    return Choice((one_line, expanded))


def _base(head: Name | Call | Awaited) -> Doc:
    """Print what a chain of calls begins with; a call here has no method."""
    match head:
        case Name():
            return head.text
        case Awaited():
            awaited = (Indent((SOFT, "await ", _expression(head.call))), SOFT)
            return ("(", Group(awaited), f").{head.path}")
        case Call():
            return (_base(head.callee), _arguments(head.arguments))


def _page(value: Page) -> Doc:
    if not value.items:
        return "null"
    if len(value.items) == 1:
        return _in_parentheses(_element(value.items[0]))
    inner = join(HARD, [_element(item) for item in value.items])
    return _in_parentheses(Group(("<>", Indent((HARD, inner)), HARD, "</>"), broken=True))


def _in_parentheses(element: Doc) -> Doc:
    return Group((IfBreak("("), Indent((SOFT, element)), SOFT, IfBreak(")")))


def _element(value: Element) -> Doc:
    tag = value.tag.text
    attributes = [_attribute(name, item) for name, item in value.attributes.items()]
    opening: Doc = f"<{tag}"
    end: Doc = ">" if value.children else " />"
    if attributes:
        opening = (opening, Indent(tuple((LINE, item) for item in attributes)))
        end = (SOFT, ">") if value.children else (LINE, "/>")
    start = Group((opening, end))
    if not value.children:
        return start
    children = join(HARD, [_element(child) for child in value.children])
    return Group((start, Indent((HARD, children)), HARD, f"</{tag}>"), broken=True)


def _attribute(name: str, value: Expression) -> Doc:
    match value:
        case True:
            return name
        case str() if _JSX_TEXT.fullmatch(value):
            return f'{name}="{value}"'
        case Arrow():
            return (name, "={", _arrow(value, attribute=True), "}")
        case Object() | Mapping() | list() | tuple() | Call():
            return (name, "={", _expression(value), "}")
        case _:
            return Group((name, "={", Indent((SOFT, _expression(value))), SOFT, "}"))
