"""What generated files depend on, as one digest: the same digest, the same files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ace_flow import __version__
from ace_flow.workspace import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def revision(contents: Iterable[bytes], templates: Path) -> str:
    """Return the digest of what a pattern brings and of what makes files of it.

    A release is known by its version; a checkout may change without a new one.
    """
    total = hashlib.sha256(__version__.encode())
    for file in tool_files(templates):
        total.update(file.read_bytes())
    for content in contents:
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def release(*shipped: Path) -> str | None:
    """Return what tells this release, as it is installed, from others.

    None for a checkout, or other folders than the shipped ones: they may change at any time. A
    module that somebody edits where it is installed makes no other release.
    """
    if tool_files(*shipped):
        return None
    return f"{__version__} {PACKAGE} {PACKAGE.stat().st_mtime_ns}"


def tool_files(*shipped: Path) -> list[Path]:
    """Return the files that make files, with those in some shipped folders; none of a release."""
    if all(folder.is_relative_to(PACKAGE) for folder in shipped):
        return []
    files = [*PACKAGE.rglob("*.py"), *(file for folder in shipped for file in folder.rglob("*"))]
    return sorted(file for file in files if file.is_file())
