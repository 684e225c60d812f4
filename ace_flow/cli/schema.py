"""The command that prints the JSON Schema of the pattern format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli import console
from ace_flow.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Callable


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command("schema", epilog="Example: ace schema --output .ace-flow/pattern.schema.json")(schema)


def schema(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write it to this file instead.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Print the JSON Schema of the pattern format.

    Editors complete and explain the keys of a pattern with it.
    """
    from ace_flow.session import Session

    whole = Session(Path.cwd()).editor_schema()
    if output is None:
        console.show_json(whole)
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(whole, indent=2, ensure_ascii=False)
    output.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    if as_json:
        console.show_json({"written": str(output)})
        return
    console.say(f"written to {console.printable(str(output))}")
