"""The command `generate`, as it is called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli.options import Defaults, Json, Set, Trust, Values, complete_names

if TYPE_CHECKING:
    from collections.abc import Callable

PatternOrNone = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME|FILE]",
        help="A pattern's name, or its file; without it, the one that the project came from.",
        autocompletion=complete_names,
    ),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", help="The project's folder; made if need be.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would happen to each file; write nothing.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Show each change as a diff; write nothing.")]
Conflict = Annotated[
    str,
    typer.Option(
        "--conflict",
        metavar="new|markers|ours|theirs",
        help="Where you and the pattern changed the same: write the new text beside yours, "
        "mark both in the file, or take yours or the pattern's.",
    ),
]
Adopt = Annotated[
    bool,
    typer.Option(
        "--adopt",
        help="Write also where files are that ace did not write; each is kept as FILE.ace-old.",
    ),
]
AllowDataLoss = Annotated[
    bool,
    typer.Option("--allow-data-loss", help="Write changes that lose data where they are deployed."),
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command("generate", epilog="Example: ace generate e_commerce --output shop")(generate)


def generate(
    pattern: PatternOrNone = None,
    output: Output = Path(),
    dry_run: DryRun = False,
    diff: Diff = False,
    conflict: Conflict = "new",
    adopt: Adopt = False,
    allow_data_loss: AllowDataLoss = False,
    setting: Set = None,
    values: Values = None,
    defaults: Defaults = False,
    trust: Trust = None,
    as_json: Json = False,
) -> None:
    """Write a pattern's application, or bring one up to date.

    What you changed stays; where the pattern changed, too, both are merged. All of it is written,
    or nothing.
    """
    from ace_flow.cli.generation import write

    code = write(
        pattern,
        output,
        dry_run=dry_run,
        diff=diff,
        conflict=conflict,
        adopt=adopt,
        allow_data_loss=allow_data_loss,
        setting=setting,
        values=values,
        defaults=defaults,
        trust=trust,
        as_json=as_json,
    )
    if code:
        raise typer.Exit(code)
