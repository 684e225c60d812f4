"""One case of the comparison: who takes part is tried once, checked, and then takes turns."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from measure import FailedError, Usage, summary, take_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Everybody is run as often as fits in so many seconds, if not as often as is asked for. Where that
# is once, the first, checked run is all there is.
PATIENCE = 30.0
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Runner:
    """Somebody who takes part in a case.

    `measure` makes everything ready and returns what the run cost; `check` raises FailedError
    when the run did not do what it should; `missing` says why there is nothing to run.
    """

    name: str
    measure: Callable[[], Usage]
    check: Callable[[], None] = lambda: None
    missing: str = ""


def rows(runners: Sequence[Runner], runs: int, floor: str) -> list[Row]:
    """Return a row of medians for each, as JSON; ratios are to the one that is called `floor`.

    Everybody is run once to be checked, and then up to `runs` times.
    """
    failures = {runner.name: runner.missing for runner in runners if runner.missing}
    once: dict[str, list[Usage]] = {}
    ready: dict[str, Callable[[], Usage]] = {}
    often: dict[str, int] = {}
    for runner in runners:
        if runner.missing:
            continue
        try:
            usage = runner.measure()
            runner.check()
        except FailedError as error:
            failures[runner.name] = str(error)
            continue
        often[runner.name] = min(runs, int(PATIENCE / usage.wall))
        if often[runner.name] > 1:
            ready[runner.name] = runner.measure
        else:
            once[runner.name] = [usage]
    found, late = take_turns(ready, often)
    found |= once
    failures |= late
    return [
        {"name": runner.name, "missing": failures[runner.name]}
        if runner.name in failures
        else {
            "name": runner.name,
            **asdict(summary(found[runner.name], found.get(floor, ()))),
        }
        for runner in runners
    ]
