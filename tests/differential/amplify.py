"""What Amplify makes of data resources: a few Node processes that answer one after the other."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from answering import MEMORY

PROGRAM = Path(__file__).with_name("amplify.mjs")


class Verdict(NamedTuple):
    """How far a resource came; `accepted` is the last stage."""

    stage: str
    error: str = ""
    sdl: str = ""

    @property
    def accepted(self) -> bool:
        return self.stage == "accepted"


class Amplify:
    """Says what Amplify makes of a resource; several threads may ask at a time."""

    def __init__(self, packages: Path, processes: int) -> None:
        # A file, as nobody reads what a process complains of while it runs.
        self._complaints = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        self._all = [
            subprocess.Popen(
                ["node", *MEMORY, PROGRAM, packages],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                text=True,
                encoding="utf-8",
                env={**os.environ, "NODE_NO_WARNINGS": "1", "JSII_SILENCE_WARNING": "1"},
            )
            for _ in range(processes)
        ]
        self._known: dict[str, Verdict] = {}
        self._free: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()
        for process in self._all:
            self._free.put(process)

    @property
    def processes(self) -> int:
        return len(self._all)

    def __call__(self, resource: str) -> Verdict:
        # Many texts of a pattern do not reach its data resource.
        if resource not in self._known:
            self._known[resource] = self._ask(resource)
        return self._known[resource]

    def _ask(self, resource: str) -> Verdict:
        process = self._free.get()
        try:
            process.stdin.write(json.dumps(resource) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        finally:
            self._free.put(process)
        if not line:
            self._complaints.seek(0)
            raise RuntimeError(f"Node ended:\n{self._complaints.read()[-3000:]}\n{resource}")
        return Verdict(**json.loads(line))

    def close(self) -> None:
        for process in self._all:
            process.stdin.close()
            process.stdout.close()
            process.kill()
            process.wait()
        self._complaints.close()
