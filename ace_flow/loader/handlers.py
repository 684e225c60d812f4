"""Adds the functions that answer operations and are not declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.model import Function
from ace_flow.model.data import WHOLE

if TYPE_CHECKING:
    from ace_flow.loader.draft import Draft
    from ace_flow.model import Pattern


def with_handlers(pattern: Pattern, draft: Draft) -> tuple[Function, ...]:
    """Return the functions, with one for each operation whose own it is.

    An operation that names another function means one that is declared; the rules say if not.
    """
    functions = {function.name: function for function in pattern.functions}
    for operation in pattern.operations:
        name = operation.name
        if operation.handler and operation.handler.function == name and name not in functions:
            functions[name] = Function(
                name=name,
                span=operation.handler.span,
                completed={WHOLE: f"handler of the {operation.kind} {name}"},
            )
            why = "the operation names it as its handler"
            draft.add(f"functions.{name}", "a function to fill in", why, operation)
    return tuple(functions.values())
