"""Generated files and the relative paths they may have."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Literal

import msgspec
from msgspec import Struct

from ace_flow.names import WINDOWS_DEVICES
from ace_flow.regexes import regex
from ace_flow.workspace import PROJECT_FOLDER

_SEGMENT = regex(r"[A-Za-z0-9_.@+\[\]()-]+")
_MAX_PATH = 200


def json_text(values: object, *, is_sorted: bool = False) -> bytes:
    """Return values as a JSON file that people and git read: a member a line, indented by two."""
    order: Literal["sorted"] | None = "sorted" if is_sorted else None
    return msgspec.json.format(msgspec.json.encode(values, order=order), indent=2) + b"\n"


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


class GeneratedFile(Struct, frozen=True, order=True):
    """A file to be: its path inside the project (POSIX, relative) and its bytes."""

    path: str
    content: bytes


@lru_cache(maxsize=16_384)
def unsafe_target(path: str) -> str | None:
    """Say why a pattern may not write to `path` inside a project, or return None when it may.

    Beyond `unsafe_path`, nothing inside `.git` or `.ace-flow` is a pattern's to write.
    """
    owned = [part for part in path.lower().split("/") if part in {".git", PROJECT_FOLDER}]
    return f"`{owned[0]}` is not a pattern's to write" if owned else unsafe_path(path)


def unsafe_path(path: str) -> str | None:
    """Say why `path` leaves its folder or is no portable name, or return None when it is fine.

    Allowed are relative POSIX paths of portable names: no `..`, no drive, no Windows device,
    no name ending in a dot.
    """
    if not path or len(path) > _MAX_PATH:
        return f"a path has 1 to {_MAX_PATH} characters"
    segments = path.split("/")
    for segment in segments:
        if segment in {"", ".", ".."}:
            return "the path must be relative and stay in its folder"
        if not _SEGMENT.fullmatch(segment):
            return "a file name has letters, digits and _ . @ + - [ ] ( ) only"
        if segment.endswith(".") or segment.split(".")[0].lower() in WINDOWS_DEVICES:
            return f"`{segment}` is no file name on Windows"
    return None
