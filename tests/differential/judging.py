"""A document through ace and through Amplify, side by side."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from loading import CATALOGUE
from rendering import TEMPLATES, files_of

from ace_flow.diagnostics import Diagnostic, PatternError, Severity
from ace_flow.generator import data
from ace_flow.loader import Missing, load, read_document
from ace_flow.rules import verify

if TYPE_CHECKING:
    from amplify import Verdict

    from ace_flow.model import Pattern

RESOURCE = "amplify/data/resource.ts"


class Case(NamedTuple):
    """What both said of a document; Amplify says nothing where no schema can be written."""

    kind: str
    document: dict[str, Any]
    findings: tuple[Diagnostic, ...]
    resource: str | None = None
    verdict: Verdict | None = None

    @property
    def group(self) -> str:
        """Return where the case counts."""
        if self.verdict is None:
            return "refused by ace, no schema can be written"
        match bool(self.findings), self.verdict.accepted:
            case False, True:
                return "accepted by both"
            case False, False:
                return "accepted by ace, refused by Amplify"
            case True, True:
                return "refused by ace on purpose"
            case _:
                return "refused by both"

    def __str__(self) -> str:
        said = "\n".join(f"{finding.code} {finding.message}" for finding in self.findings)
        shown = self.resource or json.dumps(self.document, ensure_ascii=False)
        return f"{self.kind}\n{said or 'no findings'}\n{self.verdict}\n{shown}"


def checked(kind: str, document: dict[str, Any]) -> Case:
    """Return what ace says, and the resource if one can be written."""
    text = json.dumps(document, ensure_ascii=False)
    try:
        pattern = load(read_document("test.yml", text.encode()), lambda *_: Missing()).pattern
    except PatternError as error:
        return Case(kind, document, error.diagnostics)
    findings = tuple(
        finding for finding in verify(pattern, CATALOGUE) if finding.severity is Severity.ERROR
    )
    resource = unchecked_resource(pattern) if findings else whole_resource(pattern)
    return Case(kind, document, findings, resource)


def whole_resource(pattern: Pattern) -> str:
    """Return the resource of an application that is rendered as a whole."""
    return files_of(pattern)[RESOURCE]


def unchecked_resource(pattern: Pattern) -> str | None:
    """Return the resource of a pattern that the rules refuse, if it can be written at all."""
    try:
        context = data.data_context(pattern)
    except (TypeError, ValueError):
        return None  # what the rules would have refused is no expression, or no name
    return TEMPLATES.render(f"app/{RESOURCE}.j2", context).content.decode()
