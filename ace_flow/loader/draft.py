"""A pattern while it is completed: its models by name, and the list of what was added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from ace_flow.model import Addition, Component, Field, Relation
from ace_flow.model.data import AUTOMATIC_FIELDS
from ace_flow.names import RESERVED_FIELDS, pascal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ace_flow.model import CustomType, Member, Model, Pattern

T = TypeVar("T", Component, Field, Relation)


class Draft:
    """Holds what completion changes. Models are frozen, so each change puts a new one in place."""

    def __init__(self, pattern: Pattern) -> None:
        self.models = {model.name: model for model in pattern.models}
        self.types = {custom.name: custom for custom in pattern.types}
        self.enum_types = {enum.name: enum for enum in pattern.enums}
        self.additions: list[Addition] = []

    @property
    def owners(self) -> tuple[Model | CustomType, ...]:
        """Everything that has fields."""
        return (*self.models.values(), *self.types.values())

    def add(self, path: str, what: str, why: str, origin: Model | Member | Component) -> None:
        """Announce an addition; `origin` is what made it necessary."""
        self.additions.append(Addition(path=path, what=what, why=why, span=origin.span))

    def key_names(self, relation: Relation) -> tuple[str, ...]:
        """Return the names a belongsTo's foreign key has when nothing else is said."""
        target = self.models.get(relation.model)
        keys = target.key if target else ("id",)
        return tuple(f"{relation.name}{pascal(key)}" for key in keys)

    def swap(self, name: str, old: Member, *new: Member) -> None:
        """Put members in the place of one of the model `name`."""
        members: list[Member] = []
        for member in self.models[name].members:
            members.extend(new if member.name == old.name else (member,))
        self.models[name] = replace(self.models[name], members=tuple(members))

    def append(self, name: str, member: Member) -> None:
        """Add a member to the model `name`."""
        model = self.models[name]
        self.models[name] = replace(model, members=(*model.members, member))

    def free_member(self, model: str, wanted: str) -> str:
        """Return a name that no member of the model has, and that Amplify leaves free."""
        taken = {member.name for member in self.models[model].members}
        return _free(wanted, {*taken, *RESERVED_FIELDS, *AUTOMATIC_FIELDS, "id", "owner"})

    def free_type(self, wanted: str, more: Iterable[str] = ()) -> str:
        """Return a name that no model, type or enum has."""
        return _free(wanted, {*self.models, *self.types, *self.enum_types, *more})


def completed(thing: T, why: str, **values: Any) -> T:  # noqa: ANN401 - any attribute's
    """Return a thing with other values, which remember in a few words why they are there."""
    return replace(thing, **values, completed={**thing.completed, **dict.fromkeys(values, why)})


def _free(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, or it with the first number that makes it free."""
    folded = {name.lower() for name in taken}
    name, number = wanted, 2
    while name.lower() in folded:
        name, number = f"{wanted}{number}", number + 1
    return name
