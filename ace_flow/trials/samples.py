"""Records that a model takes: a value for each field that is required, within its limits."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ace_flow.trials.matching import matching

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.model import Field, Model
    from ace_flow.trials.served import Kind, Place

_VALUES: dict[str, Any] = {
    "AWSDate": "2026-01-31",
    "AWSDateTime": "2026-01-31T12:00:00.000Z",
    "AWSEmail": "somebody@example.com",
    "AWSIPAddress": "192.0.2.1",
    "AWSJSON": '{"sample":true}',
    "AWSPhone": "+15550100100",
    "AWSTime": "12:00:00.000",
    # The year 2100: what expires must not be gone before it is read.
    "AWSTimestamp": 4102444800,
    "AWSURL": "https://example.com/",
    "Boolean": True,
    "Float": 1.5,
    "ID": "sample",
    "Int": 1,
    "String": "Sample",
}
_OTHERS: dict[str, Any] = {
    **_VALUES,
    "AWSDate": "2026-02-28",
    "AWSDateTime": "2026-02-28T12:00:00.000Z",
    "AWSEmail": "another@example.com",
    "AWSJSON": '{"sample":false}',
    "AWSTime": "13:00:00.000",
    "AWSURL": "https://example.com/other",
    "Boolean": False,
    "Float": 2.5,
    "ID": "another",
    "Int": 2,
    "String": "Another",
}


class NoSampleError(Exception):
    """No value is known that a field takes; the text names the field."""


def sample(kind: Kind, model: Model | None) -> dict[str, Any]:
    """Return the values of the fields that a new record must have, and the key's.

    `model` is the pattern's, whose limits count. Raises NoSampleError.
    """
    taken = kind.inputs["create"]
    return {
        name: _value(place, name, _field(model, name), _VALUES)
        for name, place in kind.places.items()
        if name in taken and (place.required or name in kind.key) and name != "id"
    }


def change(kind: Kind, model: Model | None, fixed: frozenset[str]) -> dict[str, Any]:
    """Return another value for one field that may change and is none of the `fixed`, if any.

    Fields of indexes do not change by themselves where an index sorts by several.
    """
    others = fixed | kind.indexed | {*kind.key}
    for name, place in kind.places.items():
        if name not in kind.inputs["update"] or name in others or place.fields:
            continue
        try:
            return {name: _value(place, name, _field(model, name), _OTHERS)}
        except NoSampleError:
            continue
    return {}


def _field(model: Model | None, name: str) -> Field | None:
    found = [field for field in model.fields if field.name == name] if model else []
    return found[0] if found else None


def _value(place: Place, name: str, field: Field | None, known: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as JSON
    one = _one(place, name, field, known)
    return [one] if place.array else one


def _one(place: Place, name: str, field: Field | None, known: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as JSON
    if place.values:
        return place.values[0 if known is _VALUES else -1]
    if place.fields is not None:
        inner = place.fields.items()
        return {key: _value(item, key, None, known) for key, item in inner if item.required}
    value = known.get(place.type)
    if value is None:
        raise NoSampleError(f"no value is known for `{name}`, which is a {place.type}")
    if field is None:
        return value
    if place.type in {"Float", "Int"}:
        return _number(value, field)
    return _text(value, name, field) if place.type == "String" else value


def _number(value: float, field: Field) -> float:
    """Return the value, moved into the limits of the field."""
    least = value if field.minimum is None else max(value, field.minimum)
    most = least if field.maximum is None else min(least, field.maximum)
    return int(most) if most == int(most) else most


def _text(value: str, name: str, field: Field) -> str:
    if field.pattern is None:
        return value.ljust(field.min_length or 0, "x")[: field.max_length]
    with suppress(re.error, RecursionError):
        wanted = re.compile(field.pattern)
        for text in (value, *matching(field.pattern)):
            is_long = field.min_length is None or len(text) >= field.min_length
            is_short = field.max_length is None or len(text) <= field.max_length
            if is_long and is_short and wanted.search(text):
                return text
    shown = json.dumps(field.pattern)
    raise NoSampleError(f"no value is known for `{name}`, which must match {shown}")
