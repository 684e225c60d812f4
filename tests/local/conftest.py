"""`ace sandbox` as a user runs it, in a small project of its own."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Self

import pytest

PATTERN = Path(__file__).with_name("notes.yml")
PATIENCE = 120
LINK = re.compile(r"http://(?P<name>[\w-]+)\.localhost:\d+/\S+")
BACKEND = re.compile(r"^the backend: (\S+)", re.MULTILINE)


@pytest.fixture(scope="session")
def cache(toolbox, tmp_path_factory) -> Path:
    """Return a cache folder that has the packages of the local backend already."""
    folder = tmp_path_factory.mktemp("cache")
    lines = [
        "from ace_flow.local import sandbox_packages",
        "print(sandbox_packages().folder)",
    ]
    made = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env={**os.environ, "XDG_CACHE_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    (Path(made.stdout.strip()) / "node_modules").symlink_to(toolbox / "node_modules")
    return folder


@pytest.fixture(scope="session")
def notes(link_packages, tmp_path_factory) -> Path:
    """Generate a small project, with its packages."""
    folder = tmp_path_factory.mktemp("notes") / "notes"
    command = ["generate", str(PATTERN), "--output", str(folder)]
    subprocess.run([sys.executable, "-m", "ace_flow", *command], check=True, capture_output=True)
    link_packages(folder)
    return folder


@pytest.fixture
def project(notes, tmp_path) -> Path:
    """Return a copy of the small project."""
    return Path(shutil.copytree(notes, tmp_path / "notes", symlinks=True))


@pytest.fixture(scope="session")
def environment(cache) -> dict[str, str]:
    return {**os.environ, "XDG_CACHE_HOME": str(cache)}


class Process:
    """A running `ace sandbox`: what it says, and how it ends."""

    def __init__(self, project: Path, environment: dict[str, str], *arguments: str) -> None:
        self.said: list[str] = []
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ace_flow", "sandbox", *arguments],
            cwd=project,
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGKILL)

    def hear(self, text: str) -> str:
        """Wait until something is said, and return all that was said until then."""
        while text not in "\n".join(self.said):
            try:
                self.said.append(self._lines.get(timeout=PATIENCE))
            except queue.Empty:
                raise AssertionError("\n".join(self.said)) from None
        return "\n".join(self.said)

    def ready(self) -> str:
        """Wait until everything runs, and return the address of the backend."""
        found = BACKEND.search(self.hear("Ctrl-C ends it"))
        assert found, self.said
        return found[1]

    def links(self) -> dict[str, str]:
        """Return where each person is signed in."""
        return {found["name"]: found[0] for found in LINK.finditer("\n".join(self.said))}

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=30)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))


@pytest.fixture(scope="module")
def served(notes, environment, tmp_path_factory):
    """Run `ace sandbox` for a module, with ann and with bo, who is a keeper."""
    folder = shutil.copytree(notes, tmp_path_factory.mktemp("served") / "notes", symlinks=True)
    with Process(Path(folder), environment, "--as", "ann", "--as", "bo:keepers") as process:
        process.ready()
        yield process


@pytest.fixture
def sandbox_of(environment):
    """Start `ace sandbox` in a project; it is gone at the end of the test."""
    started: list[Process] = []

    def start(project: Path, *arguments: str, **more: Any) -> Process:
        process = Process(project, {**environment, **more}, *arguments)
        started.append(process)
        return process

    yield start
    for process in started:
        with process:
            pass


@pytest.fixture
def run_sandbox(environment):
    """Run `ace sandbox` to its end."""

    def run(project: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ace_flow", "sandbox", *arguments],
            cwd=project,
            env={**environment, **more},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )

    return run
