"""What the tests of an application work with: a record of a model, and what fills in its form."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from ace_flow.generator.holding import can_store, held_fields
from ace_flow.generator.modules import labels_of, related_by
from ace_flow.generator.templates import Code
from ace_flow.generator.timelines import feed_choice
from ace_flow.generator.titles import shown_title, telling_enum, telling_number, title_field
from ace_flow.generator.typescript import Arrow, Call, Expression, Name, Object, call
from ace_flow.model import given, permitting
from ace_flow.names import in_sentence, label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Field, Model, Pattern

_KEY = "first"
_VALUES: dict[str, Expression] = {
    "boolean": True,
    "date": "2026-01-31",
    "datetime": "2026-01-31T12:00:00.000Z",
    "email": "first@example.com",
    "float": 1,
    "id": _KEY,
    "integer": 1,
    "ipAddress": "192.0.2.1",
    "json": "{}",
    "phone": "+15550100100",
    "time": "12:00:00.000Z",
    "timestamp": 1769860800,
    "url": "https://example.com/",
}
# What is typed where an input takes another form than the API does.
_TYPED = {"datetime": "2026-01-31T12:00", "time": "12:00", "timestamp": "2026-01-31T12:00"}


def sample(pattern: Pattern, model: Model) -> Object:
    """Return a record of a model, which the user who is signed in owns."""
    owners = {rule.owner for rule in model.authorization if "owner" in rule.allow}
    entries: dict[str, Expression] = {} if model.identifier else {"id": _KEY}
    for field in model.fields:
        if field.name not in entries:
            value = _value(pattern, model, field)
            entries[field.name] = [value] if field.array else value
    lists = {field.name for field in model.fields if field.array}
    if choice := feed_choice(pattern, model):
        entries[choice.index.field] = choice.value
    for name in owners & {"owner", *entries}:
        entries[name] = ["user"] if name in lists else "user"
    return Object(entries | {"createdAt": _VALUES["datetime"]}, expanded=True)


def sample_key(pattern: Pattern, model: Model) -> tuple[str, dict[str, Expression]]:
    """Return the key of the record that `sample` makes: as in addresses, and its fields."""
    entries = sample(pattern, model).entries
    fields = {name: entries[name] for name in model.key}
    parts = [str(value) for value in fields.values()]
    return parts[0] if len(parts) == 1 else "/".join(quote(part, safe="") for part in parts), fields


def sample_title(pattern: Pattern, model: Model) -> str:
    """Return how pages call the record that `sample` makes."""
    return _text_title(model) if shown_title(model) else _described(pattern, model)


def _text_title(model: Model) -> str:
    title = title_field(model)
    field = next(field for field in model.fields if field.name == title)
    return (
        str(_VALUES["email"])
        if field.type == "email"
        else f"First {in_sentence(label(model.name))}"
    )


def _described(pattern: Pattern, model: Model) -> str:
    entries = sample(pattern, model).entries
    named = f"{label(model.name)} {_VALUES['date']}"
    enum, number = telling_enum(pattern, model), telling_number(model)
    if enum:
        return f"{named}, {in_sentence(label(str(entries[enum.name])))}"
    if number:
        return f"{named}, {in_sentence(label(number.name))} {entries[number.name]}"
    return named


def sample_is_open(model: Model, operation: str) -> bool:
    """Tell whether the user who is signed in surely may do something with the sample.

    Whom a record would belong to does not matter while it is made.
    """
    if operation == "create":
        return any(not rule.group_claim for rule in permitting(model, operation))
    return any(
        rule.allow in {"authenticated", "groups", "owner", "owners"}
        and not (rule.group_claim or rule.group_field or rule.identity_claim)
        for rule in permitting(model, operation)
    )


def related_records(pattern: Pattern, model: Model) -> list[Code]:
    """Return calls that keep the records which a form must choose from."""
    targets = {
        target.name: target for field in _asked(model) if (target := _target(pattern, model, field))
    }
    return [
        Code(call("api.put", target.name, sample(pattern, target))) for target in targets.values()
    ]


def entries(pattern: Pattern, model: Model) -> list[Code] | None:
    """Return calls that fill in what a form requires, and the fields for files.

    None where no value is known to fit. Files are a `picture`.
    """
    steps: list[Code] = []
    held = held_fields(pattern, model)
    for field in _asked(model, held if can_store(pattern) else ()):
        target = _target(pattern, model, field)
        if field in held and can_store(pattern):
            steps.append(Code(call("user.upload", _control(label(field.name)), Name("picture"))))
        elif field in held:
            return None
        elif target:
            steps += _pick(pattern, model, field, target)
        elif field.pattern is not None or _is_nested(pattern, field) or field.type == "json":
            return None
        else:
            steps.append(_fill(pattern, model, field))
    return steps


def _asked(model: Model, besides: tuple[Field, ...] = ()) -> Iterator[Field]:
    """Yield the fields for which a form must be given something, and some besides."""
    for field in given(model):
        has_value = field.default is not None or field.initial is not None
        is_asked = field.required and not has_value and (field.type != "boolean" or field.array)
        if is_asked or field in besides:
            yield field


def _fill(pattern: Pattern, model: Model, field: Field) -> Code:
    control = _control(label(field.name))
    labels = labels_of(pattern, model, field)
    if labels and field.array:
        return Code(call("user.tab"))
    if labels:
        return Code(call("user.selectOptions", control, values_of(pattern, field)[0]))
    value = _TYPED.get(field.type, _value(pattern, model, field))
    return Code(call("user.type", control, str(value) if value is not True else "yes"))


def _pick(pattern: Pattern, model: Model, field: Field, target: Model) -> list[Code]:
    relation = related_by(pattern, model, field)
    name = relation[0].name if relation else field.name
    option = Call(
        Name("screen"), "getByRole", ("option", Object({"name": sample_title(pattern, target)}))
    )
    return [
        Code(call("user.click", _control(label(name)))),
        Code(call("waitFor", Arrow((), option))),
        Code(call("user.click", option)),
    ]


def _control(text: str) -> Call:
    return call("form").call("getByLabelText", text)


def _target(pattern: Pattern, model: Model, field: Field) -> Model | None:
    related = related_by(pattern, model, field)
    return related[1] if related else None


def _is_nested(pattern: Pattern, field: Field) -> bool:
    return any(custom.name == field.ref for custom in pattern.types)


def values_of(pattern: Pattern, field: Field) -> tuple[str, ...]:
    """Return the values of an enum field; of others none."""
    enum = pattern.enum(field.ref)
    return enum.values if enum else field.values


def _value(pattern: Pattern, model: Model, field: Field) -> Expression:
    if field.name == title_field(model):
        return _text_title(model)
    if values := values_of(pattern, field):
        return values[0]
    if _is_nested(pattern, field):
        return None
    if field.type in {"integer", "float"}:
        least = 1 if field.minimum is None else field.minimum
        return least if field.maximum is None else min(least, field.maximum)
    text = _VALUES.get(field.type, label(field.name))
    if not isinstance(text, str):
        return text
    return text.ljust(field.min_length or 0, "x")[: field.max_length]
