"""A terminal of its own for a command, and somebody who answers what it asks."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WAIT = 60


class Seen(NamedTuple):
    code: int
    screen: str


def converse(arguments: Sequence[str], cwd: Path, answers: Sequence[tuple[str, str]]) -> Seen:
    """Run `ace` on a terminal; type each answer once the text before it has appeared."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "ace_flow", *arguments],
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "NO_COLOR": "1", "TERM": "xterm"},
        preexec_fn=_take_terminal,  # noqa: PLW1509 - no threads are about
    ) as process:
        os.close(theirs)
        try:
            screen = _talk(ours, answers)
            return Seen(process.wait(WAIT), screen)
        finally:
            process.kill()
            os.close(ours)


def _take_terminal() -> None:
    import fcntl  # noqa: PLC0415 - in the child
    import termios  # noqa: PLC0415

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _talk(terminal: int, answers: Sequence[tuple[str, str]]) -> str:
    screen, done = "", 0
    left = [*answers]
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            read = os.read(terminal, 65536)
        except OSError:  # the other end was closed
            read = b""
        if not read:
            assert not left, f"never asked for {left[0][0]}:\n{screen}"
            return screen
        screen += read.decode(errors="replace").replace("\r\n", "\n")
        while left and left[0][0] in screen[done:]:
            prompt, answer = left.pop(0)
            done = screen.index(prompt, done) + len(prompt)
            # A signal just before Python begins to wait for a line would wait for that line.
            time.sleep(0.3)
            os.write(terminal, answer.encode())
    raise AssertionError(f"no end:\n{screen}")
