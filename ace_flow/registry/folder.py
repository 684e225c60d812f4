"""Patterns in folders: which files are patterns, and the files that belong to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.files import unsafe_path
from ace_flow.registry.entry import Entry, UnsafePathError
from ace_flow.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = frozenset({".yaml", ".yml"})
# More than the loader takes: a device without end must not fill the memory.
_MAX_BYTES = 16 * 1024 * 1024


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
    )


def places_beside(pattern: Path, name: str) -> list[Path]:
    """Return where a file that a pattern names is looked for, the first place first."""
    folder = pattern.resolve().parent
    roots = [folder, *(parent for parent in folder.parents if parent.name == PROJECT_FOLDER)]
    return [root / name for root in roots]


def _read_beside(pattern: Path, name: str) -> bytes | None:
    """Read a file relative to the pattern's folder, else to the `.ace-flow` folder around it."""
    if problem := unsafe_path(name):
        raise UnsafePathError(problem)
    for path in places_beside(pattern, name):
        if path.is_file():
            if path.resolve() != path:
                raise UnsafePathError("the path goes through a link")
            return path.read_bytes()
    return None
