"""Generated handlers, called with the events that Amplify and Lambda really send."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("whole_backend")]

CALLS = Path(__file__).with_name("handlers.mts")


def resolved(field: str) -> dict[str, object]:
    """Return the event of an operation: its `info` is in the types, and nowhere else."""
    return {
        "typeName": "Query",
        "fieldName": field,
        "arguments": {},
        "identity": None,
        "source": None,
        "request": {"headers": {}, "domainName": None},
        "prev": None,
    }


def test_handlers_answer_before_anything_is_filled_in(generated, npx):
    project = generated("whole_backend")
    request = {"requestContext": {"http": {"method": "POST"}}, "isBase64Encoded": False}
    asked = {
        "summarize": resolved("summarize"),
        "answer-several": resolved("react"),
        "tidy-up": {"time": "2026-01-01T00:00:00Z"},
        "health-check": request,
        "run-by-hand-too": {},
    }
    said = json.loads(npx(project, "tsx", str(CALLS), str(project), json.dumps(asked)))
    assert said == {
        "summarize": None,
        "answer-several": "Error: react is not there yet",
        "tidy-up": None,
        "health-check": {"statusCode": 501},
        "run-by-hand-too": None,
    }
