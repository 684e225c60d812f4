"""The user's folder for what can be made anew: closed to others, since what is in it is run."""

from __future__ import annotations

import os
import shlex
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.workspace import our_users

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

_WRITABLE = stat.S_IWGRP | stat.S_IWOTH
_PASSING = "passing"
_WEEK = 7 * 24 * 60 * 60.0


def cache_folder() -> Path:
    """Return the user's folder for what can be made anew: `ACE_CACHE_DIR`, or the platform's.

    Raises ConfigurationError for a path that is not absolute: a project could bring the folder.
    """
    folder = _stated()
    if folder.is_absolute():
        return folder
    from ace_flow.diagnostics import ConfigurationError  # noqa: PLC0415 - costs 5 ms at the start

    raise ConfigurationError(
        f"the cache would be in `{folder}`, which is another folder in every project",
        hint="give ACE_CACHE_DIR, or XDG_CACHE_HOME, an absolute path",
    )


def closed(name: str, *, is_made: bool = False) -> Path | None:
    """Return a folder in the cache that nobody else may write; None where there is no such one.

    With `is_made`, it is made if need be.
    """
    cache = _stated()
    if not cache.is_absolute():
        return None
    try:
        if is_made:
            _make(cache / name)
        return cache / name if _open_one(cache / name) is None else None
    except OSError:
        return None


def kept(name: str) -> Path:
    """Return a folder in the cache that nobody else may write, made if need be.

    Raises ConfigurationError where others may write it, OSError where it cannot be made.
    """
    folder = cache_folder() / name
    _make(folder)
    place = _open_one(folder)
    if place is None:
        return folder
    from ace_flow.diagnostics import ConfigurationError  # noqa: PLC0415 - costs 5 ms at the start

    raise ConfigurationError(
        f"others may write {place}, so that nothing in it is used",
        hint=f"remove it, or look through it and close it: chmod go-w {shlex.quote(str(place))}; "
        "or name a folder of yours in ACE_CACHE_DIR",
    )


def put(folder: Path, name: str, content: bytes, *, most: int) -> None:
    """Put a file into a folder of the cache, whole or not at all, and no more than `most` files.

    The oldest go first. A disk that refuses is no error: it can be made anew.
    """
    new = f"{folder}{os.sep}{name}.{os.urandom(8).hex()}.new"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        with open(os.open(new, flags, 0o600), "wb") as file:
            file.write(content)
        os.replace(new, folder / name)
        found = [item for item in os.scandir(folder) if item.is_file(follow_symlinks=False)]
        if len(found) > most:
            found.sort(key=lambda item: item.stat(follow_symlinks=False).st_mtime)
            for item in found[: len(found) - most]:
                os.unlink(item)
    except OSError:
        with suppress(OSError):
            os.unlink(new)


def passing(prefix: str) -> TemporaryDirectory[str]:
    """Return a temporary folder for what runs modules that are not ours.

    Node and its tools look for modules and settings in all folders above. In the system's folder
    for temporary files, these could be anybody's. Raises what `kept` does.
    """
    import shutil  # noqa: PLC0415 - few commands need any of it
    import time  # noqa: PLC0415 - likewise
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - likewise

    place = kept(_PASSING)
    with suppress(OSError):
        for other in place.iterdir():  # whoever made it was killed
            if other.lstat().st_mtime < time.time() - _WEEK:
                shutil.rmtree(other, ignore_errors=True)
    # Tools resolve links, and then call files otherwise than we do.
    return TemporaryDirectory(prefix=prefix, dir=place.resolve(), ignore_cleanup_errors=True)


def _stated() -> Path:
    if given := os.environ.get("ACE_CACHE_DIR"):
        return Path(given)
    from platformdirs import user_cache_path  # noqa: PLC0415 - costs 3 ms

    return user_cache_path("ace-flow", appauthor=False)


def _make(folder: Path) -> None:
    for place in (folder.parent, folder):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)


def _open_one(folder: Path) -> Path | None:
    """Return the folder, or the cache that it is in, if others may write it or have put it there.

    Raises OSError when it is not there. Windows has no such bits; what is in a user's folder
    there is closed to others.
    """
    if os.name == "nt":
        return None
    ours = our_users()
    for place in (folder.parent, folder):
        led, itself = place.stat(), os.lstat(place)
        if {led.st_uid, itself.st_uid} - ours or led.st_mode & _WRITABLE:
            return place
    return None
