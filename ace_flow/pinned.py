"""The npm packages that ace pins: what they are, and where they are once they are installed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from ace_flow.caches import cache_folder, closed
from ace_flow.workspace import shipped

if TYPE_CHECKING:
    from pathlib import Path

# Lies in a folder of packages when all of them are installed.
WHOLE = "complete"


def pinned_packages() -> dict[str, Any]:
    """Return what ace pins, by the keys of a `package.json`."""
    text = (shipped("templates") / "versions.json").read_text(encoding="utf-8")
    pinned: dict[str, Any] = json.loads(text)
    return pinned


def manifest_of(wanted: dict[str, Any]) -> str:
    """Return the `package.json` of a folder with these packages."""
    return json.dumps({"name": "ace-flow-packages", "private": True, **wanted}, sort_keys=True)


def folder_of(manifest: str, lock: bytes = b"") -> Path:
    """Return where the packages of a `package.json` and a lock file are kept, or would be."""
    key = hashlib.sha256(manifest.encode() + lock).hexdigest()[:16]
    return cache_folder() / f"packages-{key}"


def pinned_folder() -> Path:
    """Return where the packages that ace pins are, once they are installed."""
    return folder_of(manifest_of(pinned_packages()))


def installed_folder() -> Path | None:
    """Return where the packages that ace pins are; None where nobody installed them."""
    folder = closed(pinned_folder().name)
    return folder if folder and (folder / WHOLE).is_file() else None
