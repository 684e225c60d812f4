"""The tables of the page on speed, from the results."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from contenders import CONTENDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Columns = dict[str, Callable[[Mapping[str, Any]], str]]
_NUMBER = re.compile(r"[\d,.]+|-")
# A cost is flat while each more costs at most so many times as much as each before.
FLAT = 1.3
Results = dict[str, Any]


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


TIMES: Columns = {
    "s": lambda row: _seconds(row["wall"]),
    "x floor": lambda row: _ratio(row["ratio"]) if row["ratio"] else "-",
}
COSTS: Columns = {
    "CPU s": lambda row: _seconds(row["cpu"]),
    "MiB": lambda row: f"{row['memory']:.0f}",
}
ALL_COLUMNS = TIMES | COSTS


def tables(results: Results) -> dict[str, str]:
    """Return what stands between the markers, by their names."""
    return {
        "machine": _machine(results),
        "first": "\n\n".join((_wide(results, "first", TIMES), *_notes(results, "first"))),
        "memory": _wide(results, "first", COSTS),
        "unchanged": _long(results, "unchanged"),
        "merged": _long(results, "merged"),
        "one model": _long(results, "one model"),
        "start": _start(results),
        "growth": _growth(results),
        "loops": table(("Contender", "How it makes many files"), _loops()),
    }


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as Prettier writes it; columns of numbers end at the right."""
    cells = [list(header), *map(list, rows)]
    numbers = [all(_NUMBER.fullmatch(row[at]) for row in cells[1:]) for at in range(len(header))]
    widths = [max(3, *map(len, column)) for column in zip(*cells, strict=True)]
    rule = ["-" * (width - it) + ":" * it for width, it in zip(widths, numbers, strict=True)]
    lines = [
        [
            cell.rjust(width) if it else cell.ljust(width)
            for cell, width, it in zip(row, widths, numbers, strict=True)
        ]
        for row in cells
    ]
    lines.insert(1, rule)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _machine(results: Results) -> str:
    machine, versions = results["machine"], dict(results["versions"])
    measured = (
        f"Measured on {results['when']}: {machine['cores']} cores ({machine['processor']}), "
        f"{machine['memory']} GiB, {machine['system']}, Python {machine['python']}, "
        f"Node.js {machine['node']}; files in a folder "
        + ("in memory." if machine["folder"] == "memory" else "on a disk.")
    )
    if results["quick"]:
        measured += " A quick run, which says little."
    listed = ", ".join(f"{name} {version}" for name, version in versions.items())
    return f"{measured}\n\nVersions: {listed}."


