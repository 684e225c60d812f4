"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def complete_names(incomplete: str) -> list[str]:
    """Return the pattern names that begin with what was typed."""
    from ace_flow.session import Session

    every = Session(Path.cwd()).catalog.all()
    return [item.name for item in every if item.name.startswith(incomplete)]


Reference = Annotated[
    str,
    typer.Argument(
        metavar="NAME|FILE", help="A pattern's name, or its file.", autocompletion=complete_names
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
Trust = Annotated[
    list[str] | None,
    typer.Option(
        "--trust",
        metavar="HASH",
        help="Trust the code that has this hash, in this run only; may be given several times.",
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="A parameter's value; may be given several times."
    ),
]
Values = Annotated[
    Path | None,
    typer.Option(
        "--values",
        metavar="FILE",
        help="Values of parameters, as YAML: `name: value`; `-` reads them from stdin.",
    ),
]
Defaults = Annotated[
    bool, typer.Option("--defaults", help="Ask for no values; take the defaults there are.")
]
