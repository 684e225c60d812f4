"""Runs one child process that answers requests over files in a private folder, within limits."""

from __future__ import annotations

import json
import os
import secrets
import signal
import stat
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ace_flow.children import start_apart
from ace_flow.plugins.contexts import to_plain
from ace_flow.workspace import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ace_flow.children import Bare

# What a program cannot do without, on any system. Nobody's keys and tokens are among them.
_PASSED = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT")
_HOMES = ("HOME", "TMPDIR", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_MOMENT = 0.1  # seconds in which a mark that was printed is seen
# Windows has neither.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)
SECONDS_VARIABLE = "ACE_HOOK_SECONDS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may use: seconds for each call; bytes printed, answered, and of memory."""

    seconds: float = 60
    printed: int = 1024 * 1024
    answered: int = 8 * 1024 * 1024
    memory: int = 2 * 1024 * 1024 * 1024

    @classmethod
    def of_user(cls) -> Limits:
        """Return the limits, with the seconds that the user's environment states if it does."""
        with suppress(ValueError):
            seconds = float(os.environ.get(SECONDS_VARIABLE, ""))
            if seconds > 0:
                return cls(seconds=seconds)
        return cls()


class ChildError(Exception):
    """A child did not answer as it should; the text says why. `printed` is what it printed."""

    def __init__(self, text: str, printed: str = "") -> None:
        super().__init__(text)
        self.printed = printed


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, and what was printed meanwhile."""

    value: Any
    printed: str


class Child:
    """A process that answers requests, one at a time; `close` ends it and all that it started."""

    def __init__(self, command: Sequence[str], folder: Path, limits: Limits) -> None:
        """Start a command; `folder` is where requests and answers are, and nobody else looks.

        Raises OSError when it cannot be started.
        """
        self._folder = folder
        self._limits = limits
        self._count = 0
        self._printed = bytearray()
        self._seen = 0
        home = folder / "home"
        home.mkdir(exist_ok=True)
        environment = {
            **{name: os.environ[name] for name in _PASSED if name in os.environ},
            **dict.fromkeys(_HOMES, str(home)),
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "TZ": "UTC",
        }
        self._process: Bare = start_apart(_kept(command, limits), home, environment)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def ask(self, request: Mapping[str, Any]) -> Answer:
        """Return the answer to a request.

        Raises ChildError when it is an error, or there is none within the limits; the child is of
        no more use then, but where `is_alive`.
        """
        self._count += 1
        mark = f"\n{secrets.token_hex(16)}\n"
        text = json.dumps({**request, "mark": mark}, allow_nan=False, default=to_plain)
        _write_new(self._folder / f"{self._count}.request", text)
        with suppress(OSError):  # Who has ended is noticed below.
            os.write(self._process.stdin, f"{self._count}\n".encode())
        try:
            answer = self._awaited(self._folder / f"{self._count}.answer")
        except ChildError as error:
            error.printed = self.printed(mark, _MOMENT)
            raise
        printed = self.printed(mark)
        if "error" in answer:
            raise ChildError(str(answer["error"]), printed)
        return Answer(answer.get("value"), printed)

    def printed(self, mark: str = "", patience: float = 1) -> str:
        """Return what was printed since the last time: until `mark`, else so far.

        The mark is waited for so many seconds.
        """
        wanted = mark.encode()
        deadline = time.monotonic() + patience
        while mark and wanted not in self._printed[self._seen :] and self.is_alive:
            if time.monotonic() > deadline:
                break
            time.sleep(0.001)
        said = bytes(self._printed[self._seen :])
        before, found, _ = said.partition(wanted) if mark else (said, b"", b"")
        self._seen += len(before) + len(found)
        return before.decode("utf-8", "replace")

    @property
    def is_alive(self) -> bool:
        """Whether it can answer."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the child and all that it started."""
        self._process.end()
        self._reader.join(timeout=2)

    def _awaited(self, file: Path) -> dict[str, Any]:
        deadline = time.monotonic() + self._limits.seconds
        pause = 0.0005
        while not os.path.lexists(file):
            if len(self._printed) > self._limits.printed:
                break
            if not self.is_alive and not os.path.lexists(file):
                raise ChildError(f"{self._ending()} without an answer")
            if time.monotonic() > deadline:
                raise ChildError(
                    f"took longer than {self._limits.seconds:g} seconds; "
                    f"{SECONDS_VARIABLE} can allow more"
                )
            time.sleep(pause)
            pause = min(pause * 1.5, 0.02)
        if len(self._printed) > self._limits.printed:
            raise ChildError(f"printed more than {self._limits.printed:,} bytes")
        content = _content(file, self._limits.answered + 1)
        if len(content) > self._limits.answered:
            raise ChildError(f"answered more than {self._limits.answered:,} bytes")
        try:
            answer = json.loads(content.decode("utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ChildError(f"answered what is no JSON: {error}") from error
        if not isinstance(answer, dict):
            raise ChildError("answered what is no answer")
        return answer

    def _ending(self) -> str:
        code = self._process.poll() or 0
        number = code - 128 if code > 128 else -code  # noqa: PLR2004 - as shells tell of signals
        if number > 0:
            with suppress(ValueError):
                return f"was stopped by {signal.Signals(number).name}"
        return f"ended with code {code}"

    def _read(self) -> None:
        """Take what is printed, and from a certain amount on only see to it that it goes away."""
        with suppress(OSError):
            while data := os.read(self._process.stdout, 65536):
                if len(self._printed) <= self._limits.printed:
                    self._printed += data


def _write_new(file: Path, text: str) -> None:
    """Write a file that is not there; raises ChildError when something else is."""
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError:
        raise ChildError("put something in the place of a request") from None


def _content(file: Path, most: int) -> bytes:
    """Return at most so many bytes of a file; raises ChildError for what is none, such as a pipe.

    It is in the hands of the child, so that it can be anything, also a file without end.
    """
    flags = os.O_RDONLY | _NO_LINK | _NO_WAITING | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(file, flags)
    except OSError as error:
        raise ChildError(f"answered what cannot be read: {error.strerror}") from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ChildError("answered what is no file")
        with os.fdopen(handle, "rb", closefd=False) as opened:
            return opened.read(most)
    finally:
        os.close(handle)


def _kept(command: Sequence[str], limits: Limits) -> list[str]:
    """Return a command under the keeper, who ends all that it starts; Windows has none."""
    if os.name == "nt":
        return list(command)
    keeper = str(shipped("hooks") / "keeper.py")
    return [sys.executable, "-I", "-S", "-B", keeper, str(limits.memory), *command]


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
