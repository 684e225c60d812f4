"""`ace` beside its peers: `python benchmarks/compare.py` measures all and writes the results.

`--quick` measures 10 models twice, `--only CASE` one case: the results are kept where `--output`
says, else nowhere. `--folder` is where files are written: by default in memory.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from contenders import CONTENDERS, Place, expected, same
from inputs import write_inputs
from installing import install
from measure import FailedError
from results import RESULTS, describe, memory_folder, save
from start import START
from trial import Row, Runner, rows
from updates import merged, one_model, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from contenders import Contender
    from installing import Tools
    from measure import Usage

# How often each is run, by the number of models.
RUNS = {10: 9, 100: 7, 1000: 5}
QUICK = {10: 2}
CASES: dict[str, tuple[Callable[[Place], list[Runner]], tuple[int, ...]]]


def first(place: Place) -> list[Runner]:
    """Return who writes all files into an empty folder, its own caches of code filled before."""
    texts = expected(replace(place, root=place.root / "expected"))
    return [
        _first(contender, replace(place, root=place.root / str(number)), texts)
        for number, contender in enumerate(CONTENDERS)
    ]


def _first(contender: Contender, place: Place, texts: dict[str, bytes]) -> Runner:
    missing = place.tools.missing.get(contender.package, "")
    if place.models > contender.largest:
        missing = "takes minutes"

    def measure() -> Usage:
        contender.fresh(place)
        return place.run(contender.command(place))

    return Runner(
        name=contender.name,
        measure=measure,
        check=partial(same, place, contender, texts),
        missing=missing,
    )


def start(place: Place) -> list[Runner]:
    """Return commands that do next to nothing, as long as what they belong to is installed."""
    place.output.mkdir(parents=True, exist_ok=True)
    return [
        Runner(
            name=entry.name,
            measure=partial(place.run, entry.command(place), place.input),
            missing=place.tools.missing.get(entry.package, ""),
        )
        for entry in START
    ]


CASES = {
    "first": (first, (10, 100, 1000)),
    "unchanged": (unchanged, (10, 100, 1000)),
    "merged": (merged, (10, 100, 1000)),
    "one model": (one_model, (1000,)),
    "start": (start, (10,)),
}


def measure(case: str, models: int, runs: int, tools: Tools, parent: Path) -> dict[str, object]:
    """Measure one case with so many models, in a folder below `parent` that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="ace-benchmark-", dir=parent) as folder:
        place = Path(folder) / "input"
        write_inputs(place, models)
        at = Place(input=place, root=Path(folder) / "runs", models=models, tools=tools)
        make, _ = CASES[case]
        found = rows(make(at), runs, "python" if case == "start" else "floor")
    _show(case, models, found)
    return {"case": case, "models": models, "files": 3 * models + 2, "rows": found}


def _show(case: str, models: int, found: list[Row]) -> None:
    print(f"\n{case}, {models:,} models", flush=True)
    for row in found:
        if "missing" in row:
            print(f"  {row['name']:34}{row['missing'][:300]}", flush=True)
            continue
        ratio = f"{row['ratio']:7.2f}x" if row["ratio"] else ""
        print(
            f"  {row['name']:34}{row['wall']:8.3f} s {row['cpu']:8.3f} s {row['memory']:6.0f} MiB"
            f" {ratio} ({row['runs']})",
            flush=True,
        )


def main() -> None:
    """Measure what is asked for, and write it down."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--only", choices=CASES)
    arguments.add_argument("--output", type=Path)
    arguments.add_argument("--folder", type=Path, default=memory_folder())
    options = arguments.parse_args()
    tools = install()
    try:
        cases = [
            measure(case, models, runs, tools, options.folder)
            for case, (_, sizes) in CASES.items()
            if options.only in {None, case}
            for models, runs in (QUICK if options.quick else RUNS).items()
            if models in sizes
        ]
    except FailedError as error:
        raise SystemExit(f"cannot measure: {error}") from error
    target = options.output or (None if options.quick or options.only else RESULTS)
    if target:
        about = {
            **describe(tools, options.folder),
            "quick": options.quick,
            "missing": tools.missing,
        }
        save(target, {**about, "cases": cases})


if __name__ == "__main__":
    main()
