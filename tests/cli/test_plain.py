"""Commands that are called without the parser do what the parser would have them do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from ace_flow.cli import generation, plain, validation
from ace_flow.cli.parsed import application

WORDS = ("-o", "--output", "--output=", "--output=x", "-ox", "--", "-", "", "app", "job", "--json")
WORDS += ("--dry-run", "-h", "./p.yml", "a b", "--outpu", "--out=y", "é", "validate-pattern")
PROGRAM = get_command(application())


def parsed(arguments: list[str]) -> dict[str, Any]:
    """Return what the parser makes of arguments, where that differs from nothing said."""
    command = PROGRAM.commands[arguments[0]]
    context = command.make_context("ace", arguments[1:])
    usual = {parameter.name: parameter.default for parameter in command.params}
    return {
        name: value
        for name, value in context.params.items()
        if value not in {usual[name], None, ()}
    }


@pytest.fixture
def said(monkeypatch):
    """Return what commands are called with."""
    calls: list[dict[str, Any]] = []

    def write(pattern, output, **others):
        calls.append({"pattern": pattern, "output": output, **others})
        return 0

    def validate(pattern, **others):
        calls.append({"pattern": pattern, **others})
        return 0

    monkeypatch.setattr(generation, "write", write)
    monkeypatch.setattr(validation, "validate", validate)
    return calls


def test_the_parser_says_the_same(said):
    @given(
        st.sampled_from(["generate", "validate-pattern", "show-pattern"]),
        st.lists(st.sampled_from(WORDS), max_size=4),
    )
    def check(command, words):
        said.clear()
        run = plain.call_of([command, *words])
        if run is None:
            return
        assert run() == 0
        (call,) = said
        stated = parsed([command, *words])
        assert {name: value for name, value in call.items() if value is not None} == {
            **({"output": Path()} if command == "generate" else {}),
            **{name: Path(value) if name == "output" else value for name, value in stated.items()},
        }

    check()


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate"],
        ["generate", "job"],
        ["generate", "job", "-o", "app"],
        ["generate", "--output=app", "./job.yml"],
        ["validate-pattern", "job"],
    ],
)
def test_what_is_called_most_needs_no_parser(said, arguments):
    assert plain.call_of(arguments)() == 0
    assert len(said) == 1


@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["generate", "--json"], ["validate-pattern"], ["schema"]]
)
def test_all_else_is_parsed(arguments):
    assert plain.call_of(arguments) is None
