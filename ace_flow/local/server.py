"""The process that serves a backend on this machine, and what is asked of it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import urlencode

from ace_flow.diagnostics import AttentionError
from ace_flow.programs import start, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import IO

_SECONDS_TO_END = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may sign in: a name or an address, and groups."""

    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Where a frontend is served, and the secret of its page for signing in."""

    url: str
    secret: str

    def address(self, email: str) -> str:
        """Return where somebody is signed in: an origin of their own, so that several can be."""
        name = re.sub(r"[^a-z0-9-]+", "-", email.partition("@")[0].lower()).strip("-") or "somebody"
        origin = self.url.replace("//localhost", f"//{name}.localhost")
        return f"{origin}/.ace-flow/sign-in?{urlencode({'as': email, 'secret': self.secret})}"


class Server:
    """Serves an assembly until it is left.

    `log` takes what the backend and its functions print, line by line. Raises AttentionError when
    the assembly cannot be served, or the port is taken.
    """

    def __init__(
        self,
        node: str,
        program: Path,
        assembly: Path,
        *,
        data: Path,
        outputs: Path,
        log: Callable[[str], None],
    ) -> None:
        self._lines: list[str] = []
        self._log = log
        self._lock = threading.Lock()
        arguments = ("--guarded", "--data", data, "--outputs", outputs)
        process = start([node, "main.js", assembly, *arguments], program)
        self._process = process
        # They are there: the process was asked for pipes.
        self._input = cast("IO[str]", process.stdin)
        self._output = cast("IO[str]", process.stdout)
        errors = cast("IO[str]", process.stderr)
        self._reader = threading.Thread(target=self._read_log, args=(errors,), daemon=True)
        self._reader.start()
        try:
            ready = self._answer()
        except BaseException:
            self.close()
            raise

        self.url: str = ready["url"]
        # What people must know who use it, such as values that nobody set.
        self.notes: tuple[str, ...] = tuple(ready["notes"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def page(self) -> str:
        """Return the address of the page that shows the backend."""
        return self.url.removesuffix("graphql")

    @staticmethod
    def check_port(port: int) -> None:
        """Raise AttentionError if a port is taken; 0 is any that is free."""
        try:
            with socket.socket() as tried:
                if os.name != "nt":
                    # As Node does: what ended a moment ago does not count.
                    tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(("127.0.0.1", port))
        except OSError as error:
            hint = "take another, or none: then any is taken that is free"
            raise AttentionError(f"port {port} is taken", hint=hint) from error

    def check(self) -> None:
        """Raise AttentionError if the process ended."""
        if self._process.poll() is not None:
            raise self._ended()

    def load(self, assembly: Path) -> None:
        """Serve another assembly; the one before goes on when that cannot be served."""
        self.notes = tuple(self._ask("load", str(assembly))["notes"])

    def admit(self, person: Person, password: str) -> str:
        """Let somebody sign in, and return the address by which they do."""
        asked = {"name": person.name, "groups": person.groups, "password": password}
        return str(self._ask("admit", asked)["email"])

    def front(self, project: Path, port: int) -> Front:
        """Run the development server of a project's frontend, and serve it."""
        answer = self._ask("front", {"folder": str(project), "port": port})
        return Front(url=answer["url"], secret=answer["secret"])

    def seed(self, records: dict[str, Any]) -> int:
        """Create records, by model, and return how many."""
        return int(self._ask("seed", records)["created"])

    def close(self) -> None:
        """End the process: first by ending its input, then by force."""
        with contextlib.suppress(OSError):
            self._input.close()
        wait_for(self._process, _SECONDS_TO_END)
        self._reader.join(timeout=1)

    def _ask(self, command: str, content: object) -> dict[str, Any]:
        with self._lock:
            try:
                self._input.write(json.dumps({command: content}) + "\n")
                self._input.flush()
            except OSError as error:
                raise self._ended() from error
            return self._answer()

    def _answer(self) -> dict[str, Any]:
        line = self._output.readline()
        if not line:
            raise self._ended()
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise AttentionError(str(answer["error"]))
        return answer

    def _ended(self) -> AttentionError:
        self._process.wait()
        self._reader.join(timeout=1)
        return AttentionError("the local backend ended", hint="\n".join(self._lines[-10:]))

    def _read_log(self, errors: IO[str]) -> None:
        for line in errors:
            self._lines.append(line.rstrip("\n"))
            del self._lines[:-50]
            self._log(line.rstrip("\n"))
