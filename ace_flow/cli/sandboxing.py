"""The command that runs a project on this machine."""

from __future__ import annotations

import os
import shlex
import signal
import sys
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ace_flow.cli import console, exits
from ace_flow.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ace_flow.local import Packages, Person
    from ace_flow.sandbox import Running, Settings

_PASS = {"ignore_unknown_options": True, "allow_extra_args": True, "allow_interspersed_args": False}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command(
        "sandbox",
        context_settings=_PASS,
        epilog="Example: ace sandbox --as alice:admins --as bob --open",
    )(sandbox)


Port = Annotated[
    int, typer.Option(min=0, max=65535, help="The frontend's port; 0 for any that is free.")
]
People = Annotated[
    list[str] | None,
    typer.Option(
        "--as",
        metavar="USER[:GROUP,GROUP]",
        help="Somebody to sign in; may be given several times.",
    ),
]
Seed = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Records to create, as JSON or YAML: by model, lists."),
]
Reset = Annotated[bool, typer.Option("--reset", help="Forget all records, files and users first.")]
Open = Annotated[bool, typer.Option("--open", help="Open the application in a browser.")]
Once = Annotated[bool, typer.Option("--once", help="Run the command after `--`, and end with it.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Install and replace without asking.")]


def sandbox(
    context: typer.Context,
    port: Port = 0,
    people: People = None,
    seed: Seed = None,
    reset: Reset = False,
    is_opened: Open = False,
    once: Once = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Run the project in this folder without an AWS account.

    The backend is served as Amplify compiled it, and again after each change of `amplify/` or of
    the pattern's file. Records, files and users are kept in `.ace-flow/sandbox`.
    """
    from ace_flow import sandbox as story
    from ace_flow.diagnostics import ConfigurationError

    command = tuple(context.args)
    if once != bool(command):
        text = "say what to run: ace sandbox --once -- npm test" if once else "`--once` is missing"
        raise ConfigurationError(text)
    root = Path.cwd()
    source = story.pattern_file(root)
    records = _records(seed) if seed else None
    persons = tuple(_person(text) for text in people or ())
    for packages in story.missing_packages(root):
        _install(packages, yes=yes)
    if story.is_foreign(root):
        _agree(
            "amplify_outputs.json points to another backend; it is put back when this one ends.",
            "Replace it until then?",
            yes=yes,
        )
    settings = story.Settings(
        root=root,
        log=_log,
        port=port,
        people=persons,
        records=records,
        reset=reset,
        frontend=not once,
    )
    if once:
        raise typer.Exit(_run_once(settings, command))
    _run(settings, source, is_opened=is_opened, as_json=as_json)


def _run(settings: Settings, source: Path | None, *, is_opened: bool, as_json: bool) -> None:
    from ace_flow import sandbox as story

    # What starts programs in the background may have them ignore Ctrl-C.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    with ExitStack() as stack:
        with console.working("starting"):
            now = stack.enter_context(story.running(settings))
        # To end it is what Ctrl-C is for.
        with suppress(KeyboardInterrupt):
            if as_json:
                console.show_json(_json(now))
            else:
                _show(now)
            if is_opened:
                _open(now)
            _follow(now, source)


def _end(*_: object) -> None:
    raise KeyboardInterrupt


def _run_once(settings: Settings, command: Sequence[str]) -> int:
    from ace_flow import sandbox as story
    from ace_flow.local import run

    with story.running(settings) as now:
        for text in now.notes():
            console.note(console.printable(text))
        return run(command)


def _follow(now: Running, source: Path | None) -> None:
    from ace_flow import sandbox as story
    from ace_flow.cli import reporting
    from ace_flow.diagnostics import AttentionError

    stop = threading.Event()

    def changed(files: frozenset[Path]) -> None:
        names = sorted({os.path.relpath(file, now.settings.root) for file in files})
        console.note(f"changed: {console.printable(', '.join(names[:5]))}")
        if source in files:
            _generate(os.fspath(source))

    def served() -> None:
        console.note("the backend is served as it is now")

    def failed(error: AttentionError) -> None:
        reporting.show_error(error)
        console.note("the backend before the change is still served")

    story.follow(
        now, stop, also=[source] if source else (), changed=changed, served=served, failed=failed
    )


def _show(now: Running) -> None:
    if now.created:
        console.say(f"created {now.created} records")
    addresses = now.addresses()
    for email, groups in now.people.items():
        who = f"{email} ({', '.join(groups)})" if groups else email
        console.say(f"{who}:")
        if email in addresses:
            console.say(f"  {addresses[email]}")
    console.say(f"the backend: {now.server.url}")
    console.say(f"its status: {now.server.page}")
    for text in now.notes():
        console.say(console.printable(text))
    console.note("Ctrl-C ends it")


def _json(now: Running) -> dict[str, object]:
    addresses = now.addresses()
    return {
        "backend": now.server.url,
        "status": now.server.page,
        "notes": list(now.notes()),
        "created": now.created,
        "people": [
            {"email": email, "groups": list(groups), "address": addresses.get(email)}
            for email, groups in now.people.items()
        ],
    }


def _open(now: Running) -> None:
    import webbrowser

    for address in list(now.addresses().values())[:1]:
        webbrowser.open(address)


def _log(line: str) -> None:
    console.note(console.printable(line))


def _install(packages: Packages, *, yes: bool) -> None:
    from ace_flow.local import run_npm

    place = os.path.relpath(packages.folder)
    command = shlex.join(["npm", *packages.command])
    where = "" if place == "." else f" in {packages.folder}"
    names = ", ".join(packages.missing)
    _agree(f"missing: {packages.what} ({names})", f"Run `{command}`{where}?", yes=yes, hint=command)
    run_npm(packages.folder, packages.command)


def _agree(why: str, question: str, *, yes: bool, hint: str | None = None) -> None:
    """Return if the user agrees; without a terminal nobody can be asked."""
    from ace_flow.diagnostics import AttentionError

    if yes:
        return
    if not sys.stdin.isatty():
        more = f"`--yes`, or run it yourself: {hint}" if hint else "`--yes`"
        raise AttentionError(why, hint=f"agree with {more}")
    console.note(why)
    if not typer.confirm(question, default=True, err=True):
        raise typer.Exit(exits.ATTENTION)


def _person(text: str) -> Person:
    from ace_flow.diagnostics import ConfigurationError
    from ace_flow.local import Person

    name, _, groups = text.partition(":")
    if not name.strip():
        raise ConfigurationError(
            f"`--as {text}` names nobody", hint="alice, or alice:admins,editors"
        )
    return Person(name=name.strip(), groups=tuple(filter(None, groups.split(","))))


def _records(file: Path) -> dict[str, Any]:
    from ace_flow.diagnostics import ConfigurationError, NotFoundError
    from ace_flow.loader import read_document

    try:
        content = read_document(os.fspath(file), file.read_bytes()).plain()
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {file}") from error
    if isinstance(content, dict) and all(isinstance(rows, list) for rows in content.values()):
        return content
    raise ConfigurationError(
        f"{file} holds no records", hint="by model, lists: {Task: [{title: Roof}]}"
    )


def _generate(pattern: str) -> None:
    from ace_flow.cli import reporting
    from ace_flow.cli.losses import show_dangers
    from ace_flow.diagnostics import AceError
    from ace_flow.generate import Wishes, generate
    from ace_flow.session import Session

    try:
        report = generate(Session(Path.cwd()), pattern, Path(), Wishes(tell=console.tell))
    except AceError as error:
        reporting.show_error(error)
    else:
        reporting.show_findings((*report.checked.findings, *report.warnings))
        show_dangers(report.dangers, refused=report.refused)
