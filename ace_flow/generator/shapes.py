"""What Prettier asks of an expression before it decides where lines may end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ace_flow.generator.characters import string
from ace_flow.generator.typescript import (
    Arrow,
    Call,
    Element,
    Elements,
    Expression,
    Name,
    Object,
)

# The longest argument that is not worth a line of its own: a quarter of the width.
_SHORT_ARGUMENT = 25
# What an arrow function returns where it may stay on the line of the call it is passed to.
_OPENING = frozenset({"array", "call", "element", "object"})


def kind(value: Expression) -> str:
    """Name what kind of expression it is; a name or a literal is of none."""
    match value:
        case Object() | Mapping():
            return "object"
        case list() | tuple():
            return "array"
        case Arrow():
            return "arrow"
        case Call():
            return "import" if value.callee == Name("import") else "call"
        case Element():
            return "element"
        case _:
            return ""


def _size(value: Expression) -> int:
    match value:
        case Object():
            return len(value.entries) + (value.spread is not None)
        case Mapping() | list() | tuple():
            return len(value)
        case _:
            return 0


def cannot_break(value: Expression) -> bool:
    """Tell whether there is no good place to break: in a path, or a call with next to nothing."""
    match value:
        case Name():
            return "." in value.text
        case Call():
            is_short = all(_is_short(argument) for argument in value.arguments)
            return is_short and len(value.arguments) <= 1 and isinstance(value.callee, Name)
        case _:
            return False


def _is_short(argument: Expression) -> bool:
    match argument:
        case Name():
            return "." not in argument.text and len(argument.text) <= _SHORT_ARGUMENT
        case str():
            # Prettier counts UTF-16 units here.
            return len(string(argument).encode("utf-16-le")) // 2 <= _SHORT_ARGUMENT
        case _:
            return argument is None or isinstance(argument, bool | int | float)


def is_matrix(items: Sequence[Expression]) -> bool:
    """Tell whether a list of several objects (or lists) with several entries each always breaks."""
    kinds = {kind(item) for item in items}
    is_uniform = kinds in ({"object"}, {"array"})
    return len(items) > 1 and is_uniform and all(_size(item) > 1 for item in items)


def hugs(arguments: tuple[Expression, ...]) -> bool:
    """Tell whether the last argument may break while the others stay on the first line."""
    last = arguments[-1]
    kinds = [kind(argument) for argument in arguments]
    match kinds[-1]:
        case "object" | "array":
            opens = _size(last) > 0
        case "arrow":
            opens = isinstance(last, Arrow) and kind(last.body) in _OPENING
        case _:
            opens = False
    return opens and (len(kinds) == 1 or kinds[-2] != kinds[-1])


def is_simple(argument: Expression) -> bool:
    """Tell whether several calls with such arguments may be chained on one line."""
    match argument:
        case Arrow() | Call() | Element() | Elements():
            return False
        case Object():
            return all(is_simple(item) for item in argument.entries.values())
        case Mapping():
            return all(is_simple(item) for item in argument.values())
        case list() | tuple():
            return all(is_simple(item) for item in argument)
        case _:
            return True
