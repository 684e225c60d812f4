"""A checked pattern as lines for people and as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.cli.surroundings import backend_lines, member_text, rules_text
from ace_flow.loader import printed, takes
from ace_flow.loader.lines import short
from ace_flow.model import Script
from ace_flow.records import Record, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ace_flow.model import Model, Parameter
    from ace_flow.session import Checked

_LEFT_OUT = frozenset({"completed", "maker", "node", "removed", "span"})


def pattern_json(checked: Checked) -> dict[str, object]:
    """Return the composed and completed pattern; what is empty is left out."""
    return {
        "origin": checked.entry.origin,
        "location": checked.entry.location,
        "revision": checked.entry.revision,
        "pattern": _plain(checked.pattern),
        "additions": [_plain(item) for item in checked.additions],
    }


def _plain(value: object) -> object:
    if isinstance(value, Script):
        return value.path
    if isinstance(value, Record):
        pairs = ((name, getattr(value, name)) for name in parts(type(value)))
        return {
            name: _plain(item)
            for name, item in pairs
            if name not in _LEFT_OUT and not _is_empty(name, item)
        }
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _is_empty(name: str, value: object) -> bool:
    # A default of false, zero or an empty text is something that the pattern says.
    if name == "default":
        return value is None
    return value is None or value is False or value in ("", (), {})


def pattern_lines(checked: Checked) -> Iterator[str]:
    """Yield the composed and completed pattern, a thing a line; `+` marks what ace added."""
    pattern = checked.pattern
    added = {item.path for item in checked.additions}
    yield f"{pattern.name} - {pattern.display_name}"
    if pattern.description:
        yield f"  {pattern.description}"
    revision = f", revision {checked.entry.revision}" if checked.entry.revision else ""
    yield f"  from {checked.entry.origin} ({checked.entry.location}{revision})"
    for name, value in (
        ("category", pattern.category),
        ("complexity", pattern.complexity),
        ("estimated time", pattern.estimated_time),
        ("extends", ", ".join(pattern.extends)),
        ("tags", ", ".join(pattern.tags)),
        ("services", ", ".join(pattern.services)),
    ):
        if value:
            yield f"  {name}: {value}"
    yield from _parameter_lines(pattern.parameters)
    for enum in pattern.enums:
        yield ""
        yield f"enum {enum.name}: {', '.join(enum.values)}"
    for custom in pattern.types:
        yield ""
        yield f"type {custom.name}"
        for field in custom.fields:
            mark = "+" if f"{custom.name}.{field.name}" in added else " "
            yield f"  {mark} {field.name}: {member_text(field)}"
    for model in pattern.models:
        yield ""
        yield from _model_lines(model, added)
    yield from backend_lines(pattern, added)
    if pattern.components:
        yield ""
    for component in pattern.components:
        yield f"{component.type} {component.name}: {', '.join(component.models)}"


def _parameter_lines(parameters: Iterable[Parameter]) -> Iterator[str]:
    """Yield what each parameter takes, what it is taken for here, and what it is about."""
    for number, parameter in enumerate(parameters):
        if number == 0:
            yield ""
        value = "" if parameter.value is None else f" = {short(printed(parameter.value))}"
        told = parameter.title or parameter.description
        about = f" ({short(told)})" if told else ""
        yield f"parameter {parameter.name}{value}: {takes(parameter)}{about}"


def _model_lines(model: Model, added: set[str]) -> Iterator[str]:
    yield f"model {model.name}"
    for member in model.members:
        mark = "+" if f"{model.name}.{member.name}" in added else " "
        yield f"  {mark} {member.name}: {member_text(member)}"
    for index in model.indexes:
        keys = " + ".join((index.field, *index.sort_keys))
        yield f"    index {index.name or ''} on {keys}"
    if model.ttl:
        yield f"    deleted after {model.ttl}"
    if model.renamed_from:
        yield f"    once {', '.join(model.renamed_from)}"
    mark = "+" if model.name in added else " "
    yield f"  {mark} allow {rules_text(model.authorization)}"
