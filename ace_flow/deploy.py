"""The story of `ace deploy`: the pattern is checked, scripts run, and Amplify's CLI deploys."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ace_flow.diagnostics import AttentionError, ConfigurationError, ToolError
from ace_flow.programs import run_on
from ace_flow.recorded import check_project, recorded, recorded_state
from ace_flow.rendering import let_hooks_deploy
from ace_flow.scripting import scripts_of
from ace_flow.workspace import counts, project_root, with_package

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.session import Checked, Session

KINDS = ("sandbox", "pipeline-deploy")
# Amplify's CLI asks what started it, and ends when that is no package manager. It is told the one
# whose lock file is there; of the versions, it only tells yarn 1 from later ones.
_AGENT = "npm_config_user_agent"
_LOCKS = {"package-lock.json": "npm/10", "pnpm-lock.yaml": "pnpm/9", "yarn.lock": "yarn/4"}
# Commands of `ampx sandbox` that do something else.
_OTHERS = frozenset({"delete", "secret", "seed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """What a user asks of deploying.

    With `is_check`, only what comes before Amplify's CLI, which need not be there; with `is_dry`,
    the same, but it is there, and its command is known. `tell` gets the name of a script, and what
    there is to say of it; `begins` is called with the command before it starts. `out` is the file
    descriptor for its output, None for our own.
    """

    is_check: bool = False
    is_dry: bool = False
    tell: Callable[[str, str], None] = lambda *_: None
    begins: Callable[[Sequence[str]], None] = lambda _: None
    out: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """What deploying did.

    `command` is that of Amplify's CLI as a user writes it. `is_outdated` says that the pattern, or
    ace, changed after the project was generated; `was_ended`, that somebody ended the command.
    `warnings` are those about the project's scripts.
    """

    checked: Checked
    root: Path
    command: tuple[str, ...]
    is_outdated: bool
    is_deployed: bool = False
    was_ended: bool = False
    warnings: tuple[Diagnostic, ...] = ()


def deploy(
    session: Session, kind: str | None, arguments: Sequence[str], aims: Aims = Aims()
) -> Deployment:
    """Deploy the project here by Amplify's CLI, with its scripts before and after.

    `kind` is one of `KINDS`; without it, the branch that Amplify builds is deployed where its
    variables say which, and elsewhere a sandbox, once.

    Raises NotFoundError when nothing was generated here, AttentionError when files are in conflict,
    PatternError, TrustError, HookError when a hook refused it or a script failed, and ToolError
    when Amplify's CLI did.
    """
    root = project_root(session.root)
    state = recorded_state(root)
    checked = check_project(session, recorded(session, root), root)
    if state.conflicts:
        raise AttentionError(
            "files are in conflict; nothing was deployed",
            paths=sorted(state.conflicts),
            hint="mend them, then: ace resolve",
        )
    arguments = _arguments(kind, arguments)
    program = None if aims.is_check else _ampx(root, session.root)
    name = checked.pattern.name
    scripts = scripts_of(session, root, "deployment", aims.tell)
    done = Deployment(
        checked=checked,
        root=root,
        command=("npx", "ampx", *arguments),
        is_outdated=session.revision(checked, state.guest, state.made) != state.revision,
        warnings=scripts.findings,
    )
    let_hooks_deploy(session, checked, root, sorted(state.files), aims.tell)
    if program is None or aims.is_dry:
        scripts.before(name)
        return done
    was_ended = False
    try:
        with scripts.around(name):
            aims.begins(done.command)
            _run([program, *arguments], root, aims.out)
    except _StoppedError as stopped:
        # To end a sandbox that watches is what Ctrl-C is for.
        if stopped.code:
            raise KeyboardInterrupt from stopped
        was_ended = True
    return Deployment(
        checked=checked,
        root=root,
        command=done.command,
        is_outdated=done.is_outdated,
        is_deployed=True,
        was_ended=was_ended,
        warnings=done.warnings,
    )


class _StoppedError(KeyboardInterrupt):
    """Somebody pressed Ctrl-C, and the program ended with `code`."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


def _run(command: Sequence[str | Path], root: Path, out: int | None) -> None:
    places = [folder / name for folder in (root, *root.parents) for name in _LOCKS]
    lock = next((place.name for place in places if place.is_file()), "package-lock.json")
    agent = os.environ.get(_AGENT) or _LOCKS[lock]
    ended = run_on(command, root, out, {_AGENT: agent})
    if ended.was_interrupted:
        raise _StoppedError(ended.code)
    if ended.code:
        raise ToolError("ampx", ended.code, hint="it said above what is wrong")


def _arguments(kind: str | None, arguments: Sequence[str]) -> tuple[str, ...]:
    """Return what Amplify's CLI is given."""
    branch, app = os.environ.get("AWS_BRANCH"), os.environ.get("AWS_APP_ID")
    if kind is None and branch and app:
        return ("pipeline-deploy", "--branch", branch, "--app-id", app)
    if kind is None:
        return ("sandbox", "--once")
    if kind == "sandbox" and arguments and arguments[0] in _OTHERS:
        command = f"npx ampx sandbox {arguments[0]}"
        raise ConfigurationError(f"`{command}` deploys nothing", hint=f"run it yourself: {command}")
    return (kind, *arguments)


def _ampx(root: Path, start: Path) -> Path:
    """Return the project's own Amplify CLI; of a monorepo, it may be in a folder around."""
    name = ".bin/ampx.cmd" if os.name == "nt" else ".bin/ampx"
    folder = with_package(root, name)
    # Between the project and where somebody works in it, nothing is looked for.
    if folder is not None and (folder != root or counts(root, "node_modules", start)):
        return folder / "node_modules" / name
    raise ConfigurationError(
        "the project's packages are not installed: there is no `ampx` in node_modules",
        hint="run: npm install",
    )
