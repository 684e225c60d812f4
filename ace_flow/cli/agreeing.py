"""The question whether to trust code, and what is shown of it before."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from ace_flow.cli import console

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ace_flow.registry import Agree, Code

_MEANING = (
    "it is data only, and needs no trust",
    "files of it become part of your project, and run wherever you build and deploy that",
    "it runs programs on this machine, as you",
)
_MOST = 40


def trusted(hashes: Sequence[str] | None) -> tuple[str, ...]:
    """Return hashes that were given; raises ConfigurationError for what is none."""
    from ace_flow.diagnostics import ConfigurationError
    from ace_flow.registry import is_tree

    for text in hashes or ():
        if not is_tree(text):
            raise ConfigurationError(
                f"`{text}` is no hash of code", hint="`ace trust NAME` shows it; it begins with h1:"
            )
    return tuple(hashes or ())


def asking_trust(paused: Callable[[], AbstractContextManager[None]]) -> Agree | None:
    """Return what asks on the terminal to trust code; None where there is nobody to ask."""
    if not console.is_somebody_there():
        return None

    def agree(code: Code) -> bool:
        with paused():
            show_code(code)
            return agrees(code)

    return agree


def show_code(code: Code) -> None:
    """Print what somebody is to trust: whose it is, what it can do, its files and their hash."""
    console.say(console.style(console.printable(code.name), "bold", sys.stdout))
    rows = [
        ("class", f"{code.klass.name.lower()}: {_MEANING[code.klass]}"),
        ("from", f"{code.origin} {code.reference}".strip()),
        ("publisher", code.publisher or "unknown: nobody signed it"),
        ("hash", code.tree),
    ]
    for title, text in rows:
        console.say(f"  {title:<10} {console.printable(text)}")
    # All that runs is shown: nobody may have to trust what they could not see.
    files = [f"{file.path}  {_size(file.size)}" for file in code.files]
    for title, lines in (("will run", code.runs), ("files", files[:_MOST])):
        for number, line in enumerate(lines):
            console.say(f"  {'' if number else title:<10} {console.printable(line)}")
    if len(files) > _MOST:
        console.say(f"  {'':<10} and {len(files) - _MOST} more; --json lists all")


def agrees(code: Code) -> bool:
    """Ask whether to trust code; without a terminal nobody can be asked, and nobody agrees."""
    if not console.is_somebody_there():
        console.note(f"nobody can be asked here; to trust it as it is, add: --hash {code.tree}")
        return False
    import typer

    try:
        return typer.confirm("Trust it as it is now?", default=False)
    except typer.Abort as abort:
        console.say()  # what is said of it begins on a line of its own
        raise KeyboardInterrupt from abort


def _size(count: int) -> str:
    kilo = 1000
    return f"{count} B" if count < kilo else f"{count / kilo:,.1f} kB"
