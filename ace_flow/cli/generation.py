"""What `generate` does: writes an application, and says what became of each file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow import generate as story
from ace_flow.cli import changes, console, exits, reporting
from ace_flow.cli.agreeing import asking_trust, trusted
from ace_flow.cli.asking import asking, stated
from ace_flow.cli.losses import show_dangers
from ace_flow.diagnostics import ConfigurationError
from ace_flow.project import Action, Choice
from ace_flow.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence


def write(
    pattern: str | None,
    output: Path,
    *,
    dry_run: bool = False,
    diff: bool = False,
    conflict: str = "new",
    adopt: bool = False,
    allow_data_loss: bool = False,
    setting: Sequence[str] | None = None,
    values: Path | None = None,
    defaults: bool = False,
    trust: Sequence[str] | None = None,
    as_json: bool = False,
) -> int:
    """Write or update an application as the options of the command say; return the exit code."""
    choice = _choice(conflict)
    given = stated(setting, values)
    hashes = trusted(trust)
    with console.working("generating") as paused:
        wishes = story.Wishes(
            choice=choice,
            is_adopting=adopt,
            is_dry=dry_run or diff,
            may_lose_data=allow_data_loss,
            stated=given,
            ask=None if as_json or defaults else asking(paused),
            waiting=console.waiting,
            tell=console.tell,
        )
        agree = None if as_json else asking_trust(paused)
        session = Session(Path.cwd(), trusted=hashes, agree=agree)
        report = story.generate(session, pattern, output, wishes)
    if as_json:
        console.show_json(changes.report_json(report, with_diffs=diff))
    else:
        reporting.show_findings((*report.checked.findings, *report.warnings))
        if diff:
            changes.show_diff(report)
        elif dry_run:
            changes.show_plan(report)
        elif not report.refused:
            changes.show_report(report, output)
        if not report.refused:
            changes.show_conflicts(report)
        show_dangers(report.dangers, refused=report.refused)
    if report.refused or report.plan.of(Action.CONFLICT, Action.MARKED):
        return exits.ATTENTION
    return exits.DONE


def _choice(text: str) -> Choice:
    try:
        return Choice(text)
    except ValueError as error:
        names = ", ".join(item.value for item in Choice)
        raise ConfigurationError(
            f"--conflict takes no `{text}`", hint=f"one of: {names}"
        ) from error
