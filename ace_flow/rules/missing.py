"""Why a rule misses something, or finds it unfit: a pattern removed it, or says so elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Related

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.model import Pattern
    from ace_flow.model.data import Placed
    from ace_flow.source import Span


def removed(pattern: Pattern, *things: str) -> tuple[Related, ...]:
    """Return the places where `remove` took away any of these: `models.Order.fields.note`."""
    places = pattern.removed
    return tuple(Related(places[thing], "removed here") for thing in things if thing in places)


def elsewhere(at: Span | None, thing: Placed, *keys: str) -> tuple[Related, ...]:
    """Return where these keys of a thing are written in another file than the one `at` is in.

    What a pattern overrides may leave what it inherits unfit, and a finding points to only one.
    """
    written = thing.node.mapping if thing.node else {}
    return elsewhere_stated(at, {key: written[key].span for key in keys if key in written})


def elsewhere_stated(at: Span | None, places: Mapping[str, Span | None]) -> tuple[Related, ...]:
    """Return those of some places, each with what stands there, that are in another file."""
    return tuple(
        Related(span, f"`{what}` is stated here")
        for what, span in places.items()
        if at and span and span.source.name != at.source.name
    )
