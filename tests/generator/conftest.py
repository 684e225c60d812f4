"""The real tools as processes that answer many questions: Prettier, and JavaScript itself."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("answers.mjs")
SETTINGS = Path(__file__).parents[2] / "templates" / "app" / ".prettierrc.json"


@pytest.fixture(scope="session")
def ask(toolbox):
    """Put a question to a Node process that stays up, and return its answer."""
    packages = (toolbox / "node_modules").as_uri()
    process = subprocess.Popen(
        ["node", PROGRAM, packages, SETTINGS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )

    def put(question, *arguments):
        process.stdin.write(json.dumps([question, *arguments]) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer["value"]

    yield put
    process.stdin.close()
    process.stdout.close()
    process.wait(timeout=10)
