"""Buttons: mutations that pages offer for the records of a model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic
from ace_flow.model.data import AUTOMATIC_FIELDS
from ace_flow.names import Suggestion, camel
from ace_flow.rules.missing import removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Button, Catalogue, Field, Model, Operation, Pattern
    from ace_flow.names import Hint
    from ace_flow.source import Span

_TEXTS = frozenset({"date", "datetime", "email", "id", "phone", "string", "time", "url"})
_KEYS = frozenset({"id", "string", "integer", "float", "timestamp"})


def buttons(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A button belongs to a mutation, which takes the key of a model's record."""
    for operation in pattern.operations:
        if not (button := operation.button):
            continue
        model = pattern.model(button.model)
        if operation.kind != "mutation":
            message = f"`{operation.name}` is a {operation.kind}: only mutations have a button"
            yield _finding(message, button.span)
        elif not model:
            message = f"there is no model `{button.model}`"
            hint = Suggestion(button.model, [item.name for item in pattern.models])
            related = removed(pattern, f"models.{button.model}")
            span = button.at("model")
            yield Diagnostic(code="ACE211", message=message, span=span, hint=hint, related=related)
        else:
            yield from _takes_a_record(operation, button, model)
            yield from _owners(button, model)
            yield from _opens(pattern, operation, button)
            yield from _seen(operation, button, model)
            yield from _asks(operation, button, model)
            yield from _conditions(pattern, button, model)


def _takes_a_record(operation: Operation, button: Button, model: Model) -> Iterator[Diagnostic]:
    key = operation.key_argument(model)
    if len(model.key) > 1:
        message = f"`{model.name}` has a key of several fields, which no button can give"
        yield _finding(message, button.at("model"))
        return
    argument = next((item for item in operation.arguments if item.name == key), None)
    name = f"{camel(model.name)}Id"
    if argument is None:
        message = f"`{operation.name}` takes no key of a record of `{model.name}`"
        yield _finding(message, button.span, f"add `arguments: [{{name: {name}, type: id}}]`")
    elif argument.array or argument.type not in _KEYS:
        message = f"`{operation.name}.{argument.name}` is no key of a record"
        yield _finding(message, argument.span, "a key is of type `id`")
    if not any(rule.allow in {"authenticated", "groups"} for rule in operation.authorization):
        message = f"nobody who is signed in may call `{operation.name}`"
        yield _finding(message, button.span, "add `{allow: authenticated}` to its `authorization`")


def _owners(button: Button, model: Model) -> Iterator[Diagnostic]:
    field = button.owner_field
    if field and not any(rule.owns_by(field) for rule in model.authorization):
        message = f"no rule of `{model.name}` is about whom `{field}` names"
        owners = [rule.owner for rule in model.authorization if rule.owns_by(rule.owner)]
        yield _finding(message, button.at("owner_field"), Suggestion(field, owners))


def _opens(pattern: Pattern, operation: Operation, button: Button) -> Iterator[Diagnostic]:
    if button.opens is None:
        return
    pages = [item.name for item in pattern.components]
    returned = pattern.model(operation.returns or "")
    if button.opens not in pages:
        message = f"there is no component `{button.opens}`"
        span, hint = button.at("opens"), Suggestion(button.opens, pages)
        related = removed(pattern, f"components.{button.opens}")
        yield Diagnostic(code="ACE211", message=message, span=span, hint=hint, related=related)
    elif returned is None or operation.array or len(returned.key) > 1:
        message = f"`{operation.name}` returns no record that `{button.opens}` could show"
        yield _finding(message, button.at("opens"), "let it return a model with one key")


def _seen(operation: Operation, button: Button, model: Model) -> Iterator[Diagnostic]:
    arguments = {item.name: item for item in operation.arguments}
    always = dict.fromkeys(AUTOMATIC_FIELDS, "datetime")
    always |= {item.name: item.type for item in model.fields if item.required and not item.array}
    for position, name in enumerate(button.seen):
        span = button.at("seen", position)
        if name not in arguments:
            message = f"`{operation.name}` takes no argument `{name}`"
            yield _finding(message, span, Suggestion(name, arguments))
        elif name not in always:
            message = f"not every record of `{model.name}` has one `{name}`"
            yield _finding(message, span, Suggestion(name, always))
        elif always[name] not in _TEXTS or arguments[name].type != always[name]:
            message = f"`{operation.name}.{name}` cannot be told `{model.name}.{name}`"
            hint = "a text or a date, of the same `type` as the field"
            yield _finding(message, span, hint)
        elif arguments[name].array:
            message = f"`{operation.name}.{name}` is a list"
            yield _finding(message, span, "remove `array` from the argument")


def _asks(operation: Operation, button: Button, model: Model) -> Iterator[Diagnostic]:
    known = {operation.key_argument(model), *button.seen}
    for argument in operation.arguments:
        if not button.confirm and argument.required and argument.name not in known:
            message = f"`{operation.name}` cannot do without `{argument.name}`, and nobody is asked"
            hint = "remove `confirm: false` from the button, or `required` from the argument"
            yield _finding(message, button.at("confirm"), hint)


def _conditions(pattern: Pattern, button: Button, model: Model) -> Iterator[Diagnostic]:
    fields = {field.name: field for field in model.fields}
    for name, given in button.when.items():
        field = fields.get(name)
        if field is None:
            message = f"`{model.name}` has no field `{name}`"
            yield _finding(message, button.key_at("when", name), Suggestion(name, fields))
            continue
        allowed = _values(pattern, field)
        for position, value in enumerate(given):
            if allowed is not None and value not in allowed:
                message = f"`{model.name}.{name}` is never `{_shown(value)}`"
                meant = Suggestion(_shown(value), [*map(_shown, allowed)])
                yield _finding(message, button.at("when", name, position), meant)


def _shown(value: str | bool | None) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _values(pattern: Pattern, field: Field) -> list[str | bool | None] | None:
    """Return what a field may be, or None when that is any text."""
    none = [] if field.required else [None]
    enum = pattern.enum(field.ref)
    if field.array or (field.type == "ref" and not enum):
        return []
    if field.type == "enum" or enum:
        return [*(enum.values if enum else field.values), *none]
    if field.type == "boolean":
        return [True, False, *none]
    return None if field.type in {"string", "id"} else []


def _finding(message: str, span: Span | None, hint: Hint | str | None = None) -> Diagnostic:
    return Diagnostic(code="ACE215", message=message, span=span, hint=hint)


RULES = (buttons,)
