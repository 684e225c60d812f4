"""Records that DynamoDB deletes by itself: what tells when is a number of seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic
from ace_flow.model import Field
from ace_flow.names import Suggestion
from ace_flow.rules.missing import elsewhere, removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Pattern

_SECONDS = frozenset({"integer", "timestamp"})


def expiry_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """`ttl` names a field with one number of seconds since 1970."""
    for model in pattern.models:
        if model.ttl is None:
            continue
        field, span = model.member(model.ttl), model.at("ttl")
        if not isinstance(field, Field):
            gone = removed(pattern, f"models.{model.name}.fields.{model.ttl}")
            near = Suggestion(model.ttl, [item.name for item in model.fields])
            yield Diagnostic(
                code="ACE145",
                message=f"`{model.name}` has no field `{model.ttl}`",
                span=span,
                hint="state another `ttl`" if gone else near,
                related=gone,
            )
        elif field.array or field.type not in _SECONDS:
            kind = "a list" if field.array else f"of type {field.type}"
            yield Diagnostic(
                code="ACE145",
                message=f"`{model.name}.{field.name}` is {kind} and holds no moment in seconds",
                span=span,
                hint="give the field `type: timestamp`, seconds since 1970",
                related=elsewhere(span, field, "array" if field.array else "type"),
            )


RULES = (expiry_fields,)
