"""The file of results: who measured when and where, what came out, and how it is kept."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from installing import Tools

RESULTS = Path(__file__).resolve().with_name("results.json")


def memory_folder() -> Path:
    """Return a folder in memory, so that no disk is measured; where there is none, any other."""
    shared = Path("/dev/shm")  # noqa: S108 - folders in it have names of their own
    return shared if os.access(shared, os.W_OK) else Path(tempfile.gettempdir())


def describe(tools: Tools, folder: Path) -> dict[str, Any]:
    """Return when this is, on what machine, in what kind of folder, and with which versions."""
    versions = tools.versions()
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return {
        "when": datetime.now(UTC).date().isoformat(),
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "memory": round(memory),
            "system": platform.system(),
            "folder": "memory" if folder == Path("/dev/shm") else "disk",  # noqa: S108 - as above
            "python": platform.python_version(),
            "node": told.stdout.strip().removeprefix("v"),
        },
        "versions": versions,
    }


def load(path: Path = RESULTS) -> dict[str, Any]:
    """Return the results that are kept; none where there is no file."""
    if not path.exists():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def save(path: Path, part: Mapping[str, object]) -> None:
    """Keep new results, in place of those that are called the same."""
    text = json.dumps(_rounded({**load(path), **part}), indent=1)
    path.write_text(f"{text}\n", encoding="utf-8")


def _rounded(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a value with numbers of four digits, which is more than a run tells."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value


def _processor() -> str:
    """Return what the processor is called."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    found = re.search(r"^model name\s*:\s*(.*)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()
