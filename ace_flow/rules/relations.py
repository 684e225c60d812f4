"""Relations: existing models, matching foreign keys, and both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic
from ace_flow.model import Field
from ace_flow.names import Suggestion
from ace_flow.rules.links import FEW, PARENT_SIDES, is_key_type, links_of, told
from ace_flow.rules.missing import elsewhere, removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Model, Pattern, Relation


def relation_keys(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A relation has the keys of a relation, and only a belongsTo can be required."""
    for model in pattern.models:
        for relation in model.relations:
            keys = [(key, "only a field has it") for key in relation.misplaced]
            if relation.required and relation.type != "belongsTo":
                keys.append(("required", "only a belongsTo can be required"))
            if relation.node and relation.node.texts("references") and _is_joined(relation):
                keys.append(("references", "a manyToMany keeps its keys in a model of its own"))
            for key, reason in keys:
                yield Diagnostic(
                    code="ACE106",
                    message=f"`{model.name}.{relation.name}` cannot have `{key}`: {reason}",
                    span=relation.key_at(key),
                    hint="remove the key",
                    related=elsewhere(relation.key_at(key), relation, "type"),
                )


def _is_joined(relation: Relation) -> bool:
    """Tell whether a manyToMany was written; with a known model, completion made it a hasMany."""
    return relation.type == "manyToMany" or "type" in relation.completed


def related_models(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A relation names a model of the pattern."""
    names = [model.name for model in pattern.models]
    types = {custom.name for custom in pattern.types} | {enum.name for enum in pattern.enums}
    for model in pattern.models:
        for relation in model.relations:
            if pattern.model(relation.model) is None:
                said = f"there is no model `{relation.model}`"
                yield Diagnostic(
                    code="ACE120",
                    message=said if relation.model else f"`{relation.name}` names no `model`",
                    span=relation.at("model"),
                    hint=f"it is no model: write `type: ref, ref: {relation.model}`"
                    if relation.model in types
                    else Suggestion(relation.model, names),
                    related=removed(pattern, f"models.{relation.model}"),
                )


def reference_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """The foreign key is declared on the child, one field for each of the parent's key."""
    links = links_of(pattern)
    for link in links:
        model, relation = link.spokesman
        where = f"`{model.name}.{relation.name}`"
        if len(relation.references) != len(link.parent.key):
            yield Diagnostic(
                code="ACE121",
                message=f"{where} refers by {len(relation.references)}: "
                f"{', '.join(relation.references)}; the key of `{link.parent.name}` has "
                f"{len(link.parent.key)}: {', '.join(link.parent.key)}",
                span=relation.at("references"),
                hint=f"name as many fields of `{link.child.name}`, in that order",
            )
            continue
        yield from _key_types(where, relation, link.parent, link.child)
        yield from _key_presence(where, relation, link.child)
    open_ends: dict[tuple[str, str], list[Relation]] = {}
    for link in links:
        if not link.parents:
            open_ends.setdefault((link.child.name, link.parent.name), []).extend(link.children)
    for model in pattern.models:
        for relation in model.relations:
            if relation.type in PARENT_SIDES and not relation.references:
                sides = open_ends.get((relation.model, model.name), [])
                if sides:
                    yield _ambiguous(model, relation, sides[:FEW])


def _ambiguous(model: Model, relation: Relation, sides: list[Relation]) -> Diagnostic:
    keys = (f"`references: [{', '.join(side.references)}]`" for side in sides)
    return Diagnostic(
        code="ACE121",
        message=f"`{model.name}.{relation.name}` does not say which relation of "
        f"`{relation.model}` it belongs to",
        span=relation.span,
        hint=f"add {' or '.join(keys)}",
        related=tuple(
            place for side in sides for place in told(side, f"`{relation.model}.{side.name}`")
        ),
    )


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
        elif field.array or not is_key_type(field.type, wanted):
            fits = is_key_type(field.type, wanted)
            change = [] if fits else [f"make it `type: {wanted}`"]
            change += ["remove `array`"] if field.array else []
            yield Diagnostic(
                code="ACE121",
                message=f"{where}: `{child.name}.{reference}` cannot hold a key of `{parent.name}`",
                span=field.at("array" if fits else "type"),
                hint=" and ".join(change),
                related=told(relation, "the relation"),
            )
        elif relation.required and relation.type == "belongsTo" and not field.required:
            yield Diagnostic(
                code="ACE121",
                message=f"{where} is required, but its key `{reference}` is not",
                span=field.span,
                hint="add `required: true` to the key",
                related=told(relation, "the relation"),
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
    """No two relations have the same key, and none has two other sides."""
    for link in links_of(pattern):
        keys = ", ".join(link.references)
        child, parent = link.child.name, link.parent.name
        for side in link.children[1:]:
            first = f"`{child}.{link.children[0].name}`"
            yield Diagnostic(
                code="ACE122",
                message=f"{first} and `{child}.{side.name}` have the same key, `{keys}`",
                span=side.at("references"),
                hint="give each a key of its own: name another field in `references`",
                related=told(link.children[0], first),
            )
        # What more there is on the other side then is a consequence.
        for side in link.parents[1:] if len(link.children) == 1 else ():
            first = f"`{parent}.{link.parents[0].name}`"
            yield Diagnostic(
                code="ACE122",
                message=f"{first} and `{parent}.{side.name}` have the same key, "
                f"`{keys}` of `{child}`",
                span=side.at("references"),
                hint=f"give each a belongsTo of its own in `{child}`, and name its key in "
                "`references` on both sides",
                related=told(link.parents[0], first),
            )


RULES = (relation_keys, related_models, reference_fields, both_sides)
