"""Values for a pattern's parameters: from options, from a file, or asked for on a terminal."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.cli import console

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ace_flow.loader import Ask, Choose, Question, Stated
    from ace_flow.model import Given, Parameter

_YES_NO = {"n": "false", "no": "false", "y": "true", "yes": "true"}
_LONGEST = 60


def stated(options: Sequence[str] | None, file: Path | None) -> dict[str, Stated]:
    """Return the values that were given; those of options before those of the file."""
    if not options and file is None:
        return {}
    from ace_flow.loader import stated_in_file, stated_in_options

    found = {}
    if file is not None:
        found = stated_in_file(*read_values(file))
    return found | stated_in_options(options or ())


def read_values(file: Path) -> tuple[str, bytes]:
    """Return what messages call a file of values, and its bytes; `-` is what stdin gives."""
    from ace_flow.diagnostics import NotFoundError

    if os.fspath(file) == "-":
        # A stream that was closed before the start is none at all.
        return "stdin", sys.stdin.buffer.read() if sys.stdin else b""
    try:
        return os.fspath(file), file.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {file}") from error


def trying(options: Sequence[str] | None, file: Path | None) -> Choose:
    """Return what tries a pattern with the values that were given, and samples beside them."""
    from ace_flow.loader import sample_values

    return sample_values(stated(options, file))


def asking(paused: Callable[[], AbstractContextManager[None]]) -> Ask | None:
    """Return what asks on the terminal; None where there is nobody to ask."""
    if not console.is_somebody_there():
        return None

    def ask(pattern: str, questions: Sequence[Question]) -> dict[str, Given]:
        with paused():
            count = "a value" if len(questions) == 1 else f"{len(questions)} values"
            name = console.printable(pattern)
            console.say(f"{name} asks for {count}; Enter takes what is in brackets")
            return {question.parameter.name: _answer(question) for question in questions}

    return ask


def _answer(question: Question) -> Given:
    """Ask until there is a value that fits."""
    from ace_flow.loader import misfit, normal_form, printed, read

    parameter = question.parameter
    _introduce(question)
    default = parameter.default
    offered = "" if default is None else f" [{_short(printed(default))}]"
    while True:
        text = _typed(f"{console.printable(parameter.name)}{offered}")
        if not text and default is not None:
            return normal_form(parameter, default)
        if not text and parameter.type != "array":
            console.say("a value is needed")
            continue
        if parameter.type == "boolean":
            text = _YES_NO.get(text.strip().lower(), text)
        value = read(parameter, text)
        problem = misfit(parameter, value)
        if problem is None:
            return normal_form(parameter, value)
        console.say(f"`{_short(printed(value))}` {console.printable(problem)}")


def _typed(prompt: str) -> str:
    import typer

    try:
        return str(typer.prompt(prompt, default="", show_default=False))
    except typer.Abort as abort:
        console.say()  # what is said of it begins on a line of its own
        raise KeyboardInterrupt from abort


def _introduce(question: Question) -> None:
    from ace_flow.loader import printed, takes

    parameter, why = question
    console.say()
    title = console.printable(parameter.title or parameter.description or parameter.name)
    console.say(console.style(title, "bold", sys.stdout))
    if parameter.title and parameter.description:
        console.say(console.printable(parameter.description))
    if why:
        console.say(console.printable(why))
    if takes(parameter) != "text":
        console.say(console.printable(takes(parameter)))
    if parameter.examples and parameter.default is None:
        console.say(f"for example {_short(printed(parameter.examples[0]))}")


def shown(parameter: Parameter) -> str:
    """Return the value of a parameter as a line takes it."""
    from ace_flow.loader import printed

    return "" if parameter.value is None else _short(printed(parameter.value))


def _short(text: str) -> str:
    cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return console.printable(cut)
