"""Programs that run with nothing of ours, and are ended with what they started."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ace_flow.programs import located, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_PAUSE = 0.1  # seconds between looks at a child
_LONGEST_LINE = 65536  # bytes; a longer one is several
_PIECE = 65536  # bytes taken at once
_GRACE = 5.0  # seconds that a program gets to end in order


class Bare:
    """A process in a group of its own; `stdin` and `stdout` are descriptors."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise TypeError("the process was started with pipes")
        self._process = process
        self._input = process.stdin
        self.pid = process.pid
        self.stdin = process.stdin.fileno()
        self.stdout = process.stdout.fileno()

    def poll(self) -> int | None:
        """Return how it ended, or None while it runs."""
        return self._process.poll()

    def end(self, seconds: float = 5) -> None:
        """Say that nothing more comes, wait so long, and kill what is still there.

        On Windows, where nobody sees to its descendants, they are killed at once.
        """
        if os.name == "nt" and (tool := located("taskkill")):
            tree = [tool, "/T", "/F", "/PID", str(self.pid)]
            subprocess.run(tree, capture_output=True, check=False)
        with suppress(OSError):
            self._input.close()
        wait_for(self._process, seconds)


def start_apart(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Bare:
    """Start a program in a session of its own, with nothing of ours but what is given."""
    return Bare(
        subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            bufsize=0,
        )
    )


class Finished(NamedTuple):
    """How a child ended: its code; and why it was ended, empty if it ended by itself."""

    code: int
    reason: str


def run_child(
    argv: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    timeout_s: float,
    output_limit: int,
    request: bytes | None = None,
    said: Callable[[str], None] = lambda _: None,
    stop: threading.Event | None = None,
) -> Finished:
    """Run a program with nothing of ours but what is given, and end all that it started.

    `said` gets each line of both its streams, `request` is its input. It is ended after
    `timeout_s` seconds, when it prints more than `output_limit` bytes, and when `stop` is set.
    What it started is ended with it, as far as it is in its process group.
    """
    try:
        process = subprocess.Popen(
            argv,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL if request is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        return Finished(-1, f"cannot be run: {error.strerror}")
    reason = ""
    reader = _Reader(process, output_limit, said)
    try:
        reader.start()
        if process.stdin is not None:
            with suppress(BrokenPipeError):
                process.stdin.write(request or b"")
            with suppress(BrokenPipeError):
                process.stdin.close()
        end = time.monotonic() + timeout_s
        while process.poll() is None and not reason:
            if reader.is_too_much:
                reason = f"printed more than {output_limit:,} bytes"
            elif time.monotonic() > end:
                reason = f"took longer than {timeout_s:g} seconds"
            elif stop is not None and stop.is_set():
                reason = "was stopped"
            else:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_PAUSE)
    finally:
        _end_group(process)
        reader.join(_GRACE)
    if not reason and reader.is_too_much:
        reason = f"printed more than {output_limit:,} bytes"
    return Finished(process.returncode, reason)


class _Reader(threading.Thread):
    """Takes what a process prints, so that it never waits for us."""

    def __init__(
        self, process: subprocess.Popen[bytes], limit: int, said: Callable[[str], None]
    ) -> None:
        super().__init__(daemon=True)
        self._stream = process.stdout
        self._limit = limit
        self._said = said
        self.is_too_much = False

    def run(self) -> None:
        total, rest = 0, b""
        while self._stream is not None and (data := os.read(self._stream.fileno(), _PIECE)):
            total += len(data)
            if total > self._limit:
                self.is_too_much = True
                continue
            *lines, rest = (rest + data).split(b"\n")
            if len(rest) > _LONGEST_LINE:
                lines, rest = [*lines, rest], b""
            for line in lines:
                self._said(line.decode("utf-8", "replace").rstrip("\r"))
        if rest:
            self._said(rest.decode("utf-8", "replace"))


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group: politely first where it still runs, then surely."""
    if os.name == "nt":
        if process.poll() is None and (tool := located("taskkill")):
            tree = [tool, "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(tree, capture_output=True, check=False)
        process.kill()
        process.wait()
        return
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
