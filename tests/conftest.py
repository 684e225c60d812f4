"""Shared fixtures: the command as a user runs it, and the npm toolbox that all tests share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pytest
import shared_packages

from ace_flow.session import Session

pytest_plugins = ["applications", "backend", "chromium", "joined"]

# The same cases every time, however slow the machine is at the moment.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")


def pytest_collection_modifyitems(items):
    """Begin with what takes longest by itself: begun last, it is what everything waits for."""
    items.sort(key=lambda item: "test_install" not in item.nodeid)


STRANGER = 54321  # the number of a user who has nothing to do here


class Result(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def own_store(tmp_path_factory, monkeypatch):
    """Give every test a pattern store of its own."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite3"
    monkeypatch.setenv("ACE_STORE", str(path))
    return path


@pytest.fixture(autouse=True)
def own_trust(tmp_path_factory, monkeypatch):
    """Give every test a user who has trusted nothing; return the file of decisions."""
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("ACE_CONFIG_DIR", str(folder))
    return folder / "trust.json"


@pytest.fixture
def given_away(monkeypatch):
    """Give a file or folder, with all that is in it, to another user of this machine.

    Only root can; to others it is shown to this process as if they had.
    """
    gone: list[Path] = []
    look = os.lstat

    def lstat(path, **options):
        status = look(path, **options)
        is_gone = any(place in (Path(path), *Path(path).parents) for place in gone)
        return os.stat_result((*status[:4], STRANGER, *status[5:])) if is_gone else status

    def give(path: Path) -> Path:
        if os.geteuid() == 0:
            for place in (path, *path.rglob("*")):
                os.chown(place, STRANGER, STRANGER, follow_symlinks=False)
        else:
            gone.append(path)
            monkeypatch.setattr(os, "lstat", lstat)
        return path

    return give


@pytest.fixture
def trusting():
    """Trust the code of a pattern as it is now, or without one what runs in the project there."""

    def grant(reference: str | None, cwd: Path) -> None:
        session = Session(cwd)
        if reference is None:
            code = session.own_programs(cwd).code
        else:
            code = session.code_of(session.check(reference))
        session.gate.store.grant(code)

    return grant


@pytest.fixture
def ace(tmp_path):
    """Run `ace` in a new process, as a user does, in `tmp_path` unless told otherwise."""

    def run(*arguments: str, cwd: Path = tmp_path, **environment: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "ace_flow", *arguments],
            cwd=cwd,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def toolbox() -> Path:
    """Return a folder with the pinned npm packages in `node_modules`."""
    return shared_packages.install()


@pytest.fixture(scope="session")
def link_packages(toolbox):
    """Give a project the shared packages, in a `node_modules` of its own.

    Tools keep caches in there: one project's must not pass for another's.
    """

    def link(project: Path) -> None:
        folder = project / "node_modules"
        folder.mkdir()
        for package in (toolbox / "node_modules").iterdir():
            (folder / package.name).symlink_to(package)
        # Amplify finds a project's root by its lock file.
        shutil.copy(toolbox / "package-lock.json", project)

    return link
