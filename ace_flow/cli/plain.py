"""Calls the commands that are called most, without typer where their arguments need no parser.

Importing typer takes a fifth of the time in which a small pattern is generated.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def called(arguments: Sequence[str]) -> int | None:
    """Run a command and return its exit code; None where the arguments have to be parsed."""
    match arguments:
        case ("generate", *_):
            from ace_flow.unchanged import asked

            generated = asked(arguments)
            if generated is None:
                return None
            from ace_flow.cli.generation import write

            pattern, output = generated
            return write(pattern, Path(output))
        case ("validate-pattern", pattern) if not pattern.startswith("-"):
            from ace_flow.cli.validation import validate

            return validate(pattern)
        case _:
            return None
