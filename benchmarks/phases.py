"""Where the time of `ace generate` goes: `python benchmarks/phases.py` prints milliseconds.

One of 1,000 models has changed, as in the case `one model`; with `--first`, all are written for
the first time. What was known of the pattern is forgotten. Each step is shown without those within
it; what is in none of them is the rest. The interpreter's own start comes on top.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from functools import wraps
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MODELS, RUNS = 1000, 5
# Functions by the module that calls them, and what they do.
STEPS = {
    "read": (("checking", "read_document"),),
    "compose, and check the shape": (("checking", "fill"),),
    "type and complete": (("checking", "finish"),),
    "rules": (("checking", "verify"), ("checking", "findings_of_templates")),
    "keep for later": (("session", "keep"),),
    "data for templates": (("generator.brought", "pattern_view"),),
    "render": (("generate", "render_files"),),
    "compare with what is there": (("generate", "make_plan"), ("generate", "read_state")),
    "tables": (
        *(("generate", step) for step in ("tables_of", "print_tables", "read_tables", "dangers")),
        ("generate", "new_names"),
    ),
    "write": (("generate", "apply"),),
    "note the status of files": (("generate", "note_seen"),),
}


def once(arguments: list[str]) -> None:
    """Run the command in this process, and print the seconds of each step."""
    start = time.perf_counter()
    from ace_flow.cli import app, generation  # noqa: F401, PLC0415 - is to be measured

    seconds = dict.fromkeys(("import", *STEPS), 0.0)
    within = [0.0]
    for step, calls in STEPS.items():
        for module, function in calls:
            _time(f"ace_flow.{module}", function, step, seconds, within)
    seconds["import"] = time.perf_counter() - start
    start = time.perf_counter()
    app.run(arguments)
    seconds["the rest"] = time.perf_counter() - start - within[0]
    for step, taken in seconds.items():
        print(f"{step}\t{taken}", file=sys.stderr)


def _time(
    module: str, function: str, step: str, seconds: dict[str, float], within: list[float]
) -> None:
    found = import_module(module)
    call: Callable[..., object] = getattr(found, function)

    @wraps(call)
    def timed(*arguments: object, **options: object) -> object:
        start = time.perf_counter()
        within.append(0.0)
        try:
            return call(*arguments, **options)
        finally:
            taken = time.perf_counter() - start
            seconds[step] += taken - within.pop()
            within[-1] += taken

    setattr(found, function, timed)


def main() -> None:
    """Measure several runs, each a process of its own, and print the medians."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--first", action="store_true")
    arguments.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.once:
        once(["generate", "job"])
        return
    from installing import install  # noqa: PLC0415 - what is measured does without
    from job import document, name, write  # noqa: PLC0415 - likewise
    from results import memory_folder  # noqa: PLC0415 - likewise
    from updates import ADDED, CHANGED  # noqa: PLC0415 - likewise

    python = install(peers=False).ace / "bin" / "python"
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="ace-phases-", dir=memory_folder()) as folder:
        before, cache = Path(folder) / "before", Path(folder) / "cache"
        places = {f"ACE_{it}": str(Path(folder) / it) for it in ("STORE", "CONFIG_DIR")}
        environment = os.environ | places | {"ACE_CACHE_DIR": str(cache), "PYTHONPATH": ""}
        run = [python, Path(__file__).resolve(), "--once"]
        write(before, document(MODELS))
        if not options.first:
            subprocess.run(run, cwd=before, env=environment, capture_output=True, check=True)
            pattern, it = before / ".ace-flow" / "patterns" / "job.yml", name(MODELS // 2)
            text = pattern.read_text(encoding="utf-8")
            pattern.write_text(text.replace(CHANGED.format(name=it), ADDED.format(name=it)))
        for number in range(RUNS + 1):
            shutil.rmtree(cache / "verdicts", ignore_errors=True)
            place = Path(folder) / str(number)
            shutil.copytree(before, place)
            done = subprocess.run(run, cwd=place, env=environment, stderr=-1, check=True, text=True)
            for line in done.stderr.splitlines():
                step, _, seconds = line.partition("\t")
                # The first run compiles the templates.
                if number:
                    found.setdefault(step, []).append(1000 * float(seconds))
            shutil.rmtree(place)
    for step, times in found.items():
        print(f"{step:30}{median(times):8.0f}")
    print(f"{'all':30}{sum(map(median, found.values())):8.0f}")


if __name__ == "__main__":
    main()
