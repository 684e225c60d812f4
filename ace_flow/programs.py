"""The programs that others bring: Node, npm, git, and what a user has run."""

from __future__ import annotations

import errno
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ace_flow.diagnostics import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Process = subprocess.Popen[str]

# What Amplify's own packages ask for.
OLDEST_NODE = (20, 19)
_IS_WINDOWS = os.name == "nt"
_PATHEXT = os.pathsep.join((".COM", ".EXE", ".BAT", ".CMD"))
_GRACE = 5.0  # seconds that a program gets to end in order


def located(name: str, path: str | None = None) -> str | None:
    """Return where a program is, named or with its whole path; None when there is none.

    Looks in the absolute folders of `path`, or of the PATH, and never in the one where we are:
    Windows would look there first, and an empty or relative entry of the PATH means it, so that a
    project could bring the program.
    """
    listed = (os.environ.get("PATH", os.defpath) if path is None else path).split(os.pathsep)
    is_bare = Path(name).name == name
    folders = map(Path, listed) if is_bare else [Path(name).parent]
    names = [Path(name).name + ending for ending in _endings(name)]
    places = (folder / item for folder in folders if folder.is_absolute() for item in names)
    return next((str(item) for item in places if item.is_file() and os.access(item, os.X_OK)), None)


def _endings(name: str) -> list[str]:
    """Return what may stand after the name of a program: nothing, but on Windows PATHEXT."""
    if not _IS_WINDOWS:
        return [""]
    endings = [item for item in os.environ.get("PATHEXT", _PATHEXT).split(os.pathsep) if item]
    return [""] if name.lower().endswith(tuple(map(str.lower, endings))) else endings


def program(name: str) -> str:
    """Return where a program is; raises ConfigurationError when it is not on the PATH."""
    if place := located(name):
        return place
    raise ConfigurationError(
        f"`{name}` is not installed, or not on the PATH",
        hint="install Node.js 20.19 or newer: https://nodejs.org",
    )


def node_program() -> str:
    """Return where Node is; raises ConfigurationError when it is missing or too old."""
    node = program("node")
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    said = done.stdout
    version = tuple(int(part) for part in re.findall(r"\d+", said)[:2])
    if version >= OLDEST_NODE:
        return node
    oldest = ".".join(map(str, OLDEST_NODE))
    raise ConfigurationError(
        f"Node.js {said.strip() or '(of an unknown version)'} is too old",
        hint=f"install {oldest} or newer: https://nodejs.org",
    )


class Said(NamedTuple):
    """What a program said, on both streams, and how it ended."""

    code: int
    text: str


def hear(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str],
    patience: float | None = None,
) -> Said:
    """Run a program to its end, which is after `patience` seconds, and return what it said."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        said = error.output or b""
        text = said if isinstance(said, str) else said.decode("utf-8", "replace")
        return Said(-1, f"{text}\nit was ended after {patience:g} seconds")
    return Said(done.returncode, done.stdout)


class Given(NamedTuple):
    """What a program wrote, and how it ended."""

    code: int
    content: bytes


def git(*arguments: str) -> Given | None:
    """Run git without anybody's settings, and return what it wrote; None when there is no git."""
    program = located("git")
    if program is None:
        return None
    plain = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment = {**plain, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        [program, *arguments],
        env={**environment, "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Given(done.returncode, done.stdout)


# What programs need on any system, and how they reach others: no keys, no tokens.
_NEEDED = (
    *("CI", "COLUMNS", "HOME", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "LOGNAME", "PATH", "SHELL"),
    *("TEMP", "TERM", "TMP", "TMPDIR", "TZ", "USER", "FORCE_COLOR", "NO_COLOR", "VIRTUAL_ENV"),
    *("APPDATA", "COMSPEC", "LOCALAPPDATA", "NUMBER_OF_PROCESSORS", "OS", "PATHEXT"),
    *("PROCESSOR_ARCHITECTURE", "PROGRAMDATA", "PROGRAMFILES", "SYSTEMDRIVE", "SYSTEMROOT"),
    *("USERNAME", "USERPROFILE", "WINDIR"),
    *("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"),
    *("NODE_EXTRA_CA_CERTS", "NODE_OPTIONS", "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE"),
)
_NEEDED_PREFIXES = ("ACE_", "LC_", "PYTHON", "XDG_")
_NPM_PREFIX = "NPM_CONFIG_"


def without_keys(*, for_npm: bool = False) -> dict[str, str]:
    """Return of our environment what programs need who have no business with anybody's keys.

    Settings of npm may hold tokens of registries: they are in it only `for_npm`.
    """
    prefixes = (*_NEEDED_PREFIXES, *([_NPM_PREFIX] if for_npm else ()))
    return {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _NEEDED or name.upper().startswith(prefixes)
    }


# What a program needs that only answers.
_PLAIN = ("HOME", "LANG", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "USERPROFILE")


def ask(command: Sequence[str | Path], folder: Path, said: bytes, patience: float) -> bytes | None:
    """Run a program that answers what it is told; None when it fails, or takes so many seconds."""
    environment = {name: os.environ[name] for name in _PLAIN if name in os.environ}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            input=said,
            capture_output=True,
            timeout=patience,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout


def start(command: Sequence[str | Path], folder: Path) -> Process:
    """Start a program that is talked to, in text."""
    return subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # Ctrl-C in the terminal is for us, who end it in the right order.
        start_new_session=True,
    )


def wait_for(process: subprocess.Popen[str] | subprocess.Popen[bytes], seconds: float) -> None:
    """Wait until a program ends, and end it when that takes longer."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run(command: Sequence[str]) -> int:
    """Run what a user asked for, where they are and as they would, and return how it ended.

    Raises ConfigurationError when it cannot be run.
    """
    first, *rest = command
    place = located(first) if Path(first).name == first else first
    if place is None:
        raise ConfigurationError(f"`{first}` cannot be run: {os.strerror(errno.ENOENT)}")
    try:
        return subprocess.run([place, *rest], check=False).returncode
    except OSError as error:
        raise ConfigurationError(f"`{first}` cannot be run: {error.strerror}") from error


def run_npm(folder: Path, arguments: Sequence[str]) -> None:
    """Run npm in a folder; what it prints goes where our own output goes.

    Raises ConfigurationError when it fails.
    """
    done = subprocess.run([program("npm"), *arguments], cwd=folder, check=False)
    if done.returncode:
        raise ConfigurationError(f"`npm {' '.join(arguments)}` failed in {folder}")


class Ended(NamedTuple):
    """How a program ended, and if somebody pressed Ctrl-C while it ran."""

    code: int
    was_interrupted: bool


def run_on(
    command: Sequence[str | Path],
    folder: Path,
    out: int | None = None,
    also: Mapping[str, str] | None = None,
) -> Ended:
    """Run a program in a folder as its user would, to its own end.

    `also` are variables that it finds beside all of ours. Ctrl-C is the program's to act on: the
    terminal sends it to both, and we wait. `out` is where its output goes, if not where ours does.
    Raises ConfigurationError when it cannot be run.
    """
    try:
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, env={**os.environ, **(also or {})}
        )
    except OSError as error:
        raise ConfigurationError(f"`{command[0]}` cannot be run: {error.strerror}") from error
    was_interrupted = False
    while True:
        try:
            return Ended(process.wait(), was_interrupted)
        except KeyboardInterrupt:
            was_interrupted = True
        except BaseException:
            process.terminate()
            wait_for(process, _GRACE)
            raise
