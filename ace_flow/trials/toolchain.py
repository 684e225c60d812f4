"""What the real tools say of a generated project: Amplify, TypeScript, cfn-lint, Vite, Vitest."""

from __future__ import annotations

import json
import os
import re
import sysconfig
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from ace_flow.diagnostics import AttentionError, ConfigurationError
from ace_flow.local import failure
from ace_flow.programs import Said, hear, located, node_program, without_keys
from ace_flow.workspace import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# A tool that has not ended by then never will.
PATIENCE = 900.0
# About templates that Amplify's own constructs write.
_OF_AMPLIFY = ("W2001", "W3005", "W8001", "W8003")
_MODEL = re.compile(r"^type \w+ .*@model\b", re.MULTILINE)
_TYPE = re.compile(r"^(?:type|enum|input) \w+", re.MULTILINE)
_FAULT = re.compile(r"^\S.*: error TS\d+: ", re.MULTILINE)
# How to get what the Python tools need.
EXTRA = "pip install 'ace-flow[testing]'"


class Tested(NamedTuple):
    """What came of tests: how many passed, and of each that failed its name and why."""

    passed: int
    failed: tuple[tuple[str, str], ...]


def compile_schema(root: Path) -> str:
    """Have Amplify transform the data schema, and say what it has.

    Raises AttentionError with what Amplify says, and the place.
    """
    with TemporaryDirectory(prefix="ace-") as folder:
        file = f"{folder}/schema.json"
        script = shipped("trials") / "schema.mjs"
        done = _heard([node_program(), "--import", "tsx", script, file], root)
        if done.code:
            message, more = failure(done.text, root)
            raise AttentionError(message.removeprefix("Error: "), hint=more)
        with open(file, encoding="utf-8") as opened:  # noqa: PTH123 - a text of our own
            schema = json.load(opened)["schema"]
    return f"{len(_MODEL.findall(schema))} models, {len(_TYPE.findall(schema))} types"


def check_types(root: Path) -> str:
    """Run the TypeScript compiler over backend and frontend; raises AttentionError with faults."""
    done = run_package(root, "typescript", "tsc", "-b")
    if done.code:
        count = len(_FAULT.findall(done.text))
        raise AttentionError(many(count, "fault") if count else "tsc failed", hint=done.text)
    return "no faults"


def lint_templates(assembly: Path) -> str:
    """Run cfn-lint over the templates of a cloud assembly, and count its warnings.

    Raises AttentionError with the errors, ConfigurationError where cfn-lint is missing.
    """
    # Beside the Python that runs us, and only then anywhere else.
    places = os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", "")))
    program = located("cfn-lint", places)
    if program is None:
        raise ConfigurationError("`cfn-lint` is not installed", hint=f"install it: {EXTRA}")
    templates = sorted(path.name for path in assembly.glob("*.template.json"))
    with TemporaryDirectory(prefix="ace-") as folder:
        file = f"{folder}/found.json"
        options = ("--ignore-checks", *_OF_AMPLIFY, "--format", "json", "--output-file", file)
        command = [program, *options, "--regions", "us-east-1", "--", *templates]
        done = _heard(command, assembly)
        try:
            with open(file, encoding="utf-8") as opened:  # noqa: PTH123 - a text of our own
                findings = json.load(opened)
        except (OSError, ValueError):
            raise AttentionError("cfn-lint failed", hint=done.text) from None
    errors = [_finding(item) for item in findings if item["Level"] == "Error"]
    if errors:
        raise AttentionError(many(len(errors), "error"), hint="\n".join(errors))
    warnings = len(findings)
    found_text = f", {many(warnings, 'warning')}" if warnings else ""
    return f"{many(len(templates), 'template')}, no errors{found_text}"


def build_frontend(root: Path) -> str:
    """Bundle the frontend with Vite; raises AttentionError with what Vite says."""
    done = run_package(root, "vite", "vite", "build", "--logLevel", "warn")
    if done.code:
        raise AttentionError("vite cannot build the frontend", hint=done.text)
    count = sum(1 for path in (root / "dist").rglob("*") if path.is_file())
    return f"{count} files"


def run_suite(root: Path) -> str:
    """Run the tests that the application brings; raises AttentionError with those that fail."""
    return passed(vitest(root, "--passWithNoTests"))


def passed(tested: Tested) -> str:
    """Say how many tests passed; raises AttentionError with those that did not."""
    if tested.failed:
        total = tested.passed + len(tested.failed)
        shown = "\n".join(f"{name}\n  {why}" for name, why in tested.failed)
        raise AttentionError(f"{len(tested.failed)} of {many(total, 'test')} failed", hint=shown)
    return f"{many(tested.passed, 'test')} passed"


def vitest(root: Path, *arguments: str, folder: Path | None = None, **environment: str) -> Tested:
    """Run Vitest of a project, in `folder` if that is another, and return what it reports.

    Raises AttentionError where it reports nothing.
    """
    with TemporaryDirectory(prefix="ace-") as passing:
        file = f"{passing}/report.json"
        options = ("run", "--reporter=json", f"--outputFile={file}", *arguments)
        done = run_package(root, "vitest", "vitest", *options, folder=folder, **environment)
        try:
            with open(file, encoding="utf-8") as opened:  # noqa: PTH123 - a text of our own
                report = json.load(opened)
        except (OSError, ValueError):
            raise AttentionError("vitest failed", hint=done.text) from None
    failed = [
        (f"{os.path.relpath(suite['name'], folder or root)}: {name}", _plain(why))
        for suite in report["testResults"]
        for name, why in _failures(suite)
    ]
    return Tested(report["numPassedTests"], tuple(failed))


def run_package(
    root: Path, package: str, program: str, *arguments: str, folder: Path | None = None, **more: str
) -> Said:
    """Run a program of a package that a project has, in `folder` if that is another.

    Raises AttentionError when the project does not have it.
    """
    home = root / "node_modules" / package
    try:
        named = json.loads((home / "package.json").read_text(encoding="utf-8"))["bin"]
    except FileNotFoundError:
        raise AttentionError(f"the project's package.json names no `{package}`") from None
    path = named if isinstance(named, str) else named[program]
    return _heard([node_program(), home / path, *arguments], folder or root, more)


def _heard(
    command: Sequence[str | Path], folder: Path, more: Mapping[str, str] | None = None
) -> Said:
    settings = {"NODE_NO_WARNINGS": "1", "NO_COLOR": "1", **(more or {})}
    return hear(command, folder, {**without_keys(), **settings}, PATIENCE)


def _failures(suite: dict[str, Any]) -> list[tuple[str, str]]:
    tests = [
        (test["fullName"], "\n".join(test["failureMessages"]))
        for test in suite["assertionResults"]
        if test["status"] == "failed"
    ]
    if suite["status"] == "failed" and not tests:
        return [("the file", suite["message"])]
    return tests


def _finding(item: dict[str, Any]) -> str:
    path = "/".join(str(step) for step in item["Location"]["Path"] or ())
    return f"{item['Filename']}: {path}: {item['Rule']['Id']} {item['Message']}"


def _plain(text: str) -> str:
    """Leave out where in packages an error was raised, and colours."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()
    return "\n  ".join(line for line in lines if "node_modules" not in line)


def many(count: int, noun: str) -> str:
    """Return a count with what is counted."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
