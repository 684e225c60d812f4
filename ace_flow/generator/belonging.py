"""Records that belong to another one: how the API finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.asking import asking, key_value
from ace_flow.generator.timelines import newest_first, query_of, room_index
from ace_flow.generator.typescript import (
    Arrow,
    Expression,
    Generic,
    Indexed,
    Name,
    Object,
    Parameter,
    arrow,
    call,
)
from ace_flow.model import Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.model import Index, Model, Relation

# As many records as the API looks through at once: it filters them only then.
_LOOKED_THROUGH = 1000


def belonging_kind(relation: Relation) -> str:
    """Return the kind of helper that finds the records which belong to one by a relation."""
    return f"By{relation.name[:1].upper()}{relation.name[1:]}"


def parents(model: Model) -> Sequence[Relation]:
    """Return the relations by which records of a model belong to others."""
    return [relation for relation in model.relations if relation.type == "belongsTo"]


def belongings(model: Model) -> dict[str, Expression]:
    """Return how records that belong to one are found, by the kind of helper."""
    return {belonging_kind(relation): _belonging(model, relation) for relation in parents(model)}


def belonging_types(model: Model, row: Indexed) -> dict[str, Expression]:
    """Return the types of these."""
    kind = Generic(Name("Belonging", "../belonging", is_type=True), row)
    return {belonging_kind(relation): kind for relation in parents(model)}


def _belonging(model: Model, relation: Relation) -> Object:
    values = Object(_key_values(model, relation))
    return Object(
        {"of": arrow("key", values), "list": _listing(model, relation, values)}, expanded=True
    )


def _listing(model: Model, relation: Relation, values: Object) -> Arrow:
    parameters = (Parameter("key"), Parameter("page"))
    index, is_sorted = room_index(model, relation)
    if index:
        is_sorted = is_sorted or _is_by_time(model, index)
        options = newest_first if is_sorted else Name("page")
        return asking(model, parameters, query_of(model, index), values, options)
    chosen = Object({name: Object({"eq": value}) for name, value in values.entries.items()})
    options = Object({"filter": chosen, "limit": _LOOKED_THROUGH}, spread=Name("page"))
    return asking(model, parameters, "list", options)


def _is_by_time(model: Model, index: Index) -> bool:
    first = model.member(index.sort_keys[0]) if index.sort_keys else None
    return isinstance(first, Field) and first.type in {"date", "datetime", "timestamp"}


def _key_values(model: Model, relation: Relation) -> dict[str, Expression]:
    """Return what the foreign key holds, from the `key` of the other record."""
    if len(relation.references) == 1:
        (field,) = relation.references
        return {field: key_value(model, field, Name("key"))}
    part = Name("keyPart", "../key")
    return {
        field: key_value(model, field, call(part, Name("key"), position))
        for position, field in enumerate(relation.references)
    }
