"""Calls the commands that are called most, without typer where their arguments need no parser.

Importing typer takes a fifth of the time in which a small pattern is generated.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def call_of(arguments: Sequence[str]) -> Callable[[], int] | None:
    """Return what runs a command and returns its exit code; None where arguments must be parsed."""
    match arguments:
        case ("generate", *_):
            from ace_flow.unchanged import asked

            generated = asked(arguments)
            if generated is None:
                return None
            from ace_flow.cli import generation

            pattern, output = generated
            return lambda: generation.write(pattern, Path(output))
        case ("validate-pattern", pattern) if not pattern.startswith("-"):
            from ace_flow.cli import validation

            return lambda: validation.validate(pattern)
        case _:
            return None
