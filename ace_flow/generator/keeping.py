"""Names that DynamoDB has of tables and indexes, where what they belong to was renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.typescript import Object
from ace_flow.model import relation_index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Model, Pattern, Relation


def kept_tables(pattern: Pattern) -> dict[str, str]:
    """Return what tables are called after, by the models that have other names now."""
    return {model.name: model.table for model in pattern.models if model.table != model.name}


def kept_indexes(pattern: Pattern) -> Object | None:
    """Return the names of indexes that are kept, by the fields with the belongsTo; or None."""
    indexes = dict(_indexes(pattern))
    return Object(dict(indexes)) if indexes else None


def _indexes(pattern: Pattern) -> Iterator[tuple[str, str]]:
    """Yield the indexes whose names are not those that Amplify would give them."""
    for model in pattern.models:
        for relation in model.relations:
            name = relation_index(model, relation)
            if (
                relation.type in {"hasMany", "hasOne"}
                and name != f"gsi-{model.name}.{relation.name}"
            ):
                yield f"{relation.model}.{_other_side(pattern, model, relation)}", name


def _other_side(pattern: Pattern, model: Model, relation: Relation) -> str:
    child = pattern.model(relation.model)
    return next(
        side.name
        for side in (child.relations if child else ())
        if side.type == "belongsTo"
        and side.model == model.name
        and side.references == relation.references
    )
