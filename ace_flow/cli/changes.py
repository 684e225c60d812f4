"""How the changes of a project are shown."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.cli import console, reporting
from ace_flow.cli.asking import shown
from ace_flow.cli.joining import joined_json, show_joined
from ace_flow.cli.losses import dangers_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ace_flow.generate import Report
    from ace_flow.project import Change


def show_report(report: Report, output: Path) -> None:
    """Say what generating did, and what to do next."""
    from ace_flow.project import Action

    plan = report.plan
    additions = report.checked.additions
    writing = any(plan.writes)
    if additions and writing:
        console.say(f"added to {console.printable(report.checked.pattern.name)}:")
        reporting.show_additions(additions)
    if report.kept:
        show_files("an earlier run was killed; what you changed since then stays:", report.kept)
    for action, text in (
        (Action.MOVE, "these files have other names now, and your edits with them:"),
        (Action.DELETED, "these files stay deleted, as you left them:"),
        (Action.RELEASED, "these files are no longer part of the pattern, and yours now:"),
    ):
        show_files(text, [change.path for change in plan.of(action)])
    place = console.printable(os.fspath(output))
    counts = (
        (Action.CREATE, "created"),
        (Action.UPDATE, "updated"),
        (Action.MERGE, "merged"),
        (Action.ADOPT, "adopted"),
        (Action.REMOVE, "removed"),
    )
    parts = [f"{len(found)} {word}" for action, word in counts if (found := plan.of(action))]
    if not writing:
        console.say(f"nothing to do: {place} is up to date")
        return
    if parts:
        console.say(f"{place}: {', '.join(parts)}")
    for parameter in report.checked.pattern.parameters:
        console.say(f"  {parameter.name} = {shown(parameter)}")
    creates = len(plan.writes) == len(plan.of(Action.CREATE))
    if report.joined:
        show_joined(report, report.joined)
    elif creates and report.checked.pattern.application:
        step = "" if output == Path() else f"cd {shlex.quote(place)} && "
        console.say(f"next: {step}npm install && npm run build")


def show_plan(report: Report) -> None:
    """Say what generating would do to each file."""
    from ace_flow.project import Action

    found = [change for change in report.plan.changes if change.action is not Action.UNCHANGED]
    for change in found:
        console.say(f"{change.action.value:9} {console.printable(change.path)}")
    if not found:
        console.say("nothing to do: the project is up to date")
    console.say("nothing was written")


def show_diff(report: Report) -> None:
    """Show what generating would change in each file."""
    changes = [change for change in report.plan.changes if change.before != change.after]
    for change in changes:
        console.show_diff(_lines_of(change))
    if not changes:
        console.say("nothing to do: the project is up to date")


def _lines_of(change: Change) -> Iterator[str]:
    from difflib import unified_diff

    def lines(side: bytes | None) -> list[str]:
        return (side or b"").decode(errors="replace").splitlines(keepends=True)

    def name(side: bytes | None) -> str:
        return "/dev/null" if side is None else change.path

    before, after = change.before, change.after
    return unified_diff(lines(before), lines(after), name(before), name(after))


def show_conflicts(report: Report) -> None:
    """Say which files need a person, and how to go on."""
    from ace_flow.project import NEW_SUFFIX, Action

    both = "you and the pattern changed the same; "
    marked = [change.path for change in report.plan.of(Action.MARKED)]
    show_files(f"{both}mend these files where that is marked:", marked)
    waiting = [change.path for change in report.plan.of(Action.CONFLICT)]
    show_files(f"{both}the pattern's text is in FILE{NEW_SUFFIX}:", waiting)
    if waiting:
        console.say("merge each by hand, then: ace resolve FILE")
    if (marked or waiting) and report.unformatted:
        why = f"{report.unformatted}, so texts were compared with their formatting"
        console.say(f"{why}; some of it may be nothing else")


def show_files(text: str, files: Iterable[str]) -> None:
    """List files under a line of text, if there are any."""
    paths = list(files)
    if paths:
        console.say(text)
    for path in paths:
        console.say(f"  {console.printable(path)}")


def report_json(report: Report, *, with_diffs: bool) -> dict[str, object]:
    """Return what generating did or would do as JSON values, each change's diff if asked."""
    checked = report.checked
    return {
        "pattern": checked.pattern.name,
        "output": os.fspath(report.root),
        "parameters": {item.name: item.value for item in checked.pattern.parameters},
        "files": [
            {
                "path": change.path,
                "action": change.action.value,
                **({"diff": "".join(_lines_of(change))} if with_diffs else {}),
            }
            for change in report.plan.changes
        ],
        **({"guest": joined_json(report.joined)} if report.joined else {}),
        "destructive": dangers_json(report.dangers),
        **reporting.findings_json((*checked.findings, *report.warnings)),
        "additions": [
            {"path": item.path, "what": item.what, "why": item.why} for item in checked.additions
        ],
    }
