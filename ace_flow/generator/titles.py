"""What records are called: by a text of theirs, else by what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.typescript import Call, Expression, Name, call
from ace_flow.model import fields_of_kind
from ace_flow.names import in_sentence, label, words

if TYPE_CHECKING:
    from ace_flow.model import Field, Model, Pattern

_TITLES = ("name", "title", "displayName", "label", "subject", "username", "email")
# The last words of texts that are for machines.
_TECHNICAL = frozenset({"arn", "handle", "hash", "id", "key", "path", "token", "url"})
# The numbers that say best what a record is.
_NUMBERS = ("total", "amount", "quantity", "price", "count", "value")


def title_field(model: Model) -> str | None:
    """Return the field a record is known by: a text with a telling name, else a required one."""
    others = {key for relation in model.relations for key in relation.references}
    others |= {rule.owner for rule in model.authorization if rule.allow in {"owner", "owners"}}
    texts = [
        field
        for field in model.fields
        if not field.array and field.type in {"string", "email"} and field.name not in others
    ]
    names = [field.name for field in texts]
    telling = [name for name in _TITLES if name in names]
    required = [field.name for field in texts if field.required]
    return next(iter(telling or required or names), None)


def shown_title(model: Model) -> Field | None:
    """Return that field, unless it is an optional one for machines: people are told more then."""
    title = title_field(model)
    field = next((field for field in model.fields if field.name == title), None)
    if field is None or field.required or field.name in _TITLES:
        return field
    return None if _last_word(field) in _TECHNICAL else field


def telling_enum(pattern: Pattern, model: Model) -> Field | None:
    """Return the enum that says most of a record."""
    return next(iter(fields_of_kind(pattern, model, "enum")), None)


def telling_number(model: Model) -> Field | None:
    """Return the number that says most of a record."""
    keys = {key for relation in model.relations for key in relation.references} | {*model.key}
    found = [
        field
        for field in model.fields
        if field.type in {"float", "integer"} and not field.array and field.name not in keys
    ]
    found.sort(key=lambda field: not field.required)
    found.sort(key=lambda field: _last_word(field) not in _NUMBERS)
    return next(iter(found), None)


def telling_date(pattern: Pattern, model: Model) -> str:
    """Return a date that every record has."""
    dates = fields_of_kind(pattern, model, "date")
    return next((field.name for field in dates if field.required), "createdAt")


def record_title(pattern: Pattern, model: Model, labels: Name | None) -> Expression:
    """Return what a `row` is called; `labels` are those of its most telling enum."""
    title = shown_title(model)
    if title and title.required:
        return Name(f"row.{title.name}")
    found = _described(pattern, model, labels)
    if title is None:
        return found
    return call(Name("firstOf", "../title"), Name(f"row.{title.name}"), found)


def _described(pattern: Pattern, model: Model, labels: Name | None) -> Call:
    facts: list[Expression] = []
    enum, number = telling_enum(pattern, model), telling_number(model)
    if enum and labels:
        facts.append(call(Name("chosen", "../title"), Name(f"row.{enum.name}"), labels))
    elif number:
        said = in_sentence(label(number.name))
        facts.append(call(Name("counted", "../title"), Name(f"row.{number.name}"), said))
    at = Name(f"row.{telling_date(pattern, model)}")
    return call(Name("described", "../title"), label(model.name), at, *facts)


def _last_word(field: Field) -> str:
    return next(iter(reversed(words(field.name))), "").lower()
