"""All rules, run over one pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.rules import (
    access,
    amounts,
    api,
    arguments,
    buttons,
    callers,
    circles,
    defaults,
    expiry,
    exposure,
    fields,
    files,
    finders,
    functions,
    indexes,
    lookalikes,
    makers,
    names,
    operations,
    relations,
    renames,
    roles,
    routes,
    scale,
    searching,
    sign_in,
    surface,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.model import Catalogue, Pattern

    Rule: TypeAlias = Callable[[Pattern, Catalogue], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    *names.RULES,
    *renames.RULES,
    *fields.RULES,
    *amounts.RULES,
    *circles.RULES,
    *defaults.RULES,
    *relations.RULES,
    *lookalikes.RULES,
    *access.RULES,
    *exposure.RULES,
    *roles.RULES,
    *indexes.RULES,
    *expiry.RULES,
    *operations.RULES,
    *routes.RULES,
    *searching.RULES,
    *api.RULES,
    *arguments.RULES,
    *buttons.RULES,
    *makers.RULES,
    *callers.RULES,
    *functions.RULES,
    *sign_in.RULES,
    *files.RULES,
    *surface.RULES,
    *finders.RULES,
    *scale.RULES,
)


def verify(pattern: Pattern, catalogue: Catalogue) -> tuple[Diagnostic, ...]:
    """Run every rule over a completed pattern and return its findings in file order."""
    findings = {finding for rule in RULES for finding in rule(pattern, catalogue)}
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))
