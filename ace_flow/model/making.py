"""New records: what people give for one, by which rules, and what of it may be changed later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from ace_flow.model.data import AuthorizationRule, Field, Model


def given(model: Model) -> tuple[Field, ...]:
    """Return the fields that people give for a new record.

    They are the arguments of the mutation that makes it, else all that can be filled in.
    """
    if model.maker is None:
        return model.editable
    arguments = {item.name: item for item in model.maker.arguments}
    return tuple(
        replace(field, required=arguments[field.name].required)
        for field in model.fields
        if field.name in arguments and (field.name != "id" or model.identifier)
    )


def changeable(model: Model) -> tuple[Field, ...]:
    """Return the fields that people may change of a record."""
    return tuple(
        field for field in model.editable if field.permits("update") and field.name not in model.key
    )


def takes_id(model: Model) -> bool:
    """Tell whether whoever makes a record can say by which id it is known."""
    if model.identifier:
        return False
    return model.maker is None or any(item.name == "id" for item in model.maker.arguments)


def permitting(model: Model, operation: str) -> tuple[AuthorizationRule, ...]:
    """Return the rules by which people do something: those of a mutation, where that creates."""
    if operation == "create" and model.maker:
        return model.maker.authorization
    return tuple(rule for rule in model.authorization if rule.permits(operation))
