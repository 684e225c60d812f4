"""What changes do to data in the cloud, as lines for people and as JSON for programs."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING

from ace_flow.cli import console

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ace_flow.project import Danger


def show_dangers(dangers: Iterable[Danger], *, refused: bool) -> None:
    """Print what changes do to data; where that stopped us, with the safe way for each kind."""
    everything = tuple(dangers)
    for code, same in groupby(everything, key=lambda danger: danger.code):
        first, *others = same
        kind = ("error" if refused else "warning") if first.is_refused else "note"
        head = f"{kind}[{code}]"
        styled = head if kind == "note" else console.style(head, kind, sys.stderr)
        console.note(f"{styled}: {first.remedy.effect}")
        for danger in (first, *others):
            path = console.style(console.printable(danger.path), "place", sys.stderr)
            console.note(f"  {path}: {console.printable(danger.message)}")
        steps = first.remedy.steps if refused else ()
        if steps:
            console.note(f"  {console.style('instead:', 'bold', sys.stderr)}")
        for number, step in enumerate(steps, 1):
            console.note(f"    {number}. {step}")
    count = sum(danger.is_refused for danger in everything)
    if refused:
        what = (
            "1 change loses data, or fails" if count == 1 else f"{count} changes lose data, or fail"
        )
        head = console.style("error", "error", sys.stderr)
        console.note(f"{head}: {what}, where tables hold records; nothing was written")
        head = console.style("help:", "bold", sys.stderr)
        console.note(
            f"{head} what is deployed cannot be known here; "
            "if nothing is, or the data may go: --allow-data-loss"
        )


def dangers_json(dangers: Iterable[Danger]) -> list[dict[str, object]]:
    """Return what changes do to data; `refused` tells those that need `--allow-data-loss`."""
    return [
        {
            "code": danger.code,
            "path": danger.path,
            "message": danger.message,
            "effect": danger.remedy.effect,
            "steps": list(danger.remedy.steps),
            "refused": danger.is_refused,
        }
        for danger in dangers
    ]
