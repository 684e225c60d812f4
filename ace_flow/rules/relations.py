"""Relations: existing models, matching foreign keys, and both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.model import Field
from ace_flow.names import Suggestion
from ace_flow.rules.missing import elsewhere, removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Model, Pattern, Relation

# A foreign key may be declared as either, whatever the identifier's own type is.
_TEXT_KEYS = frozenset({"id", "string"})
# What a type of relation is a side of, and what the other side then is.
_SIDES = {
    "belongsTo": "belongsTo",
    "hasMany": "hasMany or hasOne",
    "hasOne": "hasMany or hasOne",
    "manyToMany": "manyToMany",
}
_OPPOSITE = {"belongsTo": "hasMany or hasOne", "hasMany or hasOne": "belongsTo"}
# Of very many places that a finding is about, so many are shown.
_FEW = 10


def relation_keys(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A relation has the keys of a relation, and only a belongsTo can be required."""
    for model in pattern.models:
        for relation in model.relations:
            keys = [(key, "only a field has it") for key in relation.misplaced]
            if relation.required and relation.type != "belongsTo":
                keys.append(("required", "only a belongsTo can be required"))
            for key, reason in keys:
                yield Diagnostic(
                    code="ACE106",
                    message=f"`{model.name}.{relation.name}` cannot have `{key}`: {reason}",
                    span=relation.key_at(key),
                    hint="remove the key",
                    related=elsewhere(relation.key_at(key), relation, "type"),
                )


def related_models(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A relation names a model of the pattern."""
    names = [model.name for model in pattern.models]
    for model in pattern.models:
        for relation in model.relations:
            if pattern.model(relation.model) is None:
                said = f"there is no model `{relation.model}`"
                yield Diagnostic(
                    code="ACE120",
                    message=said if relation.model else f"`{relation.name}` names no `model`",
                    span=relation.at("model"),
                    hint=Suggestion(relation.model, names),
                    related=removed(pattern, f"models.{relation.model}"),
                )


def reference_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """The foreign key is declared on the child, one field for each of the parent's key."""
    for model in pattern.models:
        for relation in model.relations:
            parent, child = _sides(pattern, model, relation)
            if parent is None or child is None:
                continue
            where = f"`{model.name}.{relation.name}`"
            if not relation.references:
                yield Diagnostic(
                    code="ACE121",
                    message=f"{where} does not say which relation of `{child.name}` it belongs to",
                    span=relation.span,
                    hint="add `references: [theForeignKey]`",
                )
                continue
            if len(relation.references) != len(parent.key):
                yield Diagnostic(
                    code="ACE121",
                    message=f"{where} has {len(relation.references)} reference fields; the key of "
                    f"`{parent.name}` has {len(parent.key)} ({', '.join(parent.key)})",
                    span=relation.at("references"),
                )
                continue
            yield from _key_types(where, relation, parent, child)
            yield from _key_presence(where, relation, child)


def _key_types(where: str, relation: Relation, parent: Model, child: Model) -> Iterator[Diagnostic]:
    pairs = zip(relation.references, parent.key, strict=True)
    for position, (reference, key) in enumerate(pairs):
        field, target = child.member(reference), parent.member(key)
        wanted = target.type if isinstance(target, Field) else "id"
        if not isinstance(field, Field):
            yield Diagnostic(
                code="ACE121",
                message=f"{where}: `{child.name}` has no field `{reference}`",
                span=relation.at("references", position),
                hint=Suggestion(reference, [item.name for item in child.fields]),
            )
        elif field.array or (field.type != wanted and {field.type, wanted} - _TEXT_KEYS):
            yield Diagnostic(
                code="ACE121",
                message=f"{where}: `{child.name}.{reference}` cannot hold a key of `{parent.name}`",
                span=field.at("type"),
                hint=f"make it `type: {wanted}`",
                related=_said(relation, "the relation"),
            )
        elif relation.required and relation.type == "belongsTo" and not field.required:
            yield Diagnostic(
                code="ACE121",
                message=f"{where} is required, but its key `{reference}` is not",
                span=field.span,
                hint="add `required: true` to the key",
                related=_said(relation, "the relation"),
            )


def _key_presence(where: str, relation: Relation, child: Model) -> Iterator[Diagnostic]:
    """A key of several fields is there as a whole or not at all."""
    fields = [child.member(reference) for reference in relation.references]
    required = [isinstance(field, Field) and field.required for field in fields]
    if relation.type == "belongsTo" and any(required) and not all(required):
        yield Diagnostic(
            code="ACE121",
            message=f"{where}: some fields of its key are required, and some are not: "
            f"{', '.join(relation.references)}",
            span=relation.at("references"),
            hint="make all of them required, or none",
        )


def both_sides(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Each side of a relation has exactly one other side with the same reference fields."""
    sides: dict[tuple[str, str, tuple[str, ...], str], list[Relation]] = {}
    for model in pattern.models:
        for relation in model.relations:
            key = (model.name, relation.model, relation.references, _SIDES[relation.type])
            sides.setdefault(key, []).append(relation)
    for model in pattern.models:
        for relation in model.relations:
            other = pattern.model(relation.model)
            if other is None or not relation.references or relation.type == "manyToMany":
                continue
            wanted = _OPPOSITE[_SIDES[relation.type]]
            matches = sides.get((other.name, model.name, relation.references, wanted), [])
            if len(matches) != 1:
                many = "several sides" if matches else "no side"
                yield Diagnostic(
                    code="ACE122",
                    message=f"`{other.name}` has {many} for `{model.name}.{relation.name}`",
                    span=relation.span,
                    hint=f"one {wanted} {model.name} with references "
                    f"[{', '.join(relation.references)}] is needed",
                    related=tuple(
                        Related(side.span, f"`{other.name}.{side.name}`")
                        for side in matches[:_FEW]
                        if side.span
                    )
                    or _said(other, f"`{other.name}`"),
                )


def _said(thing: Model | Relation, what: str) -> tuple[Related, ...]:
    return (Related(thing.span, what),) if thing.span else ()


def _sides(pattern: Pattern, model: Model, relation: Relation) -> tuple[Model | None, Model | None]:
    """Return the parent (whose key is kept) and the child (that keeps it)."""
    other = pattern.model(relation.model)
    return (other, model) if relation.type == "belongsTo" else (model, other)


RULES = (relation_keys, related_models, reference_fields, both_sides)
