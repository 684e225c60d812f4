"""The modules that patterns and projects bring, loaded in one process for each language."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ace_flow.caches import passing
from ace_flow.diagnostics import HookError
from ace_flow.model import PYTHON_SUFFIXES, SCRIPT_SUFFIXES
from ace_flow.pinned import installed_folder
from ace_flow.plugins.contexts import in_camel_case
from ace_flow.plugins.running import Child, ChildError, Limits
from ace_flow.programs import node_program
from ace_flow.workspace import PACKAGE, shipped, with_package

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from tempfile import TemporaryDirectory

    from ace_flow.plugins.running import Answer

# The hooks that modules of patterns and projects may have: the others are for packages.
SCRIPTED = (
    "ace_generate_schema",
    "ace_transform_pattern",
    "ace_pre_generation",
    "ace_post_generation",
    "ace_pre_deployment",
)
_COMPILERS = ("esbuild", "tsx")
# Of what a call prints, so many lines are told.
_MOST_LINES = 100
# In mebibytes; what the modules themselves keep is in there.
_NODE_HEAP = 768


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScriptFile:
    """A module to be run: what messages call it, whose it is, its path there and its bytes.

    `owner` is the document or the folder that names it; modules of the same one reach each other
    by relative imports. `config` is what a generator is given beyond parameters. `hooks` are those
    that it is asked for, of which it must have one.
    """

    name: str
    owner: str
    path: str
    content: bytes
    hooks: tuple[str, ...]
    config: Mapping[str, Any] | None = None

    @property
    def is_helper(self) -> bool:
        """Whether it is there for others to import, as a leading `_` of the name says, too."""
        return not self.hooks or PurePosixPath(self.path).name.startswith("_")

    @property
    def is_python(self) -> bool:
        """Whether it is in Python."""
        return PurePosixPath(self.path).suffix in PYTHON_SUFFIXES


def is_script(path: str) -> bool:
    """Tell whether a path is that of a module in a language that hooks are written in."""
    return PurePosixPath(path).suffix in SCRIPT_SUFFIXES


class Scripts:
    """Modules in processes of their own, which start when the first one is needed."""

    def __init__(
        self,
        files: Sequence[ScriptFile],
        project: Path,
        tell: Callable[[str, str], None],
        limits: Limits,
        *,
        is_dry: bool = False,
    ) -> None:
        """Prepare modules; `tell` is given the lines that each prints, with its name.

        With `is_dry`, the project's own compiler is not used for modules in TypeScript.
        """
        self.files = tuple(file for file in files if not file.is_helper)
        self._all = tuple(files)
        self._project = project
        self._tell = tell
        self._limits = limits
        self._is_dry = is_dry
        self._passing: TemporaryDirectory[str] | None = None
        self._folder: Path | None = None
        self._children: dict[bool, Child] = {}
        self._offers: dict[ScriptFile, tuple[str, ...]] = {}

    def offers(self, file: ScriptFile) -> tuple[str, ...]:
        """Return the hooks that a module has.

        Raises HookError when a module of its language cannot be loaded, or has none;
        ConfigurationError when it needs Node and there is none.
        """
        if file not in self._offers:
            self._load(is_python=file.is_python)
        return self._offers[file]

    def call(self, file: ScriptFile, hook: str, arguments: Mapping[str, Any]) -> list[Any]:
        """Call a hook that a module offers, and return what it gives, for each time it has it.

        Raises HookError when that fails.
        """
        self.offers(file)
        mine = [item for item in self.files if item.is_python is file.is_python]
        camel = set() if file.is_python else {"config", "context"}
        given = {
            key: in_camel_case(value) if key in camel else value for key, value in arguments.items()
        }
        request = {"call": "run", "module": mine.index(file), "hook": hook, "arguments": given}
        value = self._ask(file.is_python, request, file.name).value
        if not isinstance(value, list):
            raise HookError(file.name, "answered what is no answer")
        return value

    def close(self) -> None:
        """End all processes, and remove what they used."""
        for child in self._children.values():
            child.close()
        self._children.clear()
        self._offers.clear()
        if self._passing is not None:
            self._passing.cleanup()
            self._passing = self._folder = None

    def _load(self, *, is_python: bool) -> None:
        mine = [item for item in self.files if item.is_python is is_python]
        names = ", ".join(item.name for item in mine)
        command = self._command(is_python=is_python)
        folder = self._made() / ("python" if is_python else "javascript")
        folder.mkdir(exist_ok=True)
        try:
            self._children[is_python] = Child(command, folder, self._limits)
        except OSError as error:
            raise HookError(names, f"cannot be run: {error.strerror}") from error
        request = {"call": "load", "files": [str(self._place(item)) for item in mine]}
        told = self._ask(is_python, request, names).value
        if not isinstance(told, list) or len(told) != len(mine):
            raise HookError(names, "gave an answer that is none")
        for item, loaded in zip(mine, told, strict=True):
            if not isinstance(loaded, dict):
                raise HookError(item.name, "gave an answer that is none")
            if "error" in loaded:
                raise HookError(item.name, f"cannot be loaded: {loaded['error']}")
            offers = loaded.get("offers", ())
            self._offers[item] = tuple(hook for hook in item.hooks if hook in offers)
            if not self._offers[item]:
                raise _idle(item)

    def _ask(self, is_python: bool, request: Mapping[str, Any], name: str) -> Answer:
        child = self._children[is_python]
        try:
            answer = child.ask(request)
        except ChildError as error:
            self._say(name, error.printed)
            raise HookError(name, str(error)) from error
        self._say(name, answer.printed)
        return answer

    def _say(self, name: str, text: str) -> None:
        lines = text.strip("\r\n").splitlines()
        for line in lines[:_MOST_LINES]:
            self._tell(name, line)
        if (rest := len(lines) - _MOST_LINES) > 0:
            self._tell(name, f"and {rest:,} more lines")

    def _command(self, *, is_python: bool) -> list[str]:
        folder = str(self._made() / ("python" if is_python else "javascript"))
        runners = shipped("hooks")
        if is_python:
            runner = str(runners / "runner.py")
            return [sys.executable, "-I", "-B", runner, str(PACKAGE.parent), folder]
        heap = f"--max-old-space-size={_NODE_HEAP}"
        runner = str(runners / "runner.mjs")
        node = [node_program(), heap, "--no-warnings", runner, folder]
        return [*node, self._compiler(), "dry" if self._is_dry else ""]

    def _compiler(self) -> str:
        """Return the folder whose packages compile TypeScript; an empty text if none is needed.

        Nobody has looked at those of the project: ace's own come first.
        """
        if not any(item.path.endswith((".ts", ".mts")) for item in self._all):
            return ""
        if own := installed_folder():
            return str(own)
        project = self._project.resolve()
        found = [] if self._is_dry else [with_package(project, name) for name in _COMPILERS]
        return str(next(filter(None, found), ""))

    def _made(self) -> Path:
        """Return the folder of this run, which holds the modules as they were trusted."""
        if self._folder is None:
            self._passing = passing("ace-hooks-")
            self._folder = Path(self._passing.name)
            for item in self._all:
                place = self._place(item)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(item.content)
                # What lies above the modules must not say of what kind they are.
                with suppress(FileExistsError):
                    (self._root(item) / "package.json").open("x").write("{}")
        return self._folder

    def _place(self, item: ScriptFile) -> Path:
        return self._root(item).joinpath(*item.path.split("/"))

    def _root(self, item: ScriptFile) -> Path:
        owners = list(dict.fromkeys(file.owner for file in self._all))
        return self._made() / "modules" / str(owners.index(item.owner))


def _idle(item: ScriptFile) -> HookError:
    """Say of a module that it has nothing of what it is named for."""
    if item.hooks == ("ace_generate_schema",):
        want = "def generate_schema(parameters)" if item.is_python else "a generateSchema function"
        return HookError(item.name, "generates no schema", hint=f"it needs {want}")
    want = (
        "a function like ace_pre_generation(context)"
        if item.is_python
        else "an exported object whose name ends in Hooks, with preGeneration or the like"
    )
    hint = f"it needs {want}; what others only import has a name that begins with `_`"
    return HookError(item.name, "has no hooks", hint=hint)
