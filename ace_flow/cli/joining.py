"""What is left to people where a pattern joins an application, as lines and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.cli import console
from ace_flow.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from ace_flow.generate import Report
    from ace_flow.joining import Joined
    from ace_flow.model import Step


def show_joined(report: Report, joined: Joined) -> None:
    """Say where the files are, and what is left to do: all of it when that is new."""
    joining, readme = joined.joining, joined.readme
    if not report.is_first:
        if readme in report.plan.writes:
            console.say(f"what is left to you has changed: {readme}")
        _show_commands(joined)
        return
    console.say(
        f"ace did not create this application; all files are in {' and '.join(joining.folders)}"
    )
    own = tuple(f"{folder}/" for folder in (*joining.folders, PROJECT_FOLDER))
    for path in report.plan.writes:
        if not path.startswith(own):
            console.say(f"but for one that a hook adds: {console.printable(path)}")
    if not joined.guest.frontend:
        console.say("without pages: the package does not have React")
    for path in joining.left_out:
        console.say(f"left out, as it is of an application of its own: {console.printable(path)}")
    for folder in joined.alike:
        console.say(f"is there already; no two functions may have one name: {folder}")
    console.say(f"what is left to you, also in {readme}:")
    _show_commands(joined)
    for step in joining.steps:
        _show_step(step)


def _show_commands(joined: Joined) -> None:
    if joined.commands:
        console.say("packages that are missing or older:")
    for command in joined.commands:
        console.say(f"  {command}")


def _show_step(step: Step) -> None:
    kind = " (a new file)" if step.is_new else ""
    console.say(f"{step.file}{kind}: {step.what}")
    for edit in step.edits:
        if edit.where:
            console.say(f"  {edit.where}")
        for line in edit.code.splitlines():
            console.say(f"    {line}".rstrip())


def joined_json(joined: Joined) -> dict[str, object]:
    """Return how a pattern joins an application as JSON values."""
    joining = joined.joining
    return {
        "folders": list(joining.folders),
        "frontend": joined.guest.frontend or None,
        "commands": list(joined.commands),
        "packages": joining.packages,
        "steps": [
            {
                "file": step.file,
                "new": step.is_new,
                "what": step.what,
                "edits": [{"where": edit.where, "code": edit.code} for edit in step.edits],
            }
            for step in joining.steps
        ],
        "left_out": list(joining.left_out),
        "alike": list(joined.alike),
    }
