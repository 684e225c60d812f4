"""The entry point: answers `--version` before anything is imported, else starts the CLI."""

from __future__ import annotations

import atexit
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_IO = 7  # as in `cli.exits`, which takes time to import


def main() -> int:
    """Run `ace` with the process's arguments and end with its exit code, or return that."""
    code = _run()
    threading = sys.modules.get("threading")
    is_alone = threading is None or threading.active_count() == 1
    if not is_alone or sys.getprofile() or sys.gettrace():
        return code
    atexit._run_exitfuncs()  # noqa: SLF001 - os._exit leaves them out
    _flushed(sys.stderr)
    is_out = _flushed(sys.stdout)
    # Taking all objects apart one by one takes as long as much of what was done with them.
    os._exit(code if is_out else code or _IO)


def _flushed(stream: TextIO | None) -> bool:
    """Print what is left to be; tell whether that was possible."""
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        return False
    return True


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
