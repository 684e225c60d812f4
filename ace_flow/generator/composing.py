"""How feeds and chats make records: what they ask for, and what else a new record has."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.access import is_permitted, owner_rule
from ace_flow.generator.addresses import actions
from ace_flow.generator.forms import SCHEMA, reader_name, reading, readings
from ace_flow.generator.modules import helper
from ace_flow.generator.parts import asked, asked_inputs, can_be_asked
from ace_flow.generator.templates import Code
from ace_flow.generator.timelines import author, feed_choice, moment, room, room_index
from ace_flow.generator.typescript import (
    Arrow,
    Element,
    Elements,
    Expression,
    Indexed,
    Name,
    Object,
    Parameter,
    arrow,
    call,
)
from ace_flow.model import given as given_for
from ace_flow.model import takes_id
from ace_flow.model.data import AUTOMATIC_FIELDS
from ace_flow.names import camel, in_sentence, label, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ace_flow.model import Field, Model, Pattern, Relation

Context: TypeAlias = dict[str, object]

_FEED_ROWS = 4
_CHAT_ROWS = 2


def composer(pattern: Pattern, model: Model, said: str) -> Context | None:
    """Return how a feed makes records: of their text and what else they must have.

    `reader` is None where that of the model's form reads the same.
    """
    choice = feed_choice(pattern, model)
    given: dict[str, Expression] = {choice.index.field: choice.value} if choice else {}
    if not is_permitted(model, "create") or not _is_simple(pattern, model, given):
        return None
    asking = _asked(model, said, given)
    read = reading(model, _entries(pattern, model, asking, given))
    is_whole = read == reading(model, readings(pattern, model, given_for(model)))
    sending = _sending(model)
    if is_whole:
        sending = Object({**sending.entries, "read": reader_name(model)})
    return {
        "reader": None if is_whole else Code(read),
        "inputs": Code(text_inputs(pattern, model, asking, said, rows=_FEED_ROWS)),
        "sending": Code(sending),
    }


def chat(pattern: Pattern, model: Model, said: str) -> Context | None:
    """Return how a chat sends messages: into a room, with what they have from it."""
    place = room(pattern, model)
    given: dict[str, Expression] = {}
    parameters: list[Parameter] = []
    if place:
        relation, target = place
        given = {name: Name(f"room.{name}") for name in _copied(model, target)}
        given[relation.references[0]] = Name(f"room.{target.key[0]}")
        parameters = [Parameter("room", row_type(target))]
        if relation.references[0] not in {field.name for field in asked(model)}:
            return None
    if not is_permitted(model, "create") or not _is_simple(pattern, model, given):
        return None
    # A message is shown before it is saved, and must not be shown twice when it comes back.
    known = takes_id(model)
    made: dict[str, Expression] = {"id": call(Name("newId", "../ui/form"))} if known else {}
    asking = sorted(_asked(model, said, given), key=lambda field: field.name == said)
    entries = _entries(pattern, model, asking, given)
    sending = {**_sending(model).entries, "text": arrow("input", Name(f"input.{said}"))}
    if known:
        sending["id"] = arrow("input", Name("input.id"))
    return {
        "reader": Code(reading(model, made | entries, *parameters)),
        "inputs": Code(text_inputs(pattern, model, asking, said, rows=_CHAT_ROWS)),
        "sending": Code(Object(sending)),
        "rooms": Code(_rooms(pattern, model, *place)) if place else None,
    }


def _rooms(pattern: Pattern, model: Model, relation: Relation, target: Model) -> Object:
    entries: dict[str, Expression] = {
        "title": label(plural(target.name)),
        "noun": in_sentence(label(target.name)),
        "param": camel(target.name),
        "source": helper(target, "source"),
        "get": helper(target, "get"),
        "list": helper(model, "listIn"),
        "of": value_of(relation.references[0]),
    }
    _, is_sorted = room_index(model, relation)
    if is_sorted:
        entries["isSorted"] = True
    if found := actions(pattern, target):
        entries["actions"] = found
    return Object(entries, expanded=True)


def _copied(model: Model, target: Model) -> list[str]:
    """Return the fields by which people may read a record, where its room says who they are."""
    owners = {rule.owner_field for rule in model.authorization if rule.allow == "owners"}
    there = {(field.name, field.type, field.array) for field in target.fields}
    fields = [field for field in model.fields if field.name in owners]
    return [field.name for field in fields if (field.name, field.type, field.array) in there]


def _sending(model: Model) -> Object:
    return Object(
        {
            "access": helper(model, "access"),
            "read": Name(f"to{model.name}"),
            "create": helper(model, "create"),
        }
    )


def _is_simple(pattern: Pattern, model: Model, given: Mapping[str, Expression]) -> bool:
    """Tell whether people can be asked for all that a new record must have."""
    return all(
        can_be_asked(pattern, model, field)
        for field in asked(model)
        if field.required and field.name not in given
    )


def _asked(model: Model, said: str, given: Mapping[str, Expression]) -> list[Field]:
    """Return the fields that people fill in: the text, and what must be there besides."""
    return [
        field
        for field in asked(model)
        if field.name == said
        or (field.required and field.name not in given and _constant(model, field) is None)
    ]


def _entries(
    pattern: Pattern, model: Model, asking: Iterable[Field], given: Mapping[str, Expression]
) -> dict[str, Expression]:
    """Return how each field of a new record comes to its value."""
    read = readings(pattern, model, asking)
    entries: dict[str, Expression] = {}
    for field in asked(model):
        value = given.get(field.name, read.get(field.name))
        found = _constant(model, field) if value is None else value
        if found is not None:
            entries[field.name] = found
    return entries


def _constant(model: Model, field: Field) -> Expression:
    """Return the value that a field has in each new record; None where there is none."""
    if field.initial is not None:
        return field.initial
    if field.name == moment(model) and field.type == "datetime":
        return call(Name("now", "../ui/form")) if field.required or not _is_dated(field) else None
    if field.required and isinstance(field.default, str | int | float) and not field.array:
        return field.default
    return None


def _is_dated(field: Field) -> bool:
    """Tell whether Amplify fills in a date."""
    return field.name in AUTOMATIC_FIELDS


def text_inputs(
    pattern: Pattern, model: Model, fields: Iterable[Field], said: str, *, rows: int
) -> Elements:
    """Return the inputs of a new record: its text on several lines, its author filled in."""
    elements = asked_inputs(pattern, model, fields)
    made = author(pattern, model)
    return Elements(tuple(_with_rows(_own_author(item, made), said, rows) for item in elements))


def _own_author(element: Element, made: tuple[Relation, Model] | None) -> Element:
    """Return the input for who makes a record: a user's own profile, where each has one."""
    if not made or element.attributes.get("name") != made[0].references[0]:
        return element
    rule = owner_rule(made[1])
    if rule is None:
        return element
    attributes = {**element.attributes, "list": helper(made[1], "listOwn")}
    if rule.identity_claim:
        attributes["claim"] = rule.identity_claim
    return Element(Name("OwnRecordInput", "../ui/OwnRecordInput"), attributes)


def _with_rows(element: Element, said: str, rows: int) -> Element:
    """Return the input of a text as one of several lines, unless it has to have a pattern."""
    attributes = element.attributes
    if attributes.get("name") != said or "pattern" in attributes or "isKey" in attributes:
        return element
    return Element(Name("TextArea", "../ui/fields"), {**attributes, "rows": rows})


def row_type(model: Model) -> Indexed:
    """Return the type of a model's records."""
    return Indexed(SCHEMA, (model.name, "type"))


def value_of(field: str) -> Arrow:
    """Return the function that takes a field's value out of a record."""
    return arrow("row", Name(f"row.{field}"))
