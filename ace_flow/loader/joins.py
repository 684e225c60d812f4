"""Many-to-many relations, which Amplify has as a model between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ace_flow.loader.draft import completed, earlier
from ace_flow.model import AuthorizationRule, Model, Relation
from ace_flow.model.data import WHOLE
from ace_flow.names import camel, title

if TYPE_CHECKING:
    from ace_flow.loader.draft import Draft


def join_models(draft: Draft) -> None:
    """Turn each manyToMany into a model between the two, which Amplify has instead."""
    for model in list(draft.models.values()):
        for relation in model.relations:
            if relation.type == "manyToMany" and relation.model in draft.models:
                _join(draft, model.name, relation)


def _join(draft: Draft, name: str, relation: Relation) -> None:
    other = relation.model
    members = draft.members[name]
    current = members.get(relation.name)
    if not isinstance(current, Relation) or current.type != "manyToMany":
        return  # its other side has made the join model already
    join = draft.free_type(f"{name}{other}")
    near, far = camel(name), camel(other) if other != name else f"related{other}"
    table, other_table = draft.models[name].table, draft.models[other].table
    far_table = camel(other_table) if other != name else f"related{other_table}"
    rules = _common_rules(draft.models[name].authorization, draft.models[other].authorization)
    reason = {WHOLE: f"join model of {name}.{relation.name}"}
    one = Relation(
        name=near,
        type="belongsTo",
        model=name,
        renamed_from=earlier(camel(table), near),
        required=True,
        span=relation.span,
        completed=reason,
    )
    sides = (one, replace(one, name=far, model=other, renamed_from=earlier(far_table, far)))
    draft.add_model(
        Model(
            name=join,
            renamed_from=earlier(f"{table}{other_table}", f"{name}{other}"),
            description=f"Links {title(name)} and {title(other)}.",
            members=sides,
            authorization=rules,
            span=relation.span,
            completed=reason,
        )
    )
    why = "Amplify has no manyToMany: a model with two belongsTo stands between"
    draft.add(join, f"the join model of {name}.{relation.name}", why, relation)
    members.swap(current, _many(draft, current, join, sides[0]))
    back = next(iter(draft.relations(other, name, "manyToMany")), None)
    draft.add(f"{name}.{relation.name}", f"hasMany {join}", why, relation)
    if back:
        draft.members[other].swap(back, _many(draft, back, join, sides[1]))
        draft.add(f"{other}.{back.name}", f"hasMany {join}", why, back)


def _many(draft: Draft, relation: Relation, join: str, side: Relation) -> Relation:
    why = "a manyToMany is a join model"
    keys = draft.key_names(side)
    return completed(relation, why, type="hasMany", model=join, references=keys)


def _common_rules(
    near: tuple[AuthorizationRule, ...], far: tuple[AuthorizationRule, ...]
) -> tuple[AuthorizationRule, ...]:
    """Return the rules of a join model: what both its sides permit to the same people.

    Where that lets nobody link records, whoever does owns the link.
    """
    others = {_people(rule): rule for rule in far}
    common: list[AuthorizationRule] = []
    for rule in near:
        other = others.get(_people(rule))
        if other is None or rule.owner_field or rule.group_field:
            continue  # a join model has none of the fields that rules name
        if other.operations and rule.operations:
            both = tuple(name for name in rule.operations if name in other.operations)
            if not both:
                continue
        else:
            both = rule.operations or other.operations
        reason = {WHOLE: "both sides of a join model permit it"}
        common.append(replace(rule, operations=both, completed=reason))
    if near and not any(not rule.operations or "create" in rule.operations for rule in common):
        common = [rule for rule in common if rule.allow != "owner"]
        reason = {WHOLE: "whoever links two records owns the link"}
        owner = AuthorizationRule(allow="owner", span=near[0].span, completed=reason)
        common.insert(0, owner)
    return tuple(common)


def _people(rule: AuthorizationRule) -> AuthorizationRule:
    return replace(rule, operations=())
