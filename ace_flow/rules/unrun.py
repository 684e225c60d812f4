"""What cannot be known of a pattern with generators before these have run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from ace_flow.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ace_flow.model import Pattern

# Findings that a model more can put right: what names a model, or needs one.
_PERHAPS = frozenset({"ACE120", "ACE161", "ACE163", "ACE165", "ACE211", "ACE223"})


class Told(NamedTuple):
    """Findings that hold, and those that generators may put right, as warnings."""

    certain: list[Diagnostic]
    open: list[Diagnostic]


def without_generators(pattern: Pattern, findings: Iterable[Diagnostic]) -> Told:
    """Tell what of the findings holds while the generators of a pattern have not run."""
    told = Told([], [])
    for finding in findings:
        if pattern.generators and finding.code in _PERHAPS:
            hint = "unless a generator makes it: `ace generate` runs them and checks again"
            told.open.append(replace(finding, severity=Severity.WARNING, hint=hint))
        else:
            told.certain.append(finding)
    for script in pattern.generators[:1]:
        told.open.append(
            Diagnostic(
                code="ACE183",
                severity=Severity.WARNING,
                message="the pattern is checked without what its generators make",
                span=script.span,
                hint="checking runs nothing; `ace generate` runs them and checks the whole",
            )
        )
    return told
