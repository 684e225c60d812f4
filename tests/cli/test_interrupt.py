from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest


@pytest.fixture
def interruptible():
    """Let child processes be interrupted: what a shell runs in the background is not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("option", [[], ["--json"]])
def test_an_interrupt_is_said_and_exits_with_130(tmp_path, option):
    # Reading a pipe that nobody writes to takes as long as it is let.
    os.mkfifo(tmp_path / "endless.yml")
    with subprocess.Popen(
        [sys.executable, "-m", "ace_flow", "validate-pattern", "endless.yml", *option],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 130
    if option:
        assert json.loads(out)["error"] == "interrupted"
    else:
        assert "interrupted" in err
    assert "Traceback" not in err
