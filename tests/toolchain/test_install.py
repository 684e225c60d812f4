"""The wheel, installed as a user would, and the README's first command, as it is written."""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("install")]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Build the wheel from a copy of the checkout, through the sdist as a release would be."""
    folder = tmp_path_factory.mktemp("wheel")
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file():
            target = folder / "source" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(folder / "source")]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """Install the wheel into an environment of its own and return the programs' folder."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    subprocess.run([programs / "pip", "install", "--quiet", str(wheel)], check=True)
    return programs


def test_wheel_holds_the_shipped_folders_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"ace_flow"}
    for name in (
        "ace_flow/_shipped/patterns/e_commerce.yml",
        "ace_flow/_shipped/patterns/examples/iot_platform.yml",
        "ace_flow/_shipped/templates/services.yml",
        "ace_flow/_shipped/templates/app/.gitignore",
        "ace_flow/_shipped/hooks/README.md",
        "ace_flow/_shipped/packages/testing/index.js",
        "ace_flow/_shipped/trials/vitest.config.mjs",
        "ace_flow/loader/pattern.schema.json",
        "ace_flow/py.typed",
    ):
        assert name in names


def terminal(command, cwd, environment) -> tuple[int, int]:
    """Run a command in a terminal of its own; return its process and the terminal."""
    process, screen = pty.fork()
    if process == 0:
        os.chdir(cwd)
        os.execvpe(command[0], command, environment)  # noqa: S606 as a shell would
    return process, screen


def read_until(screen, pattern) -> re.Match[str]:
    """Read what a terminal shows until it shows something like that."""
    shown = ""
    ends = time.monotonic() + 300
    while time.monotonic() < ends:
        if found := re.search(pattern, shown):
            return found
        if select.select([screen], [], [], 1)[0]:
            shown += os.read(screen, 4096).decode(errors="replace")
    raise AssertionError(shown)


def ended(process) -> int:
    """Wait until a process ends, and return how."""
    for _ in range(300):
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.1)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    raise AssertionError("it does not end")


def test_readme_commands_build_an_application_and_run_it(installed, tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## Your first application", 1)[1]
    build, run = re.findall(r"```sh\n(.*?)\n```", section, re.DOTALL)[:2]
    environment = {
        **os.environ,
        "PATH": f"{installed}{os.pathsep}{os.environ['PATH']}",
        "ACE_STORE": str(tmp_path / "store.sqlite3"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        # Most packages are those of the other tests.
        "npm_config_prefer_offline": "true",
        # A browser that says where it was sent.
        "BROWSER": "echo opened=%s",
    }
    done = subprocess.run(
        ["bash", "-c", build],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert (tmp_path / "shop" / "dist" / "index.html").is_file()
    # What Amplify's build runs; the overrides in package.json are there for it.
    command = ["npm", "ci", "--dry-run", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=tmp_path / "shop", check=True, capture_output=True)

    process, screen = terminal(shlex.split(run), tmp_path / "shop", environment)
    read_until(screen, r"\[Y/n\]")
    os.write(screen, b"y\n")
    told = r"not set: PAYMENT_SECRET_KEY, PAYMENT_WEBHOOK_SECRET; "
    read_until(screen, rf"(?s){told}.*opened=http://dev\.localhost:\d+/\S+\s")
    os.write(screen, b"\x03")
    read_until(screen, r"\^C")
    assert ended(process) == 0
    assert not (tmp_path / "shop" / "amplify_outputs.json").exists()
    # What the sandbox left behind is nobody's code.
    lint = ["npx", "eslint", ".ace-flow"]
    said = subprocess.run(lint, cwd=tmp_path / "shop", check=False, capture_output=True).stderr
    assert b"are ignored" in said


def test_readme_names_the_test_command_that_is_run_here():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "\npython -m pytest\n" in readme
    assert script.endswith("\npython -m pytest\n")
