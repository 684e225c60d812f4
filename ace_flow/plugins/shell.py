"""Runs the scripts of an event in a project: within limits, again where they fail, in order."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow import __version__
from ace_flow.children import run_child
from ace_flow.diagnostics import HookError
from ace_flow.programs import git, located

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Future
    from typing import TypeAlias

    from ace_flow.plugins.script import ScriptHook

    # Takes the name of a script, and a line that it printed or that is to say of it.
    Tell: TypeAlias = Callable[[str, str], None]

OUTPUT_LIMIT = 10 * 1024 * 1024
_FIRST_PAUSE = 1.0  # seconds before the second attempt; twice as long before each other one
_LONGEST_PAUSE = 30.0
_MOST_AT_ONCE = 8
# What programs need on any system. Keys and tokens are not among it: `env` can name them.
_PASSED = (
    *("HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SHELL", "TMPDIR", "TZ", "USER"),
    *("CI", "FORCE_COLOR", "NO_COLOR", "TERM"),
    *("APPDATA", "COMSPEC", "LOCALAPPDATA", "PATHEXT", "PROGRAMFILES", "SYSTEMDRIVE"),
    *("SYSTEMROOT", "TEMP", "TMP", "USERNAME", "USERPROFILE", "WINDIR"),
)
# Where each variable of the context is found in the user's environment, the first that is set.
_CONTEXT = {
    "AWS_REGION": ("AWS_REGION", "AWS_DEFAULT_REGION"),
    "AWS_ACCOUNT_ID": ("AWS_ACCOUNT_ID",),
    "AMPLIFY_APP_ID": ("AMPLIFY_APP_ID", "AWS_APP_ID"),
    "AMPLIFY_BRANCH": ("AMPLIFY_BRANCH", "AWS_BRANCH"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What scripts are told: the phase, the pattern's name, and if the project is `new`."""

    phase: str
    pattern: str
    is_new: bool = False


@dataclass(slots=True)
class ScriptRun:
    """What conditions see of the project in `root`, asked for when they do."""

    root: Path
    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)

    def now(self) -> datetime:
        """Return the local time."""
        return datetime.now().astimezone()

    def exists(self, path: str) -> bool:
        """Tell whether there is a file or folder at a path of the project."""
        return (self.root / path).exists()

    def branch(self) -> str:
        """Return the branch that git is on; empty without one."""
        said = self._git("symbolic-ref", "--quiet", "--short", "HEAD")
        return said.decode("utf-8", "replace").strip()

    def has_changes(self) -> bool:
        """Tell whether git knows of changes that are not committed."""
        return bool(self._git("status", "--porcelain"))

    def _git(self, *arguments: str) -> bytes:
        # A repository's own settings and hooks are programs for git to run.
        own = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
        done = git("--no-optional-locks", "-C", str(self.root), *own, *arguments)
        return done.content if done is not None and done.code == 0 else b""


def run_scripts(
    hooks: Iterable[ScriptHook],
    root: Path,
    facts: Facts,
    tell: Tell,
    *,
    failed: bool = False,
) -> None:
    """Run scripts of one event in their order; those that are `async` beside the others.

    With `failed`, because the event is not reached any more, only those that always run. Returns
    when all have ended. Raises HookError for the first required one that failed; those after it
    are left out, unless they always run.
    """
    problems: list[HookError] = []
    stop = threading.Event()
    with ThreadPoolExecutor(_MOST_AT_ONCE) as pool:
        waiting: list[Future[HookError | None]] = []
        try:
            for hook in hooks:
                if (failed or problems) and not hook.always_run:
                    continue
                environment = _environment(hook, root, facts)
                unmet = _unmet(hook, ScriptRun(root, {**os.environ, **environment}))
                if unmet:
                    tell(hook.name, f"left out: {unmet} does not hold")
                elif hook.is_async:
                    waiting.append(pool.submit(_attempts, hook, root, environment, tell, stop))
                elif problem := _attempts(hook, root, environment, tell, stop):
                    problems.append(problem)
            problems += [found for future in waiting if (found := future.result())]
        except BaseException:
            # Who ends us ends what we have started.
            stop.set()
            raise
    if problems:
        raise problems[0]


