"""How the process ends: at once, with everything said, and without a word of Python's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MODULE = [sys.executable, "-m", "ace_flow"]
FULL = Path("/dev/full")
ON_A_FULL_DISK = pytest.mark.skipif(not FULL.exists(), reason="only Linux has such a disk")


@pytest.fixture(autouse=True)
def buffered(monkeypatch):
    """What is printed waits in a buffer, as it does for users."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)


@ON_A_FULL_DISK
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_what_cannot_be_said_changes_no_exit_code_that_tells(stream):
    with FULL.open("w") as full:
        done = subprocess.run([*MODULE, "generate", "nothing"], **{stream: full}, check=False)
    assert done.returncode == 5


@ON_A_FULL_DISK
@pytest.mark.parametrize("command", ["--version", "list-patterns", "--help", "schema"])
def test_a_full_disk_is_an_error_of_one_line(command):
    with FULL.open("w") as full:
        done = subprocess.run([*MODULE, command], stdout=full, stderr=-1, text=True, check=False)
    assert (done.returncode, done.stderr) == (7, "error: No space left on device\n")


@pytest.mark.skipif(os.name == "nt", reason="there is no moment before a program starts there")
@pytest.mark.parametrize("command", ["--version", "list-patterns"])
def test_without_a_place_to_print_to_nothing_is_printed(command):
    def close():
        os.close(1)

    done = subprocess.run([*MODULE, command], stderr=-1, text=True, check=False, preexec_fn=close)
    assert (done.returncode, done.stderr) == (0, "")


def test_all_that_was_printed_arrives():
    done = subprocess.run([*MODULE, "schema"], stdout=-1, stderr=-1, check=True)
    assert done.stdout.endswith(b"}\n")
    assert len(done.stdout) > 65_536


def test_what_is_to_be_done_at_the_end_is_done():
    text = (
        "import atexit, sys; atexit.register(print, 'bye'); sys.argv[1:] = ['--version']; "
        "from ace_flow.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", text], stdout=-1, text=True, check=True)
    assert done.stdout.splitlines()[1:] == ["bye"]


def test_who_watches_sees_the_end():
    done = subprocess.run(
        [sys.executable, "-m", "cProfile", "-m", "ace_flow", "--version"],
        stdout=-1,
        text=True,
        check=True,
    )
    assert "function calls" in done.stdout


def test_threads_come_to_their_end():
    text = (
        "import sys, threading, time; "
        "threading.Thread(target=lambda: (time.sleep(0.3), print('done'))).start(); "
        "sys.argv[1:] = ['--version']; from ace_flow.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", text], stdout=-1, text=True, check=True)
    assert done.stdout.splitlines()[1:] == ["done"]
