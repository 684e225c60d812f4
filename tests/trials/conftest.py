"""A cache that has the packages of tested applications already."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINES = (
    "from ace_flow.local import sandbox_packages",
    "from ace_flow.pinned import pinned_folder",
    "print(pinned_folder(), sandbox_packages().folder, sep='\\n')",
)


@pytest.fixture(scope="session")
def cache(toolbox, tmp_path_factory) -> Path:
    """Return a cache folder that has the packages of applications and of the local backend."""
    folder = tmp_path_factory.mktemp("cache")
    made = subprocess.run(
        [sys.executable, "-c", "\n".join(LINES)],
        env={**os.environ, "XDG_CACHE_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    for line in made.stdout.splitlines():
        place = Path(line)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        (place / "node_modules").symlink_to(toolbox / "node_modules")
        shutil.copy(toolbox / "package-lock.json", place)
        (place / "complete").touch()
    return folder


@pytest.fixture
def cached(cache, monkeypatch) -> Path:
    """Let tests in this process find the cache, too."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    return cache


@pytest.fixture
def told(tmp_path):
    """Run `ace test-pattern` in `tmp_path`, with a text on its stdin; return its process."""

    def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ace_flow", "test-pattern", *arguments],
            cwd=tmp_path,
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run
