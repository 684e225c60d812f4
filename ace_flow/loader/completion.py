"""What Amplify demands and people leave out, added and announced.

Amplify refuses a relation whose foreign key is not declared, a relation with one side only, a
model without authorization, and an enum that is required or a list; see "Data modeling" in the
Amplify Gen 2 documentation. Nothing here ever widens access.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ace_flow.model import (
    Addition,
    AuthorizationRule,
    Component,
    EnumType,
    Field,
    Member,
    Model,
    Pattern,
    Relation,
)
from ace_flow.names import camel, pascal, plural, title

if TYPE_CHECKING:
    from collections.abc import Iterable

_BOTH_SIDES = "Amplify needs both sides of a relation"


def complete(pattern: Pattern) -> tuple[Pattern, tuple[Addition, ...]]:
    """Return the pattern with everything Amplify demands, and a list of what was added.

    What names something unknown is left as it is; the rules report it.
    """
    completion = _Completion(pattern)
    completion.join_models()
    completion.relations_with_named_keys()
    completion.foreign_keys()
    completion.child_sides()
    completion.parent_sides()
    completion.enums()
    completion.authorization()
    models = tuple(completion.models.values())
    components = tuple(_with_models(item, models) for item in pattern.components)
    for component, before in zip(components, pattern.components, strict=True):
        if component != before:
            completion.add(
                component.name,
                f"shows {', '.join(component.models)}",
                "it names no models, and these fit its name or purpose",
                component,
            )
    done = replace(
        pattern,
        models=models,
        enums=pattern.enums + tuple(completion.new_enums),
        components=components,
    )
    return done, tuple(completion.additions)


class _Completion:
    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self.models = {model.name: model for model in pattern.models}
        self.new_enums: list[EnumType] = []
        self.additions: list[Addition] = []

    def add(self, path: str, what: str, why: str, origin: Model | Member | Component) -> None:
        self.additions.append(Addition(path=path, what=what, why=why, span=origin.span))

    def join_models(self) -> None:
        """Turn each manyToMany into a model between the two, which Amplify has instead."""
        for model in list(self.models.values()):
            for relation in model.relations:
                if relation.type == "manyToMany" and relation.model in self.models:
                    self._join(model.name, relation)

    def _join(self, name: str, relation: Relation) -> None:
        other = relation.model
        current = self.models[name].member(relation.name)
        if not isinstance(current, Relation) or current.type != "manyToMany":
            return  # its other side has made the join model already
        join = self._free_model(f"{name}{other}")
        near, far = camel(name), camel(other) if other != name else f"related{other}"
        rules = self.models[name].authorization
        sides = (
            Relation(name=near, type="belongsTo", model=name, required=True, span=relation.span),
            Relation(name=far, type="belongsTo", model=other, required=True, span=relation.span),
        )
        self.models[join] = Model(
            name=join,
            description=f"Links {title(name)} and {title(other)}.",
            members=sides,
            authorization=rules,
            span=relation.span,
        )
        self._replace(name, current, self._many(current, join, sides[0]))
        back = next(
            (
                side
                for side in self.models[other].relations
                if side.type == "manyToMany" and side.model == name
            ),
            None,
        )
        if back:
            self._replace(other, back, self._many(back, join, sides[1]))
        why = "Amplify has no manyToMany: a model with two belongsTo stands between"
        self.add(f"{name}.{relation.name}", f"the join model {join}", why, relation)

    def _many(self, relation: Relation, join: str, side: Relation) -> Relation:
        return replace(relation, type="hasMany", model=join, references=self._key_names(side))

    def relations_with_named_keys(self) -> None:
        """Give a hasMany or hasOne the foreign key of the only belongsTo that can match it."""
        for model in list(self.models.values()):
            for relation in model.relations:
                if relation.type not in {"hasMany", "hasOne"} or relation.references:
                    continue
                target = self.models.get(relation.model)
                sides = [
                    side
                    for side in (target.relations if target else ())
                    if side.type == "belongsTo" and side.model == model.name
                ]
                if len(sides) == 1:
                    keys = sides[0].references or self._key_names(sides[0])
                    self._replace(model.name, relation, replace(relation, references=keys))

    def foreign_keys(self) -> None:
        """Declare the foreign key of each belongsTo."""
        for name in list(self.models):
            for relation in self.models[name].relations:
                if relation.type == "belongsTo" and relation.model in self.models:
                    self._declare_key(name, relation)

    def _declare_key(self, name: str, relation: Relation) -> None:
        keys = relation.references or self._key_names(relation)
        target = self.models[relation.model]
        if len(keys) != len(target.key):
            return
        done = replace(relation, references=keys)
        new: list[Member] = []
        for key, identifier in zip(keys, target.key, strict=True):
            if self.models[name].member(key) is None:
                new.append(
                    Field(
                        name=key,
                        type=_key_type(target, identifier),
                        required=relation.required,
                        span=relation.span,
                    )
                )
                why = "a belongsTo keeps the key of the other record in a field"
                self.add(f"{name}.{key}", f"the foreign key of {relation.name}", why, relation)
        self._replace(name, relation, *new, done)

    def child_sides(self) -> None:
        """Add the belongsTo that a hasMany or hasOne needs on the other model."""
        for model in list(self.models.values()):
            for relation in model.relations:
                if relation.type in {"hasMany", "hasOne"} and relation.model in self.models:
                    self._child_side(model, relation)

    def _child_side(self, model: Model, relation: Relation) -> None:
        target = self.models[relation.model]
        if any(
            side.type == "belongsTo"
            and side.model == model.name
            and (not relation.references or side.references == relation.references)
            for side in target.relations
        ):
            return
        wanted = camel(model.name)
        if relation.references and relation.references[0].endswith("Id"):
            wanted = relation.references[0].removesuffix("Id") or wanted
        name = self._free_member(target.name, wanted)
        side = Relation(
            name=name,
            type="belongsTo",
            model=model.name,
            references=relation.references,
            span=relation.span,
        )
        self._append(target.name, side)
        self.add(f"{target.name}.{name}", f"belongsTo {model.name}", _BOTH_SIDES, relation)
        self._declare_key(target.name, side)
        if not relation.references:
            keys = self._key_names(side)
            self._replace(model.name, relation, replace(relation, references=keys))

    def parent_sides(self) -> None:
        """Add the hasMany that a belongsTo needs on the other model."""
        for child in list(self.models.values()):
            open_ends = [
                side
                for side in child.relations
                if side.type == "belongsTo"
                and side.model in self.models
                and side.references
                and not self._has_parent_side(child.name, side)
            ]
            for side in open_ends:
                self._parent_side(child, side)

    def _has_parent_side(self, child: str, side: Relation) -> bool:
        return any(
            other.model == child
            and other.type in {"hasMany", "hasOne"}
            and other.references in {(), side.references}
            for other in self.models[side.model].relations
        )

    def _parent_side(self, child: Model, side: Relation) -> None:
        siblings = [
            other
            for other in child.relations
            if other.type == "belongsTo" and other.model == side.model
        ]
        many = plural(child.name)
        wanted = camel(many) if len(siblings) == 1 else f"{side.name}{many}"
        name = self._free_member(side.model, wanted)
        relation = Relation(
            name=name,
            type="hasMany",
            model=child.name,
            references=side.references,
            span=side.span,
        )
        self._append(side.model, relation)
        self.add(f"{side.model}.{name}", f"hasMany {child.name}", _BOTH_SIDES, side)

    def enums(self) -> None:
        """Name the inline enums that are required or lists."""
        for model in list(self.models.values()):
            for field in model.fields:
                if field.type != "enum" or not (field.required or field.array):
                    continue
                name = f"{model.name}{pascal(field.name)}"
                self.new_enums.append(EnumType(name=name, values=field.values, span=field.span))
                self._replace(model.name, field, replace(field, type="ref", ref=name, values=()))
                why = "an inline enum can be neither required nor a list"
                self.add(f"{model.name}.{field.name}", f"the named enum {name}", why, field)

    def authorization(self) -> None:
        """Give a model without rules to its owner alone."""
        for name, model in list(self.models.items()):
            if not model.authorization:
                rules = (AuthorizationRule(allow="owner", span=model.span),)
                self.models[name] = replace(model, authorization=rules)
                why = "a model needs rules, and the narrowest is its owner"
                self.add(name, "authorization: owner", why, model)

    def _key_names(self, relation: Relation) -> tuple[str, ...]:
        target = self.models.get(relation.model)
        keys = target.key if target else ("id",)
        return tuple(f"{relation.name}{pascal(key)}" for key in keys)

    def _replace(self, name: str, old: Member, *new: Member) -> None:
        members: list[Member] = []
        for member in self.models[name].members:
            members.extend(new if member.name == old.name else (member,))
        self.models[name] = replace(self.models[name], members=tuple(members))

    def _append(self, name: str, member: Member) -> None:
        model = self.models[name]
        self.models[name] = replace(model, members=(*model.members, member))

    def _free_member(self, model: str, wanted: str) -> str:
        return _free(wanted, {member.name for member in self.models[model].members})

    def _free_model(self, wanted: str) -> str:
        return _free(wanted, set(self.models))


def _free(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, or it with the first number that makes it free."""
    folded = {name.lower() for name in taken}
    name, number = wanted, 2
    while name.lower() in folded:
        name, number = f"{wanted}{number}", number + 1
    return name


def _key_type(model: Model, key: str) -> str:
    member = model.member(key)
    return member.type if isinstance(member, Field) else "id"


def _with_models(component: Component, models: tuple[Model, ...]) -> Component:
    """Find the models of a component that names none: by its name, its purpose, else all."""
    if component.models or not models:
        return component
    by_length = sorted(models, key=lambda model: (-len(model.name), model.name))
    for model in by_length:
        if model.name in component.name or plural(model.name) in component.name:
            return replace(component, models=(model.name,))
    purpose = component.purpose.lower()
    for model in by_length:
        spoken = title(model.name).lower()
        if re.search(rf"\b({re.escape(spoken)}|{re.escape(plural(spoken))})\b", purpose):
            return replace(component, models=(model.name,))
    return replace(component, models=tuple(model.name for model in models))
