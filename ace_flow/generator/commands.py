"""Commands: the mutations that pages offer for a record, as buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.access import access_rule
from ace_flow.generator.asking import key_value
from ace_flow.generator.forms import inputs, readings
from ace_flow.generator.typescript import (
    Arrow,
    Call,
    Expression,
    Name,
    Object,
    Parameter,
    call,
)
from ace_flow.model import CustomType
from ace_flow.names import camel, kebab, label, pascal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.generator.typescript import Element
    from ace_flow.model import AuthorizationRule, Model, Operation, Pattern

COMMAND = Name("Command", "../ui/command", is_type=True)


def commands_of(pattern: Pattern, model: Model) -> list[Operation]:
    """Return the mutations that have a button on the records of a model."""
    return [item for item in pattern.mutations if item.button and item.button.model == model.name]


def commands_name(model: Model) -> Name:
    """Return the constant in `src/commands` that holds a model's commands."""
    name = f"{camel(model.name)}Commands"
    return Name(name, f"../commands/{name}")


def command_inputs(pattern: Pattern, model: Model) -> dict[Name, list[Element]]:
    """Return what the commands of a model ask for: components in `src/commands`."""
    return {
        _inputs_name(operation): list(inputs(pattern, _asking(model, operation)))
        for operation in commands_of(pattern, model)
        if _asking(model, operation).fields
    }


def commands(pattern: Pattern, model: Model) -> list[Expression]:
    """Return the commands of a model, for that constant."""
    return [_command(pattern, model, operation) for operation in commands_of(pattern, model)]


def _command(pattern: Pattern, model: Model, operation: Operation) -> Object:
    button = operation.button
    asking = _asking(model, operation)
    entries: dict[str, Expression] = {
        "name": operation.name,
        "label": (button and button.label) or label(operation.name),
    }
    if button and not button.confirm:
        entries["isImmediate"] = True
    elif operation.description:
        entries["description"] = operation.description
    entries["rules"] = [access_rule(rule) for rule in _rules(model, operation)]
    if button and button.when:
        entries["when"] = Object({name: list(values) for name, values in button.when.items()})
    parameters = [Parameter("id")]
    seen = button.seen if button else ()
    if asking.fields:
        # Both modules are in one folder.
        entries["Inputs"] = Name(_inputs_name(operation).text, f"./{_inputs_name(operation).text}")
    if asking.fields or seen:
        parameters.append(Parameter("form" if asking.fields else "_form"))
    if seen:
        parameters.append(Parameter("record"))
    key = operation.key_argument(model) or "id"
    given: dict[str, Expression] = {key: key_value(model, model.key[0], Name("id"))}
    shown = Name("shownText", "../ui/command")
    given |= {name: call(shown, Name("record"), name) for name in seen}
    given |= readings(pattern, asking, asking.fields)
    called = Name("client.mutations", "../data/client")
    run = Arrow(tuple(parameters), Call(called, operation.name, (Object(given),)))
    return Object(entries | _answer(pattern, operation) | {"run": run}, expanded=True)


def _answer(pattern: Pattern, operation: Operation) -> dict[str, Expression]:
    """Return what pages use of a result: the record to show next, or where to go, what to say."""
    opened = operation.button and operation.button.opens
    page = next((item for item in pattern.components if item.name == opened), None)
    model = pattern.model(operation.returns or "")
    if page and model:
        param = "id" if page.models[:1] == (model.name,) else camel(model.name)
        return {"page": f"/{kebab(page.name)}?{param}=", "key": model.key[0]}
    custom = next((item for item in pattern.types if item.name == operation.returns), None)
    if custom is None or operation.array:
        return {}
    fields = [field for field in custom.fields if not field.array]
    opens = next((field.name for field in fields if field.type == "url"), None)
    says = next((f.name for f in fields if f.name == "message" and f.type == "string"), None)
    return {key: name for key, name in (("opens", opens), ("says", says)) if name}


def _rules(model: Model, operation: Operation) -> Sequence[AuthorizationRule]:
    """Return who has the button: those whom the record names, or all who may call the mutation."""
    field = operation.button.owner_field if operation.button else None
    named = [rule for rule in model.authorization if field and rule.owns_by(field)]
    return named[:1] or operation.authorization


def _asking(model: Model, operation: Operation) -> CustomType:
    """Return what people are asked, as a type: all arguments but what the record says."""
    if operation.button and not operation.button.confirm:
        return CustomType(name=pascal(operation.name))
    known = {operation.key_argument(model), *(operation.button.seen if operation.button else ())}
    fields = tuple(item for item in operation.arguments if item.name not in known)
    return CustomType(name=pascal(operation.name), fields=fields)


def _inputs_name(operation: Operation) -> Name:
    name = f"{pascal(operation.name)}Inputs"
    return Name(name, f"../commands/{name}")
