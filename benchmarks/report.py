"""The page on speed, from the results: `python benchmarks/report.py` writes it and its charts.

`--check` writes nothing and exits with 1 when one of them is not what the results make.
"""

from __future__ import annotations

import re
import sys
from functools import partial
from pathlib import Path

import plot
from results import load
from tables import Results, cases, rank, tables

DOCS = Path(__file__).resolve().parent.parent / "docs" / "explanation"
PAGE = DOCS / "speed.md"
_PART = re.compile(r"(<!-- results: (.+?) -->\n)(?:.*?)(\n<!-- end of results -->)", re.DOTALL)


def page(text: str, results: Results) -> str:
    """Return a page with the tables that the results make between its markers."""
    made = tables(results)
    return _PART.sub(lambda found: f"{found[1]}\n{made[found[2]]}\n{found[3]}", text)


def charts(results: Results) -> dict[str, str]:
    """Return the charts by the names of their files."""
    made = {"speed.svg": _speed(results)}
    return {**made, "growth.svg": _growth(results)} if "growth" in results else made


def _speed(results: Results) -> str:
    found = dict(cases(results, "first"))
    names = sorted({name for rows in found.values() for name in rows}, key=partial(rank, found))
    points = {
        name: {
            f"{size:,} models": rows[name]["wall"]
            for size, rows in found.items()
            if "wall" in rows.get(name, {})
        }
        for name in names
    }
    return plot.rows(
        "All files of a pattern, written into an empty folder",
        "seconds (logarithmic; less is better)",
        [f"{size:,} models" for size in found],
        {name: row for name, row in points.items() if row},
        strong=("ace",),
    )


def _growth(results: Results) -> str:
    lines = results["growth"]["lines"]
    kinds = list(dict.fromkeys(line["of"] for line in lines))
    return plot.panels(
        "What ace takes as there is more",
        [
            plot.Panel(
                title=kind[0].upper() + kind[1:],
                x=f"{kind} (logarithmic)",
                y="seconds (logarithmic)",
                lines={
                    line["name"]: [(point["size"], point["wall"]) for point in line["points"]]
                    for line in lines
                    if line["of"] == kind
                },
            )
            for kind in kinds
        ],
    )


def main() -> int:
    """Write what is not current, or with `--check` tell it."""
    results = load()
    texts = {DOCS / name: text for name, text in charts(results).items()}
    texts[PAGE] = page(PAGE.read_text(encoding="utf-8"), results)
    stale = [path for path, text in texts.items() if not _holds(path, text)]
    is_check = "--check" in sys.argv[1:]
    for path in stale:
        if not is_check:
            path.write_text(texts[path], encoding="utf-8")
        print(path.name, "is not current: run python benchmarks/report.py" * is_check or "written")
    return 1 if stale and is_check else 0


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
