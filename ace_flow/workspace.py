"""Where things lie: shipped data, the project and its `.ace-flow` folder."""

from __future__ import annotations

from pathlib import Path

PROJECT_FOLDER = ".ace-flow"
HOOKS_FOLDER = f"{PROJECT_FOLDER}/hooks"
STATE_PATH = f"{PROJECT_FOLDER}/state.json"
PACKAGE = Path(__file__).parent


def shipped(kind: str) -> Path:
    """Return the folder of shipped `patterns`, `templates` or `hooks`.

    A wheel carries it inside the package; in a checkout it stands beside the package.
    """
    inside = PACKAGE / "_shipped" / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind


def project_root(start: Path) -> Path:
    """Return the generated project that `start` is in: the nearest folder with a state.

    `start` itself where there is none.
    """
    for folder in (start, *start.parents):
        if (folder / STATE_PATH).is_file():
            return folder
    return start


def project_folder(start: Path) -> Path | None:
    """Return the `.ace-flow` folder with patterns of `start` or its nearest ancestor.

    One without patterns is the state of a generated project, which may stand inside another.
    """
    for folder in (start, *start.parents):
        if (folder / PROJECT_FOLDER / "patterns").is_dir():
            return folder / PROJECT_FOLDER
    return None
