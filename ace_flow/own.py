"""What runs in a project because it lies there: its scripts and modules, and their hash."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ace_flow.diagnostics import ConfigurationError, PatternError, has_errors
from ace_flow.loader import read_document
from ace_flow.registry import Code, Klass, UnsafePathError, code_of_files, files_below, shown_path
from ace_flow.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.plugins import ScriptHook

# What a module with hooks is written in, as the name of its file ends.
MODULES = frozenset({".cjs", ".js", ".mjs", ".mts", ".py", ".ts"})
HOOKS_FILE = f"{PROJECT_FOLDER}/hooks.yml"
HOOKS_FOLDER = f"{PROJECT_FOLDER}/hooks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A project's own programs: the scripts of its `hooks.yml`, and all of them as code.

    `code` is None where there are none. `findings` are warnings about `hooks.yml`.
    """

    scripts: tuple[ScriptHook, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    code: Code | None = None


def own_programs(root: Path, here: Path) -> Own:
    """Read what runs by itself in the project in `root`; `here` is where messages see it from.

    Raises PatternError when `hooks.yml` has errors, and ConfigurationError when files cannot be
    read, or lead elsewhere.
    """
    if (root / PROJECT_FOLDER).is_symlink():
        raise ConfigurationError(f"{PROJECT_FOLDER} is a link", hint="replace it by a real folder")
    contents = _modules(root)
    runs = [path for path in contents if PurePosixPath(path).suffix in MODULES]
    scripts: tuple[ScriptHook, ...] = ()
    findings: list[Diagnostic] = []
    file = root / HOOKS_FILE
    if file.is_symlink():
        raise ConfigurationError(f"{HOOKS_FILE} is a link", hint="replace it by a real file")
    if file.is_file():
        from ace_flow.plugins import read_hooks, started_files  # noqa: PLC0415 - few have scripts

        content = file.read_bytes()
        scripts, findings = read_hooks(read_document(shown_path(file, here), content))
        started: dict[str, bytes] = {}
        for script in scripts:
            files, wrong = started_files(script, root)
            started |= files
            findings += wrong
        if has_errors(findings):
            raise PatternError(findings)
        contents |= started | {HOOKS_FILE: content}
        runs += [f"{item.event}: {item.name}: {item.script.strip()}" for item in scripts]
    if not runs:
        return Own(findings=tuple(findings))
    code = code_of_files(
        contents,
        name=f"{root.resolve().name}/{PROJECT_FOLDER}",
        reference="",
        origin="project",
        klass=Klass.RUNS,
        runs=runs,
    )
    return Own(scripts=scripts, findings=tuple(findings), code=code)


def _modules(root: Path) -> dict[str, bytes]:
    folder = root / HOOKS_FOLDER
    if folder.is_symlink():
        raise ConfigurationError(f"{HOOKS_FOLDER} is a link", hint="replace it by a real folder")
    try:
        return files_below(root, HOOKS_FOLDER) if folder.is_dir() else {}
    except UnsafePathError as error:
        raise ConfigurationError(str(error)) from error
