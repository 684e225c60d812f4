"""All printing: results on stdout, findings and errors on stderr, colour on a terminal."""

from __future__ import annotations

import json
import os
import sys
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_STYLES = {
    "bold": "1",
    "dim": "2",
    "error": "1;31",
    "ok": "32",
    "warning": "1;33",
    "place": "36",
    "gone": "31",
}
_DIFF_STYLES = {"+": "ok", "-": "gone", "@": "place"}


def printable(text: str) -> str:
    """Return text with everything that a terminal could act on written as an escape."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def fancy(stream: TextIO) -> bool:
    """Tell whether a stream is a terminal that wants colour (see https://no-color.org)."""
    dumb = os.environ.get("TERM") == "dumb"
    return stream.isatty() and not os.environ.get("NO_COLOR") and not dumb


def is_somebody_there() -> bool:
    """Tell whether somebody at a terminal can be asked."""
    # A stream that was closed before the start is none at all.
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def style(text: str, name: str, stream: TextIO) -> str:
    """Return text in a style where the stream shows styles."""
    return f"\x1b[{_STYLES[name]}m{text}\x1b[0m" if fancy(stream) else text


def say(text: str = "") -> None:
    """Print a line on stdout; what its encoding does not have comes as an escape."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def show_diff(lines: Iterable[str]) -> None:
    """Print a unified diff, in colour on a terminal."""
    for line in lines:
        text = printable(line.rstrip("\r\n"))
        kind = "bold" if line.startswith(("+++", "---")) else _DIFF_STYLES.get(line[:1])
        say(style(text, kind, sys.stdout) if kind else text)


def note(text: str) -> None:
    """Print a line on stderr; where that is not possible, there is nobody to tell."""
    with suppress(OSError):
        sys.stderr.write(text + "\n")


def show_json(value: object) -> None:
    """Print one JSON document on stdout, in it as escapes what a terminal could act on."""
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(value, indent=2, ensure_ascii=not unicode)
    sys.stdout.write("\n".join(map(_escaped, text.split("\n"))) + "\n")


def _escaped(line: str) -> str:
    """Write what is not printable as JSON does; outside of texts, JSON has none of it."""
    if line.isprintable():
        return line
    return "".join(
        character if character.isprintable() else json.dumps(character)[1:-1] for character in line
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: drawn and wrapped on a terminal, in aligned columns anywhere else."""
    cells = [[printable(cell) for cell in row] for row in rows]
    if sys.stdout.isatty():
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        drawn = Table(*header, box=box.SIMPLE_HEAD, pad_edge=False)
        for row in cells:
            drawn.add_row(*(Text(cell) for cell in row))
        Console(color_system="auto" if fancy(sys.stdout) else None).print(drawn)
        return
    lines = [[*map(str.upper, header)], *cells]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    for line in lines:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        say("  ".join(padded).rstrip())


@contextmanager
def working(text: str) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Show on a terminal that something is going on; what is yielded pauses that."""
    if not fancy(sys.stderr):
        yield nullcontext
        return
    from rich.console import Console

    with Console(stderr=True).status(text) as status:

        @contextmanager
        def paused() -> Iterator[None]:
            status.stop()
            yield
            status.start()

        yield paused


def waiting() -> None:
    """Say that another process is at work in the project."""
    note("another ace is at work in this project; waiting for it")


def tell(script: str, line: str) -> None:
    """Show what there is to say of a script of the project, or what it printed."""
    note(f"{style(f'[{script}]', 'dim', sys.stderr)} {printable(line)}")
