"""What component templates show of a model: inputs, readers, columns, as expression trees."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.data import constraints
from ace_flow.generator.templates import Code, Ident
from ace_flow.generator.typescript import (
    Arrow,
    Call,
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
from ace_flow.model import CustomType, Field, Model, Pattern, Relation
from ace_flow.names import camel, kebab, label, pascal, plural

if TYPE_CHECKING:
    from collections.abc import Iterable

Context: TypeAlias = dict[str, object]

TABLE_COLUMNS = 8
LIST_FIELDS = 3

SCHEMA = Name("Schema", "../../amplify/data/resource", is_type=True)
_AUTOMATIC = frozenset({"createdAt", "updatedAt"})
_TITLES = ("name", "title", "displayName", "label", "subject", "username", "email")
_PROSE = frozenset({"bio", "body", "content", "description", "excerpt", "message", "notes"})

# Field type: the input's attributes, the reader of its text, the way it is shown.
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
_READERS = {
    "datetime": "dateTime",
    "float": "decimal",
    "integer": "integer",
    "json": "json",
    "phone": "phone",
    "time": "time",
    "timestamp": "timestamp",
}
_FORMATS = {
    "boolean": "formatBoolean",
    "date": "formatDate",
    "datetime": "formatDateTime",
    "email": "formatEmail",
    "float": "formatNumber",
    "integer": "formatNumber",
    "json": "formatJson",
    "time": "formatTime",
    "timestamp": "formatTimestamp",
    "url": "formatLink",
}


def model_context(pattern: Pattern, model: Model) -> Context:
    """Return what a component template can use of one model.

    Names: `name`, `camel`, `columns_name`, `fields_name`, `reader_name`, `all_name`. Texts:
    `title` (one record), `titles` (several), `param` (its key in an address, where it is not the
    page's main model). Expressions: `list`, `get`, `create`, `summarize`,
    `row_type`, `input_type`, `columns` (of a table), `fields` (all), `highlights` (of a list),
    `inputs` (elements), `reader` and `save` (arrow functions), `breakdowns`, `detail` (the
    address that shows one record, up to its key, or None).
    """
    own = camel(model.name)
    several = pascal(plural(model.name))
    columns = [_column(pattern, model, field) for field in _columns(pattern, model)]
    highlights = [field for field in _columns(pattern, model) if field.name != title_field(model)]
    return {
        "name": Ident(model.name),
        "camel": Ident(own),
        "param": own,
        "all_name": Ident(f"all{several}"),
        "columns_name": Ident(f"{own}Columns"),
        "fields_name": Ident(f"{own}Fields"),
        "reader_name": Ident(f"to{model.name}"),
        "title": label(model.name),
        "titles": label(several),
        "list": Code(helper(model, "list")),
        "get": Code(helper(model, "get")),
        "create": Code(helper(model, "create")),
        "summarize": Code(helper(model, "summarize")),
        "row_type": Code(Indexed(SCHEMA, (model.name, "type"))),
        "columns": Code(columns[:TABLE_COLUMNS]),
        "fields": Code([_column(pattern, model, field) for field in _shown(model)]),
        "highlights": Code([_column(pattern, model, item) for item in highlights[:LIST_FIELDS]]),
        "inputs": Code(Elements(tuple(_inputs(pattern, model)))),
        "reader": Code(_reader(pattern, model)),
        "save": Code(_save(model)),
        "breakdowns": [_breakdown(pattern, model, field) for field in _enums(pattern, model)],
        "detail": _detail_address(pattern, model),
    }


def _detail_address(pattern: Pattern, model: Model) -> str | None:
    """Return the start of the address that shows one record, up to its key."""
    shows = [
        item for item in pattern.components if item.type == "detail" and model.name in item.models
    ]
    shows.sort(key=lambda item: item.models[0] != model.name)
    if not shows:
        return None
    param = "id" if shows[0].models[0] == model.name else camel(model.name)
    return f"#/{kebab(shows[0].name)}?{param}="


def helper(model: Model, kind: str) -> Name:
    """Return one of the functions (`list`, `get`, …) in `src/data/models/<Model>.ts`."""
    name = pascal(plural(model.name)) if kind == "list" else model.name
    return Name(f"{kind}{name}", f"../data/models/{model.name}")


def title_field(model: Model) -> str | None:
    """Return the field a record is known by: a text with a telling name, else a required one."""
    texts = [
        field for field in model.fields if not field.array and field.type in {"string", "email"}
    ]
    names = [field.name for field in texts]
    telling = [name for name in _TITLES if name in names]
    required = [field.name for field in texts if field.required]
    return next(iter(telling or required or names), None)


def data_context(model: Model, kinds: Iterable[str]) -> Context:
    """Return what the template of `src/data/models/<Model>.ts` uses for the wanted helpers."""
    schema = Name("Schema", "../../../amplify/data/resource", is_type=True)
    page = Name("Page", "../api", is_type=True)
    row = Parameter("row", Indexed(schema, (model.name, "type")))
    models = Name("client", "../client")
    path = f"{models.text}.models.{model.name}"

    def api(method: str, argument: Expression) -> Call:
        return Call(Name(path, models.module), method, (argument,))

    functions: dict[str, Expression] = {
        "list": Arrow((Parameter("page", page),), api("list", Name("page"))),
        "get": call(
            Name("shared", "../shared"),
            Arrow((Parameter("key", Name("string")),), api("get", _identifier(model))),
        ),
        "create": Arrow(
            (Parameter("input", Indexed(schema, (model.name, "createType"))),),
            api("create", Name("input")),
        ),
        "summarize": Arrow(
            (row,), Object(_summary(model), expanded=True), Name("Summary", "../api", is_type=True)
        ),
    }
    wanted = set(kinds)
    return {
        "functions": [
            {"name": Ident(helper(model, kind).text), "value": Code(value)}
            for kind, value in functions.items()
            if kind in wanted
        ]
    }


def enum_labels(pattern: Pattern) -> dict[str, dict[str, str]]:
    """Return the constants of `src/data/enums.ts`: their names, and each value's label."""
    labels = {_labels_name(enum.name): enum.values for enum in pattern.enums}
    for owner in pattern.owners:
        for field in owner.fields:
            if field.type == "enum":
                labels[_labels_name(f"{owner.name}{pascal(field.name)}")] = field.values
    return {name: {value: label(value) for value in values} for name, values in labels.items()}


def _labels_name(name: str) -> str:
    return f"{camel(name)}Labels"


def _identifier(model: Model) -> Object:
    if len(model.key) == 1:
        key = model.key[0]
        return Object({key: _typed_key(model, key, Name("key"))})
    part = Name("keyPart", "../key")
    return Object(
        {key: _typed_key(model, key, call(part, Name("key"), n)) for n, key in enumerate(model.key)}
    )


def _typed_key(model: Model, key: str, value: Name | Call) -> Expression:
    member = model.member(key)
    numeric = isinstance(member, Field) and member.type in {"float", "integer", "timestamp"}
    return call("Number", value) if numeric else value


def _summary(model: Model) -> dict[str, Expression]:
    keys = [Name(f"row.{key}") for key in model.key]
    member = model.member(model.key[0])
    plain = len(keys) == 1 and not (
        isinstance(member, Field) and member.type in {"float", "integer", "timestamp"}
    )
    key: Expression = keys[0] if plain else call(Name("joinKey", "../key"), *keys)
    title = title_field(model)
    return {"id": key, "title": Name(f"row.{title}") if title else key}


def _shown(model: Model) -> list[Field]:
    """Return the fields a person reads: all but the technical key."""
    return [field for field in model.fields if field.name != "id"]


def _columns(pattern: Pattern, model: Model) -> list[Field]:
    """Return the fields that fit a table: no JSON, no lists, no prose."""
    types = {custom.name for custom in pattern.types}
    return [
        field
        for field in _shown(model)
        if not field.array
        and field.type != "json"
        and field.ref not in types
        and field.name not in _PROSE
    ]


def _enums(pattern: Pattern, model: Model) -> list[Field]:
    return [field for field in model.fields if _labels(pattern, model, field) and not field.array]


def _breakdown(pattern: Pattern, model: Model, field: Field) -> Context:
    return {
        "title": f"{label(plural(model.name))} by {label(field.name).lower()}",
        "by": Code(arrow("row", Name(f"row.{field.name}"))),
        "labels": Code(_labels(pattern, model, field)),
    }


def _labels(pattern: Pattern, owner: Model | CustomType, field: Field) -> Name | None:
    """Return the constant with the labels of an enum field's values."""
    if field.type == "enum":
        return Name(_labels_name(f"{owner.name}{pascal(field.name)}"), "../data/enums")
    if field.type == "ref" and pattern.enum(field.ref):
        return Name(_labels_name(field.ref or ""), "../data/enums")
    return None


def _related(pattern: Pattern, model: Model, field: Field) -> tuple[Relation, Model] | None:
    """Return the relation whose only foreign key is `field`, and its model."""
    for relation in model.relations:
        target = pattern.model(relation.model)
        if relation.type == "belongsTo" and relation.references == (field.name,) and target:
            return relation, target
    return None


def _column(pattern: Pattern, model: Model, field: Field) -> Object:
    related = _related(pattern, model, field)
    if related:
        relation, target = related
        cell: Expression = Element(
            Name("RelatedRecord", "../ui/RelatedRecord"),
            {
                "id": Name(f"row.{field.name}"),
                "get": helper(target, "get"),
                "summarize": helper(target, "summarize"),
            },
        )
        return Object({"header": label(relation.name), "cell": arrow("row", cell)})
    value = Name(f"row.{field.name}")
    return Object(
        {"header": label(field.name), "cell": arrow("row", _format(pattern, model, field, value))}
    )


def _format(pattern: Pattern, owner: Model, field: Field, value: Name) -> Call:
    labels = _labels(pattern, owner, field)
    if field.array:
        many = Name("formatList", "../ui/format")
        if labels:
            one = call(Name("formatEnum", "../ui/format"), Name("value"), labels)
            return call(many, value, arrow("value", one))
        formatter = _format_name(field)
        plain = formatter.text == "formatText"
        return call(many, value) if plain else call(many, value, formatter)
    if labels:
        return call(Name("formatEnum", "../ui/format"), value, labels)
    return call(_format_name(field), value)


def _format_name(field: Field) -> Name:
    default = "formatJson" if field.type == "ref" else "formatText"
    return Name(_FORMATS.get(field.type, default), "../ui/format")


def _editable(model: Model) -> list[Field]:
    """Return the fields a form asks for: not those that Amplify fills in."""
    automatic = _AUTOMATIC | ({"id"} if model.key == ("id",) else set())
    return [field for field in model.fields if field.name not in automatic]


def _save(model: Model) -> Arrow:
    reader = call(f"to{model.name}", Name("form"))
    return arrow("form", call(helper(model, "create"), reader))


def _reader(pattern: Pattern, model: Model) -> Arrow:
    entries: dict[str, Expression] = {
        field.name: _read(pattern, model, field, "form") for field in _editable(model)
    }
    return Arrow(
        (Parameter("form", Name("FormData")),),
        Object(entries, expanded=True),
        Indexed(SCHEMA, (model.name, "createType")),
    )


def _read(pattern: Pattern, owner: Model | CustomType, field: Field, source: str) -> Call:
    def read(function: str, *arguments: Expression) -> Call:
        return call(Name(function, "../ui/form"), Name(source), field.name, *arguments)

    custom = next((item for item in pattern.types if item.name == field.ref), None)
    if custom:
        parts: dict[str, Expression] = {
            part.name: _read(pattern, custom, part, "part") for part in custom.fields
        }
        reader = arrow("part", Object(parts, expanded=True))
        one = "group" if field.required else "optionalGroup"
        return read("groups" if field.array else one, reader)
    if field.type == "boolean" and not field.array:
        return read("flag")
    labels = _labels(pattern, owner, field)
    parser: Expression = (
        call(Name("oneOf", "../ui/form"), labels)
        if labels
        else Name(_READERS.get(field.type, "text"), "../ui/form")
    )
    if field.array:
        return read("selected" if labels else "lines", parser)
    return read("required" if field.required else "optional", parser)


def _inputs(pattern: Pattern, owner: Model | CustomType) -> Iterable[Element]:
    fields = _editable(owner) if isinstance(owner, Model) else owner.fields
    for field in fields:
        related = _related(pattern, owner, field) if isinstance(owner, Model) else None
        if related:
            relation, target = related
            attributes = _common(field, relation.name)
            attributes["list"] = helper(target, "list")
            attributes["summarize"] = helper(target, "summarize")
            yield Element(Name("RelationPicker", "../ui/RelationPicker"), attributes)
        else:
            yield _input(pattern, owner, field)


def _input(pattern: Pattern, owner: Model | CustomType, field: Field) -> Element:
    attributes = _common(field, field.name)
    custom = next((item for item in pattern.types if item.name == field.ref), None)
    if custom:
        group: dict[str, Expression] = {"name": field.name, "legend": attributes["label"]}
        if not field.required and not field.array:
            group["isOptional"] = True
        tag = "Groups" if field.array else "Group"
        return Element(Name(tag, "../ui/Group"), group, tuple(_inputs(pattern, custom)))
    labels = _labels(pattern, owner, field)
    if labels:
        attributes["labels"] = labels
        if field.array:
            attributes.pop("isRequired", None)
            return Element(Name("Choices", "../ui/Choices"), attributes)
        if field.initial is not None:
            attributes["defaultValue"] = field.initial
        return Element(Name("Choice", "../ui/fields"), attributes)
    if field.array:
        return Element(Name("ListInput", "../ui/fields"), attributes)
    if field.type == "boolean":
        attributes.pop("isRequired", None)
        if field.default is True:
            attributes["defaultChecked"] = True
        return Element(Name("Toggle", "../ui/fields"), attributes)
    return _text_input(field, attributes)


def _text_input(field: Field, attributes: dict[str, Expression]) -> Element:
    if field.type == "json":
        if field.default is not None:
            text = field.default if isinstance(field.default, str) else json.dumps(field.default)
            attributes["defaultValue"] = text
        return Element(Name("JsonInput", "../ui/fields"), attributes)
    prose = field.type == "string" and field.name in _PROSE and field.pattern is None
    if not prose:
        attributes |= _INPUTS.get(field.type, {})
    if isinstance(field.default, str | int | float):
        attributes["defaultValue"] = field.default
    limits = {"gte": "min", "lte": "max", "minLength": "minLength", "maxLength": "maxLength"}
    for method, value, _ in constraints(field):
        attributes[limits.get(method, "pattern")] = value
    return Element(Name("TextArea" if prose else "TextInput", "../ui/fields"), attributes)


def _common(field: Field, name: str) -> dict[str, Expression]:
    attributes: dict[str, Expression] = {"name": field.name, "label": label(name)}
    if field.description:
        attributes["hint"] = field.description
    if field.required:
        attributes["isRequired"] = True
    return attributes
