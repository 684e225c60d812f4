"""Prettier, TypeScript and JavaScript itself, as a process that answers many questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from answering import Answers

PROGRAM = Path(__file__).with_name("answers.mjs")
SETTINGS = Path(__file__).parents[2] / "templates" / "app" / ".prettierrc.json"


@pytest.fixture(scope="session")
def ask(toolbox):
    """Put a question to a Node process that stays up, and return its answer."""
    with Answers(PROGRAM, toolbox, SETTINGS) as answers:
        yield answers.ask
