"""Columns: the fields of a model as lists, tables, boards and details show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.addresses import address
from ace_flow.generator.forms import is_prose
from ace_flow.generator.holding import leads_to_file
from ace_flow.generator.modules import labels_of, related_by
from ace_flow.generator.titles import title_field
from ace_flow.generator.typescript import Call, Element, Expression, Name, Object, arrow, call
from ace_flow.generator.writing import related_cell, shown_files, shown_text
from ace_flow.model import USUAL_IDENTITY, fields_of_kind
from ace_flow.names import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.model import AuthorizationRule, CustomType, Field, Model, Pattern

TABLE_COLUMNS = 8
LIST_FIELDS = 3

_NUMBERS = frozenset({"float", "integer"})
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
    """Return the columns of a page with one record: all that a person reads.

    What it looks like comes first, then what is written there.
    """
    fields = _shown(model)
    fields.sort(key=lambda field: (not leads_to_file(pattern, model, field), field.format is None))
    return [_column(pattern, model, field, is_whole=True) for field in fields]


def highlights(pattern: Pattern, model: Model, known: Sequence[str] = ()) -> list[Object]:
    """Return what a list shows beside the title, and beside the fields that are known already."""
    return _few(pattern, model, known)


def cards(pattern: Pattern, model: Model) -> list[Object]:
    """Return what the cards of a board show: not by what they are in its columns."""
    lanes = fields_of_kind(pattern, model, "enum")[:1]
    return _few(pattern, model, [field.name for field in lanes])


def _few(pattern: Pattern, model: Model, known: Sequence[str]) -> list[Object]:
    """Return the first columns beside the title and some fields, and a picture before them."""
    taken = {title_field(model), *known}
    fields = [field for field in _short(pattern, model) if field.name not in taken]
    files = [field for field in fields if leads_to_file(pattern, model, field)]
    others = [field for field in fields if field not in files][:LIST_FIELDS]
    return [_column(pattern, model, field) for field in [*files[:1], *others]]


def _shown(model: Model) -> list[Field]:
    """Return the fields a person reads: not the technical key, nor what others say with theirs.

    The identities of accounts say nothing to people, either.
    """
    keys = {key for relation in model.relations for key in relation.references}
    owned = {rule.owner for rule in model.authorization if _is_identity(rule)} - keys
    said = {field.currency for field in model.fields} - {title_field(model), *model.key}
    return [field for field in model.fields if field.name not in {"id", *owned, *said}]


def _is_identity(rule: AuthorizationRule) -> bool:
    """Tell whether an owner field holds ids of accounts, and no names or addresses."""
    claims = {None, "sub", USUAL_IDENTITY}
    return rule.allow in {"owner", "owners"} and rule.identity_claim in claims


def _short(pattern: Pattern, model: Model) -> list[Field]:
    """Return the fields that fit a table: no JSON, no lists but of files, no prose."""
    types = {custom.name for custom in pattern.types}
    return [
        field
        for field in _shown(model)
        if (not field.array or leads_to_file(pattern, model, field))
        and field.type != "json"
        and field.ref not in types
        and not is_prose(field)
    ]


def _column(
    pattern: Pattern, model: Model, field: Field, *, is_link: bool = True, is_whole: bool = False
) -> Object:
    """Return a column; the first of a table leads to the record, and nowhere else.

    Where a record is shown as a whole, or has no page for that, its fields lead to related ones.
    """
    related = related_by(pattern, model, field)
    value = Name(f"row.{field.name}")
    header = label(field.name)
    shown: Expression
    more: dict[str, Expression] = {}
    if related:
        relation, target = related
        header = label(relation.name)
        leads_on = is_whole or address(pattern, model, "detail") is None
        href = address(pattern, target, "detail") if leads_on else None
        shown = related_cell(field.name, target, href)
    elif leads_to_file(pattern, model, field):
        shown, more = shown_files(model, field, is_whole=is_whole), {"isWide": True}
    elif is_whole and is_prose(field):
        more = {"isWide": True} if field.format else {}
        shown = shown_text(field, value)
    elif custom := pattern.custom_type(field.ref):
        shown, more = _parts(pattern, custom, field, value), {}
    elif field.currency:
        shown, more = _amount(model, field, value), _unit(model, field)
    else:
        shown = _format(pattern, model, field, value)
        if field.type in {"email", "url"} and not is_link:
            shown = call(Name("formatText", "../ui/format"), value)
        if field.type in _NUMBERS and not field.array:
            more = {"isNumber": True}
    return Object({"header": header, "field": field.name, **more, "cell": arrow("row", shown)})


def _parts(
    pattern: Pattern, custom: CustomType, field: Field, value: Name, outside: tuple[str, ...] = ()
) -> Expression:
    """Return the values of a custom type, each with its parts in labelled lines."""
    around = (*outside, custom.name)
    fields: list[Expression] = []
    for part in custom.fields:
        inner, at = pattern.custom_type(part.ref), Name(f"part.{part.name}")
        if inner and inner.name in around:
            shown: Expression = call(Name("formatJson", "../ui/format"), at)
        elif inner:
            shown = _parts(pattern, inner, part, at, around)
        elif part.currency:
            shown = _amount(custom, part, at)
        else:
            shown = _format(pattern, custom, part, at)
        said: dict[str, Expression] = {"header": label(part.name), "field": part.name}
        fields.append(Object({**said, "cell": arrow("part", shown)}))
    tag = Name("Parts", "../ui/Parts")
    if not field.array:
        return Element(tag, {"value": value, "fields": fields})
    one = Element(tag, {"value": Name("value"), "fields": fields})
    return call(Name("formatList", "../ui/format"), value, arrow("value", one))


def _amount(owner: Model | CustomType, field: Field, value: Name) -> Call:
    """Return an amount with its currency; a whole number counts cents, or the like."""
    code = field.currency or ""
    of, _, _ = value.text.rpartition(".")
    is_field = any(item.name == code for item in owner.fields)
    currency: Expression = Name(f"{of}.{code}") if is_field else code
    function = "formatCents" if field.type == "integer" else "formatMoney"
    return call(Name(function, "../ui/money"), value, currency)


def _unit(model: Model, field: Field) -> dict[str, Expression]:
    """Return where a file of the rows has the currency, and that the column is of numbers."""
    code = field.currency or ""
    unit = Object({"header": label(code), "field": code})
    return {"isNumber": True} | ({"unit": unit} if model.member(code) else {})


def _format(pattern: Pattern, owner: Model | CustomType, field: Field, value: Name) -> Call:
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
