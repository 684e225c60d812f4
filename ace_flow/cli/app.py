"""The `ace` application: its commands, and the one boundary where errors become exit codes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from ace_flow.cli import console, exits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.diagnostics import AceError

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


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; nothing a user can cause shows a traceback."""
    as_json = _wants_json(arguments)
    # A stream that was closed before the start is none at all.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _terminate)
    try:
        # Shells ask for completions without arguments, in the environment.
        app = application(arguments[0] if arguments else None)
        result = app(list(arguments) or ["--help"], prog_name="ace", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        if as_json:
            console.show_json({"error": error.format_message(), "hint": None})
        else:
            _show_usage(error)
        return exits.USAGE
    except (typer.Abort, KeyboardInterrupt):
        result = exits.INTERRUPTED
    except SystemExit as left:
        # typer leaves so after shell completion, and with 1 when the reader of our output has gone.
        return _reader_gone() if left.code == 1 else int(left.code or exits.DONE)
    except BrokenPipeError:
        return _reader_gone()
    except Exception as error:
        code = _failed(error, as_json=as_json)
        if code is None:
            raise
        return code
    if result == exits.INTERRUPTED:  # typer, too, returns it instead of raising
        from ace_flow.diagnostics import AceError

        _show(AceError("interrupted"), as_json=as_json)
    return result if isinstance(result, int) else exits.DONE


def _failed(error: Exception, *, as_json: bool) -> int | None:
    """Say what went wrong and return the exit code for that; None if the fault is ours."""
    from ace_flow import diagnostics

    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        message = f"{place}{error.strerror or error}"
        _show(diagnostics.ConfigurationError(message), as_json=as_json)
        return exits.IO
    if not isinstance(error, diagnostics.AceError):
        return None
    _show(error, as_json=as_json)
    # Most specific first.
    codes: tuple[tuple[type[AceError], int], ...] = (
        (diagnostics.AttentionError, exits.ATTENTION),
        (diagnostics.TrustError, exits.TRUST),
        (diagnostics.HookError, exits.FAILED),
        (diagnostics.ToolError, exits.FAILED),
        (diagnostics.NotFoundError, exits.NOT_FOUND),
        (diagnostics.PatternError, exits.INVALID),
        (diagnostics.ConfigurationError, exits.INVALID),
    )
    return next(code for kind, code in codes if isinstance(error, kind))


def _terminate(*_: object) -> None:
    """End in order: what is half done is put back on the way out."""
    raise SystemExit(exits.TERMINATED)


def _wants_json(arguments: Sequence[str]) -> bool:
    """Tell what the arguments ask for, also where they are wrong and no command will run."""
    pairs = pairwise(arguments)
    return "--json" in arguments or "--format=json" in arguments or ("--format", "json") in pairs


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _reader_gone() -> int:
    """See to it that the interpreter does not complain when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return exits.DONE


def _show_usage(error: typer.TyperException) -> None:
    context = getattr(error, "ctx", None)
    if context is not None:
        console.note(context.get_usage())
    message = console.printable(error.format_message())
    console.note(f"{console.style('error', 'error', sys.stderr)}: {message}")
    console.note("help: add --help to see what the command takes")


def _show(error: AceError, *, as_json: bool) -> None:
    from ace_flow.cli import reporting

    if as_json:
        console.show_json(reporting.error_json(error))
    else:
        reporting.show_error(error)
