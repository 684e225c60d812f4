"""Commands about a generated project's files: status, resolve, adopt, eject."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli import console, exits
from ace_flow.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ace_flow.upkeep import Status

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE", help="Files of the project, or folders of it.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command("status", epilog="Example: ace status --check")(status)
    command("resolve", epilog="Example: ace resolve src/App.tsx")(resolve)
    command("adopt", epilog="Example: ace adopt src/theme.ts")(adopt)
    command("eject", epilog="Example: ace eject src/theme.ts")(eject)


def status(
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="End with 1 when generating again would change or ask for anything."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Tell which files are edited, in conflict or outdated."""
    from ace_flow import upkeep as story
    from ace_flow.session import Session

    root = Path.cwd()
    with console.working("comparing"):
        found = story.status(Session(root), root, console.waiting)
    if as_json:
        console.show_json(_status_json(found))
    else:
        _show_status(found)
    if check and (found.outdated or found.state.conflicts or found.problem):
        raise typer.Exit(exits.ATTENTION)


def _show_status(found: Status) -> None:
    from ace_flow.cli import reporting
    from ace_flow.cli.changes import show_files
    from ace_flow.project import NEW_SUFFIX, Action

    state = found.state
    version = f" {state.version}" if state.version else ""
    source = f" ({state.source})" if state.source else ""
    name = console.printable(f"{state.pattern}{version}{source}")
    where = " in an application that ace did not create" if state.guest else ""
    console.say(f"from {name}: {len(state.files)} files{where}")
    show_files("an earlier run was killed; what you changed since then stays:", found.kept)
    show_files(
        f"in conflict; merge FILE{NEW_SUFFIX} into each, then: ace resolve FILE",
        sorted(state.conflicts),
    )
    for action, text in (
        (Action.EDITED, "edited by you:"),
        (Action.DELETED, "deleted by you:"),
        (Action.FOREIGN, "in the way of a file of the pattern; keep yours with: ace adopt FILE"),
    ):
        show_files(text, [change.path for change in found.changes if change.action is action])
    show_files("your own since you ejected them:", sorted(state.ejected))
    if found.problem:
        console.note("the pattern cannot be compared:")
        reporting.show_error(found.problem)
    elif found.outdated:
        _show_outdated(found)
    else:
        console.say("up to date with the pattern")


def _show_outdated(found: Status) -> None:
    console.say("the pattern has changed; see it all: ace generate --diff")
    for change in found.outdated:
        console.say(f"  {change.action.value:9} {console.printable(change.path)}")


def _status_json(found: Status) -> dict[str, object]:
    from ace_flow.cli import reporting

    return {
        "pattern": found.state.pattern,
        "version": found.state.version or None,
        "source": found.state.source or None,
        "ace": found.state.ace or None,
        "root": str(found.root),
        "outdated": None if found.problem else bool(found.outdated),
        "problem": reporting.error_json(found.problem) if found.problem else None,
        "guest": found.state.guest is not None,
        "conflicts": sorted(found.state.conflicts),
        "ejected": sorted(found.state.ejected),
        "files": [{"path": change.path, "action": change.action.value} for change in found.changes],
    }


def resolve(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]", help="Files in conflict, or folders of such; without any, all."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Note that conflicts are merged by hand.

    The pattern's text that lies beside each file is removed.
    """
    from ace_flow import upkeep as story

    done = story.resolve(Path.cwd(), files or [], console.waiting)
    _show_done("resolved", done, as_json=as_json)


def adopt(files: Files, as_json: Json = False) -> None:
    """Let ace keep files that you wrote.

    They stay as they are; what changes in the pattern is merged into them from now on.
    """
    from ace_flow import upkeep as story
    from ace_flow.session import Session

    root = Path.cwd()
    done = story.adopt(Session(root), root, files, console.waiting, console.tell)
    _show_done("adopted", done, as_json=as_json)


def eject(files: Files, as_json: Json = False) -> None:
    """Take files over for good.

    They are yours alone: generating again neither changes them nor makes them anew.
    """
    from ace_flow import upkeep as story

    done = story.eject(Path.cwd(), files, console.waiting)
    _show_done("ejected", done, as_json=as_json)


def _show_done(word: str, paths: Sequence[str], *, as_json: bool) -> None:
    from ace_flow.cli.changes import show_files

    if as_json:
        console.show_json({word: list(paths)})
    else:
        show_files(f"{word}:", paths)
        if not paths:
            console.say("nothing to do: no file is in conflict")
