"""The command that tests a pattern by what it generates."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli import console, exits
from ace_flow.cli.asking import read_values
from ace_flow.cli.options import Json, Reference, Set, Trust
from ace_flow.cli.options import Values as ValuesFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.trials import Done, Trial, Values

_STYLES = {"passed": "ok", "failed": "error", "skipped": "dim"}
_WORDS = {"passed": "ok", "failed": "failed", "skipped": "skipped"}
_MOST = 60


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command("test-pattern", epilog="Example: ace test-pattern shop.yml --env sandbox")(try_pattern)


Env = Annotated[
    str | None,
    typer.Option(
        "--env",
        metavar="sandbox",
        help="Run the backend in the local sandbox, too, and keep records of every model in it: "
        "made, read, changed, listed and deleted by who may, refused to a stranger.",
    ),
]
Full = Annotated[
    bool,
    typer.Option(
        "--full-test",
        help="Synthesize the backend and lint its templates, build the frontend, run the "
        "application's tests and the pattern's own, too.",
    ),
]
Performance = Annotated[
    bool, typer.Option("--performance", help="Measure times and sizes, and compare them, too.")
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="STAGE",
        help="Run this stage and what it builds on, in place of the others; may be given several "
        "times: pattern, generation, packages, schema, types, synth, lint, build, suite, tests, "
        "sandbox, performance.",
    ),
]
Baseline = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="What performance is compared with; without it, "
        "`tests/NAME.performance.json` beside the pattern.",
    ),
]
Record = Annotated[
    bool, typer.Option("--record", help="Make a baseline of what --performance measures.")
]
Junit = Annotated[
    Path | None, typer.Option("--junit", metavar="FILE", help="Write a report as JUnit's XML.")
]
Files = Annotated[bool, typer.Option("--files", help="With --json: the text of each file, too.")]


def try_pattern(
    pattern: Reference,
    env: Env = None,
    full: Full = False,
    performance: Performance = False,
    only: Only = None,
    baseline: Baseline = None,
    record: Record = False,
    junit: Junit = None,
    setting: Set = None,
    values: ValuesFile = None,
    with_files: Files = False,
    trust: Trust = None,
    as_json: Json = False,
) -> None:
    """Test a pattern by what it generates.

    Its application is generated into a temporary folder, and gone afterwards. Amplify compiles
    its schema, and TypeScript checks its types; options add more. Nothing needs an AWS account.
    The npm packages are installed once, into your cache. It exits with 1 when a stage fails.
    """
    from ace_flow.cli.agreeing import asking_trust, trusted
    from ace_flow.session import Session
    from ace_flow.trials import Request, trying

    wanted = _wanted(env, only, full=full, performance=performance)
    if (baseline or record) and "performance" not in wanted:
        raise typer.BadParameter("--baseline and --record are for --performance")
    request = Request(
        reference=pattern,
        wanted=wanted,
        values=_values(setting, values),
        baseline=baseline,
        record=record,
        say=console.note,
    )
    agree = None if as_json else asking_trust(nullcontext)
    session = Session(Path.cwd(), trusted=trusted(trust), agree=agree)
    with trying(session, request) as trial:
        _run(trial, quiet=as_json)
        if junit:
            _write_junit(trial, junit)
        for done in trial.done.values():
            if done.error:
                raise done.error
        if as_json:
            console.show_json(_json(trial, with_files=with_files))
        else:
            _show_end(trial)
        if trial.failed:
            raise typer.Exit(exits.ATTENTION)


def _wanted(
    env: str | None, only: list[str] | None, *, full: bool, performance: bool
) -> tuple[str, ...]:
    """Return the stages that the options ask for."""
    from ace_flow.names import nearest
    from ace_flow.trials import ALWAYS, FULL, NAMES, PERFORMANCE, SANDBOX

    if env not in {None, "sandbox"}:
        raise typer.BadParameter(
            f"there is no environment {env}: a test deploys nothing, `sandbox` is all there is"
        )
    if only:
        if env or full or performance:
            raise typer.BadParameter("--only names all stages; leave out what would add others")
        for name in only:
            if name not in NAMES:
                close = nearest(name, NAMES)
                hint = f"did you mean {close}?" if close else f"one of: {', '.join(NAMES)}"
                raise typer.BadParameter(f"there is no stage {name}; {hint}")
        return tuple(only)
    return (
        *ALWAYS,
        *(FULL if full else ()),
        *(SANDBOX if env else ()),
        *(PERFORMANCE if performance else ()),
    )


def _values(setting: list[str] | None, file: Path | None) -> Values:
    from ace_flow.loader import stated_in_options
    from ace_flow.trials import Values, values_in

    found = values_in(*read_values(file)) if file else Values()
    found.add(stated_in_options(setting or ()))
    return found


def _run(trial: Trial, *, quiet: bool) -> None:
    """Run the stages until nothing can follow, each with a line as soon as it is done."""
    from ace_flow.cli import reporting

    for stage in trial.stages:
        with console.working(stage.title):
            done = trial.run(stage)
        if stage.name == "pattern" and trial.is_checked and not quiet:
            reporting.show_findings(trial.checked.findings)
            for text in trial.request.values.notes:
                console.note(console.printable(text))
        if done.error:
            return
        if not quiet:
            _show_line(done)


def _show_line(done: Done) -> None:
    word = _WORDS[done.outcome].ljust(7)
    outcome = console.style(word, _STYLES[done.outcome], sys.stdout)
    seconds = f"{done.seconds:6.1f} s" if done.seconds else " " * 8
    console.say(f"{outcome} {done.stage.name:<11} {seconds}  {console.printable(done.summary)}")
    sys.stdout.flush()


def _show_end(trial: Trial) -> None:
    from ace_flow.trials import Outcome, shown

    for item in trial.compared:
        console.say(f"  {console.printable(shown(item))}")
    failed = [done for done in trial.done.values() if done.outcome is Outcome.FAILED]
    for done in failed:
        console.say()
        head = console.style(f"{done.stage.name} failed", "error", sys.stdout)
        console.say(f"{head}: {console.printable(done.summary)}")
        lines = done.details.rstrip().splitlines()
        for line in lines[:_MOST]:
            console.say(f"  {console.printable(line)}")
        if len(lines) > _MOST:
            console.say(f"  and {len(lines) - _MOST} lines more; --json has all of them")
    console.say()
    name = console.printable(trial.checked.pattern.name)
    outcomes = [done.outcome for done in trial.done.values()]
    counts = {word: outcomes.count(word) for word in Outcome if word in outcomes}
    told = ", ".join(f"{count} {word.value}" for word, count in counts.items())
    seconds = sum(done.seconds for done in trial.done.values())
    verdict = "failed" if failed else "passed"
    word = console.style(verdict, _STYLES[verdict], sys.stdout)
    console.say(f"{name} {word}: {told}, in {seconds:.1f} s")


def _write_junit(trial: Trial, path: Path) -> None:
    from ace_flow.trials import junit

    name = trial.checked.pattern.name if trial.is_checked else trial.request.reference
    path.write_bytes(junit(name, tuple(trial.done.values())))


def _json(trial: Trial, *, with_files: bool) -> dict[str, object]:
    from ace_flow.cli import reporting
    from ace_flow.trials import with_tables

    resources = trial.resources
    return {
        "name": trial.checked.pattern.name,
        "passed": not trial.failed,
        "stages": [
            {
                "name": done.stage.name,
                "outcome": done.outcome.value,
                "seconds": round(done.seconds, 3),
                "summary": done.summary,
                "details": done.details,
            }
            for done in trial.done.values()
        ],
        "notes": list(trial.request.values.notes),
        "schema": {
            "models": [
                {"name": model.name, "fields": [field._asdict() for field in model.fields]}
                for model in trial.models
            ]
        },
        "files": trial.texts if with_files else sorted(trial.files),
        "resources": None if resources is None else list(with_tables(resources)),
        "performance": [
            {
                "name": item.measure.name,
                "value": round(item.value, 3),
                "unit": item.measure.unit,
                "baseline": item.before,
                "tolerance": item.tolerance,
                "worse": item.is_worse,
            }
            for item in trial.compared
        ],
        **reporting.findings_json(trial.checked.findings),
    }
