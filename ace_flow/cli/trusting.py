"""The commands about trust."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli import console, exits
from ace_flow.cli.agreeing import agrees, show_code, trusted
from ace_flow.cli.asking import trying
from ace_flow.cli.options import Json, Set, Values, complete_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ace_flow.loader import Choose
    from ace_flow.registry import Code, Decision
    from ace_flow.session import Checked, Session


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command("trust", epilog="Example: ace trust shop.yml")(trust)
    command("untrust", epilog="Example: ace untrust shop")(untrust)


def trust(
    pattern: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME|FILE]",
            help="A pattern's name, or its file; without it, the project here.",
            autocompletion=complete_names,
        ),
    ] = None,
    tree: Annotated[
        str | None,
        typer.Option("--hash", metavar="HASH", help="Trust it without asking if this is its hash."),
    ] = None,
    setting: Set = None,
    values: Values = None,
    tests: Annotated[
        bool, typer.Option("--tests", help="The tests beside it, in place of what it brings.")
    ] = False,
    is_list: Annotated[bool, typer.Option("--list", help="List what you have trusted.")] = False,
    as_json: Json = False,
) -> None:
    """Show the code that a pattern brings, and trust it.

    It is trusted as it is now: when any of it changes, it has to be trusted again. Nothing of it
    is run.
    """
    from ace_flow.diagnostics import ConfigurationError
    from ace_flow.session import Session

    session = Session(Path.cwd())
    if is_list:
        if pattern or tree:
            raise ConfigurationError("--list takes nothing beside it")
        _list(session.gate.store.decisions(), as_json=as_json)
        return
    code = _meant(session, pattern, trying(setting, values), tests=tests)
    if tree is not None:
        _expect(code, *trusted([tree]))
    store = session.gate.store
    is_trusted = store.is_trusted(code)
    if not as_json:
        show_code(code)
    if not is_trusted and (tree is not None or (not as_json and agrees(code))):
        store.grant(code)
        is_trusted = True
    if as_json:
        console.show_json({**_code_json(code), "trusted": is_trusted})
    elif is_trusted:
        console.say(console.style("trusted", "ok", sys.stdout))
    else:
        console.say("not trusted")
    if not is_trusted:
        raise typer.Exit(exits.TRUST)


def untrust(
    what: Annotated[
        str, typer.Argument(metavar="NAME|HASH", help="What `ace trust --list` shows.")
    ],
    as_json: Json = False,
) -> None:
    """Trust code no more.

    That is the code of a hash, or all that was trusted under a name.
    """
    from ace_flow.diagnostics import NotFoundError
    from ace_flow.names import nearest
    from ace_flow.session import Session

    store = Session(Path.cwd()).gate.store
    known = [item.name for item in store.decisions()]
    gone = store.revoke(what)
    if not gone:
        near = nearest(what, known)
        raise NotFoundError(
            f"nothing that is trusted is called `{what}`",
            hint=f"did you mean `{near}`?" if near else "`ace trust --list` shows all",
        )
    if as_json:
        console.show_json([_decision_json(item) for item in gone])
        return
    for item in gone:
        console.say(f"not trusted any more: {console.printable(item.name)} {item.tree}")


def _own_code(session: Session) -> Code:
    """Return the programs of the project here, after what there is to warn of."""
    from ace_flow.cli import reporting
    from ace_flow.diagnostics import NotFoundError
    from ace_flow.workspace import project_root

    own = session.own_programs(project_root(session.root))
    reporting.show_findings(own.findings)
    if own.code is None:
        raise NotFoundError(
            "no programs of the project here run by themselves",
            hint="name a pattern: ace trust shop.yml",
        )
    return own.code


def _meant(session: Session, pattern: str | None, choose: Choose, *, tests: bool) -> Code:
    from ace_flow.diagnostics import ConfigurationError

    if pattern is None:
        if tests:
            raise ConfigurationError("--tests needs the name of a pattern")
        return _own_code(session)
    checked = session.check(pattern, choose=choose)
    return _tests_of(session, checked) if tests else session.code_of(checked)


def _tests_of(session: Session, checked: Checked) -> Code:
    from ace_flow.diagnostics import NotFoundError
    from ace_flow.trials import code_of_tests

    code = code_of_tests(session, checked)
    if code is None:
        raise NotFoundError(f"there are no tests beside {checked.entry.location}")
    return code


def _expect(code: Code, tree: str) -> None:
    from ace_flow.diagnostics import ConfigurationError

    if code.tree != tree:
        raise ConfigurationError(
            f"`{code.name}` has another hash: {code.tree}",
            hint="somebody changed it since; look through it before you trust it",
        )


def _list(decisions: Sequence[Decision], *, as_json: bool) -> None:
    if as_json:
        console.show_json([_decision_json(item) for item in decisions])
    elif not decisions:
        console.say("you have trusted no code; `ace trust NAME` shows what a pattern brings")
    else:
        rows = [(item.name, item.klass.name.lower(), item.at, item.tree) for item in decisions]
        console.table(("name", "class", "since", "hash"), rows)


def _decision_json(item: Decision) -> dict[str, str]:
    return {
        "name": item.name,
        "class": item.klass.name.lower(),
        "since": item.at,
        "hash": item.tree,
    }


def _code_json(code: Code) -> dict[str, object]:
    return {
        "name": code.name,
        "class": code.klass.name.lower(),
        "origin": code.origin,
        "publisher": code.publisher,
        "hash": code.tree,
        "runs": list(code.runs),
        "files": [
            {"path": file.path, "size": file.size, "sha256": file.digest} for file in code.files
        ],
    }
