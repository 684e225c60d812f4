"""What Amplify demands and people leave out, added and announced.

Amplify refuses a relation whose foreign key is not declared, a relation with one side only, a
model without authorization, and an enum that is required or a list; see "Data modeling" in the
Amplify Gen 2 documentation. Nothing here ever widens access.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ace_flow.loader.components import with_models
from ace_flow.loader.draft import Draft, completed
from ace_flow.loader.joins import join_models
from ace_flow.model import (
    AuthorizationRule,
    CustomType,
    EnumType,
    Field,
    Member,
    Model,
    Relation,
)
from ace_flow.model.data import WHOLE
from ace_flow.names import camel, enum_name, pascal, plural

if TYPE_CHECKING:
    from ace_flow.model import Addition, Pattern

_BOTH_SIDES = "Amplify needs both sides of a relation"


def complete(pattern: Pattern) -> tuple[Pattern, tuple[Addition, ...]]:
    """Return the pattern with everything Amplify demands, and a list of what was added.

    What names something unknown is left as it is; the rules report it.
    """
    completion = _Completion(pattern)
    join_models(completion)
    completion.relations_with_named_keys()
    completion.foreign_keys()
    completion.child_sides()
    completion.parent_sides()
    completion.keys()
    completion.enums()
    completion.enum_defaults()
    completion.authorization()
    components = []
    for component in pattern.components:
        done, why = with_models(component, pattern.models)
        if done != component:
            completion.add(component.name, f"shows {', '.join(done.models)}", why, component)
            done = completed(component, why, models=done.models)
        components.append(done)
    whole = replace(
        pattern,
        models=tuple(completion.models.values()),
        types=tuple(completion.types.values()),
        enums=tuple(completion.enum_types.values()),
        components=tuple(components),
    )
    return whole, tuple(completion.additions)


class _Completion(Draft):
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
                    keys = sides[0].references or self.key_names(sides[0])
                    why = f"foreign key of {relation.model}.{sides[0].name}"
                    self.swap(model.name, relation, completed(relation, why, references=keys))

    def foreign_keys(self) -> None:
        """Declare the foreign key of each belongsTo."""
        for name in list(self.models):
            for relation in self.models[name].relations:
                if relation.type == "belongsTo" and relation.model in self.models:
                    self._declare_key(name, relation)

    def _declare_key(self, name: str, relation: Relation) -> None:
        keys = relation.references or self.key_names(relation)
        target = self.models[relation.model]
        if len(keys) != len(target.key):
            return
        reason = f"foreign key of {name}.{relation.name}"
        done = relation if relation.references else completed(relation, reason, references=keys)
        declared = [self.models[name].member(key) for key in keys]
        # A key of several fields is required as a whole.
        required = relation.required or any(
            isinstance(field, Field) and field.required for field in declared
        )
        new: list[Member] = []
        for key, identifier in zip(keys, target.key, strict=True):
            if self.models[name].member(key) is None:
                new.append(
                    Field(
                        name=key,
                        type=_key_type(target, identifier),
                        required=required,
                        span=relation.span,
                        completed={WHOLE: reason},
                    )
                )
                why = "a belongsTo keeps the key of the other record in a field"
                self.add(f"{name}.{key}", f"the foreign key of {relation.name}", why, relation)
        self.swap(name, relation, *new, done)

    def child_sides(self) -> None:
        """Add the belongsTo that a hasMany or hasOne needs on the other model."""
        for model in list(self.models.values()):
            for relation in model.relations:
                if relation.type in {"hasMany", "hasOne"} and relation.model in self.models:
                    self._child_side(model, relation)

    def _child_side(self, model: Model, relation: Relation) -> None:
        target = self.models[relation.model]
        sides = [
            side
            for side in target.relations
            if side.type == "belongsTo" and side.model == model.name
        ]
        if relation.references and any(side.references == relation.references for side in sides):
            return
        rivals = [
            other
            for other in self.models[model.name].relations
            if other.type in {"hasMany", "hasOne"} and other.model == relation.model
        ]
        taken = {other.references for other in rivals}
        if not relation.references and any(side.references not in taken for side in sides):
            return  # which one it belongs to, only a person can say
        wanted = camel(model.name)
        if relation.references and relation.references[0].endswith("Id"):
            wanted = relation.references[0].removesuffix("Id") or wanted
        elif len(rivals) > 1:
            wanted = f"{relation.name}{model.name}"
        name = self.free_member(target.name, wanted)
        side = Relation(
            name=name,
            type="belongsTo",
            model=model.name,
            references=relation.references,
            span=relation.span,
            completed={WHOLE: f"other side of {model.name}.{relation.name}"},
        )
        self.append(target.name, side)
        self.add(f"{target.name}.{name}", f"belongsTo {model.name}", _BOTH_SIDES, relation)
        self._declare_key(target.name, side)
        if not relation.references:
            keys = self.key_names(side)
            reason = f"foreign key of {target.name}.{name}"
            self.swap(model.name, relation, completed(relation, reason, references=keys))

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
        name = self.free_member(side.model, wanted)
        relation = Relation(
            name=name,
            type="hasMany",
            model=child.name,
            references=side.references,
            span=side.span,
            completed={WHOLE: f"other side of {child.name}.{side.name}"},
        )
        self.append(side.model, relation)
        self.add(f"{side.model}.{name}", f"hasMany {child.name}", _BOTH_SIDES, side)

    def keys(self) -> None:
        """Make a declared `id` required: Amplify's API always has one, its types may not say so."""
        for model in list(self.models.values()):
            field = model.member("id")
            if isinstance(field, Field) and field.type == "id" and not field.required:
                why = "every record has a key"
                self.swap(model.name, field, completed(field, why, required=True))
                self.add(f"{model.name}.id", "required", why, field)

    def enums(self) -> None:
        """Name the inline enums that are required, lists, or have rules of their own."""
        for owner in self.owners:
            for field in owner.fields:
                if (
                    field.type == "enum"
                    and field.values
                    and (field.required or field.array or field.authorization)
                ):
                    self._name_enum(owner, field)

    def _name_enum(self, owner: Model | CustomType, field: Field) -> None:
        name = f"{owner.name}{pascal(field.name)}"
        known = self.enum_types.get(name)
        if known is None or known.values != field.values:
            inline = [
                enum_name(other.name, item.name)
                for other in self.owners
                for item in other.fields
                if item.type == "enum" and item is not field
            ]
            name = self.free_type(name, inline)
            reason = f"named enum of {owner.name}.{field.name}"
            self.enum_types[name] = EnumType(
                name=name, values=field.values, span=field.span, completed={WHOLE: reason}
            )
        reason = "Amplify needs a name for such an enum"
        named = completed(field, reason, type="ref", ref=name, values=())
        if isinstance(owner, Model):
            self.swap(owner.name, field, named)
        else:
            fields = self.types[owner.name].fields
            changed = tuple(named if item.name == field.name else item for item in fields)
            self.types[owner.name] = replace(self.types[owner.name], fields=changed)
        why = "an inline enum can be neither required nor a list, and takes no rules"
        self.add(f"{owner.name}.{field.name}", f"the named enum {name}", why, field)

    def enum_defaults(self) -> None:
        """Leave the defaults of enums to the forms."""
        for model in list(self.models.values()):
            for field in model.fields:
                is_enum = field.type == "enum" or field.ref in self.enum_types
                if is_enum and isinstance(field.default, str) and not field.array:
                    self.swap(
                        model.name, field, replace(field, default=None, initial=field.default)
                    )
                    why = "Amplify's enums take no default"
                    what = f"forms begin with {field.default}"
                    self.add(f"{model.name}.{field.name}", what, why, field)

    def authorization(self) -> None:
        """Give a model without rules to its owner alone."""
        for name, model in list(self.models.items()):
            if not model.authorization:
                reason = {WHOLE: "a model without rules is its owner's"}
                rule = AuthorizationRule(allow="owner", span=model.span, completed=reason)
                self.models[name] = replace(model, authorization=(rule,))
                why = "a model needs rules, and the narrowest is its owner"
                self.add(name, "authorization: owner", why, model)


def _key_type(model: Model, key: str) -> str:
    member = model.member(key)
    return member.type if isinstance(member, Field) else "id"
