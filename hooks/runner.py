"""Runs hooks in Python, in a process of its own: `python runner.py PACKAGE FOLDER`.

A line on standard input is the number of a request: `FOLDER/<number>.request`, JSON. The answer
goes to `FOLDER/<number>.answer`; standard output is the hooks' own. PACKAGE is where the contexts
come from that hooks get.
"""  # noqa: INP001 - a program, no package

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import inspect
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

SHORT = ("generate_schema", "transform_pattern")


def main(package: str, folder: Path) -> None:
    """Answer requests until there are no more."""
    sys.path.insert(0, package)
    contexts = importlib.import_module("ace_flow.plugins.contexts")
    runner = Runner(contexts)
    for line in sys.stdin:
        number = line.strip()
        request = json.loads((folder / f"{number}.request").read_text(encoding="utf-8"))
        try:
            answer = {"value": runner.answer(request)}
            text = json.dumps(answer, default=contexts.to_plain)
        except Exception as error:  # noqa: BLE001 - whatever a hook raises is its answer
            text = json.dumps({"error": said(error)})
        sys.stdout.write(request["mark"])
        sys.stdout.flush()
        part = folder / f"{number}.part"
        part.write_text(text, encoding="utf-8")
        part.replace(folder / f"{number}.answer")


class Runner:
    """The modules, loaded once."""

    def __init__(self, contexts: ModuleType) -> None:
        self.contexts = contexts
        self.modules: list[ModuleType] = []

    def answer(self, request: dict[str, Any]) -> object:
        """Load all modules, or call a hook of one."""
        if request["call"] == "load":
            return [self.load(number, Path(file)) for number, file in enumerate(request["files"])]
        module = self.modules[request["module"]]
        hook = request["hook"]
        function = getattr(module, hook, None) or getattr(module, hook.removeprefix("ace_"))
        result = function(**wanted(function, self.arguments(request["arguments"])))
        if inspect.isawaitable(result):
            result = asyncio.run(awaited(result))
        return [result]

    def load(self, number: int, file: Path) -> dict[str, object]:
        """Load a module; tell what it offers, or what is wrong with it."""
        self.modules.append(ModuleType(""))
        if str(file.parent) not in sys.path:
            sys.path.insert(0, str(file.parent))
        spec = importlib.util.spec_from_file_location(f"ace_hook_{number}", file)
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except Exception as error:  # noqa: BLE001 - whatever a module raises is its answer
            return {"error": said(error)}
        self.modules[number] = module
        names = [name for name in vars(module) if name.startswith("ace_") or name in SHORT]
        own = [name for name in names if callable(getattr(module, name))]
        return {"offers": ["ace_" + name.removeprefix("ace_") for name in own]}

    def arguments(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments as hooks take them: the context as a typed object."""
        if "context" in given:
            given["context"] = self.contexts.from_plain(self.contexts.Context, given["context"])
        return given


def wanted(function: Any, given: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - anything
    """Return those arguments that a function takes; its first one may be called anything."""
    names = list(inspect.signature(function).parameters)
    first = next(iter(given))
    if names and names[0] not in given:
        given = {names[0]: given[first], **given}
    return {name: given[name] for name in names if name in given}


async def awaited(value: Any) -> object:  # noqa: ANN401 - anything that can be awaited
    """Return what is waited for."""
    return await value


def said(error: BaseException) -> str:
    """Return what an error says, and its kind where it says nothing or is one of Python's own."""
    text = str(error)
    kind = type(error).__name__
    is_plain = type(error) in {Exception, RuntimeError, ValueError, AssertionError}
    return text if text and is_plain else f"{kind}: {text}" if text else kind


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
    # What hooks left running must not keep us.
    sys.stdout.flush()
    os._exit(0)
