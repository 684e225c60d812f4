"""How many instructions commands take: `python benchmarks/instructions.py` prints millions.

Unlike seconds, they are the same on a busy machine and an idle one. Valgrind counts them. What is
counted is `ace` as it is released, in a folder of its own: a checkout looks at its own files too.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import job

from ace_flow.workspace import PACKAGE, shipped

SHIPPED = ("patterns", "templates", "hooks", "packages", "trials")
FLOOR = Path(__file__).with_name("floor.py")
_COUNTED = re.compile(r"Collected : (\d+)")


class Bench:
    """A release of `ace` and the common job in a folder."""

    def __init__(self, folder: Path, models: int = 10) -> None:
        """Copy the release into the folder, and write the job of so many models beside it."""
        self._work = folder / "work"
        job.write(self._work, job.document(models))
        release = folder / "release"
        shutil.copytree(PACKAGE, release / "ace_flow", ignore=shutil.ignore_patterns("__pycache__"))
        for kind in SHIPPED:
            target = release / "ace_flow" / "_shipped" / kind
            shutil.copytree(shipped(kind), target, dirs_exist_ok=True)
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": str(release),
            **{f"ACE_{name}_DIR": str(folder / name.lower()) for name in ("CACHE", "CONFIG")},
            "ACE_STORE": str(folder / "store.sqlite3"),
        }

    def python(self, *arguments: str) -> int:
        """Return the instructions of Python with these arguments, when all is compiled."""
        command = [sys.executable, *arguments]
        self._ready(command)
        counted = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
        told = self._run(counted, check=True).stderr
        found = _COUNTED.search(told)
        if found is None:
            raise RuntimeError(told)
        return int(found[1])

    def said(self, *arguments: str) -> str:
        """Return what Python with these arguments prints, when all is compiled."""
        command = [sys.executable, *arguments]
        self._ready(command)
        return self._run(command, check=True).stdout

    def ace(self, *arguments: str) -> int:
        """Return the instructions of a command; what it generates was not there before."""
        return self.python("-m", "ace_flow", *arguments)

    def floor(self) -> int:
        """Return the instructions of the bare limit."""
        return self.python(str(FLOOR), ".", "floor", "compiled")

    def _ready(self, command: list[str]) -> None:
        for _ in range(2):  # the first compiles modules, then templates
            self._run(command, check=False)
            for made in ("app", "floor"):
                shutil.rmtree(self._work / made, ignore_errors=True)

    def _run(self, command: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self._work,
            env=self._environment,
            capture_output=True,
            text=True,
            check=check,
        )


def main() -> None:
    """Print the counts of the common job at 10 and 100 models, and of starting."""
    for models in (10, 100):
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder), models)
            floor = bench.floor()
            made = bench.ace("generate", "job", "-o", "app")
            print(f"generate {models:4}: {made / 1e6:8.0f}, floor {floor / 1e6:8.0f}", made / floor)
            if models == 10:
                bare = bench.python("-c", "pass")
                for command in (
                    "validate-pattern job",
                    "validate-pattern --strict job",
                    "--help",
                    "--version",
                ):
                    count = bench.ace(*command.split())
                    print(f"{command:20} {count / 1e6:8.0f}, bare {bare / 1e6:4.0f}", count / bare)


if __name__ == "__main__":
    main()
