"""Writing into a project: all files or none. Nothing else writes there."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.diagnostics import ConfigurationError
from ace_flow.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_file(root: Path, path: str) -> bytes | None:
    """Return a project file's bytes, or None when there is none.

    Raises ConfigurationError when the way there goes through a link or is no folder.
    """
    _refuse_links(root, path)
    try:
        return (root / path).read_bytes()
    except FileNotFoundError:
        return None
    except (IsADirectoryError, NotADirectoryError, PermissionError) as error:
        if (root / path).is_dir():
            raise ConfigurationError(
                f"{path} is a folder; a file is to be written there",
                hint="move it away, or generate into a new folder with --output",
            ) from error
        for folder in Path(path).parents:
            if (root / folder).is_file():
                raise ConfigurationError(
                    f"{folder.as_posix()} is a file; a folder is to be made there",
                    hint="move it away, or generate into a new folder with --output",
                ) from error
        raise


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files below `root`, which is created if need be.

    Everything is written beside the project first, then moved into place. When a move fails or
    is interrupted, what was moved is put back, and the error goes on.
    """
    if not files:
        return
    made: list[Path] = []
    done: list[tuple[Path, Path | None]] = []
    stage: Path | None = None
    try:
        _make_folders(root / PROJECT_FOLDER, made)
        stage = Path(tempfile.mkdtemp(prefix="stage-", dir=root / PROJECT_FOLDER))
        for number, content in enumerate(files.values()):
            (stage / f"{number}.new").write_bytes(content)
        for number, path in enumerate(files):
            _refuse_links(root, path)
            target = root / path
            _make_folders(target.parent, made)
            old = stage / f"{number}.old" if target.exists() else None
            if old:
                shutil.copy2(target, old)
                shutil.copymode(target, stage / f"{number}.new")
            done.append((target, old))
            (stage / f"{number}.new").replace(target)
    except BaseException:
        _put_back(done)
        _remove(stage)
        _remove_empty(made)
        raise
    _remove(stage)


def _put_back(done: list[tuple[Path, Path | None]]) -> None:
    for target, old in reversed(done):
        if old is None:
            target.unlink(missing_ok=True)
        else:
            old.replace(target)


def _remove(stage: Path | None) -> None:
    if stage is not None:
        shutil.rmtree(stage, ignore_errors=True)


def _remove_empty(folders: list[Path]) -> None:
    for folder in sorted(folders, key=lambda item: len(item.parts), reverse=True):
        try:
            folder.rmdir()
        except OSError:
            continue


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Create a folder with its parents and add those that were not there to `made`."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for item in reversed(missing):
        item.mkdir()
        made.append(item)


def _refuse_links(root: Path, path: str) -> None:
    place = root
    for part in Path(path).parts:
        place = place / part
        if place.is_symlink():
            shown = place.relative_to(root).as_posix()
            raise ConfigurationError(
                f"{shown} is a link; ace writes through none", hint="replace it by a real one"
            )
