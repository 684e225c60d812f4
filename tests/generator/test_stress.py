"""Patterns at the edges of the format, through the tools that a generated project has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# One worker has all of them: the applications are generated once, and checked as one.
pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("stress")]

PATTERNS = sorted(Path(__file__).with_name("patterns").glob("*.yml"))


@pytest.fixture(scope="module")
def projects(link_packages, tmp_path_factory):
    """Generate the application of each pattern, with its packages at hand."""
    folder = tmp_path_factory.mktemp("apps")
    for pattern in PATTERNS:
        project = folder / pattern.stem
        subprocess.run(
            [sys.executable, "-m", "ace_flow", "generate", str(pattern), "--output", str(project)],
            env={**os.environ, "ACE_STORE": str(folder / "store.sqlite3")},
            check=True,
        )
        link_packages(project)
    return [folder / pattern.stem for pattern in PATTERNS]


@pytest.fixture
def run(toolbox):
    """Run one of the packages' programs in a folder and return its output."""

    def call(program, *arguments, cwd):
        done = subprocess.run(
            [toolbox / "node_modules" / ".bin" / program, *arguments],
            cwd=cwd,
            env={**os.environ, "NODE_NO_WARNINGS": "1"},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    return call


def test_are_formatted(projects, checks):
    assert [checks.ask("misprinted", str(project)) for project in projects] == [[]] * len(projects)


def test_type_check(projects, faults):
    assert [faults(project)["types"] for project in projects] == [""] * len(projects)


def test_lint(projects, faults):
    assert [faults(project)["lint"] for project in projects] == [""] * len(projects)


def test_pass_their_own_tests(projects, run):
    for project in projects:
        run("vitest", "run", "--passWithNoTests", cwd=project)


def test_are_schemas_for_amplify(projects, checks):
    for project in projects:
        assert "@model" in checks.ask("schema", str(project))
