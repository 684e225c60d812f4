"""The command that writes an application."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli import console
from ace_flow.cli.patterns import Json, Reference, show_additions

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.generate import Report


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command("generate", epilog="Example: ace generate e_commerce --output shop")(generate)


def generate(
    pattern: Reference,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The project's folder; made if need be.")
    ] = Path(),
    as_json: Json = False,
) -> None:
    """Write a pattern's application into a folder.

    All of it is written, or nothing when a file is in the way.
    """
    from ace_flow import generate as story
    from ace_flow.session import Session

    with console.working("generating"):
        report = story.generate(Session(Path.cwd()), pattern, output)
    if as_json:
        console.show_json(_report_json(report))
        return
    console.show_findings(report.checked.findings)
    _show_report(report, output)


def _show_report(report: Report, output: Path) -> None:
    from ace_flow.project import WRITING, Action

    written = report.plan.of(*WRITING)
    additions = report.checked.additions
    if additions and written:
        console.say(f"added to {console.printable(report.checked.pattern.name)}:")
        show_additions(additions)
    for action, text in (
        (Action.DELETED, "stay deleted, as you left them"),
        (Action.RETIRED, "are no longer part of the pattern; remove them if you like"),
    ):
        changes = report.plan.of(action)
        if changes:
            console.say(f"these files {text}:")
            for change in changes:
                console.say(f"  {console.printable(change.path)}")
    place = console.printable(os.fspath(output))
    if not written:
        console.say(f"nothing to do: {place} is up to date")
        return
    created = len(report.plan.of(Action.CREATE))
    updated = len(report.plan.of(Action.UPDATE))
    parts = [f"{created} created"] if created else []
    parts += [f"{updated} updated"] if updated else []
    console.say(f"{place}: {', '.join(parts)}")
    if len(written) == created:
        step = "" if output == Path() else f"cd {shlex.quote(place)} && "
        console.say(f"next: {step}npm install && npm run build")


def _report_json(report: Report) -> dict[str, object]:
    checked = report.checked
    return {
        "pattern": checked.pattern.name,
        "output": os.fspath(report.root),
        "files": [
            {"path": change.path, "action": change.action.value} for change in report.plan.changes
        ],
        **console.findings_json(checked.findings),
        "additions": [
            {"path": item.path, "what": item.what, "why": item.why} for item in checked.additions
        ],
    }
