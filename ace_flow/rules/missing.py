"""Why something that a rule looks for is missing: the pattern removed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Related

if TYPE_CHECKING:
    from ace_flow.model import Pattern


def removed(pattern: Pattern, *things: str) -> tuple[Related, ...]:
    """Return the places where `remove` took away any of these: `models.Order.fields.note`."""
    places = pattern.removed
    return tuple(Related(places[thing], "removed here") for thing in things if thing in places)
