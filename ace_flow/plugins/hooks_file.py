"""Reads `.ace-flow/hooks.yml`: which scripts run at which event, with findings at their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related, Severity
from ace_flow.names import nearest
from ace_flow.plugins.events import BUILT_IN, EVENTS, IDLE, IMPOSSIBLE, PHASES, event_called
from ace_flow.plugins.script import MAX_RETRIES, MAX_TIMEOUT, SHELL, ScriptHook, Taker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ace_flow.names import Hint
    from ace_flow.source import Node, Span

_TOP = ("hooks", "version")
_KEYS = (
    *("name", "script", "required", "timeout", "retry_count", "async", "env", "conditions"),
    *("working_dir", "shell", "always_run", "auto_trigger"),
)
_OTHER_KEYS = {"retry": "retry_count"}
# Keys that other tools know, and what to do instead.
_INSTEAD = {
    "max_cost": "ace knows no costs; let the script fail where there are too many",
    "output_file": "write it in the script: `script: npm run lint > lint.txt`",
}


def read_hooks(document: Node) -> tuple[tuple[ScriptHook, ...], list[Diagnostic]]:
    """Return the scripts of a document in its order, and all findings.

    Where a finding is an error, what it is about is left out.
    """
    reader = _Reader()
    if not isinstance(document.value, dict):
        reader.say("ACE302", "it holds no events", document.span, "such as `post_generation: []`")
        return (), reader.findings
    for event, node in reader.events(document):
        reader.scripts(event, node)
    return tuple(reader.hooks), reader.findings


class _Reader:
    def __init__(self) -> None:
        self.hooks: list[ScriptHook] = []
        self.findings: list[Diagnostic] = []

    def say(
        self,
        code: str,
        message: str,
        span: Span,
        hint: str | Hint | None = None,
        related: Iterable[Related] = (),
    ) -> None:
        severity = Severity.WARNING if code == "ACE301" else Severity.ERROR
        self.findings.append(
            Diagnostic(
                code=code,
                message=message,
                span=span,
                hint=hint,
                severity=severity,
                related=tuple(related),
            )
        )

    def events(self, node: Node, phase: str | None = None) -> Iterator[tuple[str, Node]]:
        """Yield each event that ace comes to, with what is there; phases are gone into."""
        for key, inner in node.mapping.items():
            span = node.key_span(key)
            event = event_called(key)
            if key.startswith("x-") or (phase is None and key == "version"):
                continue
            if phase is None and (key == "hooks" or (key in PHASES and key not in EVENTS)):
                if not isinstance(inner.value, dict) and inner.value is not None:
                    self.say("ACE302", f"`{key}` is a mapping of events to scripts", inner.span)
                yield from self.events(inner, None if key == "hooks" else key)
            elif event not in EVENTS and event not in IDLE:
                known = PHASES[phase] if phase else (*EVENTS, *IDLE, *PHASES, *_TOP)
                near = nearest(key, known)
                hint = f"did you mean `{near}`?" if near else f"one of: {', '.join(EVENTS)}"
                self.say("ACE300", f"there is no event `{key}`", span, hint)
            elif phase and event not in PHASES[phase]:
                right = next((name for name, has in PHASES.items() if event in has), "security")
                where = "at the top" if event.startswith("on_") else f"under `{right}`"
                self.say("ACE300", f"`{key}` is no event of `{phase}`", span, f"put it {where}")
            elif event in IDLE:
                self.say("ACE301", f"ace never comes to `{key}`: {IDLE[event]}", span)
            else:
                yield event, inner

    def scripts(self, event: str, node: Node) -> None:
        """Read the scripts of an event."""
        if not isinstance(node.value, list):
            if node.value is not None:
                self.say("ACE302", "an event has a list of scripts", node.span, "begin with `- `")
            return
        for item in node.items:
            if isinstance(item.value, str):
                self._built_in(event, item.value, item.span)
            elif isinstance(item.value, dict):
                self._script(event, item)
            else:
                self.say("ACE302", "a script is a mapping, or a built-in name", item.span)

    def _built_in(self, event: str, name: str, span: Span) -> None:
        spelled = name.replace("-", "_")
        if spelled in BUILT_IN:
            script = BUILT_IN[spelled].script
            self._add(
                ScriptHook(event=event, name=spelled, script=script, required=True, span=span)
            )
            return
        hint = f"write your own: {{name: {spelled}, script: …}}"
        if spelled in IMPOSSIBLE:
            self.say("ACE304", f"ace has no `{name}`: {IMPOSSIBLE[spelled]}", span, hint)
            return
        near = nearest(spelled, BUILT_IN)
        known = f"did you mean `{near}`?" if near else f"there are {', '.join(BUILT_IN)}; or {hint}"
        self.say("ACE304", f"there is no built-in script `{name}`", span, known)

    def _add(self, hook: ScriptHook) -> None:
        for other in self.hooks:
            if (other.event, other.name) == (hook.event, hook.name) and hook.span and other.span:
                self.say(
                    "ACE302",
                    f"`{hook.event}` has two scripts called `{hook.name}`",
                    hook.span,
                    "give one another name",
                    [Related(other.span, "the other one")],
                )
                return
        self.hooks.append(hook)

    def _script(self, event: str, node: Node) -> None:
        before = len(self.findings)
        keys = {_OTHER_KEYS.get(key, key): (key, value) for key, value in node.mapping.items()}
        for key in node.mapping:
            self._check_key(key, node)
        take = Taker(self.say, keys)
        name = take.text("name", "")
        script = take.text("script", "")
        hook = ScriptHook(
            event=event,
            name=name,
            script=script,
            required=take.flag("required"),
            timeout=take.number("timeout", 300, 1, MAX_TIMEOUT),
            retries=take.number("retry_count", 0, 0, MAX_RETRIES),
            is_async=take.flag("async"),
            env=take.env(),
            conditions=tuple(take.conditions()),
            working_dir=take.folder(),
            shell=take.text("shell", SHELL),
            always_run=take.flag("always_run"),
            span=(node.mapping.get("name") or node).span,
        )
        for key in ("name", "script"):
            if key not in keys:
                self.say("ACE302", f"a script needs a `{key}`", node.span)
        if "auto_trigger" in keys and not take.flag("auto_trigger"):
            span = keys["auto_trigger"][1].span
            self.say("ACE301", f"ace runs no scripts by hand, so that `{name}` never runs", span)
            return
        if len(self.findings) == before:
            self._add(hook)

    def _check_key(self, key: str, node: Node) -> None:
        span = node.key_span(key)
        if key in _INSTEAD:
            self.say("ACE302", f"ace has no `{key}`", span, _INSTEAD[key])
        elif _OTHER_KEYS.get(key, key) not in _KEYS and not key.startswith("x-"):
            near = nearest(key, _KEYS)
            hint = f"did you mean `{near}`?" if near else f"one of: {', '.join(_KEYS)}"
            self.say("ACE302", f"a script has no `{key}`", span, hint)
