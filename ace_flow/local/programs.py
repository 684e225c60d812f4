"""The programs that others bring: Node and npm."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

from ace_flow.diagnostics import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# What Amplify's own packages ask for.
OLDEST_NODE = (20, 19)


def program(name: str) -> str:
    """Return where a program is; raises ConfigurationError when it is not on the PATH."""
    if found := shutil.which(name):
        return found
    raise ConfigurationError(
        f"`{name}` is not installed, or not on the PATH",
        hint="install Node.js 20.19 or newer: https://nodejs.org",
    )


def node_program() -> str:
    """Return where Node is; raises ConfigurationError when it is missing or too old."""
    node = program("node")
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", said)[:2])
    if version >= OLDEST_NODE:
        return node
    oldest = ".".join(map(str, OLDEST_NODE))
    raise ConfigurationError(
        f"Node.js {said.strip() or '(of an unknown version)'} is too old",
        hint=f"install {oldest} or newer: https://nodejs.org",
    )


def run_npm(folder: Path, arguments: Sequence[str]) -> None:
    """Run npm in a folder; what it prints goes where our own output goes.

    Raises ConfigurationError when it fails.
    """
    done = subprocess.run([program("npm"), *arguments], cwd=folder, check=False)
    if done.returncode:
        raise ConfigurationError(f"`npm {' '.join(arguments)}` failed in {folder}")
