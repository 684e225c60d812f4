"""Commands that do next to nothing: what it takes until a program is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from contenders import Command, Place


@dataclass(frozen=True, kw_only=True)
class Start:
    """One command, and the package that has to be installed for it."""

    name: str
    command: Callable[[Place], Command]
    package: str = ""


def _ace(*arguments: str) -> Callable[[Place], Command]:
    return lambda place: [place.tools.ace / "bin" / "ace", *arguments]


def _python(program: str, *arguments: str) -> Callable[[Place], Command]:
    return lambda place: [place.tools.peer(program), *arguments]


def _node(script: str, *arguments: str) -> Callable[[Place], Command]:
    return lambda place: [place.tools.node, place.tools.module(script), *arguments]


def _both(
    name: str, package: str, make: Callable[[str], Callable[[Place], Command]]
) -> list[Start]:
    return [
        Start(name=f"{name} {option}", command=make(option), package=package)
        for option in ("--version", "--help")
    ]


START = (
    Start(name="python", command=lambda place: [place.tools.python, "-c", "pass"]),
    Start(name="node", command=lambda place: [place.tools.node, "-e", "0"], package="plop"),
    *_both("ace", "", _ace),
    Start(name="ace validate-pattern, 10 models", command=_ace("validate-pattern", "job")),
    # So strictly, a pattern is checked however well it is known.
    Start(
        name="ace validate-pattern --strict, 10 models",
        command=_ace("validate-pattern", "--strict", "job"),
    ),
    *_both("copier", "copier", lambda option: _python("copier", option)),
    *_both("cookiecutter", "cookiecutter", lambda option: _python("cookiecutter", option)),
    Start(name="cruft --help", command=_python("cruft", "--help"), package="cruft"),
    Start(name="hygen --help", command=_node("hygen/dist/bin.js", "--help"), package="hygen"),
    *_both("plop", "plop", lambda option: _node("plop/bin/plop.js", option)),
    *_both("projen", "projen", lambda option: _node("projen/bin/projen", option)),
    # Its help is of a workspace, and there is none.
    Start(name="nx --version", command=_node("nx/dist/bin/nx.js", "--version"), package="nx"),
    *_both("yo", "yo", lambda option: _node("yo/lib/cli.js", option)),
)
