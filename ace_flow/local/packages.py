"""What npm has to install before a backend runs here, and whether it did."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ace_flow.caches import kept
from ace_flow.diagnostics import ConfigurationError
from ace_flow.workspace import shipped, with_package

if TYPE_CHECKING:
    from pathlib import Path

_LOCK = "package-lock.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """A folder with a `package.json`, and the command that installs what it names."""

    folder: Path
    what: str
    command: tuple[str, ...]
    missing: tuple[str, ...]


def project_packages(root: Path) -> Packages:
    """Return what a project needs to be synthesized.

    Raises ConfigurationError when the folder holds no Amplify Gen 2 project.
    """
    if not (root / "amplify" / "backend.ts").is_file() or not (root / "package.json").is_file():
        raise ConfigurationError(
            "this folder holds no Amplify Gen 2 project: it has no amplify/backend.ts",
            hint="go to the project's folder, or make one: ace generate e_commerce -o shop",
        )
    wanted = ("@aws-amplify/backend", "tsx")
    command = ("ci" if (root / _LOCK).is_file() else "install",)
    return Packages(
        folder=root,
        what="the packages of the project",
        command=command,
        missing=tuple(
            name for name in wanted if with_package(root, f"{name}/package.json") is None
        ),
    )


def sandbox_packages() -> Packages:
    """Return what the local backend itself needs: its files are put where its packages are."""
    source = shipped("sandbox")
    lock = (source / _LOCK).read_bytes()
    version = hashlib.sha256(lock).hexdigest()[:16]
    folder = kept(f"sandbox-{version}")
    shutil.copytree(
        source, folder, ignore=shutil.ignore_patterns("node_modules"), dirs_exist_ok=True
    )
    folder.chmod(0o700)  # the mode was copied, too
    wanted = ("amplify-velocity-template", "graphql", "ws")
    return Packages(
        folder=folder,
        what="three packages of the local backend (5 MB, once)",
        command=("ci", "--no-audit", "--no-fund"),
        missing=tuple(
            name
            for name in wanted
            if not (folder / "node_modules" / name / "package.json").is_file()
        ),
    )


def has_frontend(root: Path) -> bool:
    """Tell whether a project has a script that serves its frontend for development."""
    try:
        scripts = json.loads((root / "package.json").read_text(encoding="utf-8"))["scripts"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return isinstance(scripts, dict) and "dev" in scripts
