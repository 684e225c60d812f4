"""The entry point: answers `--version` before anything is imported, else starts the CLI."""

from __future__ import annotations

import sys


def main() -> int:
    """Run `ace` with the process's arguments and return its exit code."""
    if sys.argv[1:] == ["--version"]:
        from ace_flow import __version__  # noqa: PLC0415 - start-up

        sys.stdout.write(f"ace {__version__}\n")
        return 0
    if sys.argv[1:2] == ["generate"] and sys.stdout is not None:
        from ace_flow.unchanged import up_to_date  # noqa: PLC0415 - start-up

        place = up_to_date(sys.argv[1:])
        if place is not None and place.isascii() and place.isprintable():
            sys.stdout.write(f"nothing to do: {place} is up to date\n")
            return 0
    from ace_flow.cli.app import run  # noqa: PLC0415 - start-up

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
