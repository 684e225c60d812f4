"""Templates of installed plugins laid over those of ace, in a folder of the user's cache."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import time
from typing import TYPE_CHECKING

from ace_flow import __version__
from ace_flow.caches import kept
from ace_flow.diagnostics import HookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_WEEK = 7 * 24 * 60 * 60.0


def laid_over(shipped: Path, folders: Sequence[tuple[str, Path]]) -> Path:
    """Return a folder with the shipped templates and, over them, those of plugins' folders.

    `folders` come with the plugins' names. Raises HookError when two plugins have the same file,
    or a folder is none.
    """
    chosen: dict[str, tuple[str, Path]] = {}
    for plugin, folder in folders:
        if not folder.is_dir():
            raise HookError(plugin, f"registers templates in {folder}, which is no folder")
        for path, file in _files(folder):
            if path in chosen and chosen[path][1] != file:
                raise HookError(
                    plugin, f"has the template {path}, which {chosen[path][0]} has, too"
                )
            chosen[path] = (plugin, file)
    files = {**dict(_files(shipped)), **{path: file for path, (_, file) in chosen.items()}}
    total = hashlib.sha256(__version__.encode())
    for path, file in sorted(files.items()):
        status = file.stat()
        total.update(f"{path}\0{file}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return _made(total.hexdigest()[:32], files)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(folder).as_posix(), file


def _made(name: str, files: dict[str, Path]) -> Path:
    """Return the folder of that name in the cache, which another process may make as well."""
    cache = kept("overlays")
    folder = cache / name
    if folder.is_dir():
        return folder
    staged = cache / f"{name}.{secrets.token_hex(4)}.tmp"
    for path, file in files.items():
        place = staged / path
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    for other in cache.iterdir():
        if other != staged and other.stat().st_mtime < time.time() - _WEEK:
            shutil.rmtree(other, ignore_errors=True)
    try:
        staged.rename(folder)
    except OSError:
        shutil.rmtree(staged, ignore_errors=True)
        if not folder.is_dir():
            raise
    return folder
