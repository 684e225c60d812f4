"""What is measured, installed into `.cache`: `ace` as users have it, and its pinned peers."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
PEERS = Path(__file__).resolve().with_name("peers")
LOCKS = ("package.json", "package-lock.json", "requirements.txt")
# The peers with a row in the tables, by the package that a lock pins.
FROM_NPM = ("hygen", "plop", "projen", "nx", "yeoman-generator", "yo")
FROM_PYPI = ("copier", "cookiecutter", "cruft")
QUIET = ("--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts")


@dataclass(frozen=True, kw_only=True)
class Tools:
    """Where everything is; `missing` says of a package why it could not be installed."""

    ace: Path
    peers: Path
    missing: dict[str, str]

    @property
    def python(self) -> Path:
        """The interpreter that has `ace` and what it needs."""
        return self.ace / "bin" / "python"

    @cached_property
    def node(self) -> str:
        """Node's program; empty without one."""
        return shutil.which("node") or ""

    def peer(self, program: str) -> Path:
        """Return the program of a peer that is written in Python."""
        return self.peers / "venv" / "bin" / program

    def module(self, path: str) -> Path:
        """Return a file of an npm package."""
        return self.peers / "node_modules" / path

    def script(self, name: str) -> Path:
        """Return one of our scripts that use npm packages."""
        return self.peers / "scripts" / name

    def versions(self) -> dict[str, str]:
        """Return the version of everything that is installed, by the names of packages."""
        found = {"ace-flow": _said([self.ace / "bin" / "ace", "--version"]).split()[-1]}
        for name in FROM_PYPI:
            if name not in self.missing:
                found[name] = _pinned(name)
        for name in FROM_NPM:
            if name not in self.missing:
                text = self.module(f"{name}/package.json").read_text(encoding="utf-8")
                found[name] = json.loads(text)["version"]
        return found


def install(*, peers: bool = True) -> Tools:
    """Install what is not there yet and return it all; a peer that fails is noted as missing."""
    ace = _ace()
    folder = CACHE / f"peers-{_key([PEERS / name for name in LOCKS])}"
    if not peers:
        return Tools(
            ace=ace, peers=folder, missing=dict.fromkeys(FROM_PYPI + FROM_NPM, "not asked")
        )
    folder.mkdir(parents=True, exist_ok=True)
    missing: dict[str, str] = {}
    for names, step in ((FROM_PYPI, _from_pypi), (FROM_NPM, _from_npm)):
        try:
            step(folder)
        except (subprocess.CalledProcessError, OSError) as error:
            missing |= dict.fromkeys(names, _reason(error))
    # Beside the packages, where Node finds them.
    shutil.copytree(PEERS, folder / "scripts", dirs_exist_ok=True)
    return Tools(ace=ace, peers=folder, missing=missing)


def _key(files: list[Path]) -> str:
    """Return what names a folder whose content depends on these files."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _ace() -> Path:
    """Return an environment with this checkout's code as a wheel, compiled as pip leaves it."""
    folder = CACHE / f"benchmarks-ace-{_key([ROOT / 'pyproject.toml'])}"
    python = folder / "bin" / "python"
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    if not (folder / "complete").exists():
        _run([sys.executable, "-m", "venv", "--clear", folder])
        _run([*pip, ROOT])
        (folder / "complete").touch()
    _run([*pip, "--upgrade", "--force-reinstall", "--no-deps", ROOT])
    return folder


def _from_pypi(folder: Path) -> None:
    if (folder / "venv" / "complete").exists():
        return
    _run([sys.executable, "-m", "venv", "--clear", folder / "venv"])
    pip: list[str | Path] = [folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet"]
    _run([*pip, "--disable-pip-version-check", "--no-deps", "-r", PEERS / "requirements.txt"])
    (folder / "venv" / "complete").touch()


def _from_npm(folder: Path) -> None:
    if (folder / "node_modules" / ".complete").exists():
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PEERS / name, folder / name)
    _run(["npm", "ci", *QUIET], cwd=folder)
    (folder / "node_modules" / ".complete").touch()


def _run(command: list[str | Path], cwd: Path = ROOT) -> None:
    # The bytecode of what is installed belongs to it.
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    subprocess.run(
        command,
        cwd=cwd,
        env=inherited,
        check=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def _said(command: list[str | Path]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _pinned(name: str) -> str:
    lines = (PEERS / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return next(line.partition("==")[2] for line in lines if line.startswith(f"{name}=="))


def _reason(error: subprocess.CalledProcessError | OSError) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        last = str(error.stderr).strip().rpartition("\n")[2]
        return f"could not be installed: {last}"
    return f"could not be installed: {error}"
