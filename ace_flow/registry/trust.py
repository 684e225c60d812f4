"""Whose code may run: decisions of the user, by the digest of all that would run."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Mapping

_VARIABLE = "ACE_TRUST"


class Klass(StrEnum):
    """What a pattern may do to whom uses it."""

    DATA = "data"
    BRINGS = "brings code"
    RUNS = "runs code"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFile:
    """A file with code: its path, its size in bytes, and its SHA-256."""

    path: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """The code that something brings: `tree` is a digest of all of it, `runs` what is run now."""

    name: str
    origin: str
    publisher: str
    tree: str
    klass: Klass
    files: tuple[CodeFile, ...]
    runs: tuple[str, ...]


def code(name: str, origin: str, contents: Mapping[str, bytes], runs: tuple[str, ...]) -> Code:
    """Return the code in files, by path, of which some are run now."""
    files = tuple(
        CodeFile(path=path, size=len(content), digest=hashlib.sha256(content).hexdigest())
        for path, content in sorted(contents.items())
    )
    listed = "".join(f"{file.digest}  {file.path}\n" for file in files)
    return Code(
        name=name,
        origin=origin,
        publisher="",
        tree=f"h1:{hashlib.sha256(listed.encode()).hexdigest()}",
        klass=Klass.RUNS if runs else Klass.BRINGS if files else Klass.DATA,
        files=files,
        runs=runs,
    )


class TrustStore:
    """The decisions in a file of the user's."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def is_trusted(self, code: Code) -> bool:
        """Tell whether the user trusts exactly this code."""
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return code.tree in known


def trust_path() -> Path:
    """Return where decisions are kept."""
    stated = os.environ.get(_VARIABLE)
    return Path(stated) if stated else Path(platformdirs.user_config_path("ace")) / "trust.json"
