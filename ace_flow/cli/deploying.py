"""The command that deploys a project by Amplify's own CLI."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli import console
from ace_flow.cli.options import Json, Trust

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.deploy import Deployment

# What follows the kind is Amplify's to read.
_PASS = {"allow_extra_args": True, "allow_interspersed_args": False}
_OWN = ("--check-only", "--dry-run", "--json", "--trust")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command(
        "deploy",
        context_settings=_PASS,
        epilog="Example: ace deploy pipeline-deploy --branch main --app-id d1a2b3c4",
    )(deploy)


def deploy(
    context: typer.Context,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[sandbox|pipeline-deploy]",
            help="The command of Amplify's CLI; its own options follow. Without it: `sandbox "
            "--once`, and in Amplify's build the branch that is built.",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Run the scripts before it, then say what would deploy."),
    ] = False,
    check_only: Annotated[
        bool,
        typer.Option(
            "--check-only", help="Check the pattern and run the scripts before it, no more."
        ),
    ] = False,
    trust: Trust = None,
    as_json: Json = False,
) -> None:
    """Deploy the project by Amplify's CLI.

    The pattern is checked first, and no file may be in conflict. Then hooks and scripts run, and
    scripts afterwards, too. Options of ace stand before the kind.
    """
    from contextlib import nullcontext

    from ace_flow import deploy as story
    from ace_flow.cli.agreeing import asking_trust, trusted
    from ace_flow.session import Session

    given = _passed_on(kind, context.args)
    agree = None if as_json else asking_trust(nullcontext)
    session = Session(Path.cwd(), trusted=trusted(trust), agree=agree)
    aims = story.Aims(
        is_check=check_only,
        is_dry=dry_run,
        tell=console.tell,
        begins=_say_command,
        # With --json, stdout is for one document.
        out=sys.stderr.fileno() if as_json else None,
    )
    done = story.deploy(session, kind, given, aims)
    if as_json:
        console.show_json(_json(done))
        return
    _show(done, is_check=check_only)


def _show(done: Deployment, *, is_check: bool) -> None:
    from ace_flow.cli import reporting

    reporting.show_findings((*done.checked.findings, *done.warnings))
    if done.is_outdated:
        console.note("the pattern, or ace, changed since this was generated: see `ace status`")
    if done.was_ended:
        console.say("ended")
    elif done.is_deployed:
        console.say(console.style("deployed", "ok", sys.stdout))
    elif is_check:
        console.say("ready to deploy")
    else:
        console.say(f"would run: {console.printable(shlex.join(done.command))}")


def _passed_on(kind: str | None, arguments: Sequence[str]) -> Sequence[str]:
    """Return what Amplify's CLI is given; what would be misunderstood is refused."""
    from ace_flow.deploy import KINDS
    from ace_flow.names import nearest

    if kind is not None and kind not in KINDS:
        near = nearest(kind, KINDS)
        said = f"did you mean {near}?" if near else f"it is one of: {', '.join(KINDS)}."
        raise typer.BadParameter(f"there is no kind `{kind}`; {said}")
    if arguments and arguments[0] == "--":
        return arguments[1:]
    if "--help" in arguments:
        raise typer.BadParameter(f"`npx ampx {kind} --help` tells what that takes.")
    for option in _OWN:
        if any(item == option or item.startswith(f"{option}=") for item in arguments):
            raise typer.BadParameter(
                f"{option} is an option of ace: write it before `{kind}`, or give it to Amplify's "
                f"CLI after `--`."
            )
    return arguments


def _say_command(command: Sequence[str]) -> None:
    console.note(console.style(f"$ {console.printable(shlex.join(command))}", "dim", sys.stderr))


def _json(done: Deployment) -> dict[str, object]:
    from ace_flow.cli import reporting

    return {
        "pattern": done.checked.pattern.name,
        "project": os.fspath(done.root),
        "command": list(done.command),
        "deployed": done.is_deployed,
        "ended": done.was_ended,
        "outdated": done.is_outdated,
        **reporting.findings_json((*done.checked.findings, *done.warnings)),
    }
