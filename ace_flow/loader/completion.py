"""What Amplify demands and people leave out, added and announced.

Amplify refuses a relation whose foreign key is not declared, a relation with one side only, a
model without authorization, and an enum that is required or a list; see "Data modeling" in the
Amplify Gen 2 documentation. Nothing here ever widens access.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ace_flow.loader.components import ModelFinder
from ace_flow.loader.draft import Draft, Members, completed, earlier
from ace_flow.loader.handlers import with_handlers
from ace_flow.loader.joins import join_models
from ace_flow.model import (
    AuthorizationRule,
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

_PARENT_SIDES = ("hasMany", "hasOne")
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
    finder = ModelFinder(pattern.models)
    for component in pattern.components:
        done, why = finder.with_models(component)
        if done != component:
            completion.add(component.name, f"shows {', '.join(done.models)}", why, component)
            done = completed(component, why, models=done.models)
        components.append(done)
    whole = replace(
        pattern,
        models=completion.done_models(),
        types=completion.done_types(),
        enums=tuple(completion.enum_types.values()),
        functions=with_handlers(pattern, completion),
        components=tuple(components),
    )
    return whole, tuple(completion.additions)


class _Completion(Draft):
    def relations_with_named_keys(self) -> None:
        """Give a hasMany or hasOne the foreign key of the only belongsTo that can match it."""
        for name, members in self.members.items():
            for relation in members.relations:
                if relation.type not in _PARENT_SIDES or relation.references:
                    continue
                sides = self.relations(relation.model, name, "belongsTo")
                if len(sides) == 1:
                    keys = sides[0].references or self.key_names(sides[0])
                    why = f"foreign key of {relation.model}.{sides[0].name}"
                    members.swap(relation, completed(relation, why, references=keys))

    def foreign_keys(self) -> None:
        """Declare the foreign key of each belongsTo."""
        for name, members in self.members.items():
            for relation in members.relations:
                if relation.type == "belongsTo" and relation.model in self.models:
                    self._declare_key(name, relation)

    def _declare_key(self, name: str, relation: Relation) -> None:
        keys = relation.references or self.key_names(relation)
        target = self.models[relation.model]
        if len(keys) != len(target.key):
            return
        reason = f"foreign key of {name}.{relation.name}"
        done = relation if relation.references else completed(relation, reason, references=keys)
        members = self.members[name]
        declared = [members.get(key) for key in keys]
        # A key of several fields is required as a whole.
        required = relation.required or any(
            isinstance(field, Field) and field.required for field in declared
        )
        new: list[Member] = []
        for key, identifier in zip(keys, target.key, strict=True):
            if members.get(key) is None:
                new.append(
                    Field(
                        name=key,
                        type=self._key_type(target, identifier),
                        required=required,
                        span=relation.span,
                        completed={WHOLE: reason},
                    )
                )
                why = "a belongsTo keeps the key of the other record in a field"
                self.add(f"{name}.{key}", f"the foreign key of {relation.name}", why, relation)
        members.swap(relation, *new, done)

    def _key_type(self, model: Model, key: str) -> str:
        member = self.members[model.name].get(key)
        return member.type if isinstance(member, Field) else "id"

    def child_sides(self) -> None:
        """Add the belongsTo that a hasMany or hasOne needs on the other model."""
        for name, members in self.members.items():
            for relation in members.relations:
                if relation.type in _PARENT_SIDES and relation.model in self.models:
                    self._child_side(name, relation)

    def _child_side(self, parent: str, relation: Relation) -> None:
        child = relation.model
        members = self.members[parent]
        if relation.references:
            if self.members[child].count(parent, "belongsTo", relation.references):
                return
        else:
            sides = self.relations(child, parent, "belongsTo")
            taken = {other.references for other in members.relations_to(child, *_PARENT_SIDES)}
            if any(side.references not in taken for side in sides):
                return  # which one it belongs to, only a person can say
        table = self.models[parent].table
        wanted, was = camel(parent), camel(table)
        if relation.references and relation.references[0].endswith("Id"):
            wanted = was = relation.references[0].removesuffix("Id") or wanted
        elif sum(members.count(child, kind) for kind in _PARENT_SIDES) > 1:
            wanted, was = f"{relation.name}{parent}", f"{relation.first_name}{table}"
        name = self.members[child].free(wanted)
        side = Relation(
            name=name,
            type="belongsTo",
            model=parent,
            renamed_from=earlier(was, wanted),
            references=relation.references,
            span=relation.span,
            completed={WHOLE: f"other side of {parent}.{relation.name}"},
        )
        self.members[child].append(side)
        self.add(f"{child}.{name}", f"belongsTo {parent}", _BOTH_SIDES, relation)
        self._declare_key(child, side)
        if not relation.references:
            keys = self.key_names(side)
            reason = f"foreign key of {child}.{name}"
            done = completed(relation, reason, references=keys)
            members.swap(relation, done)

    def parent_sides(self) -> None:
        """Add the hasMany that a belongsTo needs on the other model."""
        for name, members in self.members.items():
            open_ends = [
                side
                for side in members.relations
                if side.type == "belongsTo"
                and side.model in self.models
                and side.references
                and not self._has_parent_side(name, side)
            ]
            for side in open_ends:
                self._parent_side(name, side)

    def _has_parent_side(self, child: str, side: Relation) -> bool:
        parent = self.members[side.model]
        return any(
            parent.count(child, kind, references)
            for kind in _PARENT_SIDES
            for references in ((), side.references)
        )

    def _parent_side(self, child: str, side: Relation) -> None:
        is_only = self.members[child].count(side.model, "belongsTo") == 1
        many, before = plural(child), plural(self.models[child].table)
        wanted = camel(many) if is_only else f"{side.name}{many}"
        was = camel(before) if is_only else f"{side.first_name}{before}"
        name = self.members[side.model].free(wanted)
        relation = Relation(
            name=name,
            type="hasMany",
            model=child,
            renamed_from=earlier(was, wanted),
            references=side.references,
            span=side.span,
            completed={WHOLE: f"other side of {child}.{side.name}"},
        )
        self.members[side.model].append(relation)
        self.add(f"{side.model}.{name}", f"hasMany {child}", _BOTH_SIDES, side)

    def keys(self) -> None:
        """Make a declared `id` required: Amplify's API always has one, its types may not say so."""
        for name, members in self.members.items():
            field = members.get("id")
            if isinstance(field, Field) and field.type == "id" and not field.required:
                why = "every record has a key"
                members.swap(field, completed(field, why, required=True))
                self.add(f"{name}.id", "required", why, field)

    def enums(self) -> None:
        """Name the inline enums that are required, lists, or have rules of their own."""
        owners = (*self.members.items(), *self.type_members.items())
        # The names of the inline enums, which Amplify takes.
        inline = Counter(
            enum_name(name, field.name).lower()
            for name, members in owners
            for field in members.fields
            if field.type == "enum"
        )
        for name, members in owners:
            for field in members.fields:
                if (
                    field.type == "enum"
                    and field.values
                    and (field.required or field.array or field.authorization)
                ):
                    inline[enum_name(name, field.name).lower()] -= 1
                    self._name_enum(name, members, field, inline)

    def _name_enum(self, owner: str, members: Members, field: Field, inline: Counter[str]) -> None:
        name = f"{owner}{pascal(field.name)}"
        known = self.enum_types.get(name)
        if known is None or known.values != field.values:
            name = self.free_type(name, lambda wanted: inline[wanted] > 0)
            origin = {WHOLE: f"named enum of {owner}.{field.name}"}
            self.add_enum(
                EnumType(name=name, values=field.values, span=field.span, completed=origin)
            )
        reason = "Amplify needs a name for such an enum"
        members.swap(field, completed(field, reason, type="ref", ref=name, values=()))
        why = "an inline enum can be neither required nor a list, and takes no rules"
        self.add(f"{owner}.{field.name}", f"the named enum {name}", why, field)

    def enum_defaults(self) -> None:
        """Leave the defaults of enums to the forms."""
        for name, members in self.members.items():
            for field in members.fields:
                is_enum = field.type == "enum" or field.ref in self.enum_types
                if is_enum and isinstance(field.default, str) and not field.array:
                    members.swap(field, replace(field, default=None, initial=field.default))
                    why = "Amplify's enums take no default"
                    what = f"forms begin with {field.default}"
                    self.add(f"{name}.{field.name}", what, why, field)

    def authorization(self) -> None:
        """Give a model without rules to its owner alone; tell which fields rules bring."""
        for name, model in list(self.models.items()):
            if not model.authorization:
                reason = {WHOLE: "a model without rules is its owner's"}
                rule = AuthorizationRule(allow="owner", span=model.span, completed=reason)
                self.models[name] = replace(model, authorization=(rule,))
                why = "a model needs rules, and the narrowest is its owner"
                self.add(name, "authorization: owner", why, model)
            self._named_by_rules(model)

    def _named_by_rules(self, model: Model) -> None:
        """Tell which fields Amplify adds because rules name them."""
        members = self.members[model.name]
        lists = (model.authorization, *(field.authorization for field in members.fields))
        rules = (rule for rules in lists for rule in rules)
        for name in dict.fromkeys(rule.owner_field or rule.group_field for rule in rules):
            if name and members.get(name) is None:
                why = "a rule names it, and the model does not declare it"
                self.add(f"{model.name}.{name}", "a text that Amplify adds", why, model)
