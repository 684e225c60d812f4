"""Starts one program, hands it what comes in, and ends it with all that it started.

`python keeper.py MEMORY PROGRAM ARGUMENTS` runs a program in a session of its own with at most
MEMORY bytes of addresses (0 for no limit). What comes on standard input goes to the program's;
when that ends, or the program does, everything that descends from it is killed. On Linux that
includes processes which left its session: whoever loses their parent becomes a child of this
program, as PR_SET_CHILD_SUBREAPER says. Elsewhere it is the program's process group.

Takes nothing but the standard library; for systems with `fork`.
"""  # noqa: INP001 - a program, no package

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import sys
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def main(memory: int, command: list[str]) -> int:
    """Run a command to its end, or to that of our input; return how it ended."""
    _control(PR_SET_CHILD_SUBREAPER, 1)
    told, telling = os.pipe()
    os.set_blocking(telling, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(telling, warn_on_full_buffer=False)
    inside, outside = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.dup2(inside, 0)
        # Who kills us is not left alone either.
        _control(PR_SET_PDEATHSIG, signal.SIGKILL)
        _limit(memory)
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    os.close(inside)
    try:
        return _until_the_end(child, told, outside)
    finally:
        _end(child)


def _control(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        # macOS knows the limit and refuses to set it.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _until_the_end(child: int, told: int, outside: int) -> int:
    """Hand on what comes in until there is no more, or nobody to take it."""
    while True:
        ready, _, _ = select.select([0, told], [], [])
        if told in ready:
            os.read(told, 4096)
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
        if 0 in ready:
            data = os.read(0, 65536)
            if not data:
                return 0
            with suppress(BrokenPipeError):
                os.write(outside, data)


def _end(child: int) -> None:
    """Kill everybody who is left, until nobody is."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    while True:
        for process in _children():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def _children() -> list[int]:
    """Return our children, those among them who lost their parent; none where nobody tells."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            # The name stands in parentheses and may hold any others.
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state != "Z":
                found.append(int(folder.name))
    return found


if __name__ == "__main__":
    code = main(int(sys.argv[1]), sys.argv[2:])
    sys.exit(code if code >= 0 else 128 - code)
