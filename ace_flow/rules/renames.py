"""Earlier names of models, fields and components: legal, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ace_flow.diagnostics import Diagnostic
from ace_flow.names import COMPONENT_NAME, FIELD_NAME, MODEL_NAME

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from ace_flow.model import Catalogue, Component, Field, Model, Pattern, Relation

    Renamed: TypeAlias = Component | Field | Model | Relation


class _Kind(NamedTuple):
    """What is called so, what its names are, and why a name that is in use is not an earlier one.

    Without a reason it may be: values are copied while a field is there under both names.
    """

    what: str
    names: re.Pattern[str]
    in_use: str = ""


_MODEL = _Kind("a model", MODEL_NAME, "the two would have one table")
_COMPONENT = _Kind("a component", COMPONENT_NAME, "the two would have one file")
_RELATION = _Kind("a relation", FIELD_NAME, "the two would have one index")
_FIELD = _Kind("a field", FIELD_NAME)


def earlier_names(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """An earlier name was one, and is not that of another thing, now or before."""
    yield from _earlier(pattern.models, _MODEL)
    yield from _earlier(pattern.components, _COMPONENT)
    for owner in pattern.owners:
        yield from _earlier(owner.fields, _FIELD)
    for model in pattern.models:
        yield from _earlier(model.relations, _RELATION)


def _earlier(things: Iterable[Renamed], kind: _Kind) -> Iterator[Diagnostic]:
    things = tuple(things)
    names = {thing.name for thing in things}
    taken: dict[str, str] = {}
    for thing in things:
        for position, name in enumerate(thing.renamed_from):
            hint = None
            if not kind.names.fullmatch(name):
                message = f"`{name}` was never the name of {kind.what}"
            elif name == thing.name:
                message = f"`{name}` is the name that it has now"
                hint = "`renamed_from` has the names that it had before"
            elif kind.in_use and name in names:
                message = f"`{name}` is another one's name: {kind.in_use}"
                hint = "give the other one a name that was never used"
            elif taken.setdefault(name, thing.name) != thing.name:
                message = f"`{name}` is an earlier name of `{taken[name]}` already"
            else:
                continue
            span = thing.at("renamed_from", position)
            yield Diagnostic(code="ACE114", message=message, span=span, hint=hint)


RULES = (earlier_names,)
