"""The modules of `src/data`: what pages read and write of a model, and the labels of enums."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.access import access, is_permitted, is_told, listeners, public_mode
from ace_flow.generator.asking import NUMBERS, asking, finding, input_type, key_value
from ace_flow.generator.belonging import belonging_types, belongings
from ace_flow.generator.finding import finder_types, finders
from ace_flow.generator.templates import Code
from ace_flow.generator.texts import Ident
from ace_flow.generator.timelines import list_types, timeline_lists
from ace_flow.generator.titles import record_title, telling_enum, title_field
from ace_flow.generator.typescript import (
    Arrow,
    Expression,
    Generic,
    Indexed,
    Name,
    Object,
    Parameter,
    arrow,
    call,
)
from ace_flow.model import CustomType, Field, Index, Model, Pattern, Relation
from ace_flow.names import camel, enum_name, in_sentence, label, pascal, query_name

if TYPE_CHECKING:
    from collections.abc import Iterable

Context: TypeAlias = dict[str, object]

_SCHEMA = Name("Schema", "../../../amplify/data/resource", is_type=True)


def helper(model: Model, kind: str) -> Name:
    """Return what `src/data/models/<Model>.ts` has: `source`, `access`, or a function.

    The functions are `get`, `create`, `update`, `remove`, `summarize`, and those that list some
    of its records: `listNewest`, `listIn` and `listOwn`; besides, those of `belonging` and
    `finding`.
    """
    module = f"../data/models/{model.name}"
    if kind.startswith(("By", "From")):
        return Name(f"{camel(model.name)}{kind}", module)
    if kind in {"access", "source"}:
        return Name(f"{camel(model.name)}{kind.capitalize()}", module)
    return Name(f"{kind}{model.name}", module)


def data_context(
    pattern: Pattern, model: Model, kinds: Iterable[str], *, searched: bool = False
) -> Context:
    """Return what the template of `src/data/models/<Model>.ts` uses for the wanted helpers.

    `searched`: whether a service searches the model.
    """
    record = Indexed(_SCHEMA, (model.name, "createType"))
    key = Parameter("key", Name("string"))
    row = Parameter("row", _row(model))
    wanted = set(kinds)
    if "source" in wanted:
        wanted.add("summarize")
        if searched:
            wanted.add("get")
    functions: dict[str, Expression] = {
        "summarize": Arrow(
            (row,),
            Object(_summary(pattern, model), expanded=True),
            Name("Summary", "../api", is_type=True),
        ),
        "source": _source(pattern, model, searched=searched),
        "get": call(Name("shared", "../shared"), asking(model, (key,), "get", _identifier(model))),
        "create": asking(
            model, (Parameter("input", input_type(model, _SCHEMA)),), "create", Name("input")
        ),
        "update": asking(
            model,
            (key, Parameter("input", Generic(Name("Partial"), record))),
            "update",
            _identifier(model, spread=Name("input")),
        ),
        "remove": asking(model, (key,), "delete", _identifier(model)),
        "access": access(model),
        **timeline_lists(pattern, model),
        **belongings(model),
        **finders(pattern, model),
    }
    types: dict[str, Expression] = {
        **list_types(_row(model)),
        **belonging_types(model, _row(model)),
        **finder_types(pattern, model, _row(model)),
        "source": Generic(Name("Source", "../source", is_type=True), _row(model)),
        "access": Name("Access", "../access", is_type=True),
    }
    return {
        "functions": [
            {
                "name": Ident(helper(model, kind).text),
                "value": Code(value),
                "type": Code(types[kind]) if kind in types else None,
            }
            for kind, value in functions.items()
            if kind in wanted
        ]
    }


def _source(pattern: Pattern, model: Model, *, searched: bool) -> Object:
    """Return how the records of a model are listed, found and watched."""
    page = Name("page")
    title = title_field(model)
    entries: dict[str, Expression] = {
        "list": asking(model, (Parameter("page"),), "list", page),
        "summarize": Name(helper(model, "summarize").text),
    }
    if title:
        part = arrow("part", Object({title: Object({"contains": Name("part")})}))
        found = Object({"or": call(Name("spellings", "../query"), Name("text"), part)})
        entries["search"] = asking(
            model,
            (Parameter("text"), Parameter("page")),
            "list",
            Object({"filter": found}, spread=page),
        )
        entries["titleLabel"] = label(title)
    if searched:
        entries["find"] = finding(model, Name(helper(model, "get").text), _key_of(model, "item"))
        if public_mode(model, "list")[0] == "identityPool":
            entries["onlyUsersFind"] = True
    if queries := [_query(pattern, model, index) for index in model.indexes]:
        entries["queries"] = queries
    if feeds := _feeds(model):
        entries["watch"] = feeds
    return Object(entries, expanded=True)


def _query(pattern: Pattern, model: Model, index: Index) -> Object:
    field = model.member(index.field)
    if not isinstance(field, Field):
        raise TypeError(f"{index.field}: the rules let no such index pass")
    relation = related_by(pattern, model, field)
    labels = labels_of(pattern, model, field)
    called = label(relation[0].name if relation else field.name)
    if sum(other.field == index.field for other in model.indexes) > 1:
        # Two ways to look for the same must not have one name.
        keys = [in_sentence(label(key)) for key in index.sort_keys]
        called = f"{called}, sorted by {' and '.join(keys)}" if keys else called
    entries: dict[str, Expression] = {"label": called}
    if index.sort_keys:
        entries["sortedBy"] = label(index.sort_keys[0])
    if labels:
        entries["labels"] = Name(labels.text, "../enums")
    elif relation and is_permitted(relation[1], "list"):
        source = _beside(helper(relation[1], "source"), model)
        entries["related"] = Arrow(
            (Parameter("text"), Parameter("page")),
            call(Name("summaries", "../query"), source, Name("text"), Name("page")),
        )
    value: Expression = call("Number", Name("value")) if field.type in NUMBERS else Name("value")
    options = Object({"sortDirection": Name("sortDirection")}, spread=Name("page"))
    query = index.query_field or query_name(model.name, (index.field, *index.sort_keys))
    parameters = tuple(Parameter(name) for name in ("value", "sortDirection", "page"))
    chosen = asking(model, parameters, query, Object({index.field: value}), options)
    entries["list"] = (
        call(Name("ofEnum", "../query"), entries["labels"], chosen) if labels else chosen
    )
    return Object(entries, expanded=True)


def _feeds(model: Model) -> Object | None:
    """Return the functions that tell of changes, as far as the API does."""
    events = {"created": "create", "updated": "update", "deleted": "delete"}
    feeds: dict[str, Expression] = {
        name: asking(model, (), f"on{event.capitalize()}")
        for name, event in events.items()
        if is_told(model, event)
    }
    if not feeds:
        return None
    return Object({"rules": listeners(model), **feeds}, expanded=True)


def _beside(name: Name, model: Model) -> Name:
    """Return how a model's module names what is in another one, or in itself."""
    own = helper(model, "source").module
    module = None if name.module == own else f"./{(name.module or '').rpartition('/')[2]}"
    return Name(name.text, module)


