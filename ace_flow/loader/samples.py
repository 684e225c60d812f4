"""How a value of the right type is written, for one that is of a wrong type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ace_flow.regexes import regex

if TYPE_CHECKING:
    from ace_flow.source import Node

_MODEL = "{name: Order, fields: [{name: number, type: string}]}"
_OPERATION = "{name: publish, arguments: [{name: id, type: id}], returns: string}"
_COMPONENT = "{name: OrderTable, type: table, model: Order}"
# What an entry of a list looks like, and what a mapping holds.
_ENTRIES = {
    "additional_components": _COMPONENT,
    "additional_models": _MODEL,
    "arguments": "{name: id, type: id}",
    "authorization": "{allow: owner}",
    "components": _COMPONENT,
    "conversations": "{name: chat, ai_model: Claude Sonnet 4.5}",
    "fields": "{name: total, type: float}",
    "functions": "{name: sendInvoices, schedule: every day}",
    "generations": "{name: describe, ai_model: Claude Sonnet 4.5}",
    "indexes": "{field: status}",
    "models": _MODEL,
    "mutations": _OPERATION,
    "paths": "{allow: owner, operations: [read]}",
    "queries": _OPERATION,
    "subscriptions": "{name: onPublish, for: [publish]}",
    "tools": "{name: find, model: Order, description: Lists orders}",
    "types": "{name: Address, fields: [{name: city, type: string}]}",
}
_MAPPINGS = {
    "access": "{data: [query]}",
    "attributes": "{birthdate: {required: true}}",
    "auth": "{groups: [admins]}",
    "enums": "{Status: [open, paid]}",
    "environment": "{CURRENCY: EUR}",
    "mfa": "{mode: optional, totp: true}",
    "parameters": "{currency: {type: string, default: EUR}}",
    "paths": "{public/*: [{allow: guest, operations: [read]}]}",
    "remove": "{models: [Order]}",
    "schema": "{enums: {Status: [open, paid]}}",
    "storage": "{paths: {public/*: [{allow: guest, operations: [read]}]}}",
    "templates": "{docs/notice.md: templates/notice.md}",
}
# What other readers of YAML take for true or false, and what is so in quotes.
_BOOLEANS = {
    **dict.fromkeys(("on", "true", "y", "yes"), "write `true`, without quotes"),
    **dict.fromkeys(("false", "n", "no", "off"), "write `false`, without quotes"),
}
_LONGEST = 80
_NUMBER = regex(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def right_type(
    kinds: list[str], path: tuple[str | int, ...], node: Node, rules: dict[str, Any]
) -> str | None:
    """Say how a value of one of these kinds is written, at a path that has these rules."""
    *_, key = ("", *(step for step in path if isinstance(step, str)))
    text = node.value if isinstance(node.value, str) else None
    inner = rules.get("items", {})
    match kinds:
        case ["array"] if node.mapping and all(name.startswith("-") for name in node.mapping):
            return "a dash has a space after it: `- …`"
        case ["array"] if "$ref" in inner or inner.get("type") == "object":
            return f"a list has a dash before each entry: `- {_entry(path)}`"
        case ["array"] if text is not None:
            return f"put it in brackets: `[{short(text)}]`"
        case ["array"] if "examples" in rules:
            return f"for example `[{', '.join(rules['examples'][0])}]`"
        case ["object"] if isinstance(path[-1], int):
            return f"for example `- {_entry(path)}`"
        case ["object"] if key in _MAPPINGS:
            return f"for example `{_MAPPINGS[key]}`"
        case ["boolean"] if text is not None:
            return _BOOLEANS.get(text.lower())
        case ["number"] | ["integer"] if text is not None and _NUMBER.fullmatch(text):
            return f"write it without quotes: `{text}`"
        case ["string"] if node.raw:
            return 'put the text in quotes: "…"'
        case _:
            return None


def _entry(path: tuple[str | int, ...]) -> str:
    """Return an entry of the list at a path; where keys are free, the one before says which."""
    return next(_ENTRIES[str(step)] for step in reversed(path) if step in _ENTRIES)


def short(value: object) -> str:
    """Return a value as text, cut when it is longer than a message takes."""
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
