"""The modules of `src/data`: what pages read and write of a model, and the labels of enums."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.access import access
from ace_flow.generator.templates import Code, Ident
from ace_flow.generator.typescript import (
    Arrow,
    Call,
    Expression,
    Generic,
    Indexed,
    Name,
    Object,
    Parameter,
    call,
)
from ace_flow.model import CustomType, Field, Model, Pattern, Relation
from ace_flow.names import camel, enum_name, label, pascal, plural

if TYPE_CHECKING:
    from collections.abc import Iterable

Context: TypeAlias = dict[str, object]

_TITLES = ("name", "title", "displayName", "label", "subject", "username", "email")
_NUMBERS = frozenset({"float", "integer", "timestamp"})


def helper(model: Model, kind: str) -> Name:
    """Return what `src/data/models/<Model>.ts` has: a function (`list`, `get`, …) or `access`."""
    module = f"../data/models/{model.name}"
    if kind == "access":
        return Name(f"{camel(model.name)}Access", module)
    name = pascal(plural(model.name)) if kind == "list" else model.name
    return Name(f"{kind}{name}", module)


def title_field(model: Model) -> str | None:
    """Return the field a record is known by: a text with a telling name, else a required one."""
    keys = {key for relation in model.relations for key in relation.references}
    texts = [
        field
        for field in model.fields
        if not field.array and field.type in {"string", "email"} and field.name not in keys
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
    record = Indexed(schema, (model.name, "createType"))
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
        "create": Arrow((Parameter("input", record),), api("create", Name("input"))),
        "update": Arrow(
            (
                Parameter("key", Name("string")),
                Parameter("input", Generic(Name("Partial"), record)),
            ),
            api("update", _identifier(model, spread=Name("input"))),
        ),
        "remove": Arrow((Parameter("key", Name("string")),), api("delete", _identifier(model))),
        "summarize": Arrow(
            (row,), Object(_summary(model), expanded=True), Name("Summary", "../api", is_type=True)
        ),
        "access": access(model),
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
                labels[_labels_name(enum_name(owner.name, field.name))] = field.values
    return {name: {value: label(value) for value in values} for name, values in labels.items()}


def labels_of(pattern: Pattern, owner: Model | CustomType, field: Field) -> Name | None:
    """Return the constant with the labels of an enum field's values."""
    if field.type == "enum":
        return Name(_labels_name(enum_name(owner.name, field.name)), "../data/enums")
    if field.type == "ref" and pattern.enum(field.ref):
        return Name(_labels_name(field.ref or ""), "../data/enums")
    return None


def related_by(pattern: Pattern, model: Model, field: Field) -> tuple[Relation, Model] | None:
    """Return the relation whose only foreign key is `field`, and its model."""
    for relation in model.relations:
        target = pattern.model(relation.model)
        if relation.type == "belongsTo" and relation.references == (field.name,) and target:
            return relation, target
    return None


def _labels_name(name: str) -> str:
    # An underscore tells names apart that would be alike in camelCase.
    return f"{name[:1].lower()}{name[1:]}Labels" if "_" in name else f"{camel(name)}Labels"


def _identifier(model: Model, spread: Name | None = None) -> Object:
    if len(model.key) == 1:
        key = model.key[0]
        return Object({key: _typed_key(model, key, Name("key"))}, spread=spread)
    part = Name("keyPart", "../key")
    parts = {
        key: _typed_key(model, key, call(part, Name("key"), n)) for n, key in enumerate(model.key)
    }
    return Object(parts, spread=spread)


def _typed_key(model: Model, key: str, value: Name | Call) -> Expression:
    member = model.member(key)
    numeric = isinstance(member, Field) and member.type in _NUMBERS
    return call("Number", value) if numeric else value


def _summary(model: Model) -> dict[str, Expression]:
    keys = [Name(f"row.{key}") for key in model.key]
    member = model.member(model.key[0])
    plain = len(keys) == 1 and not (isinstance(member, Field) and member.type in _NUMBERS)
    key: Expression = keys[0] if plain else call(Name("joinKey", "../key"), *keys)
    title = title_field(model)
    return {"id": key, "title": Name(f"row.{title}") if title else key}
