"""Tells models by which mutation their records are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ace_flow.model import Maker

if TYPE_CHECKING:
    from ace_flow.model import Pattern


def with_makers(pattern: Pattern) -> Pattern:
    """Return the pattern with the first mutation that creates records of each model."""
    makers: dict[str, Maker] = {}
    for item in pattern.mutations:
        if item.creates:
            makers.setdefault(item.creates, Maker(item.name, item.arguments, item.authorization))
    if not makers:
        return pattern
    models = (
        replace(model, maker=makers[model.name]) if model.name in makers else model
        for model in pattern.models
    )
    return replace(pattern, models=tuple(models))