def _row(model: Model) -> Indexed:
    return Indexed(_SCHEMA, (model.name, "type"))


def enum_labels(pattern: Pattern) -> dict[str, dict[str, str]]:
    """Return the constants of `src/data/enums.ts`: their names, and each value's label."""
    labels = {_labels_name(enum.name): enum.values for enum in pattern.enums}
    for owner in pattern.owners:
        for field in owner.fields:
            if field.type == "enum":
                labels[_labels_name(enum_name(owner.name, field.name))] = field.values
    for operation in pattern.mutations:
        for argument in operation.arguments:
            if argument.type == "enum":
                name = enum_name(pascal(operation.name), argument.name)
                labels.setdefault(_labels_name(name), argument.values)
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
        return Object({key: key_value(model, key, Name("key"))}, spread=spread)
    part = Name("keyPart", "../key")
    parts = {
        key: key_value(model, key, call(part, Name("key"), n)) for n, key in enumerate(model.key)
    }
    return Object(parts, spread=spread)


def _summary(pattern: Pattern, model: Model) -> dict[str, Expression]:
    enum = telling_enum(pattern, model)
    labels = labels_of(pattern, model, enum) if enum else None
    beside = Name(labels.text, "../enums") if labels else None
    return {"id": _key_of(model, "row"), "title": record_title(pattern, model, beside)}


def _key_of(model: Model, holder: str) -> Expression:
    """Return what leads to a record, from what holds the fields of its key."""
    keys = [Name(f"{holder}.{key}") for key in model.key]
    member = model.member(model.key[0])
    plain = len(keys) == 1 and not (isinstance(member, Field) and member.type in NUMBERS)
    return keys[0] if plain else call(Name("joinKey", "../key"), *keys)
