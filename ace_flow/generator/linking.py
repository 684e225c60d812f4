"""Records that are related to any number of others, by those of a model between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ace_flow.generator.access import access_rule, is_permitted
from ace_flow.generator.addresses import address
from ace_flow.generator.asking import NUMBERS, key_value
from ace_flow.generator.belonging import belonging_kind
from ace_flow.generator.modules import helper
from ace_flow.generator.typescript import (
    Arrow,
    Element,
    Expression,
    Generic,
    Indexed,
    Name,
    Object,
    Parameter,
    arrow,
    call,
)
from ace_flow.model import Field, permitting
from ace_flow.model.data import WHOLE
from ace_flow.names import camel, label, pascal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Model, Pattern, Relation


class Link(Struct, frozen=True):
    """How the records of a model are related to those of another: by those of `model`.

    `near` and `far` are the relations of that one to both.
    """

    relation: Relation
    model: Model
    near: Relation
    far: Relation
    target: Model


def links_of(pattern: Pattern, model: Model) -> Iterator[Link]:
    """Yield the relations of a model by others that hold nothing but two keys."""
    for relation in model.relations:
        join = pattern.model(relation.model)
        # What completion has added for the API's sake means nothing to people.
        is_meant = relation.type == "hasMany" and WHOLE not in relation.completed
        if not is_meant or join is None or join.maker:
            continue
        if [item.type for item in join.relations] != ["belongsTo", "belongsTo"]:
            continue
        near, far = sorted(join.relations, key=lambda side: side.references != relation.references)
        if (near.references, near.model) != (relation.references, model.name):
            continue
        target = pattern.model(far.model)
        if target and _holds_keys_only(join, near, far) and _can_be_read(join, target):
            yield Link(relation, join, near, far, target)


def links_name(model: Model, link: Link) -> Name:
    """Return the constant of `src/links` that says how they are related."""
    name = f"{camel(model.name)}{pascal(link.relation.name)}"
    return Name(name, f"../links/{name}")


def links_value(model: Model, link: Link) -> tuple[Generic, Object]:
    """Return the type of that constant, and its value."""
    schema = Name("Schema", "../../amplify/data/resource", is_type=True)
    kind = Generic(Name("Links", "../data/links", is_type=True), Indexed(schema, _type(link)))
    join = link.model
    keys = {**_keys(link, link.near, "key"), **_keys(link, link.far, "target")}
    entries: dict[str, Expression] = {
        "own": list(model.key),
        "rules": [access_rule(rule) for rule in permitting(join, "list")],
        "access": helper(join, "access"),
        "belonging": helper(join, belonging_kind(link.near)),
        "summarize": helper(join, "summarize"),
        "target": arrow("row", _target(link)),
        "create": Arrow(
            (Parameter("key"), Parameter("target")), call(helper(join, "create"), Object(keys))
        ),
    }
    if is_permitted(join, "delete"):
        entries["remove"] = helper(join, "remove")
    return kind, Object(entries, expanded=True)


def link_inputs(pattern: Pattern, model: Model) -> list[Element]:
    """Return the inputs that choose related records, where somebody may relate them."""
    found: list[Element] = []
    for link in links_of(pattern, model):
        if is_permitted(link.model, "create") and is_permitted(link.target, "list"):
            attributes: dict[str, Expression] = {"label": label(link.relation.name)}
            if link.relation.description:
                attributes["hint"] = link.relation.description
            attributes |= {
                "links": links_name(model, link),
                "source": helper(link.target, "source"),
                "get": helper(link.target, "get"),
            }
            found.append(Element(Name("LinksInput", "../ui/LinksInput"), attributes))
    return found


def linked_records(pattern: Pattern, model: Model) -> list[Element]:
    """Return what shows the related records on a page of one record."""
    found: list[Element] = []
    for link in links_of(pattern, model):
        attributes: dict[str, Expression] = {
            "title": label(link.relation.name),
            "links": links_name(model, link),
            "get": helper(link.target, "get"),
            "summarize": helper(link.target, "summarize"),
        }
        if href := address(pattern, link.target, "detail"):
            attributes["detailHref"] = href
        found.append(Element(Name("LinkedRecords", "../ui/LinkedRecords"), attributes))
    return found


def _holds_keys_only(join: Model, near: Relation, far: Relation) -> bool:
    keys = {*near.references, *far.references}
    asked = {field.name for field in join.editable if field.name not in {"id", *join.key}}
    required = (isinstance(item := join.member(key), Field) and item.required for key in keys)
    return asked <= keys and all(required) and not {*near.references} & {*far.references}


def _can_be_read(join: Model, target: Model) -> bool:
    return is_permitted(join, "list") and is_permitted(target, "get")


def _type(link: Link) -> tuple[str, str]:
    return link.model.name, "type"


def _keys(link: Link, relation: Relation, name: str) -> dict[str, Expression]:
    """Return what a foreign key holds, from the key of the other record."""
    if len(relation.references) == 1:
        (field,) = relation.references
        return {field: key_value(link.model, field, Name(name))}
    part = Name("keyPart", "../data/key")
    return {
        field: key_value(link.model, field, call(part, Name(name), position))
        for position, field in enumerate(relation.references)
    }


def _target(link: Link) -> Expression:
    keys = [Name(f"row.{key}") for key in link.far.references]
    member = link.model.member(link.far.references[0])
    plain = len(keys) == 1 and not (isinstance(member, Field) and member.type in NUMBERS)
    return keys[0] if plain else call(Name("joinKey", "../data/key"), *keys)
