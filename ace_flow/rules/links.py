"""Relations as links between two models: the sides that share a foreign key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ace_flow.diagnostics import Related
from ace_flow.model.data import WHOLE

if TYPE_CHECKING:
    from ace_flow.model import Member, Model, Pattern, Relation

# Of very many places that a finding is about, so many are shown.
FEW = 10
PARENT_SIDES = ("hasMany", "hasOne")


class Link(Struct, frozen=True):
    """What has one foreign key (`references`, in `child`): one relation of each list, if right."""

    child: Model
    parent: Model
    references: tuple[str, ...]
    children: list[Relation] = []
    parents: list[Relation] = []

    @property
    def spokesman(self) -> tuple[Model, Relation]:
        """The side to which a finding about the key points, a written one if there is any."""
        sides = [(self.child, side) for side in self.children]
        sides += [(self.parent, side) for side in self.parents]
        return min(sides, key=lambda side: WHOLE in side[1].completed)


def links_of(pattern: Pattern) -> list[Link]:
    """Return the links of all relations that lead to a known model and have a key."""
    links: dict[tuple[str, str, tuple[str, ...]], Link] = {}
    for model in pattern.models:
        for relation in model.relations:
            other = pattern.model(relation.model)
            if other is None or not relation.references or relation.type == "manyToMany":
                continue
            is_child = relation.type == "belongsTo"
            child, parent = (model, other) if is_child else (other, model)
            key = (child.name, parent.name, relation.references)
            link = links.setdefault(key, Link(child, parent, relation.references))
            (link.children if is_child else link.parents).append(relation)
    return list(links.values())


def is_key_type(kind: str, wanted: str) -> bool:
    """Tell whether a field of a type can keep a key: texts and ids take each other's."""
    return kind == wanted or not {kind, wanted} - {"id", "string"}


def told(thing: Model | Member, what: str) -> tuple[Related, ...]:
    """Return the place of a thing as one that a finding is also about."""
    return (Related(thing.span, what),) if thing.span else ()