def _unmet(hook: ScriptHook, world: ScriptRun) -> str:
    return next((item.text for item in hook.conditions if not item.holds(world)), "")


def _attempts(
    hook: ScriptHook,
    root: Path,
    environment: Mapping[str, str],
    tell: Tell,
    stop: threading.Event,
) -> HookError | None:
    """Run a script until it is done or no attempt is left; return what to raise of it."""
    pause = _FIRST_PAUSE
    problem = ""
    for attempt in range(hook.retries + 1):
        if attempt:
            tell(hook.name, f"{problem}; trying again in {pause:g} s")
            if stop.wait(pause):
                return None
            pause = min(pause * 2, _LONGEST_PAUSE)
        problem = _problem(hook, root, environment, tell, stop)
        if not problem:
            return None
    if hook.required:
        return HookError(hook.name, problem, hint=f"its script: {hook.script.strip()}")
    tell(hook.name, f"{problem}; it is not required")
    return None


def _problem(
    hook: ScriptHook,
    root: Path,
    environment: Mapping[str, str],
    tell: Tell,
    stop: threading.Event,
) -> str:
    """Run a script once; return what went wrong, or an empty text."""
    shell = _shell(hook.shell, root)
    if shell is None:
        return f"there is no shell {hook.shell}; name another one as `shell`"
    folder = (root / hook.working_dir).resolve()
    if not folder.is_relative_to(root.resolve()) or not folder.is_dir():
        return f"there is no folder {hook.working_dir} in the project"
    started = time.monotonic()
    done = run_child(
        _command(shell, hook.script),
        cwd=folder,
        env=environment,
        timeout_s=hook.timeout,
        output_limit=OUTPUT_LIMIT,
        said=lambda line: tell(hook.name, line),
        stop=stop,
    )
    if done.reason:
        return done.reason
    if done.code:
        return f"ended with code {done.code} after {time.monotonic() - started:.1f} s"
    return ""


def _shell(name: str, root: Path) -> str | None:
    """Return where a shell is: by its path, which may be one in the project, else by its name."""
    own = located(str(root.resolve() / name)) if Path(name).name != name else None
    return own or located(Path(name).name)


def _command(shell: str, script: str) -> Sequence[str]:
    name = Path(shell).stem.lower()
    if name == "cmd":
        return (shell, "/d", "/s", "/c", script)
    if name in {"powershell", "pwsh"}:
        return (shell, "-NoProfile", "-Command", script)
    return (shell, "-c", script)


def _environment(hook: ScriptHook, root: Path, facts: Facts) -> dict[str, str]:
    """Return what a script finds in its environment, and nothing else."""
    ours = os.environ
    found = {name: ours[name] for name in _PASSED if name in ours}
    for name, others in _CONTEXT.items():
        with suppress(StopIteration):
            found[name] = next(ours[other] for other in others if ours.get(other))
    found |= {
        "ACE_FLOW_PROJECT_NAME": root.resolve().name,
        "ACE_FLOW_PROJECT_TYPE": "new" if facts.is_new else "existing",
        "ACE_FLOW_PATTERN": facts.pattern,
        "ACE_FLOW_VERSION": __version__,
        "ACE_FLOW_PHASE": facts.phase,
        "ACE_FLOW_EVENT": hook.event,
        "PROJECT_ROOT": str(root.resolve()),
        "CONFIG_FILE": str(root.resolve() / ".ace-flow" / "hooks.yml"),
        "AMPLIFY_OUTPUTS_FILE": str(root.resolve() / "amplify_outputs.json"),
    }
    for name, value in hook.env.items():
        if value.startswith("$") and value[1:].isidentifier():
            if value[1:] in ours:
                found[name] = ours[value[1:]]
        else:
            found[name] = value
    return found
