"""Finders: custom queries that choose the records of a component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic
from ace_flow.names import Suggestion
from ace_flow.rules.missing import removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Component, Operation, Pattern
    from ace_flow.names import Hint
    from ace_flow.source import Span

# The arguments that pages give, and of which types they are.
PAGING = {"limit": ("integer",), "nextToken": ("string", "id")}


def finders(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A query that a component names gives a list of one of its models, and asks for nothing."""
    queries = {operation.name: operation for operation in pattern.queries}
    for component in pattern.components:
        kind = catalogue.component_types.get(component.type)
        if component.query is None or kind is None:
            continue
        place = component.at("query")
        if not kind.queried:
            names = sorted(name for name, item in catalogue.component_types.items() if item.queried)
            message = f"`{component.name}` is of type {component.type}, which takes no `query`"
            yield _finding(message, component.key_at("query"), f"types that do: {', '.join(names)}")
        elif component.query not in queries:
            yield Diagnostic(
                code="ACE167",
                message=f"there is no query `{component.query}`",
                span=place,
                hint=Suggestion(component.query, queries),
                related=removed(pattern, f"queries.{component.query}"),
            )
        else:
            yield from _gives_records(queries[component.query], component)
            yield from _asks_for_nothing(queries[component.query], place)


def _gives_records(query: Operation, component: Component) -> Iterator[Diagnostic]:
    shown = ", ".join(f"`{name}`" for name in component.models)
    if query.returns not in component.models:
        message = f"`{query.name}` returns `{query.returns}`, and `{component.name}` shows {shown}"
        yield _finding(message, component.at("query"), "let it return one of these")
    elif not query.array:
        message = f"`{query.name}` returns one record, and a page shows a list"
        yield _finding(message, component.at("query"), "add `array: true` to the query")


def _asks_for_nothing(query: Operation, place: Span | None) -> Iterator[Diagnostic]:
    for argument in query.arguments:
        name = f"`{query.name}.{argument.name}`"
        types = PAGING.get(argument.name)
        if types and (argument.type not in types or argument.array):
            message = f"{name} is no {types[0]}, which pages give"
            yield _finding(message, place, f"write `type: {types[0]}`")
        elif not types and argument.required:
            message = f"{name} is required, and pages give `limit` and `nextToken` only"
            yield _finding(message, place, "remove `required` from the argument")


def _finding(message: str, span: Span | None, hint: Hint | str | None = None) -> Diagnostic:
    return Diagnostic(code="ACE167", message=message, span=span, hint=hint)


RULES = (finders,)
