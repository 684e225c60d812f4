"""Generated files and the relative paths they may have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ace_flow.names import WINDOWS_DEVICES

_SEGMENT = re.compile(r"[A-Za-z0-9_.@+\[\]()-]+")
_MAX_PATH = 200


@dataclass(frozen=True, slots=True, order=True)
class GeneratedFile:
    """A file to be: its path inside the project (POSIX, relative) and its bytes."""

    path: str
    content: bytes


def unsafe_path(path: str) -> str | None:
    """Say why `path` may not be written inside a project, or return None when it may.

    Allowed are relative POSIX paths of portable names: no `..`, no drive, no Windows device,
    no name ending in a dot, nothing inside `.git` or `.ace-flow`.
    """
    if not path or len(path) > _MAX_PATH:
        return f"a path has 1 to {_MAX_PATH} characters"
    segments = path.split("/")
    for segment in segments:
        if segment in {"", ".", ".."}:
            return "the path must be relative and stay in its folder"
        if not _SEGMENT.fullmatch(segment):
            return "a file name has letters, digits and _ . @ + - [ ] ( ) only"
        if segment.lower() == ".git":
            return "`.git` is not a pattern's to write"
        if segment.endswith(".") or segment.split(".")[0].lower() in WINDOWS_DEVICES:
            return f"`{segment}` is no file name on Windows"
    if segments[0].lower() == ".ace-flow":
        return f"`{segments[0]}` is not a pattern's to write"
    return None
