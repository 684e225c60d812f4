"""Imports: how the rows of a file become records of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.access import is_permitted
from ace_flow.generator.forms import reader_name
from ace_flow.generator.modules import helper, labels_of, related_by
from ace_flow.generator.typescript import Call, Expression, Name, Object, call
from ace_flow.model import given
from ace_flow.names import camel, label

if TYPE_CHECKING:
    from ace_flow.model import Field, Model, Pattern


def import_name(pattern: Pattern, model: Model) -> Name | None:
    """Return the constant of `src/imports`, or None where a file cannot hold all that is needed."""
    nested = {item.name for item in pattern.types}
    lacking = [field for field in given(model) if field.required and field.ref in nested]
    if lacking or not is_permitted(model, "create"):
        return None
    name = f"{camel(model.name)}Import"
    return Name(name, f"../imports/{name}")


def importing(pattern: Pattern, model: Model) -> Call:
    """Return how the cells of a file become the fields of a model, for that constant."""
    nested = {item.name for item in pattern.types}
    fields: list[Expression] = [
        _field(pattern, model, field) for field in given(model) if field.ref not in nested
    ]
    functions = {"read": reader_name(model), "create": helper(model, "create")}
    return call(
        Name("importing", "../ui/importing"), Object({"fields": fields, **functions}, expanded=True)
    )


def _field(pattern: Pattern, model: Model, field: Field) -> Object:
    related = related_by(pattern, model, field)
    entries: dict[str, Expression] = {
        "name": field.name,
        "label": label(related[0].name if related else field.name),
    }
    if field.array:
        entries["kind"] = "list"
    elif field.type == "boolean":
        entries["kind"] = "flag"
    if labels := labels_of(pattern, model, field):
        entries["labels"] = labels
    return Object(entries)
