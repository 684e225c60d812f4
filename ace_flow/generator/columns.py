"""Columns: the fields of a model as lists, tables, boards and details show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.addresses import address
from ace_flow.generator.forms import PROSE
from ace_flow.generator.modules import labels_of, related_by
from ace_flow.generator.titles import title_field
from ace_flow.generator.typescript import Call, Name, Object, arrow, call
from ace_flow.generator.writing import related_cell
from ace_flow.model import fields_of_kind
from ace_flow.names import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.model import Field, Model, Pattern

TABLE_COLUMNS = 8
LIST_FIELDS = 3

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


def table(pattern: Pattern, model: Model) -> list[Object]:
    """Return the columns of a table, the title first; the first leads to the record."""
    fields = _short(pattern, model)
    fields.sort(key=lambda field: field.name != title_field(model))
    return [
        _column(pattern, model, field, is_link=position > 0)
        for position, field in enumerate(fields)
    ][:TABLE_COLUMNS]


def details(pattern: Pattern, model: Model) -> list[Object]:
    """Return the columns of a page with one record: all that a person reads."""
    return [_column(pattern, model, field, is_whole=True) for field in _shown(model)]


def highlights(pattern: Pattern, model: Model, known: Sequence[str] = ()) -> list[Object]:
    """Return what a list shows beside the title, and beside the fields that are known already."""
    taken = {title_field(model), *known}
    fields = [field for field in _short(pattern, model) if field.name not in taken]
    return [_column(pattern, model, field) for field in fields[:LIST_FIELDS]]


def cards(pattern: Pattern, model: Model) -> list[Object]:
    """Return what the cards of a board show: not by what they are in its columns."""
    lanes = {field.name for field in fields_of_kind(pattern, model, "enum")[:1]}
    taken = {title_field(model), *lanes}
    fields = [field for field in _short(pattern, model) if field.name not in taken]
    return [_column(pattern, model, field) for field in fields[:LIST_FIELDS]]


def _shown(model: Model) -> list[Field]:
    """Return the fields a person reads: all but the technical key, or the account that is it."""
    hidden = {"id", *(rule.owner for rule in model.authorization if (rule.owner,) == model.key)}
    return [field for field in model.fields if field.name not in hidden]


def _short(pattern: Pattern, model: Model) -> list[Field]:
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


def _column(
    pattern: Pattern, model: Model, field: Field, *, is_link: bool = True, is_whole: bool = False
) -> Object:
    """Return a column; the first of a table leads to the record, and nowhere else.

    Where a record is shown as a whole, its fields lead to related ones.
    """
    related = related_by(pattern, model, field)
    if related:
        relation, target = related
        href = address(pattern, target, "detail") if is_whole else None
        cell = arrow("row", related_cell(field.name, target, href))
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
