"""Types and models that require themselves, directly or through others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Severity
from ace_flow.rules.links import FEW, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Model, Pattern, Relation


def finite_types(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """No custom type requires itself, directly or through others: it would never end."""
    types = {custom.name for custom in pattern.types}
    needs = {
        custom.name: [
            (field.ref, field)
            for field in custom.fields
            if field.required and not field.array and field.ref in types
        ]
        for custom in pattern.types
    }
    circle = _circles({name: [ref for ref, _ in refs if ref] for name, refs in needs.items()})
    for name, refs in needs.items():
        for ref, field in refs:
            if ref and circle[ref] == circle[name]:
                yield Diagnostic(
                    code="ACE108",
                    message=f"`{name}.{field.name}` requires a `{name}` within each `{name}`",
                    span=field.at("required"),
                    hint="make the field optional, or a list",
                )


def first_records(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """No model requires a record of itself, directly or through others: none can be the first."""
    needs = {
        model.name: [
            (model, relation)
            for relation in model.relations
            if relation.type == "belongsTo" and relation.required and pattern.model(relation.model)
        ]
        for model in pattern.models
    }
    circle = _circles(
        {name: [relation.model for _, relation in each] for name, each in needs.items()}
    )
    rings: dict[str, list[tuple[Model, Relation]]] = {}
    for name, each in needs.items():
        for model, relation in each:
            if circle[relation.model] == circle[name]:
                rings.setdefault(circle[name], []).append((model, relation))
    for (model, relation), *others in rings.values():
        is_own = relation.model == model.name
        more = "" if is_own else f", which in turn requires an existing `{model.name}`"
        yield Diagnostic(
            code="ACE108",
            severity=Severity.WARNING,
            message=f"`{model.name}.{relation.name}` requires an existing `{relation.model}`"
            f"{more}: nobody can make the first",
            span=relation.at("required"),
            hint="make one of these relations optional" if others else "make the relation optional",
            related=tuple(
                place
                for owner, other in others[:FEW]
                for place in told(other, f"`{owner.name}.{other.name}`")
            ),
        )


def _circles(needs: dict[str, list[str]]) -> dict[str, str]:
    """Return for each type the one that stands for all it leads to and comes back from."""
    users: dict[str, list[str]] = {name: [] for name in needs}
    for name, others in needs.items():
        for other in others:
            users[other].append(name)
    # Kosaraju's algorithm: those that are left last come first, and collect who leads to them.
    left: dict[str, None] = {}
    entered: set[str] = set()
    waiting = [(name, False) for name in needs]
    while waiting:
        name, is_left = waiting.pop()
        if is_left:
            left[name] = None
        elif name not in entered:
            entered.add(name)
            waiting += [(name, True), *((other, False) for other in needs[name])]
    circle: dict[str, str] = {}
    for first in reversed(left):
        names = [first]
        while names:
            name = names.pop()
            if name not in circle:
                circle[name] = first
                names += users[name]
    return circle


RULES = (finite_types, first_records)
