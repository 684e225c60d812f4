"""Programs of others are found on the PATH, and never in a folder that a project brings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ace_flow import programs
from ace_flow.diagnostics import ConfigurationError
from ace_flow.plugins.shell import ScriptRun
from ace_flow.programs import git, located, program, run


def put(file: Path, text: str = "#!/bin/sh\ntouch ran\n") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)
    return file


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Work in a folder that brings programs of well-known names."""
    for name in ("git", "node", "npm", "tools/git"):
        put(tmp_path / "here" / name)
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.mark.parametrize("entry", ["", ".", "tools", "./tools"])
def test_the_folder_where_we_are_is_not_looked_in(here, tmp_path, monkeypatch, entry):
    monkeypatch.setenv("PATH", f"{entry}{os.pathsep}{tmp_path}/bin")
    assert located("git") is None
    assert git("--version") is None
    with pytest.raises(ConfigurationError, match="`node` is not installed"):
        program("node")
    with pytest.raises(ConfigurationError, match="`npm` cannot be run"):
        run(["npm"])
    there = put(tmp_path / "bin" / "git", "#!/bin/sh\necho there\n")
    assert located("git") == str(there)
    assert git("--version").content == b"there\n"
    assert not (here / "ran").exists()


def test_a_program_is_a_file_that_may_be_run(tmp_path):
    (tmp_path / "a" / "git").mkdir(parents=True)
    put(tmp_path / "b" / "git").chmod(0o644)
    last = put(tmp_path / "c" / "git")
    way = os.pathsep.join(str(tmp_path / name) for name in "abc")
    if os.name != "nt":
        assert located("git", way) == str(last)
    assert located(str(last)) == str(last)
    assert located("c/git", str(tmp_path)) is None
    assert Path(located(Path(sys.executable).name, str(Path(sys.executable).parent))).is_file()


def test_windows_adds_what_programs_end_with_and_no_other_folder(here, tmp_path, monkeypatch):
    """As it would be there: only what is looked for is simulated."""
    monkeypatch.setattr(programs, "_IS_WINDOWS", True)
    monkeypatch.setenv("PATHEXT", os.pathsep.join((".COM", ".EXE", ".CMD")))
    monkeypatch.setenv("PATH", f".{os.pathsep}{tmp_path}/bin")
    for ending in (".EXE", ".CMD"):
        put(here / f"git{ending}")
    put(tmp_path / "bin" / "git")  # no program there
    assert located("git") is None
    there = put(tmp_path / "bin" / "git.CMD")
    assert located("git") == str(there)
    first = put(tmp_path / "bin" / "git.EXE")
    assert located("git") == str(first)
    assert located("git.CMD") == str(there)
    assert located(str(tmp_path / "bin" / "git")) == str(first)
    monkeypatch.delenv("PATHEXT")
    assert located("git") == str(first)


@pytest.mark.skipif(os.name == "nt", reason="the hook is for a shell")
def test_git_runs_nothing_of_a_repository_when_it_is_asked_for_changes(tmp_path):
    def do(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True)

    do("init", "-q")
    (tmp_path / "a").write_text("x")
    do("add", "a")
    do("-c", "user.name=a", "-c", "user.email=a@localhost", "commit", "-qm", "a")
    ran = tmp_path.parent / f"{tmp_path.name}-ran"
    hook = put(tmp_path / ".git" / "hooks" / "post-index-change", f"#!/bin/sh\ntouch {ran}\n")
    assert hook.exists()
    os.utime(tmp_path / "a", (1, 1))
    assert ScriptRun(tmp_path).has_changes() is False
    assert not ran.exists()
    # The same question as it is asked by default writes the index.
    do("status")
    assert ran.exists()
    (tmp_path / "a").write_text("y")
    assert ScriptRun(tmp_path).has_changes() is True
    assert ScriptRun(tmp_path).branch() in {"main", "master"}
