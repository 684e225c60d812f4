"""Custom queries that choose the records of a page: how they are asked, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.asking import calling
from ace_flow.generator.timelines import moment
from ace_flow.generator.typescript import (
    Expression,
    Generic,
    Indexed,
    Name,
    Object,
    Parameter,
    arrow,
    call,
)
from ace_flow.names import pascal

if TYPE_CHECKING:
    from ace_flow.model import Component, Model, Operation, Pattern


def finder_kind(component: Component, model: Model, pattern: Pattern) -> str | None:
    """Return the kind of helper that finds the records of a model which a component shows.

    None where the component shows all of them.
    """
    found = _finders(pattern, model)
    kind = _kind(component.query) if component.query else None
    return kind if kind in found else None


def finders(pattern: Pattern, model: Model) -> dict[str, Expression]:
    """Return how queries are asked for records of a model, by the kind of helper."""
    return {kind: _asking(model, query) for kind, query in _finders(pattern, model).items()}


def finder_types(pattern: Pattern, model: Model, row: Indexed) -> dict[str, Expression]:
    """Return the types of these."""
    kind = Generic(Name("ListRecords", "../api", is_type=True), row)
    return dict.fromkeys(_finders(pattern, model), kind)


def _finders(pattern: Pattern, model: Model) -> dict[str, Operation]:
    named = {component.query for component in pattern.components}
    return {
        _kind(query.name): query
        for query in pattern.queries
        if query.name in named and query.returns == model.name
    }


def _kind(query: str) -> str:
    return f"From{pascal(query)}"


def _asking(model: Model, query: Operation) -> Expression:
    taken = {argument.name for argument in query.arguments}
    given: dict[str, Expression] = {
        name: Name(f"page.{name}") for name in ("limit", "nextToken") if name in taken
    }
    whole = len(given) > 1
    arguments: tuple[Expression, ...] = ()
    if given:
        arguments = (Name("page") if whole else Object(given),)
    ask = calling(query, (Parameter("page"),) if given else (), *arguments)
    queried = Name("queried", "../queried")
    if "nextToken" not in taken:
        return call(queried, ask)
    place = [Name(f"row.{name}") for name in (moment(model), *model.key)]
    return call(queried, ask, arrow("row", place))
