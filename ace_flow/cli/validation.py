"""What `validate-pattern` does: checks a pattern, and says what was found."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.cli import console, exits, reporting
from ace_flow.cli.asking import trying
from ace_flow.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.session import Checked


def validate(
    pattern: str,
    *,
    explain: bool = False,
    strict: bool = False,
    setting: Sequence[str] | None = None,
    values: Path | None = None,
    as_json: bool = False,
) -> int:
    """Check a pattern as the options of the command say; return the exit code."""
    session = Session(Path.cwd())
    entry = session.find(pattern)
    checked = None if strict or setting or values else session.recall(entry)
    if checked is None:
        checked = session.check(entry, strict=strict, choose=trying(setting, values))
    if as_json:
        console.show_json(_validation_json(checked))
        return exits.DONE
    reporting.show_findings(checked.findings)
    found = checked.pattern
    counts = f"{_many(len(found.models), 'model')}, {_many(len(found.components), 'component')}"
    done = console.style("valid", "ok", sys.stdout)
    console.say(f"{console.printable(found.name)} is {done}: {counts}")
    if explain:
        reporting.show_additions(checked.additions)
    elif checked.additions:
        console.say(f"{_many(len(checked.additions), 'addition')}; --explain lists them")
    return exits.DONE


def validate_for_programs(
    pattern: str,
    *,
    is_sarif: bool,
    strict: bool,
    setting: Sequence[str] | None,
    values: Path | None,
) -> int:
    """Check a pattern and print its findings for GitHub, or as SARIF; return the exit code."""
    from ace_flow.cli.formats import sarif, workflow_commands
    from ace_flow.diagnostics import PatternError

    code = exits.DONE
    session = Session(Path.cwd())
    choose = trying(setting, values)
    try:
        findings = session.check(pattern, strict=strict, choose=choose).findings
    except PatternError as error:
        findings, code = error.diagnostics, exits.INVALID
    if is_sarif:
        console.show_json(sarif(findings))
    else:
        for line in workflow_commands(findings):
            console.say(line)
    return code


def _validation_json(checked: Checked) -> dict[str, object]:
    return {
        "name": checked.pattern.name,
        "valid": True,
        "models": len(checked.pattern.models),
        "components": len(checked.pattern.components),
        **reporting.findings_json(checked.findings),
        "additions": [
            {"path": item.path, "what": item.what, "why": item.why} for item in checked.additions
        ],
    }


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
