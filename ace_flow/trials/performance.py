"""How fast and how large an application is, beside a baseline that was recorded before."""

from __future__ import annotations

import gzip
import json
import os
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ace_flow import __version__
from ace_flow.diagnostics import ConfigurationError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_LOADED = frozenset({".css", ".html", ".js"})


class Measure(NamedTuple):
    """Something that is measured; `slack` is how much more it may be whatever the tolerance is."""

    name: str
    title: str
    unit: str
    tolerance: float
    slack: float


# Times depend on the machine and on what else it does; sizes do not.
MEASURES = (
    Measure("generation", "generation", "s", 1.5, 0.3),
    Measure("synth", "synthesis", "s", 1.5, 3.0),
    Measure("bundle", "bundle, compressed", "kB", 1.05, 1.0),
    Measure("resources", "CloudFormation resources", "", 1.1, 0.0),
    Measure("latency_p50", "requests, median", "ms", 1.5, 5.0),
    Measure("latency_p95", "requests, 95 of 100 below", "ms", 2.0, 25.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A measure with its value, and the baseline's with its tolerance where there is one."""

    measure: Measure
    value: float
    before: float | None
    tolerance: float

    @property
    def ratio(self) -> float | None:
        """How many times the baseline it is; None without one."""
        return self.value / self.before if self.before else None

    @property
    def is_worse(self) -> bool:
        """Tell whether it is more than the baseline and its tolerance allow."""
        if self.before is None:
            return False
        limit = max(self.before * self.tolerance, self.before + self.measure.slack)
        return self.value > limit


class Kept(NamedTuple):
    """What a baseline says of a measure."""

    value: float
    tolerance: float


def read_baseline(path: Path) -> dict[str, Kept]:
    """Return what a file recorded, by the measure's name.

    Raises NotFoundError when there is no such file, ConfigurationError when it is no baseline.
    """
    try:
        measures = json.loads(path.read_text(encoding="utf-8"))["measures"]
        return {
            name: Kept(float(item["value"]), float(item["tolerance"]))
            for name, item in measures.items()
        }
    except FileNotFoundError:
        raise NotFoundError(
            f"there is no baseline {path}", hint="add --record, and it is made of what is measured"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"{path} is no baseline", hint="record one anew with --record"
        ) from error


def compare(values: Mapping[str, float], baseline: Mapping[str, Kept]) -> tuple[Compared, ...]:
    """Set what was measured beside a baseline, which may be empty."""
    found = []
    for measure in MEASURES:
        if measure.name in values:
            kept = baseline.get(measure.name)
            found.append(
                Compared(
                    measure=measure,
                    value=values[measure.name],
                    before=kept.value if kept else None,
                    tolerance=kept.tolerance if kept else measure.tolerance,
                )
            )
    return tuple(found)


def write_baseline(path: Path, pattern: str, compared: Sequence[Compared]) -> None:
    """Record what was measured, with the tolerances that the file had; raises OSError."""
    measures = {
        item.measure.name: {
            "value": round(item.value, 3),
            "unit": item.measure.unit,
            "tolerance": item.tolerance,
        }
        for item in compared
    }
    content = {"pattern": pattern, "ace": __version__, "measures": measures}
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f"{path.name}.{os.getpid()}")
    passing.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8", newline="\n")
    passing.replace(path)


def bundle_size(dist: Path) -> float:
    """Return how many kB of pages, scripts and styles a bundle has when they are compressed."""
    files = (path for path in dist.rglob("*") if path.suffix in _LOADED)
    return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in files) / 1000


def percentiles(latencies: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile of requests in milliseconds, if there are any."""
    if len(latencies) < 2:  # noqa: PLR2004 - of one there are no percentiles
        return {}
    parts = statistics.quantiles(latencies, n=20, method="inclusive")
    return {"latency_p50": parts[9], "latency_p95": parts[18]}


def shown(item: Compared) -> str:
    """Return a line about a measure: its value, and how that compares with the baseline."""
    unit = f" {item.measure.unit}" if item.measure.unit else ""
    text = f"{item.measure.title}: {_number(item.value)}{unit}"
    if item.before is None or item.ratio is None:
        return text
    more = f", more than {item.tolerance:g} times" if item.is_worse else ""
    return f"{text}, {item.ratio:.2f} times the baseline's {_number(item.before)}{unit}{more}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"  # noqa: PLR2004 - three digits are enough
