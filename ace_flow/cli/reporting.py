"""Findings and errors: for people as a compiler prints them, and as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ace_flow.cli import console
from ace_flow.diagnostics import (
    AceError,
    AttentionError,
    PatternError,
    Severity,
    ToolError,
    TrustError,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.model import Addition
    from ace_flow.source import Span

MAX_LINE = 120


def show_findings(findings: Iterable[Diagnostic]) -> None:
    """Print findings as a compiler does: place, severity, code, the line, what would be right.

    Of more than 50, those are printed and the others counted.
    """
    everything = tuple(findings)
    chosen = shown(everything)
    for finding in chosen:
        kind = finding.severity.value
        place = f"{console.printable(str(finding.span))}: " if finding.span else ""
        head = console.style(f"{kind}[{finding.code}]", kind, sys.stderr)
        console.note(f"{place}{head}: {console.printable(finding.message)}")
        if finding.span:
            _show_line(finding.span, kind)
        for span, message in finding.related:
            arrow = console.style("-->", "dim", sys.stderr)
            console.note(f"  {arrow} {console.printable(str(span))}: {console.printable(message)}")
            _show_line(span, "dim")
        if hint := finding.help:
            console.note(
                f"  {console.style('help:', 'bold', sys.stderr)} {console.printable(hint)}"
            )
    if rest := len(everything) - len(chosen):
        console.note(f"and {rest:,} more, not shown")


def _show_line(span: Span, kind: str) -> None:
    """Show the line of a place with what is meant marked; of a long one, what is around that."""
    line = span.source.line(span.line)
    if not line.strip():
        return
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    first = max(0, min(span.column - 1 - MAX_LINE // 3, len(line) - MAX_LINE))
    last = first + MAX_LINE
    before = ("…" if first else "") + console.printable(line[first : span.column - 1])
    marked = console.printable(line[span.column - 1 : min(end, last)])
    after = console.printable(line[end:last]) + ("…" if last < len(line) else "")
    number = str(span.line)
    console.note(f"  {number} | {before}{marked}{after}")
    carets = console.style("^" * max(1, len(marked)), kind, sys.stderr)
    console.note(f"  {' ' * len(number)} | {' ' * len(before)}{carets}")


def show_additions(additions: Iterable[Addition]) -> None:
    """Print what was added to a pattern, and why."""
    for item in additions:
        what = f"{item.path}: {item.what}"
        console.say(f"  + {console.printable(what)} ({console.printable(item.why)})")


def show_error(error: AceError) -> None:
    """Print an error with everything it carries on stderr."""
    if isinstance(error, PatternError):
        show_findings(error.diagnostics)
        codes = [i.code for i in shown(error.diagnostics) if i.severity is Severity.ERROR]
        more = f"; `ace explain {codes[0]}` says more" if codes else ""
        console.note(f"\n{error.message}{console.style(more, 'dim', sys.stderr)}")
        return
    _lines(console.style("error", "error", sys.stderr), error.message)
    if isinstance(error, AttentionError):
        for path in error.paths:
            console.note(f"  {console.printable(path)}")
    if error.hint:
        _lines(console.style("help", "bold", sys.stderr), error.hint)


def _lines(head: str, text: str) -> None:
    """Print a text, which may be of what other programs said, line by line."""
    first, *others = text.splitlines() or [""]
    console.note(f"{head}: {console.printable(first)}")
    for line in others:
        console.note(f"  {console.printable(line)}")


def error_json(error: AceError) -> dict[str, object]:
    """Return an error as the JSON document that stands for the command's result."""
    document: dict[str, object] = {"error": error.message, "hint": error.hint}
    if isinstance(error, PatternError):
        document |= findings_json(error.diagnostics)
    if isinstance(error, AttentionError):
        document["paths"] = list(error.paths)
    if isinstance(error, ToolError):
        document |= {"tool": error.tool, "code": error.code}
    if isinstance(error, TrustError):
        document["hash"] = error.tree
    return document


def findings_json(findings: Sequence[Diagnostic]) -> dict[str, object]:
    """Return the findings that are shown as JSON, and how many there are of each severity."""
    kinds = [finding.severity for finding in findings]
    return {
        "errors": kinds.count(Severity.ERROR),
        "warnings": kinds.count(Severity.WARNING),
        "diagnostics": [finding_json(item) for item in shown(findings)],
    }


def finding_json(finding: Diagnostic) -> dict[str, object]:
    """Return a finding as JSON; lines and columns count from 1, ends are exclusive."""
    return {
        "code": finding.code,
        "name": finding.slug,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.help,
        **span_json(finding.span),
        "related": [{**span_json(span), "message": text} for span, text in finding.related],
    }


def span_json(span: Span | None) -> dict[str, object]:
    """Return a place as JSON."""
    return {
        "file": span.source.name if span else None,
        "start": {"line": span.line, "column": span.column} if span else None,
        "end": {"line": span.end_line, "column": span.end_column} if span else None,
    }
