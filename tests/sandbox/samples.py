"""Records that a model takes, with its required fields only."""

from __future__ import annotations

import re
from typing import Any

VALUES = {
    "boolean": True,
    "date": "2024-02-29",
    "datetime": "2024-02-29T12:30:00.000Z",
    "email": "somebody@example.com",
    "float": 1.5,
    "id": "some-id",
    "integer": 1,
    "ipAddress": "192.0.2.1",
    "json": "{}",
    "phone": "+15555550100",
    "string": "text",
    "time": "12:30:00.000",
    "timestamp": 1709210000,
    "url": "https://example.com/",
}


def sample(model: dict[str, Any], pattern: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a model's required fields."""
    return _fields(model["members"], pattern)


def _fields(fields: list[dict[str, Any]], pattern: dict[str, Any]) -> dict[str, Any]:
    return {
        field["name"]: value(field, pattern)
        for field in fields
        if field.get("required") and "model" not in field
    }


def value(member: dict[str, Any], pattern: dict[str, Any]) -> Any:
    """Return a value that a field takes."""
    one = _one(member, pattern)
    return [one] if member.get("array") else one


def _one(member: dict[str, Any], pattern: dict[str, Any]) -> Any:
    match member["type"]:
        case "enum":
            return member["values"][0]
        case "ref":
            enums = {item["name"]: item["values"][0] for item in pattern.get("enums") or ()}
            types = {item["name"]: item["fields"] for item in pattern.get("types") or ()}
            name = member["ref"]
            return enums[name] if name in enums else _fields(types[name], pattern)
        case "integer" | "float":
            return max(VALUES[member["type"]], member.get("minimum", 0))
        case "string":
            texts = ("x" * max(1, member.get("min_length", 1)), "USD", "1.0.0", "a" * 64)
            return next(text for text in texts if re.search(member.get("pattern", ""), text))
        case scalar:
            return VALUES[scalar]
