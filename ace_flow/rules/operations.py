"""Operations: what a model may disable so that Amplify can still build an API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic
from ace_flow.names import enum_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Field, Model, Pattern

_MUTATIONS = frozenset({"create", "delete", "update"})


def some_query(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """An API has at least one query."""
    if pattern.queries or pattern.generations:
        return
    if pattern.has_api and not pattern.models:
        alone = (*pattern.operations, *pattern.conversations)[0]
        yield Diagnostic(
            code="ACE144",
            message="the API has no query, and a GraphQL API needs one",
            span=alone.span,
            hint="add a model, or a query under `schema.queries`",
        )
    silent = [model for model in pattern.models if _disables(model, "queries", {"get", "list"})]
    if silent and len(silent) == len(pattern.models):
        if any(model.indexes for model in pattern.models):
            return
        yield Diagnostic(
            code="ACE144",
            message="no model has a query, and a GraphQL API needs one",
            span=silent[0].key_at("disable_operations"),
            hint="leave `get` or `list` of a model enabled",
        )


def enum_filters(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Where records are filtered by an enum, some operation makes Amplify define how."""
    made = {made for model in pattern.models for made in _made_filters(pattern, model)}
    many = {
        relation.model
        for model in pattern.models
        for relation in model.relations
        if relation.type == "hasMany"
    }
    for model in pattern.models:
        if not _disables(model, "queries", {"list"}) or not (model.indexes or model.name in many):
            continue
        for name, field in _enums(pattern, model):
            # A hasMany takes a list for a single value, the query of an index does not.
            if (name, field.array and bool(model.indexes)) not in made:
                yield Diagnostic(
                    code="ACE144",
                    message=f"Amplify cannot filter by the enum `{model.name}.{field.name}`, since "
                    f"`{model.name}` has no `list`",
                    span=model.key_at("disable_operations"),
                    hint="enable `list`",
                )


def _made_filters(pattern: Pattern, model: Model) -> Iterator[tuple[str, bool]]:
    """Yield the enums, and whether in lists, for which a model's operations make filters."""
    listed = not _disables(model, "queries", {"list"})
    changed = not _disables(model, "mutations", _MUTATIONS)
    if listed or changed or model.indexes:
        for name, field in _enums(pattern, model):
            # Amplify does not see that a list is one when it is required.
            yield name, field.array and not field.required


def _enums(pattern: Pattern, model: Model) -> Iterator[tuple[str, Field]]:
    for field in model.fields:
        if field.type == "enum":
            yield enum_name(model.name, field.name), field
        elif field.ref is not None and pattern.enum(field.ref):
            yield field.ref, field


def _disables(model: Model, whole: str, parts: set[str] | frozenset[str]) -> bool:
    return whole in model.disabled or parts <= set(model.disabled)


RULES = (some_query, enum_filters)
