"""The loader's phases in their order: document, composed, typed, complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from ace_flow.loader.builder import build
from ace_flow.loader.completion import complete
from ace_flow.loader.makers import with_makers
from ace_flow.loader.parametrizing import parametrized
from ace_flow.loader.removal import shown
from ace_flow.loader.resolver import Find, compose
from ace_flow.loader.values import Choose, sample_values

if TYPE_CHECKING:
    from ace_flow.model import Addition, Parameter, Pattern
    from ace_flow.source import Node, Span


class Filled(NamedTuple):
    """A composed document with the values of its parameters, and what was removed from it."""

    document: Node
    parameters: tuple[Parameter, ...]
    removed: dict[str, Span]


class Loaded(NamedTuple):
    """A pattern as later floors see it, and what the tool added to get there."""

    pattern: Pattern
    additions: tuple[Addition, ...]


def load(document: Node, find: Find, choose: Choose | None = None) -> Loaded:
    """Compose a document with its parents and return the typed, completed pattern.

    `choose` finds the values of its parameters; without it, samples are taken. Raises PatternError
    with all findings on shape and composition. Meaning is checked by `ace_flow.rules`.
    """
    return finish(fill(document, find, choose))


def fill(document: Node, find: Find, choose: Choose | None = None) -> Filled:
    """Compose a document with its parents and fill its parameters in, as `load` does."""
    composed = compose(document, find)
    removed = {shown(thing): span for thing, span in composed.removed.items()}
    filled, parameters = parametrized(
        composed.document, composed.declaring, choose or sample_values({})
    )
    return Filled(filled, parameters, removed)


def finish(filled: Filled) -> Loaded:
    """Return the typed, completed pattern of a document that needs nothing more."""
    pattern = replace(build(filled.document), parameters=filled.parameters, removed=filled.removed)
    completed, additions = complete(pattern)
    return Loaded(with_makers(completed), additions)
