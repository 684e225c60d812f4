"""Forms: the inputs for a model's fields, and the functions that read them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ace_flow.generator.access import is_permitted, owner_rule
from ace_flow.generator.asking import input_type
from ace_flow.generator.browser_patterns import browser_pattern
from ace_flow.generator.data import constraints
from ace_flow.generator.holding import file_input
from ace_flow.generator.modules import helper, labels_of, related_by
from ace_flow.generator.typescript import (
    Arrow,
    Call,
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
from ace_flow.model import CustomType, Field, Model, Pattern, changeable, given, takes_id
from ace_flow.names import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCHEMA = Name("Schema", "../../amplify/data/resource", is_type=True)
_PROSE = frozenset({"bio", "body", "content", "description", "excerpt", "message", "notes"})
_INPUTS: dict[str, dict[str, Expression]] = {
    "date": {"type": "date"},
    "datetime": {"type": "datetime-local"},
    "email": {"type": "email"},
    "float": {"type": "number", "step": "any"},
    "integer": {"type": "number"},
    "phone": {"type": "tel"},
    "time": {"type": "time"},
    "timestamp": {"type": "datetime-local"},
    "url": {"type": "url"},
}
# The attribute of an input for a limit, and what the browser calls a value beyond it.
_LIMITS = {
    "gte": ("min", "rangeUnderflow"),
    "lte": ("max", "rangeOverflow"),
    "matches": ("pattern", "patternMismatch"),
    "maxLength": ("maxLength", "tooLong"),
    "minLength": ("minLength", "tooShort"),
}
# The parsers of `src/ui/form.ts`; of a boolean those in a list, for one by itself is a switch.
_READERS = {
    "boolean": "yesOrNo",
    "datetime": "dateTime",
    "float": "decimal",
    "integer": "integer",
    "json": "json",
    "phone": "phone",
    "time": "time",
    "timestamp": "timestamp",
}


def inputs(
    pattern: Pattern,
    owner: Model | CustomType,
    outside: tuple[str, ...] = (),
    fields: Iterable[Field] | None = None,
) -> Iterable[Element]:
    """Return the inputs of a form, one for each field that it asks for: all, or `fields`.

    `outside` are the custom types around it: a form cannot ask for a type inside itself.
    """
    if fields is None:
        fields = given(owner) if isinstance(owner, Model) else owner.fields
    for field in fields:
        if field.ref in outside:
            continue
        related = related_by(pattern, owner, field) if isinstance(owner, Model) else None
        if related:
            relation, target = related
            attributes = _common(field, relation.name)
            attributes["source"] = helper(target, "source")
            attributes["get"] = helper(target, "get")
            if _is_fixed(owner, field):
                attributes["isKey"] = True
            yield Element(Name("RelationPicker", "../ui/RelationPicker"), attributes)
        else:
            yield _input(pattern, owner, field, outside)


def reader_name(model: Model) -> Name:
    """Return the function that makes the data of a form with all fields a new record."""
    return Name(f"to{model.name}", f"../forms/to{model.name}")


def changes_names(model: Model) -> tuple[Name, Name]:
    """Return the reader and the inputs of what may be changed, where a mutation makes records."""
    reader = Name(f"to{model.name}Changes", f"../forms/to{model.name}")
    inputs_name = f"{model.name}ChangeInputs"
    return reader, Name(inputs_name, f"../forms/{inputs_name}")


def changed_fields(model: Model) -> list[Field]:
    """Return the fields for which these are."""
    rule = owner_rule(model)
    owner = rule.owner if rule else None
    return [field for field in changeable(model) if field.name != owner]


def readings(
    pattern: Pattern, model: Model | CustomType, fields: Iterable[Field]
) -> dict[str, Expression]:
    """Return how each of some fields is read from a form's data."""
    return {field.name: _read(pattern, model, field, "form") for field in fields}


def reading(model: Model, entries: Mapping[str, Expression], *parameters: Parameter) -> Arrow:
    """Return the function that makes a new record from a form's data and further parameters."""
    if model.maker and takes_id(model):
        entries = {"id": call(Name("newId", "../ui/form")), **entries}
    return Arrow(
        (Parameter("form", Name("FormData")), *parameters),
        Object(entries, expanded=True),
        input_type(model, SCHEMA),
    )


def changing(pattern: Pattern, model: Model) -> Arrow:
    """Return the function that reads from a form's data what may be changed of a record."""
    return Arrow(
        (Parameter("form", Name("FormData")),),
        Object(readings(pattern, model, changed_fields(model)), expanded=True),
        Generic(Name("Partial"), Indexed(SCHEMA, (model.name, "createType"))),
    )


def editing(model: Model, param: str | None) -> Object | None:
    """Return how a form changes a record, or None when nobody may.

    `param` is the record's key in the address, where that is not `id`. A mutation that makes
    records takes other fields than may be changed later: these then have inputs of their own.
    """
    if not (is_permitted(model, "update") and is_permitted(model, "get")):
        return None
    kinds = ("get", "summarize", "update")
    entries: dict[str, Expression] = {kind: helper(model, kind) for kind in kinds}
    if model.maker:
        if not changed_fields(model):
            return None
        reader, own_inputs = changes_names(model)
        entries |= {"read": reader, "inputs": Element(own_inputs)}
    return Object(entries | ({"param": param} if param else {}))


