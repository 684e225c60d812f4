"""Runs something in a process of its own that is killed at a given step."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# What Python tells of before it asks the system for it, as far as that changes a disk.
STEPS = ("open", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree")


def is_killed(do: Callable[[], object], step: int) -> bool:
    """Do something in a child that is killed before its step of that number.

    Steps are what touches files. Tells if it came so far; it may not fail otherwise.
    """
    child = os.fork()
    if child == 0:
        try:
            count = 0

            def at(event: str, _: tuple[object, ...]) -> None:
                nonlocal count
                if event in STEPS:
                    count += 1
                    if count > step:
                        os.kill(os.getpid(), signal.SIGKILL)

            sys.addaudithook(at)
            do()
        except BaseException:  # noqa: BLE001 nothing of the tests may run in the child
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False
