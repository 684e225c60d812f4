"""The programs that others bring: Node, npm, git, and what a user has run."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ace_flow.diagnostics import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

Process = subprocess.Popen[str]

# What Amplify's own packages ask for.
OLDEST_NODE = (20, 19)
_PAUSE = 0.1  # seconds between looks at a child
_LONGEST_LINE = 65536  # bytes; a longer one is several
_GRACE = 5.0  # seconds that a program gets to end in order


def program(name: str) -> str:
    """Return where a program is; raises ConfigurationError when it is not on the PATH."""
    if found := shutil.which(name):
        return found
    raise ConfigurationError(
        f"`{name}` is not installed, or not on the PATH",
        hint="install Node.js 20.19 or newer: https://nodejs.org",
    )


def node_program() -> str:
    """Return where Node is; raises ConfigurationError when it is missing or too old."""
    node = program("node")
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    said = done.stdout
    version = tuple(int(part) for part in re.findall(r"\d+", said)[:2])
    if version >= OLDEST_NODE:
        return node
    oldest = ".".join(map(str, OLDEST_NODE))
    raise ConfigurationError(
        f"Node.js {said.strip() or '(of an unknown version)'} is too old",
        hint=f"install {oldest} or newer: https://nodejs.org",
    )


class Said(NamedTuple):
    """What a program said, on both streams, and how it ended."""

    code: int
    text: str


def hear(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Said:
    """Run a program to its end and return what it said."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Said(done.returncode, done.stdout)


class Given(NamedTuple):
    """What a program wrote, and how it ended."""

    code: int
    content: bytes


def git(*arguments: str) -> Given | None:
    """Run git without anybody's settings, and return what it wrote; None when there is no git."""
    found = shutil.which("git")
    if found is None:
        return None
    plain = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment = {**plain, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        [found, *arguments],
        env={**environment, "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Given(done.returncode, done.stdout)


def ask(command: Sequence[str | Path], folder: Path, said: bytes, patience: float) -> bytes | None:
    """Run a program that answers what it is told; None when it fails, or takes so many seconds."""
    try:
        done = subprocess.run(
            command, cwd=folder, input=said, capture_output=True, timeout=patience, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout


def start(command: Sequence[str | Path], folder: Path) -> Process:
    """Start a program that is talked to, in text."""
    return subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # Ctrl-C in the terminal is for us, who end it in the right order.
        start_new_session=True,
    )


def wait_for(process: subprocess.Popen[str] | subprocess.Popen[bytes], seconds: float) -> None:
    """Wait until a program ends, and end it when that takes longer."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run(command: Sequence[str]) -> int:
    """Run what a user asked for, where they are and as they would, and return how it ended.

    Raises ConfigurationError when it cannot be run.
    """
    try:
        return subprocess.run(command, check=False).returncode
    except OSError as error:
        raise ConfigurationError(f"`{command[0]}` cannot be run: {error.strerror}") from error


def run_npm(folder: Path, arguments: Sequence[str]) -> None:
    """Run npm in a folder; what it prints goes where our own output goes.

    Raises ConfigurationError when it fails.
    """
    done = subprocess.run([program("npm"), *arguments], cwd=folder, check=False)
    if done.returncode:
        raise ConfigurationError(f"`npm {' '.join(arguments)}` failed in {folder}")


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
        if os.name == "nt" and (tool := shutil.which("taskkill")):
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
        while self._stream is not None and (data := self._stream.read1()):  # type: ignore[attr-defined] # a pipe is buffered
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
        if process.poll() is None and (tool := shutil.which("taskkill")):
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


class Ended(NamedTuple):
    """How a program ended, and if somebody pressed Ctrl-C while it ran."""

    code: int
    was_interrupted: bool


def run_on(
    command: Sequence[str | Path],
    folder: Path,
    out: int | None = None,
    also: Mapping[str, str] | None = None,
) -> Ended:
    """Run a program in a folder as its user would, to its own end.

    `also` are variables that it finds beside all of ours. Ctrl-C is the program's to act on: the
    terminal sends it to both, and we wait. `out` is where its output goes, if not where ours does.
    Raises ConfigurationError when it cannot be run.
    """
    try:
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, env={**os.environ, **(also or {})}
        )
    except OSError as error:
        raise ConfigurationError(f"`{command[0]}` cannot be run: {error.strerror}") from error
    was_interrupted = False
    while True:
        try:
            return Ended(process.wait(), was_interrupted)
        except KeyboardInterrupt:
            was_interrupted = True
        except BaseException:
            process.terminate()
            wait_for(process, _GRACE)
            raise
