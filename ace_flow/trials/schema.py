"""The models that a generated application has: those of its pattern, or of a template instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.model import Field
from ace_flow.trials.declared import FieldSeen, ModelSeen, declared_models

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.model import Member, Pattern

DATA = "amplify/data/resource.ts"
_ROLES = frozenset({"backend", DATA})


def brings_schema(pattern: Pattern) -> bool:
    """Tell whether a template of the pattern may take the place of the generated data schema."""
    return any(template.target in _ROLES for template in pattern.templates)


def models_of(pattern: Pattern, files: Mapping[str, bytes]) -> tuple[ModelSeen, ...]:
    """Return the models of an application whose files are given by path.

    Where a template takes the place of the data schema, its models win over the pattern's, as they
    do in what is deployed; they are read from its text.
    """
    if brings_schema(pattern):
        return declared_models(files[DATA].decode("utf-8", "replace"))
    return tuple(
        ModelSeen(model.name, tuple(_seen(member) for member in model.members))
        for model in pattern.models
    )


def _seen(member: Member) -> FieldSeen:
    if isinstance(member, Field):
        return FieldSeen(member.name, member.type, member.required, member.array, member.ref or "")
    is_many = member.type == "hasMany"
    return FieldSeen(member.name, member.type, member.required, is_many, member.model)
