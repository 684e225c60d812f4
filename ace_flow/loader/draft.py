"""A pattern while it is completed: its models by name, and the list of what was added."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from ace_flow.model import Addition, Component, Field, Relation
from ace_flow.model.data import AUTOMATIC_FIELDS
from ace_flow.names import RESERVED_FIELDS, pascal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ace_flow.model import CustomType, EnumType, Member, Model, Pattern
    from ace_flow.model.data import Placed

T = TypeVar("T", Component, Field, Relation)

_TAKEN_MEMBERS = {name.lower() for name in (*RESERVED_FIELDS, *AUTOMATIC_FIELDS, "id", "owner")}


class Members:
    """The members of a model or type while they change, by name and by what they lead to."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._by_name: dict[str, Member] = {}
        # What stands where a member stood, which may have got others before it.
        self._places: dict[str, list[Member]] = {}
        self._all: list[list[Member]] = []
        self._relations: dict[str, dict[str, Relation]] = {}
        self._count: Counter[tuple[object, ...]] = Counter()
        self._taken = set(_TAKEN_MEMBERS)
        for member in members:
            self.append(member)

    def __iter__(self) -> Iterator[Member]:
        return chain.from_iterable(self._all)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The members that hold values."""
        return tuple(member for member in self if isinstance(member, Field))

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The members that link to models."""
        return tuple(member for member in self if isinstance(member, Relation))

    def get(self, name: str) -> Member | None:
        """Return the member of that name."""
        return self._by_name.get(name)

    def relations_to(self, model: str, *types: str) -> list[Relation]:
        """Return the relations of some types that lead to a model."""
        found = self._relations.get(model, {}).values()
        return [relation for relation in found if relation.type in types]

    def count(self, model: str, kind: str, *references: tuple[str, ...]) -> int:
        """Return how many relations of a type lead to a model, or how many of a certain key."""
        return self._count[model, kind, *references]

    def append(self, member: Member) -> None:
        """Add a member at the end."""
        place: list[Member] = []
        self._all.append(place)
        self._put(place, 0, (member,))

    def swap(self, old: Member, *new: Member) -> None:
        """Put members in the place of one."""
        place = self._places[old.name]
        was = self._by_name[old.name]
        if isinstance(was, Relation):
            del self._relations[was.model][was.name]
            self._count.subtract(_counted(was))
        names = [member.name for member in place]
        at = names.index(old.name)
        del place[at]
        self._put(place, at, new)

    def free(self, wanted: str) -> str:
        """Return a name that no member has, and that Amplify leaves free."""
        return _free(wanted, self._taken.__contains__)

    def _put(self, place: list[Member], at: int, new: tuple[Member, ...]) -> None:
        place[at:at] = new
        for member in new:
            self._by_name[member.name] = member
            self._places[member.name] = place
            self._taken.add(member.name.lower())
            if isinstance(member, Relation):
                self._relations.setdefault(member.model, {})[member.name] = member
                self._count.update(_counted(member))


class Draft:
    """Holds what completion changes: of a model and a type, their members."""

    def __init__(self, pattern: Pattern) -> None:
        self.models: dict[str, Model] = {}
        self.members: dict[str, Members] = {}
        self.types = {custom.name: custom for custom in pattern.types}
        self.type_members = {custom.name: Members(custom.fields) for custom in pattern.types}
        self.enum_types: dict[str, EnumType] = {}
        self.additions: list[Addition] = []
        self._taken = {name.lower() for name in self.types}
        for enum in pattern.enums:
            self.add_enum(enum)
        for model in pattern.models:
            self.add_model(model)

    def done_models(self) -> tuple[Model, ...]:
        """Return the models with the members they have now."""
        return tuple(
            replace(model, members=tuple(self.members[name])) for name, model in self.models.items()
        )

    def done_types(self) -> tuple[CustomType, ...]:
        """Return the custom types with the fields they have now."""
        return tuple(
            replace(custom, fields=self.type_members[name].fields)
            for name, custom in self.types.items()
        )

    def add(self, path: str, what: str, why: str, origin: Placed) -> None:
        """Announce an addition; `origin` is what made it necessary."""
        self.additions.append(Addition(path=path, what=what, why=why, span=origin.span))

    def add_model(self, model: Model) -> None:
        """Put a model to the others."""
        self.models[model.name] = model
        self.members[model.name] = Members(model.members)
        self._taken.add(model.name.lower())

    def add_enum(self, enum: EnumType) -> None:
        """Put a named enum to the others."""
        self.enum_types[enum.name] = enum
        self._taken.add(enum.name.lower())

    def key_names(self, relation: Relation) -> tuple[str, ...]:
        """Return the names a belongsTo's foreign key has when nothing else is said."""
        target = self.models.get(relation.model)
        keys = target.key if target else ("id",)
        return tuple(f"{relation.first_name}{pascal(key)}" for key in keys)

    def relations(self, name: str, model: str, *types: str) -> list[Relation]:
        """Return the relations of some types from the model `name` to another one."""
        return self.members[name].relations_to(model, *types) if name in self.members else []

    def free_type(self, wanted: str, is_taken: Callable[[str], object] | None = None) -> str:
        """Return a name that no model, type or enum has, nor, in lower case, `is_taken` refuses."""
        return _free(wanted, lambda name: name in self._taken or (is_taken and is_taken(name)))


def earlier(was: str, name: str) -> tuple[str, ...]:
    """Return what a thing that ace adds was called before what it is named after was renamed."""
    return () if was == name else (was,)


def completed(thing: T, why: str, **values: Any) -> T:  # noqa: ANN401 - any attribute's
    """Return a thing with other values, which remember in a few words why they are there."""
    return replace(thing, **values, completed={**thing.completed, **dict.fromkeys(values, why)})


def _counted(relation: Relation) -> tuple[tuple[object, ...], ...]:
    """Return what a relation is counted as: with its key, and with any."""
    kind = (relation.model, relation.type)
    return kind, (*kind, relation.references)


def _free(wanted: str, is_taken: Callable[[str], object]) -> str:
    """Return `wanted`, or it with the first number that makes it free."""
    name, number = wanted, 2
    while is_taken(name.lower()):
        name, number = f"{wanted}{number}", number + 1
    return name
