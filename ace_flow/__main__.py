"""The entry point: answers `--version` before anything is imported, else starts the CLI."""

from __future__ import annotations

import atexit
import os
import sys


def main() -> int:
    """Run `ace` with the process's arguments and end with its exit code, or return that."""
    code = _run()
    threading = sys.modules.get("threading")
    is_alone = threading is None or threading.active_count() == 1
    if not is_alone or sys.getprofile() or sys.gettrace():
        return code
    atexit._run_exitfuncs()  # noqa: SLF001 - os._exit leaves them out
    if not _flushed() and not code:
        from ace_flow.cli import exits  # noqa: PLC0415 - start-up

        code = exits.IO
    # Taking all objects apart one by one takes as long as much of what was done with them.
    os._exit(code)


def _flushed() -> bool:
    """Print what is left to be; tell whether all of the output is out."""
    is_out = True
    for stream in (sys.stderr, sys.stdout):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            is_out = stream is not sys.stdout
    return is_out


def _run() -> int:
    known = _known() if sys.stdout else None
    if known is not None:
        try:
            sys.stdout.write(f"{known}\n")
            sys.stdout.flush()
        except OSError:
            pass  # the command says what is wrong
        else:
            return 0
    from ace_flow.cli.app import run  # noqa: PLC0415 - start-up

    return run(sys.argv[1:])


def _known() -> str | None:
    """Return what there is to print where next to nothing has to be looked at; else None."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from ace_flow import __version__  # noqa: PLC0415 - start-up

        return f"ace {__version__}"
    if arguments[:1] == ["generate"]:
        from ace_flow.unchanged import up_to_date  # noqa: PLC0415 - start-up

        place = up_to_date(arguments)
        if place is not None and place.isascii() and place.isprintable():
            return f"nothing to do: {place} is up to date"
    return None


if __name__ == "__main__":
    sys.exit(main())
