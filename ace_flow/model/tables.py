"""What DynamoDB keeps for a pattern: its tables with their keys, indexes and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ace_flow.model.data import AUTOMATIC_FIELDS
from ace_flow.names import index_name
from ace_flow.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ace_flow.model.data import Field, Model, Relation
    from ace_flow.model.pattern import Pattern


class Column(Record, frozen=True, kw_only=True):
    """A field as records hold it: a scalar `type`, `enum` with its `values`, or `ref` with a type.

    `renamed_from` is what the pattern says of it, and no part of what is kept.
    """

    type: str
    required: bool = False
    array: bool = False
    values: tuple[str, ...] = ()
    uncompared: ClassVar[frozenset[str]] = frozenset({"renamed_from"})
    renamed_from: tuple[str, ...] = ()


class Link(Record, frozen=True, kw_only=True):
    """A relation: its type, the table it leads to, and the fields that hold the other's key."""

    type: str
    table: str
    references: tuple[str, ...]


class Table(Record, frozen=True, kw_only=True):
    """The table of a model, called after `name`; `indexes` are their keys by their names."""

    model: str
    name: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    links: Mapping[str, Link]
    indexes: Mapping[str, tuple[str, ...]]
    ttl: str | None = None


class Tables(Record, frozen=True, kw_only=True):
    """All tables by the names of their models, and the fields of the types within records."""

    tables: Mapping[str, Table]
    types: Mapping[str, Mapping[str, Column]]


def tables_of(pattern: Pattern) -> Tables:
    """Return what a completed pattern without errors makes DynamoDB keep."""
    indexes: dict[str, dict[str, tuple[str, ...]]] = {
        model.name: {
            own_index(model, index.keys, index.name): index.keys for index in model.indexes
        }
        for model in pattern.models
    }
    for model in pattern.models:
        for relation in model.relations:
            if relation.type in {"hasMany", "hasOne"}:
                indexes[relation.model][relation_index(model, relation)] = relation.references
    tables = {
        model.name: Table(
            model=model.name,
            name=model.table,
            key=model.key,
            columns=_columns(pattern, _kept(model)),
            links={relation.name: _link(pattern, relation) for relation in model.relations},
            indexes=indexes[model.name],
            ttl=model.ttl,
        )
        for model in pattern.models
    }
    return Tables(tables=tables, types=_types(pattern, tables))


def own_index(model: Model, keys: tuple[str, ...], name: str | None) -> str:
    """Return what an index of a model is called; of a renamed one, as it always was."""
    return name or index_name(model.table, keys)


def relation_index(model: Model, relation: Relation) -> str:
    """Return what the child's index of a hasMany or hasOne is called; it keeps the oldest names."""
    return f"gsi-{model.table}.{relation.first_name}"


def _kept(model: Model) -> list[Field]:
    """Return the fields that are only there because they were declared."""
    automatic = AUTOMATIC_FIELDS | ({"id"} if model.key == ("id",) else set())
    return [member for member in model.fields if member.name not in automatic]


def _columns(pattern: Pattern, fields: Iterable[Field]) -> dict[str, Column]:
    return {member.name: _column(pattern, member) for member in fields}


def _column(pattern: Pattern, member: Field) -> Column:
    kind, values = member.type, member.values
    if kind == "ref":
        enum = pattern.enum(member.ref)
        kind, values = ("enum", enum.values) if enum else ("ref", (member.ref or "",))
    return Column(
        type=kind,
        required=member.required,
        array=member.array,
        values=values,
        renamed_from=member.renamed_from,
    )


def _link(pattern: Pattern, relation: Relation) -> Link:
    target = pattern.model(relation.model)
    table = target.table if target else relation.model
    return Link(type=relation.type, table=table, references=relation.references)


def _types(pattern: Pattern, tables: Mapping[str, Table]) -> dict[str, dict[str, Column]]:
    """Return the custom types that records hold, at any depth: others hold nothing for long."""
    known = {custom.name: _columns(pattern, custom.fields) for custom in pattern.types}
    found: dict[str, dict[str, Column]] = {}
    holders = [table.columns for table in tables.values()]
    while holders:
        for column in holders.pop().values():
            name = column.values[0] if column.type == "ref" else ""
            if name in known and name not in found:
                found[name] = known[name]
                holders.append(known[name])
    return {name: found[name] for name in sorted(found)}
