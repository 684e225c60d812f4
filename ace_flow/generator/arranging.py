"""What arranges the records of a model on a page: columns of a board, days, figures of charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.access import is_permitted
from ace_flow.generator.modules import helper, labels_of
from ace_flow.generator.samples import sample_is_open, values_of
from ace_flow.generator.templates import Code
from ace_flow.generator.texts import Ident
from ace_flow.generator.typescript import (
    Arrow,
    Expression,
    Name,
    Object,
    Parameter,
    arrow,
    call,
)
from ace_flow.model import fields_of_kind
from ace_flow.names import in_sentence, label, plural, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ace_flow.model import Field, Model, Pattern

Context: TypeAlias = dict[str, object]

SUMS = 3

_ENDS = frozenset({"due", "end", "ended", "ends", "finish", "finished", "finishes", "to", "until"})
# Numbers that a sum says nothing about.
_NO_AMOUNTS = frozenset(
    {
        *("age", "day", "index", "lat", "latitude", "level", "lng", "lon", "longitude", "month"),
        *("order", "percent", "percentage", "position", "priority", "rank", "rate", "rating"),
        *("score", "sequence", "sort", "version", "year"),
    }
)


def arrangements(pattern: Pattern, model: Model) -> Context:
    """Return what boards, calendars, charts and dashboards use of a model.

    Expressions, or None where the model has no field for them: `lanes` and `move` (of a board),
    `dates` (of a calendar); `dated` (a function that returns when a record was, or was made).
    Lists of contexts: `breakdowns` (by an enum) and `sums` (of a number by the first enum). For
    tests: `moved`, what a record has after a move, with the label of its column, or None.
    """
    enums = fields_of_kind(pattern, model, "enum")
    dates = fields_of_kind(pattern, model, "date")
    lane = enums[0] if enums else None
    return {
        "lanes": Code(_lanes(pattern, model, lane)) if lane else None,
        "move": Code(_move(model, lane)) if lane and _is_changed(model, lane) else None,
        "moved": _moved(pattern, model, lane) if lane and _is_changed(model, lane) else None,
        "dates": Code(_dates(dates)) if dates else None,
        "dated": Code(_value(dates[0].name if dates else "createdAt")),
        "dated_by": f"by {in_sentence(label(dates[0].name))}" if dates else "over time",
        "breakdowns": [_breakdown(pattern, model, field) for field in enums],
        "sums": list(_sums(pattern, model, lane))[:SUMS] if lane else [],
    }


def _lanes(pattern: Pattern, model: Model, field: Field) -> Object:
    """Return by what records are in the columns of a board; `none` where they may have none."""
    entries: dict[str, Expression] = {
        "label": label(field.name),
        "labels": labels_of(pattern, model, field),
        "of": _value(field.name),
    }
    return Object(entries if field.required else entries | {"none": None})


def _is_changed(model: Model, field: Field) -> bool:
    """Tell whether somebody may change a field, and not a function alone."""
    may = is_permitted(model, "update") and field.permits("update")
    return may and field.name not in model.key


def _move(model: Model, field: Field) -> Object:
    """Return how a record comes into another column."""
    value = Name("value")
    return Object(
        {
            "access": helper(model, "access"),
            "to": Arrow(
                (Parameter("row"), Parameter("value")),
                Object({field.name: value}, spread=Name("row")),
            ),
            "save": Arrow(
                (Parameter("id"), Parameter("value")),
                call(helper(model, "update"), Name("id"), Object({field.name: value})),
            ),
        }
    )


def _moved(pattern: Pattern, model: Model, field: Field) -> Context | None:
    values = values_of(pattern, field)
    if len(values) == 1 or not sample_is_open(model, "update"):
        return None
    text = label(values[-1])
    return {"label": text, "pattern": Ident(text), "row": Code(Object({field.name: values[-1]}))}


def _dates(dates: Sequence[Field]) -> Object:
    """Return when records begin and end, and the field that a form asks for."""
    start = dates[0]
    entries: dict[str, Expression] = {
        "field": start.name,
        "label": label(start.name),
    }
    if start.type != "date":
        entries["hasTime"] = True
    entries["start"] = _value(start.name)
    if end := _end(dates):
        entries["end"] = _value(end.name)
    return Object(entries)


def _end(dates: Sequence[Field]) -> Field | None:
    """Return the date on which what begins with the first one ends."""
    start, *others = dates
    if _first_word(start) in _ENDS:
        return None
    swapped = start.name.lower().replace("start", "end")
    ends = [
        field for field in others if _first_word(field) in _ENDS or field.name.lower() == swapped
    ]
    ends.sort(key=lambda field: (field.name.lower() != swapped, field.type != start.type))
    return next(iter(ends), None)


def _first_word(field: Field) -> str:
    return next(iter(words(field.name)), "").lower()


def _breakdown(pattern: Pattern, model: Model, field: Field) -> Context:
    return {
        "title": f"{label(plural(model.name))} by {in_sentence(label(field.name))}",
        "by": Code(_value(field.name)),
        "labels": Code(labels_of(pattern, model, field)),
    }


def _sums(pattern: Pattern, model: Model, lane: Field) -> Iterator[Context]:
    said: set[str] = set()
    for field in amounts(model):
        # Amounts of one currency are parts of each other: a total, its tax, what it was without.
        if field.currency in said:
            continue
        said |= {field.currency} if field.currency else set()
        yield {
            **_breakdown(pattern, model, lane),
            "title": f"{label(plural(model.name))}: {in_sentence(label(field.name))} by "
            f"{in_sentence(label(lane.name))}",
            "of": Code(_value(field.name)),
            "unit": label(field.name),
            "currency": _currency(model, field),
        }


def amounts(model: Model) -> Iterator[Field]:
    """Yield the fields with numbers that say something when they are added up."""
    keys = {key for relation in model.relations for key in relation.references} | {*model.key}
    for field in model.fields:
        spoken = {word.lower() for word in words(field.name)}
        is_amount = field.type in {"float", "integer"} and not spoken & _NO_AMOUNTS
        if is_amount and not field.array and field.name not in {*keys, model.ttl}:
            yield field


def _currency(model: Model, field: Field) -> Code | str | None:
    """Return what a sum of amounts is in: a code, or a function that returns a record's."""
    if field.currency is None or field.type == "integer":
        return None
    return Code(_value(field.currency)) if model.member(field.currency) else field.currency


def _value(field: str) -> Arrow:
    return arrow("row", Name(f"row.{field}"))
