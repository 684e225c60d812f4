"""Where things lie: shipped data, the project and its `.ace-flow` folder."""

from __future__ import annotations

import os
import stat
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


def project_root(start: Path) -> Path:
    """Return the generated project that `start` is in: the nearest folder with a state.

    `start` itself where there is none.
    """
    for folder in (start, *start.parents):
        if (folder / STATE_PATH).is_file() and counts(folder, PROJECT_FOLDER, start):
            return folder
    return start


def project_folder(start: Path) -> Path | None:
    """Return the `.ace-flow` folder with patterns of `start` or its nearest ancestor.

    One without patterns is the state of a generated project, which may stand inside another.
    """
    for folder in (start, *start.parents):
        place = folder / PROJECT_FOLDER
        if (place / "patterns").is_dir() and counts(folder, PROJECT_FOLDER, start):
            return place
    return None


def with_package(start: Path, name: str) -> Path | None:
    """Return the folder whose `node_modules` has what Node would take for `start`.

    `name` is that of a package, or `.bin` and a program. None where there is none, or where the
    nearest one is somebody else's.
    """
    for folder in (start, *start.parents):
        if (folder / "node_modules" / name).exists():
            return folder if counts(folder, "node_modules", start) else None
    return None


def passed_by(start: Path) -> str:
    """Say which `.ace-flow` folder around `start` does not count; nothing where there is none."""
    for folder in (start, *start.parents):
        place = folder / PROJECT_FOLDER
        if os.path.lexists(place):
            if counts(folder, PROJECT_FOLDER, start):
                return ""
            return f"{place} is another user's and does not count here; if you know it, go there"
    return ""


def counts(folder: Path, name: str, start: Path) -> bool:
    """Tell whether what is called `name` in `folder`, at or above `start`, is to be used there.

    Who works in `start` has chosen it, whoever owns it: in containers, that is often another user.
    What lies above was not chosen, and anybody can put something into a folder like `/tmp`; so
    it has to be the user's own there, and in such a folder itself.
    """
    return (folder == start and not _is_shared(folder)) or is_ours(folder / name)


def is_ours(path: Path) -> bool:
    """Tell whether a file or folder is the user's own or the system's, and no link."""
    return not path.is_symlink() and was_made_by_us(path)


def was_made_by_us(path: Path) -> bool:
    """Tell whether what is there, be it a link, is the user's own or the system's.

    For whom `sudo` made root, what was theirs before is theirs. Windows does not tell by owners
    who may write where.
    """
    if os.name == "nt":
        return True
    try:
        return os.lstat(path).st_uid in our_users()
    except OSError:
        return False


def our_users() -> set[int]:
    """Return the numbers of the user and of who else may do all that the user may."""
    user = os.geteuid()
    before = os.environ.get("SUDO_UID", "")
    return {0, user, int(before)} if user == 0 and before.isdecimal() else {0, user}


def _is_shared(folder: Path) -> bool:
    """Tell whether everybody may put something into a folder, as into `/tmp`."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    return os.name != "nt" and bool(mode & stat.S_ISVTX and mode & stat.S_IWOTH)
