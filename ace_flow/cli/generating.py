"""The command that writes an application."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli import console
from ace_flow.cli.asking import Defaults, Set, Values, asking, stated
from ace_flow.cli.options import Json, Trust, complete_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.project import Choice

PatternOrNone = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME|FILE]",
        help="A pattern's name, or its file; without it, the one that the project came from.",
        autocompletion=complete_names,
    ),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", help="The project's folder; made if need be.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would happen to each file; write nothing.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Show each change as a diff; write nothing.")]
Conflict = Annotated[
    str,
    typer.Option(
        "--conflict",
        metavar="new|markers|ours|theirs",
        help="Where you and the pattern changed the same: write the new text beside yours, "
        "mark both in the file, or take yours or the pattern's.",
    ),
]
Adopt = Annotated[
    bool,
    typer.Option(
        "--adopt",
        help="Write also where files are that ace did not write; each is kept as FILE.ace-old.",
    ),
]
AllowDataLoss = Annotated[
    bool,
    typer.Option("--allow-data-loss", help="Write changes that lose data where they are deployed."),
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command("generate", epilog="Example: ace generate e_commerce --output shop")(generate)


def generate(
    pattern: PatternOrNone = None,
    output: Output = Path(),
    dry_run: DryRun = False,
    diff: Diff = False,
    conflict: Conflict = "new",
    adopt: Adopt = False,
    allow_data_loss: AllowDataLoss = False,
    setting: Set = None,
    values: Values = None,
    defaults: Defaults = False,
    trust: Trust = None,
    as_json: Json = False,
) -> None:
    """Write a pattern's application, or bring one up to date.

    What you changed stays; where the pattern changed, too, both are merged. All of it is written,
    or nothing.
    """
    from ace_flow import generate as story
    from ace_flow.cli import changes, reporting
    from ace_flow.cli.losses import show_dangers
    from ace_flow.cli.trusting import asking_trust, trusted
    from ace_flow.loader import ProjectValues
    from ace_flow.project import Action
    from ace_flow.session import Session

    choice = _choice(conflict)
    given = stated(setting, values)
    hashes = trusted(trust)
    with console.working("generating") as paused:
        wishes = story.Wishes(
            choice=choice,
            is_adopting=adopt,
            is_dry=dry_run or diff,
            may_lose_data=allow_data_loss,
            values=ProjectValues(stated=given, ask=None if as_json or defaults else asking(paused)),
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
        raise typer.Exit(1)


def _choice(text: str) -> Choice:
    from ace_flow.diagnostics import ConfigurationError
    from ace_flow.project import Choice

    try:
        return Choice(text)
    except ValueError as error:
        names = ", ".join(item.value for item in Choice)
        raise ConfigurationError(
            f"--conflict takes no `{text}`", hint=f"one of: {names}"
        ) from error
