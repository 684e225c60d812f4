"""The command that writes an application."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli import console
from ace_flow.cli.losses import dangers_json, show_dangers
from ace_flow.cli.patterns import Json, Reference, show_additions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ace_flow.generate import Report
    from ace_flow.project import Change, Choice

AllowDataLoss = Annotated[
    bool,
    typer.Option("--allow-data-loss", help="Write changes that lose data where they are deployed."),
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command("generate", epilog="Example: ace generate e_commerce --output shop")(generate)


def generate(
    pattern: Reference,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The project's folder; made if need be.")
    ] = Path(),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen to each file; write nothing.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show each change as a diff; write nothing.")
    ] = False,
    conflict: Annotated[
        str,
        typer.Option(
            "--conflict",
            metavar="new|markers|ours|theirs",
            help="Where you and the pattern changed the same: write the new text beside yours, "
            "mark both in the file, or take yours or the pattern's.",
        ),
    ] = "new",
    allow_data_loss: AllowDataLoss = False,
    as_json: Json = False,
) -> None:
    """Write a pattern's application, or bring one up to date.

    What you changed stays; where the pattern changed, too, both are merged. All of it is written,
    or nothing.
    """
    from ace_flow import generate as story
    from ace_flow.project import Action
    from ace_flow.session import Session

    choice = _choice(conflict)
    with console.working("generating"):
        report = story.generate(
            Session(Path.cwd()),
            pattern,
            output,
            choice=choice,
            dry_run=dry_run or diff,
            allow_data_loss=allow_data_loss,
            waiting=lambda: console.note("another ace is at work in this project; waiting for it"),
        )
    if as_json:
        console.show_json(_report_json(report, with_diffs=diff))
    else:
        console.show_findings(report.checked.findings)
        if diff:
            _show_diff(report)
        elif dry_run:
            _show_plan(report)
        elif not report.refused:
            _show_report(report, output)
        _show_conflicts(report)
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


def _show_report(report: Report, output: Path) -> None:
    from ace_flow.project import Action

    plan = report.plan
    additions = report.checked.additions
    writing = any(plan.writes)
    if additions and writing:
        console.say(f"added to {console.printable(report.checked.pattern.name)}:")
        show_additions(additions)
    if report.kept:
        _show_files("an earlier run was killed; what you changed since then stays:", report.kept)
    for action, text in (
        (Action.DELETED, "these files stay deleted, as you left them:"),
        (Action.RELEASED, "these files are no longer part of the pattern, and yours now:"),
    ):
        _show_files(text, [change.path for change in plan.of(action)])
    place = console.printable(os.fspath(output))
    counts = (
        (Action.CREATE, "created"),
        (Action.UPDATE, "updated"),
        (Action.MERGE, "merged"),
        (Action.REMOVE, "removed"),
    )
    parts = [f"{len(found)} {word}" for action, word in counts if (found := plan.of(action))]
    if not writing:
        console.say(f"nothing to do: {place} is up to date")
        return
    if parts:
        console.say(f"{place}: {', '.join(parts)}")
    if len(plan.writes) == len(plan.of(Action.CREATE)):
        step = "" if output == Path() else f"cd {shlex.quote(place)} && "
        console.say(f"next: {step}npm install && npm run build")


def _show_plan(report: Report) -> None:
    from ace_flow.project import Action

    found = [change for change in report.plan.changes if change.action is not Action.UNCHANGED]
    for change in found:
        console.say(f"{change.action.value:9} {console.printable(change.path)}")
    if not found:
        console.say("nothing to do: the project is up to date")
    console.say("nothing was written")


def _show_diff(report: Report) -> None:
    changes = [change for change in report.plan.changes if change.before != change.after]
    for change in changes:
        console.show_diff(_diff(change))
    if not changes:
        console.say("nothing to do: the project is up to date")


def _diff(change: Change) -> Iterator[str]:
    from difflib import unified_diff

    def lines(side: bytes | None) -> list[str]:
        return (side or b"").decode(errors="replace").splitlines(keepends=True)

    def name(side: bytes | None) -> str:
        return "/dev/null" if side is None else change.path

    before, after = change.before, change.after
    return unified_diff(lines(before), lines(after), name(before), name(after))


def _show_conflicts(report: Report) -> None:
    from ace_flow.project import NEW_SUFFIX, Action

    if report.refused:
        return
    marked = report.plan.of(Action.MARKED)
    if marked:
        _show_files(
            "you and the pattern changed the same; mend these files where that is marked:",
            [change.path for change in marked],
        )
    waiting = report.plan.of(Action.CONFLICT)
    if waiting:
        _show_files(
            f"you and the pattern changed the same; the pattern's text is in FILE{NEW_SUFFIX}:",
            [change.path for change in waiting],
        )
        console.say("merge each by hand, then: ace resolve FILE")


def _show_files(text: str, files: Iterable[str]) -> None:
    paths = list(files)
    if paths:
        console.say(text)
    for path in paths:
        console.say(f"  {console.printable(path)}")


def _report_json(report: Report, *, with_diffs: bool) -> dict[str, object]:
    checked = report.checked
    return {
        "pattern": checked.pattern.name,
        "output": os.fspath(report.root),
        "files": [
            {
                "path": change.path,
                "action": change.action.value,
                **({"diff": "".join(_diff(change))} if with_diffs else {}),
            }
            for change in report.plan.changes
        ],
        "destructive": dangers_json(report.dangers),
        **console.findings_json(checked.findings),
        "additions": [
            {"path": item.path, "what": item.what, "why": item.why} for item in checked.additions
        ],
    }
