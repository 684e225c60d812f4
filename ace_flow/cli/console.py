"""All printing: results on stdout, findings and errors on stderr, colour on a terminal."""

from __future__ import annotations

import json
import os
import sys
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, TextIO

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
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.source import Span

_STYLES = {
    "bold": "1",
    "dim": "2",
    "error": "1;31",
    "ok": "32",
    "warning": "1;33",
    "place": "36",
    "gone": "31",
}
_DIFF_STYLES = {"+": "ok", "-": "gone", "@": "place"}
MAX_LINE = 120


def printable(text: str) -> str:
    """Return text with everything that a terminal could act on written as an escape."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def fancy(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that wants colour (see https://no-color.org)."""
    dumb = os.environ.get("TERM") == "dumb"
    return stream.isatty() and not os.environ.get("NO_COLOR") and not dumb


def style(text: str, name: str, stream: TextIO) -> str:
    """Return text in a style where the stream shows styles."""
    return f"\x1b[{_STYLES[name]}m{text}\x1b[0m" if fancy(stream) else text


def say(text: str = "") -> None:
    """Print a line on stdout; what its encoding does not have comes as an escape."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def show_diff(lines: Iterable[str]) -> None:
    """Print a unified diff, in colour on a terminal."""
    for line in lines:
        text = printable(line.rstrip("\r\n"))
        kind = "bold" if line.startswith(("+++", "---")) else _DIFF_STYLES.get(line[:1])
        say(style(text, kind, sys.stdout) if kind else text)


def note(text: str) -> None:
    """Print a line on stderr."""
    sys.stderr.write(text + "\n")


def show_json(value: object) -> None:
    """Print one JSON document on stdout, in it as escapes what a terminal could act on."""
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(value, indent=2, ensure_ascii=not unicode)
    sys.stdout.write("\n".join(map(_escaped, text.split("\n"))) + "\n")


def _escaped(line: str) -> str:
    """Write what is not printable as JSON does; outside of texts, JSON has none of it."""
    if line.isprintable():
        return line
    return "".join(
        character if character.isprintable() else json.dumps(character)[1:-1] for character in line
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: drawn and wrapped on a terminal, in aligned columns anywhere else."""
    cells = [[printable(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        drawn = Table(*header, box=box.SIMPLE_HEAD, pad_edge=False)
        for row in cells:
            drawn.add_row(*(Text(cell) for cell in row))
        Console(color_system="auto" if fancy(sys.stdout) else None).print(drawn)
        return
    lines = [[*map(str.upper, header)], *cells]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    for line in lines:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        say("  ".join(padded).rstrip())


@contextmanager
def working(text: str) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Show on a terminal that something is going on; what is yielded pauses that."""
    if not fancy(sys.stderr):
        yield nullcontext
        return
    from rich.console import Console

    with Console(stderr=True).status(text) as status:

        @contextmanager
        def paused() -> Iterator[None]:
            status.stop()
            yield
            status.start()

        yield paused


def show_findings(findings: Iterable[Diagnostic]) -> None:
    """Print findings as a compiler does: place, severity, code, the line, what would be right.

    Of more than 50, those are printed and the others counted.
    """
    everything = tuple(findings)
    chosen = shown(everything)
    for finding in chosen:
        kind = finding.severity.value
        place = f"{printable(str(finding.span))}: " if finding.span else ""
        head = style(f"{kind}[{finding.code}]", kind, sys.stderr)
        note(f"{place}{head}: {printable(finding.message)}")
        if finding.span:
            _show_line(finding.span, kind)
        for span, message in finding.related:
            arrow = style("-->", "dim", sys.stderr)
            note(f"  {arrow} {printable(str(span))}: {printable(message)}")
            _show_line(span, "dim")
        if hint := finding.help:
            note(f"  {style('help:', 'bold', sys.stderr)} {printable(hint)}")
    if rest := len(everything) - len(chosen):
        note(f"and {rest:,} more, not shown")


def _show_line(span: Span, kind: str) -> None:
    """Show the line of a place with what is meant marked; of a long one, what is around that."""
    line = span.source.line(span.line)
    if not line.strip():
        return
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    first = max(0, min(span.column - 1 - MAX_LINE // 3, len(line) - MAX_LINE))
    last = first + MAX_LINE
    before = ("…" if first else "") + printable(line[first : span.column - 1])
    marked = printable(line[span.column - 1 : min(end, last)])
    after = printable(line[end:last]) + ("…" if last < len(line) else "")
    number = str(span.line)
    note(f"  {number} | {before}{marked}{after}")
    carets = style("^" * max(1, len(marked)), kind, sys.stderr)
    note(f"  {' ' * len(number)} | {' ' * len(before)}{carets}")


def show_error(error: AceError) -> None:
    """Print an error with everything it carries on stderr."""
    if isinstance(error, PatternError):
        show_findings(error.diagnostics)
        codes = [i.code for i in shown(error.diagnostics) if i.severity is Severity.ERROR]
        more = f"; `ace explain {codes[0]}` says more" if codes else ""
        note(f"\n{error.message}{style(more, 'dim', sys.stderr)}")
        return
    _lines(style("error", "error", sys.stderr), error.message)
    if isinstance(error, AttentionError):
        for path in error.paths:
            note(f"  {printable(path)}")
    if error.hint:
        _lines(style("help", "bold", sys.stderr), error.hint)


def _lines(head: str, text: str) -> None:
    """Print a text, which may be of what other programs said, line by line."""
    first, *others = text.splitlines() or [""]
    note(f"{head}: {printable(first)}")
    for line in others:
        note(f"  {printable(line)}")


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
