"""The npm packages that all tests share: `python tests/shared_packages.py` installs them ahead."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOLBOX = ROOT / "tests" / "toolbox"
CACHE = ROOT / ".cache"


def install() -> Path:
    """Return a folder with the pinned packages in `node_modules`, installed by the first who asks.

    The folder is named by the hash of the lock file and kept between runs.
    """
    lock = (TOOLBOX / "package-lock.json").read_bytes()
    folder = CACHE / f"toolbox-{hashlib.sha256(lock).hexdigest()[:16]}"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "toolbox.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for name in ("package.json", "package-lock.json"):
                shutil.copy(TOOLBOX / name, folder / name)
            command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(command, cwd=folder, check=True, stdin=subprocess.DEVNULL)
            (folder / "complete").touch()
    return folder


if __name__ == "__main__":
    install()
