"""Files that one process holds at a time; a killed one holds none."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold a file for as long as something runs, and tell if nobody else holds it; never waits."""
    handle = opened(path)
    try:
        yield handle is not None and hold(handle)
    finally:
        if handle is not None:
            os.close(handle)


def opened(path: Path) -> int | None:
    """Return a file that is open to be held, made if need be; None when another try is due."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        return os.open(path, flags, 0o644)
    except FileNotFoundError:
        # Whoever was at work before has removed the folder, which was empty.
        path.parent.mkdir(parents=True, exist_ok=True)
        return None
    except PermissionError:
        # Windows refuses to open what is being deleted.
        if os.name == "nt":
            return None
        raise


if sys.platform == "win32":
    import msvcrt

    def hold(handle: int) -> bool:
        """Hold an open file until it is closed, and tell if nobody else does."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def hold(handle: int) -> bool:
        """Hold an open file until it is closed, and tell if nobody else does."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
