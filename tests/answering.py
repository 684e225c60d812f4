"""Node processes that stay up and answer questions, one line of JSON each."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pathlib import Path

# With what little fits by default, collecting garbage takes half of the time of large programs.
MEMORY = ("--max-semi-space-size=128", "--max-old-space-size=4000")


class Answers:
    """A program of ours in Node, with the packages of a toolbox at hand."""

    def __init__(self, program: Path, toolbox: Path, *arguments: Path) -> None:
        packages = (toolbox / "node_modules").as_uri()
        self._process = subprocess.Popen(
            ["node", *MEMORY, program, packages, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=10)

    def ask(self, question: str, *arguments: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([question, *arguments]) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer["value"]
