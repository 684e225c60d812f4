"""What ace wrote into a project last: which files, from which pattern."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ace_flow.diagnostics import ConfigurationError
from ace_flow.files import unsafe_target
from ace_flow.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

STATE_PATH = f"{PROJECT_FOLDER}/state.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The generated files by path with the SHA-256 of the text last written.

    `source` is the pattern's file, relative to the project, if it came from one.
    """

    pattern: str = ""
    source: str = ""
    files: dict[str, str] = field(default_factory=dict)


def read_state(root: Path) -> State:
    """Return a project's state; an empty one where nothing was generated yet.

    Raises ConfigurationError when the file is not one that this version wrote.
    """
    path = root / STATE_PATH
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return State()
    except (ValueError, OSError) as error:
        raise _unusable(str(error)) from error
    files = values.get("files") if isinstance(values, dict) else None
    if (
        not isinstance(files, dict)
        or not all(isinstance(item, str) for item in files.values())
        # The file may come with a stranger's project: no path in it leads out of there.
        or any(unsafe_target(path) for path in files)
        or values.get("format") != _FORMAT
    ):
        raise _unusable("it is not in the form that this version writes")
    return State(
        pattern=str(values.get("pattern", "")), source=str(values.get("source", "")), files=files
    )


def print_state(state: State) -> bytes:
    """Return the text of the state file: sorted, one file a line, so that it merges well."""
    values = {
        "format": _FORMAT,
        "pattern": state.pattern,
        **({"source": state.source} if state.source else {}),
        "files": dict(sorted(state.files.items())),
    }
    return (json.dumps(values, indent=2) + "\n").encode()


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _unusable(why: str) -> ConfigurationError:
    return ConfigurationError(
        f"{STATE_PATH} cannot be read: {why}",
        hint="restore it from version control, or remove it to treat all files as your own",
    )
