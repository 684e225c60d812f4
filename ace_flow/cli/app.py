"""Runs a command: the one boundary where errors become exit codes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ace_flow.cli import console, exits
from ace_flow.cli.plain import call_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.diagnostics import AceError


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; nothing a user can cause shows a traceback."""
    as_json = _wants_json(arguments)
    # A stream that was closed before the start is none at all.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    try:
        call = call_of(arguments)
        # Not before: what is raised while modules are imported may be lost there.
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _terminate)
        if call is None:
            from ace_flow.cli.parsed import parse_and_call

            code = parse_and_call(arguments, as_json=as_json)
        else:
            code = call()
        sys.stdout.flush()
    except KeyboardInterrupt:
        from ace_flow.diagnostics import AceError

        _show(AceError("interrupted"), as_json=as_json)
        return exits.INTERRUPTED
    except SystemExit as left:
        return int(left.code or exits.DONE)
    except BrokenPipeError:
        return _reader_gone()
    except Exception as error:
        failed = _failed(error, as_json=as_json)
        if failed is None:
            raise
        return failed
    return code


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


def _show(error: AceError, *, as_json: bool) -> None:
    from ace_flow.cli import reporting

    if as_json:
        console.show_json(reporting.error_json(error))
    else:
        reporting.show_error(error)
