"""Patterns in applications that ace did not create, each generated and synthesized once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import applications
import pytest
from following import follow

HERE = Path(__file__).with_name("joining")
CLUB = str(HERE / "club.yml")


class Layout(NamedTuple):
    """A layout of an application, a pattern, and the folder that has its `amplify`."""

    name: str
    pattern: str = CLUB
    place: str = "."


VITE, NEXT = Layout("vite", "e_commerce"), Layout("next")
MONOREPO = Layout("monorepo", place="packages/backend")
LAYOUTS = (VITE, NEXT, MONOREPO)


class Joined(NamedTuple):
    """An application that a pattern joined: its package, what was there, what `ace` reported."""

    package: Path
    before: dict[str, bytes]
    after: dict[str, bytes]
    report: dict[str, Any]


def texts(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by path, but for those of ace's own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ace-flow" not in path.parts
    }


def generate(package: Path, pattern: str) -> dict[str, Any]:
    """Generate into a package, as a user does, and return what was reported."""
    command = [sys.executable, "-m", "ace_flow", "generate", pattern, "--json"]
    store = str(package.parent / "store.sqlite3")
    environment = {**os.environ, "ACE_STORE": store}
    done = subprocess.run(command, cwd=package, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def joined(link_packages, tmp_path_factory):
    """Generate a pattern into an application, and do by hand what is left."""

    @cache
    def join(layout: Layout) -> Joined:
        root = tmp_path_factory.mktemp("joined") / layout.name
        shutil.copytree(HERE / "layouts" / layout.name, root)
        package = root / layout.place
        before = texts(package)
        report = generate(package, layout.pattern)
        after = texts(package)
        follow(package, report["guest"]["steps"])
        # What Amplify writes when a backend is deployed.
        (package / "amplify_outputs.json").write_text('{"version": "1.4"}', encoding="utf-8")
        link_packages(root)
        return Joined(package, before, after, report)

    return join


@pytest.fixture(scope="session")
def assembled(joined, npx):
    """Synthesize such an application without a network, and return the cloud assembly."""

    @cache
    def synthesize(layout: Layout) -> Path:
        package = joined(layout).package
        assembly = package / "cdk.out"
        context = json.dumps(applications.CONTEXT)
        environment = {"CDK_CONTEXT_JSON": context, "CDK_OUTDIR": str(assembly)}
        npx(package, "tsx", "amplify/backend.ts", offline=True, **environment)
        return assembly

    return synthesize
