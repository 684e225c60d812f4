"""Whether a value is one that a parameter takes, and how values are read from text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ace_flow.diagnostics import PatternError
from ace_flow.loader.document import FORBIDDEN_IN_TEXT, MAX_TEXT, read_document, typed
from ace_flow.loader.samples import short
from ace_flow.loader.schema import expression

if TYPE_CHECKING:
    from ace_flow.model import Given, Parameter
    from ace_flow.source import Node

KINDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
}
# Beyond this, the format's numbers end.
_LARGEST = 10**18
_BOOLEANS = {"false": False, "true": True}


def misfit(parameter: Parameter, value: object) -> str | None:
    """Say why a parameter does not take a value: "is not one of: EUR, USD"; None when it does."""
    if parameter.type == "array":
        return _unfit_list(parameter, value)
    if (problem := _unfit_type(parameter.type, value)) is not None:
        return problem
    if parameter.enum and not any(_is_same(value, choice) for choice in parameter.enum):
        return f"is not one of: {', '.join(short(printed(item)) for item in parameter.enum)}"
    if isinstance(value, str):
        return _unfit_text(parameter, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if parameter.minimum is not None and value < parameter.minimum:
            return f"is less than {printed(parameter.minimum)}"
        if parameter.maximum is not None and value > parameter.maximum:
            return f"is more than {printed(parameter.maximum)}"
    return None


def _unfit_type(kind: str, value: object) -> str | None:
    match kind, value:
        case ("string", str()) | ("boolean", bool()):
            return None
        case ("integer" | "number", int() | float()) if not isinstance(value, bool):
            if not math.isfinite(value) or abs(value) >= _LARGEST:
                return "has more digits than a number may have"
            is_whole = kind == "number" or value == int(value)
            return None if is_whole else "is not a whole number"
        case _:
            return f"is not {KINDS.get(kind, 'a value')}"


def _unfit_text(parameter: Parameter, text: str) -> str | None:
    if len(text) > MAX_TEXT:
        return f"has more than {MAX_TEXT:,} characters"
    if hit := FORBIDDEN_IN_TEXT.search(text):
        return f"has the character U+{ord(hit[0]):04X}, which no text may have"
    if parameter.min_length is not None and len(text) < parameter.min_length:
        return f"has less than {parameter.min_length} characters"
    if parameter.max_length is not None and len(text) > parameter.max_length:
        return f"has more than {parameter.max_length} characters"
    if parameter.pattern is not None and not expression(parameter.pattern)(text):
        return f"does not match `{short(parameter.pattern)}`"
    return None


def _unfit_list(parameter: Parameter, value: object) -> str | None:
    if not isinstance(value, tuple):
        return "is not a list"
    if parameter.min_items is not None and len(value) < parameter.min_items:
        return f"has less than {parameter.min_items} entries"
    if parameter.max_items is not None and len(value) > parameter.max_items:
        return f"has more than {parameter.max_items} entries"
    for item in value:
        problem = misfit(parameter.items, item) if parameter.items else None
        if problem is not None:
            return f"has the entry `{short(printed(item))}`, which {problem}"
    return None


def _is_same(one: object, other: object) -> bool:
    """Compare values as JSON does, for which `true` is not 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def value_of(node: Node) -> Given | None:
    """Return what a document says, as a value for a parameter; None for what is none."""
    if isinstance(node.value, list):
        items = tuple(
            item.value for item in node.items if isinstance(item.value, str | int | float)
        )
        return items if len(items) == len(node.items) else None
    return node.value if isinstance(node.value, str | int | float) else None


def read(parameter: Parameter, text: str) -> Given:
    """Return the value that somebody wrote for a parameter, or the text when it is none."""
    match parameter.type:
        case "integer" | "number" if isinstance(number := typed(text.strip()), int | float):
            return number
        case "boolean":
            return _BOOLEANS.get(text.strip().lower(), text)
        case "array" if parameter.items:
            entries = (read(parameter.items, entry) for entry in _entries(text))
            return tuple(entry for entry in entries if not isinstance(entry, tuple))
        case _:
            return text


def _entries(text: str) -> list[str]:
    """Return the entries of a list that is written with commas, or as YAML in brackets."""
    if text.lstrip().startswith("[") and not FORBIDDEN_IN_TEXT.search(text):
        try:
            items = read_document("", text.encode()).items
        except PatternError:
            return [text]
        return [item.raw if item.raw is not None else str(item.plain()) for item in items]
    return [entry.strip() for entry in text.split(",")] if text.strip() else []


def normal_form(parameter: Parameter, value: Given) -> Given:
    """Return a value that fits in the one form in which it is kept: 2.0 is the integer 2."""
    if isinstance(value, tuple):
        items = parameter.items or parameter
        entries = (normal_form(items, item) for item in value)
        return tuple(entry for entry in entries if not isinstance(entry, tuple))
    is_whole = parameter.type == "integer" and isinstance(value, float)
    return int(value) if is_whole else value


def printed(value: Given) -> str:
    """Return a value as it stands in a text."""
    if isinstance(value, tuple):
        return ", ".join(map(printed, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
