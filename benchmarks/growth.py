"""What `ace` costs as there is more: `python benchmarks/growth.py` adds it to the results.

`--quick` stops at 100; the results are kept where `--output` says, else nowhere.
`--folder` is where files are written: by default in memory.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contenders import Place, ace, forget, fresh_ace, unseen_ace
from installing import install
from job import EACH, document, write
from measure import FailedError, Summary, Usage, summary
from results import RESULTS, describe, memory_folder, save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from contenders import Command
    from installing import Tools

HERE = Path(__file__).resolve().parent
# The least time that each point is measured for, and the most runs.
SECONDS, MOST = 3.0, 7
TYPES = {"src/types/{name}.ts": EACH["src/types/{name}.ts"]}
# A status that is as young as a tick of the clock tells nothing.
TICK = 0.1
Measures = dict[str, "Callable[[], Usage]"]


@dataclass(frozen=True, kw_only=True)
class Axis:
    """What there is more and more of, and how each size is made ready and measured."""

    of: str
    sizes: tuple[int, ...]
    measures: Callable[[Place, int], Measures]


def models(place: Place, size: int) -> Measures:
    """Generating and validating a pattern with so many models.

    They have a field each: a file holds at most 200,000 values.
    """
    write(place.input, document(size, fields=1))

    def generate() -> Usage:
        fresh_ace(place)
        return place.run(ace(place))

    def unseen() -> Usage:
        unseen_ace(place)
        return place.run(ace(place))

    generate()  # its templates are compiled from here on
    return {
        "ace generate": generate,
        "ace generate, unseen": unseen,
        "ace validate-pattern": lambda: place.run(_ace(place, "validate-pattern", "job")),
        "ace validate-pattern --strict": lambda: place.run(
            _ace(place, "validate-pattern", "--strict", "job")
        ),
    }


def patterns(place: Place, size: int) -> Measures:
    """Naming patterns, with so many of them in the store."""
    shutil.rmtree(place.output, ignore_errors=True)
    place.output.mkdir(parents=True)
    count = place.root / "registered"
    before = int(count.read_text(encoding="utf-8")) if count.exists() else 0
    place.run([place.tools.python, HERE / "registering.py", str(before), str(size)])
    count.write_text(str(size), encoding="utf-8")
    name = f"p{size // 2}x"
    return {
        "ace list-patterns": lambda: place.run(_ace(place, "list-patterns")),
        "ace show-pattern": lambda: place.run(_ace(place, "show-pattern", name)),
        "ace validate-pattern NAME": lambda: place.run(_ace(place, "validate-pattern", name)),
    }


def files(place: Place, size: int) -> Measures:
    """Looking after a project that has so many files."""
    write(place.input, document(size, TYPES, {}, fields=1))

    def cloned() -> Usage:
        forget(place, "seen")
        forget(place, "verdicts")
        return place.run(ace(place))

    fresh_ace(place)
    time.sleep(TICK)
    place.run(ace(place))
    return {
        "ace generate, nothing to do, in a new clone": cloned,
        "ace generate, nothing to do": lambda: place.run(ace(place)),
        "ace status": lambda: place.run(_ace(place, "status")),
    }


AXES = (
    Axis(of="models", sizes=(10, 30, 100, 300, 1000, 3000, 10000), measures=models),
    Axis(of="patterns in the store", sizes=(1, 10, 100, 1000, 10000), measures=patterns),
    Axis(of="files in the project", sizes=(1, 10, 100, 1000, 5000), measures=files),
)


def _ace(place: Place, *arguments: str) -> Command:
    return [place.tools.ace / "bin" / "ace", *arguments]


def measure(axis: Axis, tools: Tools, most: int, parent: Path) -> list[dict[str, Any]]:
    """Return what each command costs at all sizes up to `most`, as JSON."""
    points: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory(prefix="ace-growth-", dir=parent) as folder:
        place = Path(folder)
        for size in axis.sizes:
            if size > most:
                continue
            at = Place(input=place / "input", root=place / "run", models=size, tools=tools)
            for name, found in _point(axis.measures(at, size)):
                points.setdefault(name, []).append({"size": size, **asdict(found)})
                print(f"{name:42}{size:>8,} {axis.of:24}{found.wall:8.3f} s", flush=True)
    return [{"name": name, "of": axis.of, "points": found} for name, found in points.items()]


def _point(measures: Mapping[str, Callable[[], Usage]]) -> Iterator[tuple[str, Summary]]:
    for name, run in measures.items():
        usages: list[Usage] = []
        start = time.monotonic()
        while len(usages) < MOST and (not usages or time.monotonic() - start < SECONDS):
            usages.append(run())
        yield name, summary(usages)


def main() -> None:
    """Measure all and write it down."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--output", type=Path)
    arguments.add_argument("--folder", type=Path, default=memory_folder())
    options = arguments.parse_args()
    tools = install(peers=False)
    most = 100 if options.quick else max(size for axis in AXES for size in axis.sizes)
    try:
        found = [line for axis in AXES for line in measure(axis, tools, most, options.folder)]
    except FailedError as error:
        raise SystemExit(f"cannot measure: {error}") from error
    target = options.output or (None if options.quick else RESULTS)
    if target:
        about = {**describe(tools, options.folder), "quick": options.quick}
        save(target, {"growth": {**about, "lines": found}})


if __name__ == "__main__":
    main()
