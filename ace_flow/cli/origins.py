"""A checked pattern with the origin of each value, as YAML for people and JSON for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ace_flow.cli import console
from ace_flow.loader import printed
from ace_flow.loader.origins import Completed, Filled, document_of, leaves
from ace_flow.loader.writer import Line, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.loader.origins import Origin
    from ace_flow.model import Pattern
    from ace_flow.session import Checked

# Comments stand in one column, at most here; a longer line has its own behind it.
MAX_COLUMN = 48


def show_origins(pattern: Pattern) -> None:
    """Print the composed and completed pattern as YAML, with the origin of each value."""
    everything = [*lines(document_of(pattern)), *_gone(pattern)]
    column = max((len(line.text) for line in everything if len(line.text) < MAX_COLUMN), default=0)
    for line in everything:
        if line.origin is None:
            console.say(line.text)
            continue
        comment = console.style(f"# {console.printable(_said(line.origin))}", "dim", sys.stdout)
        console.say(f"{line.text:{column}}  {comment}")


def _gone(pattern: Pattern) -> Iterator[Line]:
    """Yield as comments the values of parameters, what is extended, and what is removed."""
    for parameter in pattern.parameters:
        if parameter.span is not None and parameter.value is not None:
            text = console.printable(printed(parameter.value))
            yield Line(f"# parameter: {parameter.name} = {text}", parameter.span)
    for key, places in (("extends", _extended(pattern)), ("removed", pattern.removed)):
        for name, span in places.items():
            yield Line(f"# {key}: {console.printable(name)}", span)


def origins_json(checked: Checked) -> dict[str, object]:
    """Return the pattern in its own format and, by JSON pointers, the origin of each value."""
    pattern = checked.pattern
    document = document_of(pattern)
    return {
        "origin": checked.entry.origin,
        "location": checked.entry.location,
        "revision": checked.entry.revision,
        "pattern": document.plain(),
        "origins": {pointer: _json(origin) for pointer, origin in leaves(document)},
        "parameters": {item.name: item.value for item in pattern.parameters},
        "extends": {name: _json(span) for name, span in _extended(pattern).items()},
        "removed": {name: _json(span) for name, span in pattern.removed.items()},
    }


def _extended(pattern: Pattern) -> dict[str, Origin]:
    stated = pattern.node.mapping.get("extends") if pattern.node else None
    if stated is None:
        return {}
    return {str(item.value): item.span for item in stated.items or [stated]}


def _said(origin: Origin) -> str:
    if isinstance(origin, Filled):
        return f"{origin.span}, with {', '.join(origin.parameters)}"
    return f"completed: {origin.why}" if isinstance(origin, Completed) else str(origin)


def _json(origin: Origin) -> dict[str, object]:
    if isinstance(origin, Completed):
        return {"completed": origin.why}
    if isinstance(origin, Filled):
        return {**_json(origin.span), "parameters": list(origin.parameters)}
    return {"file": origin.source.name, "line": origin.line, "column": origin.column}
