"""The hooks of one run, whoever brings them: installed packages, the pattern, the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ace_flow.diagnostics import HookError
from ace_flow.plugins.answers import (
    MadeSchema,
    changed_pattern,
    contribution,
    made_schema,
)
from ace_flow.plugins.running import Limits
from ace_flow.plugins.scripts import Scripts
from ace_flow.plugins.watching import changed, seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from ace_flow.plugins.contexts import Context, NewFile
    from ace_flow.plugins.installed import Installed
    from ace_flow.plugins.scripts import ScriptFile
    from ace_flow.plugins.watching import Seen

_MOST_SHOWN = 10


class Generated(NamedTuple):
    """A schema, and what the generator is called that made it; `script` when it is a module."""

    hook: str
    schema: MadeSchema
    script: ScriptFile | None = None


class Changed(NamedTuple):
    """A pattern as plain data, and what the hook is called that made it so."""

    hook: str
    pattern: Mapping[str, Any]
    script: ScriptFile | None = None


class Hooks:
    """The hooks of one run; a context manager, so that no process outlives it.

    Methods raise HookError, with the hook's name, when one fails, gives nonsense, or changes a
    file of the project.
    """

    def __init__(
        self,
        installed: Installed,
        files: Sequence[ScriptFile],
        project: Path,
        tell: Callable[[str, str], None] = lambda *_: None,
        limits: Limits | None = None,
        *,
        is_dry: bool = False,
    ) -> None:
        """Prepare the hooks; nothing runs yet. `tell` gets what hooks say, with their names.

        With `is_dry`, nothing else of the project runs for them, such as its compiler.
        """
        self._installed = installed
        self._project = project
        self._tell = tell
        self._scripts = Scripts(files, project, tell, limits or Limits.of_user(), is_dry=is_dry)
        self._seen: Seen | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._scripts.close()

    def generate(self, context: Context, config: Mapping[str, Any]) -> Iterator[Generated]:
        """Yield the schemas that generators make of a configuration."""
        hook = "ace_generate_schema"
        for plugin, value in self._installed.call(hook, context=context, config=config):
            yield Generated(plugin, made_schema(plugin, value))
        for script in self._offering(hook):
            given = {"config": {**config, **(script.config or {})}, "context": context}
            for value in self._call(script, hook, given):
                yield Generated(script.name, made_schema(script.name, value), script)

    def transform(self, context: Context, pattern: Mapping[str, Any]) -> Iterator[Changed]:
        """Yield the pattern each time that a hook changes it; each gets what the last one made."""
        hook = "ace_transform_pattern"
        for plugin, call in self._installed.chain(hook):
            value = changed_pattern(plugin, call(context=context, pattern=pattern))
            if value is not None:
                pattern = value
                yield Changed(plugin, pattern)
        for script in self._offering(hook):
            for given in self._call(script, hook, {"pattern": pattern, "context": context}):
                value = changed_pattern(script.name, given)
                if value is not None:
                    pattern = value
                    yield Changed(script.name, pattern, script)

    def before_generation(self, context: Context) -> dict[str, tuple[str, NewFile]]:
        """Let hooks refuse a run; return the files that they add, by path with the hook's name.

        Raises HookError, too, when two hooks add the same file.
        """
        files: dict[str, tuple[str, NewFile]] = {}
        for name, value in self._results("ace_pre_generation", context):
            given = contribution(name, value, with_files=True)
            self._show(name, given.notices)
            for file in given.files:
                if file.path in files:
                    other = files[file.path][0]
                    raise HookError(name, f"adds {file.path}, which {other} adds, too")
                files[file.path] = (name, file)
        return files

    def after_generation(self, context: Context) -> None:
        """Let hooks refuse what is about to be written."""
        self._check("ace_post_generation", context)

    def before_deployment(self, context: Context) -> None:
        """Let hooks refuse a deployment."""
        self._check("ace_pre_deployment", context)

    def offers(self, hook: str) -> bool:
        """Tell whether a module, or possibly a package, has a hook."""
        return bool(self._installed.points) or any(self._offering(hook))

    def finish(self) -> None:
        """End all processes and see that none of them changed the project."""
        self._scripts.close()
        if self._seen is not None:
            self._refuse_changes("a hook")

    def _check(self, hook: str, context: Context) -> None:
        for name, value in self._results(hook, context):
            self._show(name, contribution(name, value, with_files=False).notices)

    def _results(self, hook: str, context: Context) -> Iterator[tuple[str, Any]]:
        yield from self._installed.call(hook, context=context)
        for script in self._offering(hook):
            for value in self._call(script, hook, {"context": context}):
                yield script.name, value

    def _offering(self, hook: str) -> Iterator[ScriptFile]:
        for script in self._scripts.files:
            if self._seen is None:
                self._seen = seen(self._project)
            if hook in self._scripts.offers(script):
                yield script

    def _call(self, script: ScriptFile, hook: str, arguments: Mapping[str, Any]) -> list[Any]:
        values = self._scripts.call(script, hook, arguments)
        self._refuse_changes(script.name)
        return values

    def _refuse_changes(self, hook: str) -> None:
        if self._seen is None:
            return
        paths = changed(self._seen, seen(self._project), self._project)
        if paths:
            listed = ", ".join(paths[:_MOST_SHOWN])
            more = f" and {len(paths) - _MOST_SHOWN} more" if len(paths) > _MOST_SHOWN else ""
            raise HookError(
                hook,
                f"changed files of the project while it ran: {listed}{more}",
                hint="hooks return the files that they add; undo what they did to others",
            )

    def _show(self, hook: str, notices: Sequence[str]) -> None:
        for text in notices:
            self._tell(hook, text)
