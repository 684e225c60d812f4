"""What runs in a project because it lies there: its scripts and modules, and their hash."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from ace_flow.diagnostics import ConfigurationError, PatternError, has_errors
from ace_flow.model import SCRIPT_SUFFIXES
from ace_flow.registry import Code, Klass, UnsafePathError, code_of_files, files_below, shown_path
from ace_flow.workspace import HOOKS_FILE, HOOKS_FOLDER, PROJECT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.plugins.script import ScriptHook


class Own(Struct, frozen=True, kw_only=True):
    """A project's own programs: the scripts of its `hooks.yml`, and all of them as code.

    `code` is None where there are none; `modules` are the files in the folder of hooks, by path.
    `findings` are warnings about `hooks.yml`.
    """

    scripts: tuple[ScriptHook, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    code: Code | None = None
    modules: Mapping[str, bytes] = {}


def own_programs(root: Path, here: Path) -> Own:
    """Read what runs by itself in the project in `root`; `here` is where messages see it from.

    Raises PatternError when `hooks.yml` has errors, and ConfigurationError when files cannot be
    read, or lead elsewhere.
    """
    if (root / PROJECT_FOLDER).is_symlink():
        raise ConfigurationError(f"{PROJECT_FOLDER} is a link", hint="replace it by a real folder")
    modules = _modules(root)
    contents = dict(modules)
    runs = [path for path in contents if PurePosixPath(path).suffix in SCRIPT_SUFFIXES]
    scripts: tuple[ScriptHook, ...] = ()
    findings: list[Diagnostic] = []
    file = root / HOOKS_FILE
    if file.is_symlink():
        raise ConfigurationError(f"{HOOKS_FILE} is a link", hint="replace it by a real file")
    if file.is_file():
        from ace_flow.loader import read_document  # noqa: PLC0415 - few have scripts
        from ace_flow.plugins.commands import started_files  # noqa: PLC0415 - likewise
        from ace_flow.plugins.hooks_file import read_hooks  # noqa: PLC0415 - likewise

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
    return Own(scripts=scripts, findings=tuple(findings), code=code, modules=modules)


def _modules(root: Path) -> dict[str, bytes]:
    folder = root / HOOKS_FOLDER
    if folder.is_symlink():
        raise ConfigurationError(f"{HOOKS_FOLDER} is a link", hint="replace it by a real folder")
    try:
        return files_below(root, HOOKS_FOLDER) if folder.is_dir() else {}
    except UnsafePathError as error:
        raise ConfigurationError(str(error)) from error