def cases(results: Results, case: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a case by their names, with the number of models."""
    for item in results["cases"]:
        if item["case"] == case:
            yield item["models"], {row["name"]: row for row in item["rows"]}


def _wide(results: Results, case: str, columns: Columns) -> str:
    """Return a table with a row for each contender and columns for each number of models."""
    found = dict(cases(results, case))
    names = sorted({name for rows in found.values() for name in rows}, key=partial(rank, found))
    header = [f"{size:,} models, {unit}" for size in found for unit in columns]
    body = [
        [
            name,
            *(_cell(rows.get(name), show) for rows in found.values() for show in columns.values()),
        ]
        for name in names
    ]
    return table(["", *header], body)


def _long(results: Results, case: str) -> str:
    """Return a table with a row for each contender and number of models."""
    body = [
        (f"{size:,}", name, *(_cell(row, show) for show in ALL_COLUMNS.values()))
        for size, rows in cases(results, case)
        for name, row in rows.items()
    ]
    return "\n\n".join((table(("Models", "", *ALL_COLUMNS), body), *_notes(results, case)))


def _notes(results: Results, case: str) -> Iterator[str]:
    """Yield what is to be said of a case: who was run once, and who could not be run."""
    found = dict(cases(results, case))
    each = [
        (f"{name} ({size:,})", row) for size, rows in found.items() for name, row in rows.items()
    ]
    most = {size: max(row.get("runs", 0) for row in rows.values()) for size, rows in found.items()}
    told = (f"{runs} with {size:,}" for size, runs in most.items())
    yield f"Runs of each, by the number of models: {', '.join(told)}."
    less = [
        f"{row['runs']} of {name} with {size:,}"
        for size, rows in found.items()
        for name, row in rows.items()
        if row.get("runs", most[size]) < most[size]
    ]
    if less:
        yield f"Fewer, as they take long: {', '.join(less)}."
    reasons: dict[str, list[str]] = {}
    for name, row in each:
        if "missing" in row:
            reasons.setdefault(row["missing"].splitlines()[0][:200], []).append(name)
    for reason, names in reasons.items():
        yield f"Not run, {reason}: {', '.join(names)}."


def rank(found: Mapping[int, Mapping[str, Any]], name: str) -> tuple[bool, float]:
    """Return what puts contenders in their order: the time for most models that each did."""
    for size in (100, 10, 1000):
        wall = found.get(size, {}).get(name, {}).get("wall")
        if wall is not None:
            return False, float(wall)
    return True, 0.0


def _cell(row: Mapping[str, Any] | None, show: Callable[[Mapping[str, Any]], str]) -> str:
    return "-" if row is None or "missing" in row else show(row)


def _start(results: Results) -> str:
    _, rows = next(cases(results, "start"))
    return table(
        ("Command", "ms", "x `python -c pass`", "MiB"),
        [
            (
                "`python -c pass`" if name == "python" else _command(name),
                f"{1000 * row['wall']:.0f}",
                f"{row['ratio']:.1f}",
                f"{row['memory']:.0f}",
            )
            if "missing" not in row
            else (_command(name), "-", "-", "-")
            for name, row in rows.items()
        ],
    )


def _command(name: str) -> str:
    """Return a command as code, and what is said of it as text: `ace status`, with ten files."""
    command, comma, rest = name.partition(",")
    return f"`{command}`{comma}{rest}"


def _loops() -> Iterator[tuple[str, str]]:
    return ((item.name, item.how) for item in CONTENDERS)


def each_more(points: Sequence[Mapping[str, Any]], what: str) -> list[tuple[int, float]]:
    """Return what each one more costs between one size and the next, with the larger size."""
    pairs = pairwise(points)
    return [
        (more["size"], (more[what] - less[what]) / (more["size"] - less["size"]))
        for less, more in pairs
    ]


def judged(points: Sequence[Mapping[str, Any]]) -> str:
    """Return whether each costs as much when there are many as when there are few.

    Steps that cost less than the noise of a start, a fifth of the first point, tell nothing.
    """
    noise = points[0]["cpu"] / 5
    steps = [
        (size, each)
        for (size, each), (less, more) in zip(
            each_more(points, "cpu"), pairwise(points), strict=True
        )
        if more["cpu"] - less["cpu"] > noise
    ]
    if not steps:
        return "none seen"
    if len(steps) == 1:
        return "one step only"
    (_, before), (size, last) = steps[-2:]
    if last > FLAT * before:
        return f"grows: {last / before:.1f} times as much each up to {size:,} as before"
    return "flat"


def _growth(results: Results) -> str:
    grown = results.get("growth")
    if not grown:
        return "Not measured yet."
    body = []
    for line in grown["lines"]:
        points = line["points"]
        first, last = points[0], points[-1]
        span = last["size"] - first["size"]
        each = 1000 * (last["cpu"] - first["cpu"]) / span
        memory = 1024 * (last["memory"] - first["memory"]) / span
        body.append(
            (
                _command(line["name"]),
                f"{first['size']:,} to {last['size']:,} {line['of']}",
                _seconds(first["wall"]),
                _seconds(last["wall"]),
                f"{max(each, 0):.3f}",
                f"{max(memory, 0):.1f}",
                judged(points),
            )
        )
    header = ("Command", "With", "First, s", "Last, s", "Each, CPU ms", "Each, KiB", "Growth")
    return table(header, body)
