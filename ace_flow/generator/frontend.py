"""What component templates show of a model: inputs, readers, columns, as expression trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.addresses import actions, address, creating, page_address
from ace_flow.generator.arranging import arrangements
from ace_flow.generator.filing import filing
from ace_flow.generator.forms import PROSE, SCHEMA, editing, inputs, reader
from ace_flow.generator.modules import (
    data_context,
    enum_labels,
    helper,
    labels_of,
    related_by,
    title_field,
)
from ace_flow.generator.parts import parts
from ace_flow.generator.samples import entries, related_records, sample, sample_title
from ace_flow.generator.templates import Code, Ident
from ace_flow.generator.typescript import (
    Call,
    Elements,
    Indexed,
    ListOf,
    Name,
    Object,
    arrow,
    call,
)
from ace_flow.generator.writing import related_cell, writing
from ace_flow.names import camel, label, pascal, plural

if TYPE_CHECKING:
    from ace_flow.model import Field, Model, Pattern

__all__ = ["data_context", "enum_labels", "helper", "model_context"]

Context: TypeAlias = dict[str, object]

TABLE_COLUMNS = 8
LIST_FIELDS = 3

_COLUMN = Name("Column", "../ui/column", is_type=True)
_HELPERS = ("source", "get", "create", "update", "access")

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


def model_context(pattern: Pattern, model: Model, *, is_main: bool) -> Context:
    """Return what a component template can use of one model, its main one or another.

    Names: `name`, `camel`, `columns_name`, `fields_name`, `reader_name`, `all_name`. Texts:
    `title` (one record), `titles` (several), `param` (its key in an address, where it is not the
    page's main model). Expressions: `source` (where records come from), `get`, `create`,
    `update`, `access`, `all` (a call of the hook), `columns` (of a table), `fields` (all),
    `highlights` (of a list), `columns_type`, `inputs` (elements), `reader` (an arrow function),
    `edit` (how a form changes a record, or None), `actions` (what can be done with a record, or
    None), `creating` (those of them that make a record, or None); addresses, or None: `detail` (of
    one record, up to its key) and `form` (of a new record). For tests: `sample` (a record),
    `sample_title`, `entries` and `picks` (calls that fill in a form). Besides, those of `parts`,
    `writing`, `filing` and `arrangements`.
    """
    own = camel(model.name)
    several = pascal(plural(model.name))
    highlights = _highlights(pattern, model)
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
        **{kind: Code(helper(model, kind)) for kind in _HELPERS},
        "all": Code(call(Name("useAll", "../data/useAll"), helper(model, "source"))),
        "columns_type": Code(ListOf(_COLUMN, Indexed(SCHEMA, (model.name, "type")))),
        "columns": Code(_table(pattern, model)[:TABLE_COLUMNS]),
        "fields": Code([_column(pattern, model, field) for field in _shown(model)]),
        "highlights": Code(highlights[:LIST_FIELDS]),
        "inputs": Code(Elements(tuple(inputs(pattern, model)))),
        "reader": Code(reader(pattern, model)),
        "edit": _code(editing(model, None if is_main else own)),
        "actions": _code(actions(pattern, model)),
        "creating": _code(creating(pattern, model)),
        "detail": address(pattern, model, "detail"),
        "form": page_address(pattern, model, "form"),
        **_tested(pattern, model),
        **arrangements(pattern, model, highlights),
        **parts(pattern, model),
        **writing(pattern, model),
        **filing(pattern, model),
    }


def _tested(pattern: Pattern, model: Model) -> Context:
    """Return what tests use of a model."""
    asked = [element.attributes for element in inputs(pattern, model)]
    return {
        "is_findable": title_field(model) is not None,
        "labels": [given.get("label") or given.get("legend") for given in asked],
        "sample": Code(sample(pattern, model)),
        "sample_title": sample_title(model),
        "picks": related_records(pattern, model),
        "entries": entries(pattern, model),
    }


def _code(value: Object | None) -> Code | None:
    return None if value is None else Code(value)


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
        and field.name not in PROSE
    ]


def _table(pattern: Pattern, model: Model) -> list[Object]:
    """Return the columns of a table, the title first."""
    fields = _columns(pattern, model)
    fields.sort(key=lambda field: field.name != title_field(model))
    return [
        _column(pattern, model, field, is_link=position > 0)
        for position, field in enumerate(fields)
    ]


def _highlights(pattern: Pattern, model: Model) -> list[Object]:
    """Return the columns beside the title."""
    title = title_field(model)
    fields = _columns(pattern, model)
    return [_column(pattern, model, field) for field in fields if field.name != title]


def _column(pattern: Pattern, model: Model, field: Field, *, is_link: bool = True) -> Object:
    """Return a column; the first of a table leads to the record, and nowhere else."""
    related = related_by(pattern, model, field)
    if related:
        relation, target = related
        cell = arrow("row", related_cell(field.name, target))
        return Object({"header": label(relation.name), "field": field.name, "cell": cell})
    value = Name(f"row.{field.name}")
    formatted = _format(pattern, model, field, value)
    if field.type in {"email", "url"} and not is_link:
        formatted = call(Name("formatText", "../ui/format"), value)
    shown = arrow("row", formatted)
    return Object({"header": label(field.name), "field": field.name, "cell": shown})


def _format(pattern: Pattern, owner: Model, field: Field, value: Name) -> Call:
    labels = labels_of(pattern, owner, field)
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
