"""The command that explains diagnostic codes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli import console
from ace_flow.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ace_flow.loader.explanations import Explanation

_WIDTH = 80
_NARROWEST = 20
_INDENT = "  "


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command("explain", epilog="Example: ace explain ACE121")(explain)


def complete_codes(incomplete: str) -> list[tuple[str, str]]:
    """Return the codes and names that begin with what was typed, with what they mean."""
    from ace_flow.diagnostics import CODES

    typed = incomplete.lower()
    return [
        (name, summary)
        for code, (slug, summary) in CODES.items()
        for name in (code, slug)
        if name.lower().startswith(typed)
    ]


def explain(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE|NAME",
            help="A diagnostic's code or name; all are listed without one.",
            autocompletion=complete_codes,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell what a diagnostic's code means.

    Why it exists, how to mend what it finds, and a pattern before and after.
    """
    if code is None:
        _list_codes(as_json=as_json)
        return
    from ace_flow.loader.explanations import explain as look_up

    found = look_up(code)
    if as_json:
        console.show_json(_explanation_json(found))
    else:
        _show(found)


def _show(found: Explanation) -> None:
    width = _width()
    console.say(console.style(f"{found.code} {found.slug}", "bold", sys.stdout))
    for line in _wrapped(found.summary, width):
        console.say(line)
    for heading, lines in _sections(found, width - len(_INDENT)):
        console.say()
        console.say(console.style(heading, "bold", sys.stdout))
        for line in lines:
            console.say(f"{_INDENT}{console.printable(line)}" if line else "")


def _list_codes(*, as_json: bool) -> None:
    from ace_flow.diagnostics import CODES

    rows = [(code, slug, summary) for code, (slug, summary) in CODES.items()]
    if as_json:
        keys = ("code", "name", "summary")
        console.show_json([dict(zip(keys, row, strict=True)) for row in rows])
        return
    console.table(("Code", "Name", "Summary"), rows)


def _sections(found: Explanation, width: int) -> Iterator[tuple[str, list[str]]]:
    """Yield headings with their lines: prose is wrapped, examples stay as they are."""
    for heading, text in (("Why", found.why), ("Fix", found.fix)):
        yield heading, _wrapped(text, width)
    yield ("Wrong with --strict" if found.strict else "Wrong"), _code(found.wrong)
    yield "Right", _code(found.right)
    for path, text in found.files.items():
        yield f"File {path}", _code(text)


def _width() -> int:
    """Return how wide prose may be: as the terminal, or a width that suits everywhere."""
    import shutil

    if not sys.stdout.isatty():
        return _WIDTH
    return max(shutil.get_terminal_size().columns, _NARROWEST)


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False)


def _code(text: str) -> list[str]:
    # splitlines() would split at characters that an example has for being wrong.
    return text.rstrip("\n").split("\n")


def _explanation_json(found: Explanation) -> dict[str, object]:
    return {
        "code": found.code,
        "name": found.slug,
        "summary": found.summary,
        "why": found.why,
        "fix": found.fix,
        "wrong": found.wrong,
        "right": found.right,
        "files": dict(found.files),
        "strict": found.strict,
        "file": found.file or None,
    }
