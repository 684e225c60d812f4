"""One command at a time in a project: a lock that a killed process does not hold."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ace_flow.diagnostics import ConfigurationError
from ace_flow.locks import hold, opened
from ace_flow.project.tree import Tree
from ace_flow.workspace import PROJECT_FOLDER, STATE_PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_NAME = "lock"
_PATIENCE = 600.0
_PAUSE = 0.05


@contextmanager
def locked(root: Path, waiting: Callable[[], None], patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the lock of a project, which is made with its folder if need be.

    `waiting` is called once when another process holds it. Raises ConfigurationError when that
    takes longer than `patience` seconds.
    """
    tree = Tree(root)
    made = [folder for folder in (root, *root.parents) if not folder.exists()]
    path = tree.make_folder(PROJECT_FOLDER) / _NAME
    handle = _take(path, waiting, patience)
    try:
        yield
    finally:
        if not (root / STATE_PATH).exists():
            # Of a project that nothing was written into, nothing is left. Another process that
            # waits for this file sees that it is gone, and makes a new one.
            with suppress(OSError):
                path.unlink()
            tree.remove_folder(PROJECT_FOLDER)
            with suppress(OSError):
                for folder in made:
                    folder.rmdir()
        os.close(handle)


def _take(path: Path, waiting: Callable[[], None], patience: float) -> int:
    end = time.monotonic() + patience
    told = False
    while True:
        handle = opened(path)
        if handle is not None and hold(handle):
            if _is_there(path, handle):
                return handle
            os.close(handle)
            continue
        if handle is not None:
            os.close(handle)
        if not told:
            waiting()
            told = True
        if time.monotonic() > end:
            raise ConfigurationError(
                "another ace is at work in this project, and does not end",
                hint="end it, then run the command again",
            )
        time.sleep(_PAUSE)


def _is_there(path: Path, handle: int) -> bool:
    """Tell whether the file is still the one that everybody else would lock."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(handle))
    except FileNotFoundError:
        return False
