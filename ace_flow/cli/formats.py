"""Findings for other programs: annotations of GitHub Actions, and SARIF."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from ace_flow import __version__
from ace_flow.cli import console
from ace_flow.diagnostics import Severity, shown
from ace_flow.loader.explanations import explanations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.loader.explanations import Explanation
    from ace_flow.source import Span

SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def workflow_commands(findings: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield a workflow command for each finding; GitHub shows it at the line of the file.

    See "Workflow commands for GitHub Actions"; a message has its line breaks as `%0A`.
    """
    for finding in shown(findings):
        span = finding.span
        properties = {"title": f"{finding.code} {finding.slug}"}
        if span is not None:
            properties |= {
                "file": span.source.name,
                "line": str(span.line),
                "endLine": str(span.end_line),
                "col": str(span.column),
                "endColumn": str(span.end_column),
            }
        listed = ",".join(f"{key}={_property(text)}" for key, text in properties.items())
        text = "%0A".join(map(_data, filter(None, (finding.message, finding.help))))
        yield f"::{finding.severity.value} {listed}::{text}"


def _data(text: str) -> str:
    return console.printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(findings: Iterable[Diagnostic]) -> dict[str, object]:
    """Return findings as a SARIF 2.1.0 log (an OASIS standard); all of them, not only 50.

    Hints are with those that people would be shown: looking for nearest names is slow.
    """
    everything = sorted(findings, key=lambda finding: finding.sort_key)
    with_hint = {id(finding) for finding in shown(everything)}
    codes = sorted({finding.code for finding in everything})
    driver = {
        "name": "ace",
        "semanticVersion": __version__,
        "rules": [_rule(explanations()[code]) for code in codes],
    }
    results = [
        _result(finding, codes.index(finding.code), has_hint=id(finding) in with_hint)
        for finding in everything
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(said: Explanation) -> dict[str, object]:
    return {
        "id": said.code,
        "name": said.slug,
        "shortDescription": {"text": said.summary},
        "fullDescription": {"text": " ".join(said.why.split())},
        "help": {"text": " ".join(said.fix.split())},
    }


def _result(finding: Diagnostic, rule: int, *, has_hint: bool) -> dict[str, object]:
    hint = finding.help if has_hint else None
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": "error" if finding.severity is Severity.ERROR else "warning",
        "message": {"text": f"{finding.message}\n{hint}" if hint else finding.message},
    }
    if finding.span:
        result["locations"] = [{"physicalLocation": _location(finding.span)}]
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _location(span), "message": {"text": message}}
            for number, (span, message) in enumerate(finding.related)
        ]
    return result


def _location(span: Span) -> dict[str, object]:
    path = PurePath(span.source.name)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return {
        "artifactLocation": {"uri": uri},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }
