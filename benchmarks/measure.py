"""What commands cost: wall and CPU seconds and memory, and medians of runs that take turns.

Only for systems with `wait4`: Linux, macOS.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ONCE = Path(__file__).with_name("once.py")
# Nothing that is measured takes longer: it hangs.
LIMIT = 600
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class FailedError(Exception):
    """A command that is measured did not do what it should; the text says what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a command cost, with all processes that it waited for.

    `wall` and `cpu` (user and system) are seconds; `memory` is the peak of the largest process in
    MiB.
    """

    wall: float
    cpu: float
    memory: float

    def __add__(self, other: Usage) -> Usage:
        """Return what both cost, one after the other."""
        return Usage(
            wall=self.wall + other.wall,
            cpu=self.cpu + other.cpu,
            memory=max(self.memory, other.memory),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Medians of several runs; `ratio` is that of the wall times to the floor's, pair by pair."""

    runs: int
    wall: float
    cpu: float
    memory: float
    ratio: float | None = None


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    env: Mapping[str, str],
    log: Path,
    codes: Sequence[int] = (0,),
) -> Usage:
    """Run a command without a terminal, its output in `log`, and return what it cost.

    Raises FailedError where it is not there, hangs, or exits with a code that is none of `codes`.
    """
    helper = [sys.executable, "-I", "-S", ONCE, log, *command]
    with subprocess.Popen(
        [str(part) for part in helper],
        cwd=cwd,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            told, errors = process.communicate(timeout=LIMIT)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                raise FailedError(f"took longer than {LIMIT} s") from error
            raise
    if process.returncode:
        raise FailedError(errors.strip().rpartition("\n")[2])
    code, wall, cpu, memory = told.split()
    if int(code) not in codes:
        told = _COLOUR.sub("", log.read_text(encoding="utf-8", errors="replace"))
        raise FailedError(f"exit code {code}: {told.strip()[-2000:]}")
    return Usage(wall=float(wall), cpu=float(cpu), memory=float(memory))


def take_turns(
    measures: Mapping[str, Callable[[], Usage]], runs: Mapping[str, int]
) -> tuple[dict[str, list[Usage]], dict[str, str]]:
    """Return so many runs of each, which take turns (A B C A B C), and why others have none."""
    found: dict[str, list[Usage]] = {name: [] for name in measures}
    failures: dict[str, str] = {}
    for turn in range(max(runs.values(), default=0)):
        for name, measure in measures.items():
            if name in failures or turn >= runs[name]:
                continue
            try:
                found[name].append(measure())
            except FailedError as error:
                failures[name] = str(error)
    return {name: usages for name, usages in found.items() if name not in failures}, failures


def summary(usages: Sequence[Usage], floor: Sequence[Usage] = ()) -> Summary:
    """Return the medians of runs, and of their ratios to the floor's of the same turn."""
    pairs = [usage.wall / other.wall for usage, other in zip(usages, floor, strict=False)]
    return Summary(
        runs=len(usages),
        wall=median(usage.wall for usage in usages),
        cpu=median(usage.cpu for usage in usages),
        memory=median(usage.memory for usage in usages),
        ratio=median(pairs) if pairs else None,
    )
