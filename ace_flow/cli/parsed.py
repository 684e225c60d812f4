"""The `ace` application as typer has it: its commands, and what is wrong with how one is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli import console, exits

if TYPE_CHECKING:
    from collections.abc import Sequence

# The commands, by the module that has them: what is not called is not imported.
COMMANDS = {
    "patterns": ("validate-pattern", "register-pattern", "list-patterns", "show-pattern"),
    "generating": ("generate",),
    "upkeep": ("status", "resolve", "adopt", "eject"),
    "sandboxing": ("sandbox",),
    "testing": ("test-pattern",),
    "deploying": ("deploy",),
    "trusting": ("trust", "untrust"),
    "schema": ("schema",),
    "explaining": ("explain",),
}


def application(command: str | None = None) -> typer.Typer:
    """Return the application with all commands, or with those of the module that has this one."""
    app = typer.Typer(
        name="ace",
        help="Turn one YAML architecture pattern into a working AWS Amplify Gen 2 application.",
        epilog="Exit codes: 0 done, 1 needs you, 2 usage, 3 invalid pattern or configuration, "
        "4 trust needed, 5 not found, 6 a hook or tool failed, 7 permission or I/O, "
        "130 interrupted.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    wanted = [module for module, names in COMMANDS.items() if command in names]
    for module in wanted or COMMANDS:
        import_module(f"ace_flow.cli.{module}").register(app)
    return app


def _options(
    _: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=lambda show: _version(show=show),
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    pass


def _version(*, show: bool) -> None:
    if show:
        from ace_flow import __version__

        console.say(f"ace {__version__}")
        raise typer.Exit


def parse_and_call(arguments: Sequence[str], *, as_json: bool) -> int:
    """Parse arguments, run the command that they name and return its exit code.

    Raises what the command raises, KeyboardInterrupt where it was interrupted.
    """
    # Shells ask for completions without arguments, in the environment.
    app = application(arguments[0] if arguments else None)
    try:
        result = app(list(arguments) or ["--help"], prog_name="ace", standalone_mode=False)
    except typer.TyperException as error:
        if as_json:
            console.show_json({"error": error.format_message(), "hint": None})
        else:
            _show_usage(error)
        return exits.USAGE
    except typer.Abort as abort:
        raise KeyboardInterrupt from abort
    except SystemExit as left:
        # It leaves so after shell completion, and with 1 when the reader of our output has gone.
        if left.code == 1:
            raise BrokenPipeError from left
        raise
    if result == exits.INTERRUPTED:  # it returns that, too, in place of raising
        raise KeyboardInterrupt
    return result if isinstance(result, int) else exits.DONE


def _show_usage(error: typer.TyperException) -> None:
    context = getattr(error, "ctx", None)
    if context is not None:
        console.note(context.get_usage())
    message = console.printable(error.format_message())
    console.note(f"{console.style('error', 'error', sys.stderr)}: {message}")
    console.note("help: add --help to see what the command takes")
