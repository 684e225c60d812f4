"""Projects of the shipped patterns and of our own, generated once, with the shared packages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

OWN = Path(__file__).with_name("patterns")
PATTERNS = (
    "all_services",
    "content_management",
    "conversations",
    "custom_analytics",
    "dashboard_analytics",
    "e_commerce",
    "ecommerce_analytics",
    "iot_platform",
    "ml_platform",
    "simple_crud",
    "social_platform",
)


def pytest_generate_tests(metafunc):
    """Run a test that asks for `project` once for each pattern."""
    if "project" in metafunc.fixturenames:
        # One worker has all tests of a pattern, so that it is generated once.
        names = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in PATTERNS]
        metafunc.parametrize("project", names, indirect=True, scope="session")


def reference(project: Path) -> str:
    """Return what to call the pattern of a project's folder: a file of ours, or its name."""
    own = OWN / f"{project.name}.yml"
    return str(own) if own.exists() else project.name


@pytest.fixture(scope="session")
def project(request, link_packages, tmp_path_factory):
    """Generate a pattern's application into a folder that has its packages."""
    folder = tmp_path_factory.mktemp("app") / request.param
    subprocess.run(
        [sys.executable, "-m", "ace_flow", "generate", reference(folder), "--output", str(folder)],
        check=True,
        env={**os.environ, "ACE_STORE": str(folder.parent / "store.sqlite3")},
    )
    link_packages(folder)
    return folder


@pytest.fixture(scope="session")
def pattern(project):
    """Return a project's pattern, composed and complete."""
    shown = subprocess.run(
        [sys.executable, "-m", "ace_flow", "show-pattern", reference(project), "--json"],
        capture_output=True,
        check=True,
    )
    return json.loads(shown.stdout)["pattern"]


@pytest.fixture(scope="session")
def npx(toolbox):
    """Run one of the shared packages' programs in a project and return its output."""

    def run(
        project: Path, program: str, *arguments: str, offline: bool = False, **environment: str
    ) -> str:
        # An empty network namespace: whatever asks for the network fails.
        prefix = ["unshare", "--map-root-user", "--net"] if offline else []
        plain = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
        done = subprocess.run(
            [*prefix, str(toolbox / "node_modules" / ".bin" / program), *arguments],
            cwd=project,
            env={**plain, "NODE_NO_WARNINGS": "1", **environment},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, f"{program} failed:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    return run
