"""What a user adds to a command who trusts the code of a pattern as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.session import Session
from ace_flow.trials import code_of_tests

if TYPE_CHECKING:
    from pathlib import Path


def trust_of(reference: str, here: Path) -> list[str]:
    """Trust what a pattern brings, if that is code."""
    session = Session(here)
    code = session.code_of(session.check(reference))
    return ["--trust", code.tree] if code.klass else []


def trust_of_tests(reference: str, here: Path) -> list[str]:
    """Trust the tests beside a pattern."""
    session = Session(here)
    code = code_of_tests(session, session.check(reference))
    assert code is not None
    return ["--trust", code.tree]
