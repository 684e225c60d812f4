"""The scripts of a project around what a command does there."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from ace_flow.diagnostics import HookError, TrustError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.plugins.script import ScriptHook
    from ace_flow.plugins.shell import Facts
    from ace_flow.registry import Code
    from ace_flow.session import Session


class Outcome(Struct):
    """If what is between the events was done; only then are those after it come to."""

    is_done: bool = True


class Scripts(Struct, frozen=True, kw_only=True):
    """The scripts of the project in `root` for a phase, which is trusted.

    `tell` gets the name of a script, and a line that it printed or that is to say of it. `check`
    raises TrustError when what they run is not what was trusted any more: a script, or what was
    generated meanwhile, may have changed it.
    """

    root: Path
    phase: str
    hooks: tuple[ScriptHook, ...]
    findings: tuple[Diagnostic, ...]
    tell: Callable[[str, str], None]
    check: Callable[[], None]

    @contextmanager
    def around(self, pattern: str, *, is_new: bool = False) -> Iterator[Outcome]:
        """Run the scripts before and after something, and those for when it failed or is done.

        Raises HookError when a required one failed; before, nothing is done then.
        """
        outcome, facts = Outcome(), self._facts(pattern, is_new=is_new)
        try:
            self._run(f"pre_{self.phase}", facts)
            yield outcome
        except Exception:
            self._run_failed(facts)
            raise
        if not outcome.is_done:
            self._run_failed(facts)
            return
        try:
            self._run(f"post_{self.phase}", facts)
        except HookError:
            with suppress(HookError, TrustError):
                self._run("on_error", facts)
            raise
        self._run("on_success", facts)

    def before(self, pattern: str) -> None:
        """Run only the scripts before something."""
        facts = self._facts(pattern)
        try:
            self._run(f"pre_{self.phase}", facts)
        except HookError:
            with suppress(HookError, TrustError):
                self._run("on_error", facts)
            raise

    def _facts(self, pattern: str, *, is_new: bool = False) -> Facts | None:
        if not self.hooks:
            return None
        from ace_flow.plugins.shell import Facts  # noqa: PLC0415 - few have scripts

        return Facts(phase=self.phase, pattern=pattern, is_new=is_new)

    def _run_failed(self, facts: Facts | None) -> None:
        # What went wrong first is what is to be said.
        with suppress(HookError, TrustError):
            self._run(f"post_{self.phase}", facts, failed=True)
        with suppress(HookError, TrustError):
            self._run("on_error", facts)

    def _run(self, event: str, facts: Facts | None, *, failed: bool = False) -> None:
        hooks = [hook for hook in self.hooks if hook.event == event]
        if hooks and facts:
            from ace_flow.plugins.shell import run_scripts  # noqa: PLC0415 - few have scripts

            self.check()
            run_scripts(hooks, self.root, facts, self.tell, failed=failed)


def scripts_of(
    session: Session, root: Path, phase: str, tell: Callable[[str, str], None]
) -> Scripts:
    """Return the scripts of the project in `root` for `generation` or `deployment`.

    Raises TrustError when there are any, and nobody trusts the project's programs, and what
    `own_programs` raises.
    """

    def require(code: Code | None) -> None:
        if code is not None:
            session.gate.require(code, code.klass)

    own = session.own_programs(root)
    events = {f"pre_{phase}", f"post_{phase}", "on_error", "on_success"}
    hooks = tuple(hook for hook in own.scripts if hook.event in events)
    if hooks:
        require(own.code)
    return Scripts(
        root=root,
        phase=phase,
        hooks=hooks,
        findings=own.findings,
        tell=tell,
        check=lambda: require(session.own_programs(root).code),
    )
