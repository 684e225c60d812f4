"""Tells whether somebody changed files of a project, by their sizes and times."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

from ace_flow.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    Seen: TypeAlias = dict[str, tuple[int, int, int]]

# What other tools write while people work, and too much to look at.
_SKIPPED = frozenset(
    {".amplify", ".cache", ".git", ".venv", "cdk.out", "dist", "node_modules", "__pycache__"}
)


def seen(root: Path) -> Seen:
    """Return the files of a project with what changes when they are written; links as they are."""
    found: Seen = {}
    waiting = [str(root)]
    lock = str(root / PROJECT_FOLDER / "lock")
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _SKIPPED:
                        waiting.append(entry.path)
                    continue
                if entry.path == lock:
                    continue
                with suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    found[entry.path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def changed(before: Seen, after: Seen, root: Path) -> list[str]:
    """Return the paths, relative to the project, that are new, gone or written since."""
    paths = {*before, *after}
    return sorted(
        os.path.relpath(path, root).replace(os.sep, "/")
        for path in paths
        if before.get(path) != after.get(path)
    )
