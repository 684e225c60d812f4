"""Patterns in folders: which files are patterns, and the files that belong to one."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from ace_flow.diagnostics import ConfigurationError
from ace_flow.files import unsafe_path
from ace_flow.names import nearest
from ace_flow.registry.entry import Entry, UnsafePathError
from ace_flow.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = frozenset({".yaml", ".yml"})
# More than the loader takes: a device without end must not fill the memory.
_MAX_BYTES = 16 * 1024 * 1024
_MAX_FILES = 2000


def pattern_files(folder: Path) -> list[Path]:
    """Return the YAML files directly in `folder`, by name; none when there is no such folder.

    A link that leads elsewhere is none: a project that was cloned must not show other files.
    """
    if not folder.is_dir():
        return []
    home = folder.resolve()
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix in SUFFIXES and path.is_file() and path.resolve().parent == home
    )


def file_entry(path: Path, *, origin: str, location: str) -> Entry:
    """Return the pattern in a file; raises OSError when it cannot be read."""
    with path.open("rb") as file:
        document = file.read(_MAX_BYTES)
    return Entry(
        origin=origin,
        location=location,
        document=document,
        read=lambda name: _read_beside(path, name),
        beside=lambda name: _loadable(path, name),
    )


def places_beside(pattern: Path, name: str) -> list[Path]:
    """Return where a file that a pattern names is looked for, the first place first."""
    folder = pattern.resolve().parent
    roots = [folder, *(parent for parent in folder.parents if parent.name == PROJECT_FOLDER)]
    return [root / name for root in roots]


def is_beside(path: str, module: str) -> bool:
    """Tell whether a file is in the outermost folder on the way to a module, which may load it."""
    top, below, _ = module.partition("/")
    return path.startswith(f"{top}/") if below else path == module


def files_below(root: Path, folder: str) -> dict[str, bytes]:
    """Return all files in a folder below `root`, by their paths from there.

    What begins with a dot and what Python leaves behind is no part of it. Raises UnsafePathError
    when there is a link, a name that is not portable, or more than 2,000 files or 16 MiB.
    """
    found: dict[str, bytes] = {}
    total = 0
    for name in sorted(_walk(root, folder)):
        if problem := unsafe_path(name):
            raise UnsafePathError(f"`{name}`, which a module could load: {problem}")
        found[name] = (root / name).read_bytes()
        total += len(found[name])
        if len(found) > _MAX_FILES or total > _MAX_BYTES:
            raise UnsafePathError(f"`{folder}` holds more than {_MAX_FILES:,} files, or 16 MiB")
    return found


def _walk(root: Path, folder: str) -> Iterator[str]:
    for item in os.scandir(root / folder):
        name = f"{folder}/{item.name}"
        if item.name.startswith(".") or item.name == "__pycache__":
            continue
        status = item.stat(follow_symlinks=False)
        # A junction is a link to Windows, and a folder to Python before 3.12.
        if item.is_symlink() or getattr(status, "st_reparse_tag", 0) != 0:
            raise UnsafePathError(f"`{name}`, which a module could load, is a link")
        if stat.S_ISDIR(status.st_mode):
            yield from _walk(root, name)
        elif stat.S_ISREG(status.st_mode):
            yield name
        else:
            raise UnsafePathError(f"`{name}`, which a module could load, is no file")


def _read_beside(pattern: Path, name: str) -> bytes | None:
    """Read a file relative to the pattern's folder, else to the `.ace-flow` folder around it."""
    if problem := unsafe_path(name):
        raise UnsafePathError(problem)
    root = _root(pattern, name)
    if root is None:
        return None
    path = root / name
    if path.resolve() != path:
        raise UnsafePathError("the path goes through a link")
    return path.read_bytes()


def _loadable(pattern: Path, name: str) -> dict[str, bytes]:
    root = _root(pattern, name)
    top, below, _ = name.partition("/")
    return files_below(root, top) if root and below else {}


def _root(pattern: Path, name: str) -> Path | None:
    """Return the folder that a file of a pattern is in."""
    depth = name.count("/") + 1
    found = (place for place in places_beside(pattern, name) if place.is_file())
    return next((place.parents[depth - 1] for place in found), None)


def nearest_file(path: Path) -> str | None:
    """Say which file is meant by a path where there is none; None when nothing is like it."""
    if not path.parent.is_dir():
        return f"there is no folder {path.parent.name} either"
    others = [item.name for item in path.parent.iterdir() if item.suffix in SUFFIXES]
    near = nearest(path.name, others)
    return f"did you mean {near}?" if near else None


def is_folder(reference: str) -> ConfigurationError:
    """Return the error for a folder that was named in place of a pattern's file."""
    return ConfigurationError(
        f"{reference} is a folder, not a pattern file", hint="name a .yml file in it"
    )