def _read(
    pattern: Pattern,
    owner: Model | CustomType,
    field: Field,
    source: str,
    outside: tuple[str, ...] = (),
) -> Call:
    def read(function: str, *arguments: Expression) -> Call:
        return call(Name(function, "../ui/form"), Name(source), field.name, *arguments)

    custom = next((item for item in pattern.types if item.name == field.ref), None)
    if custom:
        inside = (*outside, custom.name)
        parts: dict[str, Expression] = {
            part.name: [] if part.ref in inside else _read(pattern, custom, part, "part", inside)
            for part in custom.fields
            if part.required or part.ref not in inside
        }
        reader = arrow("part", Object(parts, expanded=True))
        one = "group" if field.required else "optionalGroup"
        return read("groups" if field.array else one, reader)
    if field.type == "boolean" and not field.array:
        return read("flag")
    labels = labels_of(pattern, owner, field)
    parser: Expression = (
        call(Name("oneOf", "../ui/form"), labels)
        if labels
        else Name(_READERS.get(field.type, "text"), "../ui/form")
    )
    if field.array:
        return read("selected" if labels else "lines", parser)
    return read("required" if field.required else "optional", parser)


def _input(
    pattern: Pattern, owner: Model | CustomType, field: Field, outside: tuple[str, ...]
) -> Element:
    attributes = _common(field, field.name)
    custom = next((item for item in pattern.types if item.name == field.ref), None)
    if custom:
        group: dict[str, Expression] = {"name": field.name, "legend": attributes["label"]}
        if not field.required and not field.array:
            group["isOptional"] = True
        tag = "Groups" if field.array else "Group"
        return Element(
            Name(tag, "../ui/Group"), group, tuple(inputs(pattern, custom, (*outside, custom.name)))
        )
    labels = labels_of(pattern, owner, field)
    if labels:
        attributes["labels"] = labels
        if field.array:
            attributes.pop("isRequired", None)
            return Element(Name("Choices", "../ui/Choices"), attributes)
        if field.initial is not None:
            attributes["defaultValue"] = field.initial
        return Element(Name("Choice", "../ui/fields"), attributes)
    if held := file_input(pattern, owner, field, attributes):
        return held
    if field.array:
        return _list_input(field, attributes)
    if field.type == "boolean":
        attributes.pop("isRequired", None)
        if field.default is True:
            attributes["defaultChecked"] = True
        return Element(Name("Toggle", "../ui/fields"), attributes)
    return _text_input(owner, field, attributes)


def _list_input(field: Field, attributes: dict[str, Expression]) -> Element:
    if field.type == "boolean":
        attributes.setdefault("hint", "Yes or no, one per line")
    return Element(Name("ListInput", "../ui/fields"), attributes)


def is_prose(field: Field) -> bool:
    """Tell whether a field holds a text of several lines."""
    is_long = field.name in _PROSE or field.format == "markdown"
    return field.type == "string" and is_long and not field.array


def _is_fixed(owner: Model | CustomType, field: Field) -> bool:
    """Tell whether a field is part of the key of records that can be changed."""
    return isinstance(owner, Model) and field.name in owner.key and editing(owner, None) is not None


def _text_input(
    owner: Model | CustomType, field: Field, attributes: dict[str, Expression]
) -> Element:
    if field.type == "json":
        if field.default is not None:
            text = field.default if isinstance(field.default, str) else json.dumps(field.default)
            attributes["defaultValue"] = text
        return Element(Name("JsonInput", "../ui/fields"), attributes)
    prose = is_prose(field) and field.pattern is None
    if not prose:
        attributes |= _INPUTS.get(field.type, {})
    if isinstance(field.default, str) and field.type == "time":
        # Amplify's default has a zone, and the input none.
        attributes["defaultValue"] = field.default.removesuffix("Z")
    elif isinstance(field.default, str | int | float):
        attributes["defaultValue"] = field.default
    if _is_fixed(owner, field):
        attributes["isKey"] = True
    messages: dict[str, Expression] = {}
    for method, value, message in constraints(field):
        attribute, validity = _LIMITS[method]
        is_pattern = method == "matches" and isinstance(value, str)
        attributes[attribute] = browser_pattern(str(value)) if is_pattern else value
        messages[validity] = message
    if messages:
        attributes["messages"] = Object(messages)
    return Element(Name("TextArea" if prose else "TextInput", "../ui/fields"), attributes)


def _common(field: Field, name: str) -> dict[str, Expression]:
    attributes: dict[str, Expression] = {"name": field.name, "label": label(name)}
    if field.description:
        attributes["hint"] = field.description
    if field.required:
        attributes["isRequired"] = True
    return attributes
