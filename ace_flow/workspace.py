"""Where things lie: shipped data, the project and its `.ace-flow` folder."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT_FOLDER = ".ace-flow"
HOOKS_FILE = f"{PROJECT_FOLDER}/hooks.yml"
HOOKS_FOLDER = f"{PROJECT_FOLDER}/hooks"
STATE_PATH = f"{PROJECT_FOLDER}/state.json"
PACKAGE = Path(__file__).parent


def shipped(kind: str) -> Path:
    """Return the folder of shipped `patterns`, `templates`, `hooks`, `packages` or `trials`.

    A wheel carries it inside the package; in a checkout it stands beside the package.
    """
    inside = PACKAGE / "_shipped" / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind


def cache_folder() -> Path:
    """Return the user's folder for what can be made anew: `ACE_CACHE_DIR`, or the platform's."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - costs 3 ms

    given = os.environ.get("ACE_CACHE_DIR")
    return Path(given) if given else user_cache_path("ace-flow", appauthor=False)


def project_root(start: Path) -> Path:
    """Return the generated project that `start` is in: the nearest folder with a state.

    `start` itself where there is none.
    """
    for folder in (start, *start.parents):
        if (folder / STATE_PATH).is_file() and _is_ours(folder / PROJECT_FOLDER, start):
            return folder
    return start


def project_folder(start: Path) -> Path | None:
    """Return the `.ace-flow` folder with patterns of `start` or its nearest ancestor.

    One without patterns is the state of a generated project, which may stand inside another.
    """
    for folder in (start, *start.parents):
        place = folder / PROJECT_FOLDER
        if (place / "patterns").is_dir() and _is_ours(place, start):
            return place
    return None


def _is_ours(folder: Path, start: Path) -> bool:
    """Tell whether nobody else put a folder there, as anybody can in one like `/tmp`.

    It is the user's, the system's, or of whoever has the folder that one is in.
    """
    if os.name == "nt":
        return True  # who may write where is not told by owners there
    nearest = next(place for place in (start, *start.parents) if place.is_dir())
    return folder.stat().st_uid in {os.geteuid(), 0, nearest.stat().st_uid}
