"""Applications of patterns, each generated and synthesized once for all tests of a session."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from answering import Answers
from trust import trust_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.mark import ParameterSet

PATTERNS = (
    "all_services",
    "arrangements",
    "content_management",
    "conversations",
    "custom_analytics",
    "dashboard_analytics",
    "display",
    "e_commerce",
    "ecommerce_analytics",
    "files",
    "iot_platform",
    "links",
    "ml_platform",
    "search",
    "simple_crud",
    "social_platform",
)
# What these are about is how their pages look and what can be done there.
PAGES = ("arrangements", "conversations", "display", "files", "links", "search")
OTHERS = tuple(name for name in PATTERNS if name not in PAGES)
OWN = Path(__file__).with_name("toolchain") / "patterns"
CHECKS = Path(__file__).with_name("checks.mjs")
# Files with the patterns that tests make, by name.
MADE: dict[str, Path] = {}
CONTEXT = {
    "amplify-backend-namespace": "aceflow",
    "amplify-backend-name": "offline",
    "amplify-backend-type": "sandbox",
    # CDK then refuses what a deployment would refuse, dependency cycles included.
    "@aws-cdk/core:validateAgainstDefaultRules": True,
}


def pytest_generate_tests(metafunc):
    """Run a test that asks for `application` once for each pattern, or those its module names."""
    stated = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "application" in metafunc.fixturenames and "application" not in stated:
        wanted = each(getattr(metafunc.module, "PATTERNS", PATTERNS))
        metafunc.parametrize("application", wanted, indirect=True, scope="session")


def each(names: Iterable[str]) -> list[ParameterSet]:
    """Return parameters: one worker has all tests of a pattern, so that it is generated once."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in names]


def reference(name: str) -> str:
    """Return what to call a pattern: a file of ours, or its name."""
    own = MADE.get(name, OWN / f"{name}.yml")
    return str(own) if own.exists() else name


@pytest.fixture(scope="session")
def generated(link_packages, tmp_path_factory):
    """Generate a pattern's application into a folder that has its packages."""

    @cache
    def generate(name: str) -> Path:
        folder = tmp_path_factory.mktemp("app") / name
        command = ["generate", reference(name), "--output", str(folder)]
        command += trust_of(reference(name), Path.cwd())
        subprocess.run(
            [sys.executable, "-m", "ace_flow", *command],
            check=True,
            env={**os.environ, "ACE_STORE": str(folder.parent / "store.sqlite3")},
        )
        link_packages(folder)
        return folder

    return generate


@pytest.fixture(scope="session")
def application(request, generated):
    """Generate a pattern's application into a folder that has its packages."""
    return generated(request.param)


@pytest.fixture(scope="session")
def composed():
    """Return a pattern by its name, composed and complete."""

    @cache
    def compose(name: str) -> dict:
        command = [sys.executable, "-m", "ace_flow", "show-pattern", reference(name), "--json"]
        shown = subprocess.run(command, capture_output=True, check=True)
        return json.loads(shown.stdout)["pattern"]

    return compose


@pytest.fixture(scope="session")
def pattern(application, composed):
    """Return an application's pattern, composed and complete."""
    return composed(application.name)


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


@pytest.fixture(scope="session")
def checks(toolbox):
    """Ask about projects: what is wrong with them, and their GraphQL schema."""
    with Answers(CHECKS, toolbox) as answers:
        yield answers


@pytest.fixture(scope="session")
def faults(checks):
    """Return what is wrong with a project's types (`types`) and with its style (`lint`)."""

    @cache
    def check(project: Path) -> dict[str, str]:
        return checks.ask("check", str(project))

    return check


@pytest.fixture(scope="session")
def synthesized(generated, npx):
    """Synthesize a pattern's backend without a network, and return the cloud assembly."""

    @cache
    def synthesize(name: str) -> Path:
        project = generated(name)
        environment = {
            "CDK_CONTEXT_JSON": json.dumps(CONTEXT),
            "CDK_OUTDIR": str(project / "cdk.out"),
        }
        npx(project, "tsx", "amplify/backend.ts", offline=True, **environment)
        return project / "cdk.out"

    return synthesize
