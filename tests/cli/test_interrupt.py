from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest


@pytest.fixture
def interruptible():
    """Let child processes be interrupted: what a shell runs in the background is not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def reading(pipe) -> int:
    """Wait until somebody reads a pipe, and return the end that nothing is written to."""
    while True:
        with suppress(OSError):
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.05)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("option", [[], ["--json"]])
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_ends_it_gets_a_code_of_its_own(tmp_path, sent, code, option):
    # Reading a pipe that nobody writes to takes as long as it is let.
    os.mkfifo(tmp_path / "endless.yml")
    with subprocess.Popen(
        [sys.executable, "-m", "ace_flow", "validate-pattern", "endless.yml", *option],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        writer = reading(tmp_path / "endless.yml")
        # Python notices a signal between opening and reading when it has read, which is never.
        time.sleep(0.5)
        process.send_signal(sent)
        try:
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()
            os.close(writer)
    assert process.returncode == code
    if code == 130 and option:
        assert json.loads(out)["error"] == "interrupted"
    elif code == 130:
        assert "interrupted" in err
    assert "Traceback" not in err
